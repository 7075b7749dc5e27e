package dev.pintle.init.launch;

import dev.pintle.init.fuzz.Target;
import dev.pintle.init.sys.RawText;
import java.util.HashMap;
import java.util.Map;

/** A file of variables. */
public final class VariablesTarget implements Target {
    @Override
    public void take(byte[] input) {
        try {
            VariablesFile.read("/f", RawText.decode(input, 0, input.length), Map.of("HOME", "/root"), new HashMap<>());
        } catch (LaunchException e) {
            if (String.valueOf(e.getMessage()).isEmpty()) {
                throw new IllegalStateException("it is refused without a word", e);
            }
        }
    }
}
