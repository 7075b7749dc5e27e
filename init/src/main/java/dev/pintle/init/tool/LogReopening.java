package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.Output;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ToolSys;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Waits until loggers have opened their files again: what was moved away may be compressed after that. */
final class LogReopening {
    private static final long PAUSE = 10;
    private static final int LOOKS = 500;

    private final ToolSys sys;
    private final Output output;

    LogReopening(ToolSys sys, Output output) {
        this.sys = sys;
        this.output = output;
    }

    /**
     * Waits for the files of the services whose loggers have been told.
     *
     * @param names those that were named
     * @return the exit code
     */
    int await(Message reply, List<String> names) {
        int code = ExitCode.OK;
        List<String> reopened = reply.texts("reopened");
        Set<String> without = new LinkedHashSet<>();
        for (Message stream : reply.objects("streams")) {
            String service = stream.text("service");
            if (!reopened.contains(service) && (reopened.isEmpty() || names.contains(service))) {
                without.add(service);
            }
        }
        if (!without.isEmpty()) {
            String whose = names.isEmpty() ? "any service" : String.join(", ", without);
            output.complain("cannot have files of " + whose + " opened again: no logger that is ready writes to one");
            code = ExitCode.FAILED;
        }
        for (Message stream : reply.objects("streams")) {
            boolean told = reopened.contains(stream.text("service"));
            boolean file = stream.number("kept", 0) == 0 && !stream.raw("path").isEmpty();
            if (told && file && !comes(stream.raw("path"))) {
                output.complain("cannot have " + stream.raw("path") + " opened again: the logger of "
                        + stream.text("service") + " has not made it after 5s");
                code = ExitCode.FAILED;
            }
        }
        return code;
    }

    private boolean comes(String path) {
        FileFacts facts = new FileFacts();
        for (int looks = 0; looks < LOOKS; looks++) {
            if (sys.stat(path, facts) == 0) {
                return true;
            }
            sys.poll(new PollSet(), PAUSE);
        }
        return false;
    }
}
