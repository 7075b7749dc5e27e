package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import dev.pintle.init.launch.LogPipes;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.Output;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ToolSys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said when a command has waited in vain. */
final class Waiting {
    private static final long TIMEOUT = 5_000;
    private static final int LAST_LINES = 10;
    /** Milliseconds. */
    private static final long SETTLING = 100;

    private final ToolSys sys;
    private final Output output;

    Waiting(ToolSys sys, Output output) {
        this.sys = sys;
        this.output = output;
    }

    /**
     * Says what was waited for when the time was over: the init knows it best.
     *
     * @param request what was asked for
     * @param goal    the state that services were to be in; empty for ready
     * @param millis  how long that was
     */
    void complain(Message request, String goal, long millis) throws Client.NoReplyException {
        Message question = Message.request("wait")
                .with("names", new ArrayList<@Nullable Object>(request.texts("names")))
                .with("gone", new ArrayList<@Nullable Object>(request.texts("gone")))
                .with("for", goal)
                .with("late", true);
        String late = new Client(sys).ask(question, TIMEOUT).text("late");
        String time = millis < 1000 ? millis + "ms" : StatusTable.duration(millis);
        output.complain("timed out after " + time + (late.isEmpty() ? "" : ": " + late) + "; it may still happen");
    }

    /** Whether there may be something to show. */
    private boolean hasText(Message stream) {
        String path = stream.raw("path");
        long first = stream.number("kept", 0) > 0 ? LogPipes.TIMES : 0;
        FileFacts facts = new FileFacts();
        return !path.isEmpty() && (sys.stat(path, facts) < 0 || !facts.regular || facts.size > first);
    }

    /** Says below the lines that are kept, or in their place, where others are. */
    private void sayWhere(List<Message> streams, List<Message> kept, boolean spaced) {
        LogGaps gaps = new LogGaps();
        for (Message stream : streams) {
            if (!stream.text("elsewhere").isEmpty() && !hasText(stream)) {
                gaps.add(stream);
            }
        }
        for (Message stream : kept) {
            gaps.noteReadable(stream.text("service"));
        }
        List<String> sentences = gaps.sentences(false, "");
        if (spaced && kept.isEmpty() && !sentences.isEmpty()) {
            output.print("");
        }
        for (String sentence : sentences) {
            if (spaced) {
                output.print(sentence);
            } else {
                output.complain(sentence);
            }
        }
    }

    /** Shows the last lines of services that have failed, where they are kept, below a heading or without one. */
    void showLastLines(List<String> names, String heading) throws Client.NoReplyException {
        if (names.isEmpty()) {
            return;
        }
        Message reply = new Client(sys)
                .ask(Message.request("logs").with("names", new ArrayList<@Nullable Object>(names)), TIMEOUT);
        List<Message> kept = new ArrayList<>();
        // What was printed just before an end may still be on its way through the logger.
        sys.poll(new PollSet(), SETTLING);
        for (Message stream : reply.objects("streams")) {
            if (hasText(stream)) {
                kept.add(stream);
            }
        }
        if (!kept.isEmpty()) {
            if (!heading.isEmpty()) {
                output.print("");
                output.print(heading);
            }
            new LogReader(sys, new TerminalView(sys, output, false), false, kept).show(LogRange.last(LAST_LINES));
        }
        sayWhere(reply.objects("streams"), kept, !heading.isEmpty());
    }
}
