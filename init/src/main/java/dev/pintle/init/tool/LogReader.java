package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.Output;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ToolSys;
import java.util.ArrayList;
import java.util.List;

/** Shows what services have written, from the places that the init names. */
final class LogReader {
    /** How often it is looked for more, in milliseconds. */
    private static final long PAUSE = 200;

    private final ToolSys sys;
    private final Output output;
    private final List<LogTail> tails = new ArrayList<>();
    private final List<String> elsewhere = new ArrayList<>();
    private boolean several;

    LogReader(ToolSys sys, Output output, List<Message> streams) {
        this.sys = sys;
        this.output = output;
        String first = null;
        for (Message stream : streams) {
            if (stream.text("path").isEmpty()) {
                elsewhere.add(stream.text("elsewhere"));
                continue;
            }
            String service = stream.text("service");
            several |= first != null && !first.equals(service);
            first = service;
            tails.add(new LogTail(sys, stream));
        }
    }

    /**
     * Shows the last lines, and what follows where that is wanted.
     *
     * @return the exit code
     */
    int show(int lines, boolean follow) {
        boolean shown = !tails.isEmpty();
        for (LogTail tail : tails) {
            String trouble = tail.open(lines, several);
            if (!trouble.isEmpty()) {
                output.complain(trouble);
                shown = false;
            }
        }
        for (String each : elsewhere) {
            output.complain(each);
        }
        showMore();
        while (shown && follow) {
            sys.poll(new PollSet(), PAUSE);
            showMore();
        }
        return shown ? ExitCode.OK : ExitCode.FAILED;
    }

    private void showMore() {
        for (LogTail tail : tails) {
            tail.show();
        }
    }
}
