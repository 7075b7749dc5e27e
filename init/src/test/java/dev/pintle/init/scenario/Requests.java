package dev.pintle.init.scenario;

import dev.pintle.init.control.Message;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests over the control socket, written as the {@code pintle} command has them. */
final class Requests {

    private Requests() {}

    /** The request that words stand for. */
    static Message read(String text) throws BadValueException {
        List<String> words = new ArrayList<>(List.of(text.strip().split(" +", -1)));
        Message request = Message.request(words.remove(0));
        if (words.remove("--wait")) {
            request.with("wait", true);
        }
        // The command asks for it always; a scenario may be too late with a signal, and no worse for it.
        if (words.remove("--must-run")) {
            request.with("must_run", true);
        }
        int last = words.size() - 1;
        switch (request.text("do")) {
            case "signal" -> request.with("signal", Values.signal(words.remove(last)));
            case "shutdown" -> {
                if (last >= 0) {
                    request.with("code", (long) Values.count(words.remove(last), 255));
                }
            }
            case "wait" -> {
                int state = words.indexOf("for") + 1;
                if (state > 0) {
                    request.with("for", words.remove(state));
                    words.remove(state - 1);
                }
            }
            default -> {}
        }
        return words.isEmpty() ? request : request.with("names", new ArrayList<@Nullable Object>(words));
    }
}
