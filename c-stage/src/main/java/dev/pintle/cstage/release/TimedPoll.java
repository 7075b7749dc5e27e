package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;

/** Makes the release that is timed (bench/turns) tell how long it was away from poll. */
public final class TimedPoll implements Rewrite {
    @Override
    public String name() {
        return "the timed poll";
    }

    @Override
    public void apply(Editor editor) {
        editor.replace("classes/dev/pintle/init/sys/teavm/TeaVmSys.c", 1, "teavm_restPoll(", "timed_poll(");
    }
}
