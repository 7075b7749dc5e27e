package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import dev.pintle.init.core.HealthState;
import dev.pintle.init.core.State;
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
     * Says what was waited for when the time was over.
     *
     * @param names  services, groups; empty for all that are meant to run
     * @param goal   the state that they were to be in; empty for ready
     * @param millis how long that was
     */
    void complain(List<String> names, String goal, long millis) throws Client.NoReplyException {
        Message reply = new Client(sys)
                .ask(Message.request("status").with("names", new ArrayList<@Nullable Object>(names)), TIMEOUT);
        List<String> late = new ArrayList<>();
        for (Message service : reply.objects("services")) {
            if (isLate(service, goal, names.isEmpty())) {
                late.add(service.text("name") + " " + doing(service, goal));
            }
        }
        if (goal.equals("reloaded")) {
            late = List.of("a reload command of " + String.join(", ", names) + " still runs");
        } else if (late.isEmpty() && goal.equals("up")) {
            late.add("what is up has not run for its min_uptime yet");
        }
        String time = millis < 1000 ? millis + "ms" : StatusTable.duration(millis);
        output.complain("timed out after " + time + (late.isEmpty() ? "" : ": " + String.join("; ", late))
                + "; it may still happen");
    }

    private static String doing(Message service, String goal) {
        String reason = service.text("reason");
        String state = service.text("state");
        if (reason.startsWith("waits for ")) {
            return reason;
        }
        if (reason.startsWith("not ready: ")) {
            return "is " + reason;
        }
        boolean unhealthy = state.equals("ready") && goal.equals("healthy");
        String why = unhealthy && reason.isEmpty() ? HealthState.UNPROVED : reason;
        return (unhealthy ? "is not healthy" : State.phrase(state)) + (why.isEmpty() ? "" : ": " + why);
    }

    private static boolean isLate(Message service, String goal, boolean wantedOnly) {
        if (wantedOnly && !service.flag("wanted")) {
            return false;
        }
        if (service.flag("rests") && (goal.isEmpty() || goal.equals("ready") || goal.equals("started"))) {
            return false;
        }
        return switch (service.text("state")) {
            case "ready" ->
                switch (goal) {
                    case "healthy" -> !service.text("health").equals("healthy");
                    case "", "ready", "started", "up" -> false;
                    default -> true;
                };
            case "done" -> goal.equals("healthy");
            case "down" -> !goal.equals("down");
            default -> true;
        };
    }

    /** Whether there may be something to show. */
    private boolean hasText(Message stream) {
        String path = stream.raw("path");
        long first = stream.number("kept", 0) > 0 ? LogPipes.TIMES : 0;
        FileFacts facts = new FileFacts();
        return !path.isEmpty() && (sys.stat(path, facts) < 0 || !facts.regular || facts.size > first);
    }

    /** Says below the lines that are kept, or in their place, where others are. */
    private void sayWhere(List<Message> streams, List<Message> kept) {
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
        if (kept.isEmpty() && !sentences.isEmpty()) {
            output.print("");
        }
        for (String sentence : sentences) {
            output.print(sentence);
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
        if (!heading.isEmpty()) {
            sayWhere(reply.objects("streams"), kept);
        }
    }
}
