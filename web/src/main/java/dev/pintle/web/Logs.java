package dev.pintle.web;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.init.tool.LogRange;
import dev.pintle.init.tool.LogReader;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a service has written, read by a child for each client: logs are long, and who follows them takes his time. */
final class Logs {
    /** How often the init is asked for new places, in those looks that are for what is new. */
    private static final int LOOKS = 5;

    private final ToolSys sys;

    Logs(ToolSys sys) {
        this.sys = sys;
    }

    Outcome of(Routes.Call call) {
        LogRange range;
        try {
            range = range(call.request());
        } catch (UsageException | BadValueException e) {
            return Problem.of(Status.BAD_REQUEST, "no-range", "cannot choose lines: " + e.getMessage());
        }
        boolean follow = call.request().parameter("follow").equals("true");
        LogLines.Form form = LogLines.Form.of(Ascii.lower(call.request().header("accept")));
        List<@Nullable Object> names = new ArrayList<>(List.of(call.name()));
        Message request = Message.request("logs").with("names", names);
        return Outcome.Question.of(request, reply -> {
            if (!reply.ok()) {
                return Problem.of(reply.message());
            }
            List<Message> all = reply.message().objects("streams");
            List<Message> places = readable(all, follow);
            String elsewhere = all.isEmpty() ? "it has no output" : all.get(0).text("elsewhere");
            return !places.isEmpty()
                    ? new Outcome.Output(pipe -> read(pipe, form, request, places, range, follow), form.type())
                    : Problem.of(
                            Status.CONFLICT,
                            "no-output",
                            "cannot show the output of " + call.name() + ": " + elsewhere);
        });
    }

    private LogRange range(HttpRequest request) throws UsageException, BadValueException {
        String tail = request.parameter("tail");
        String since = request.parameter("since");
        String until = request.parameter("until");
        long now = sys.wallClockNanos();
        return new LogRange(
                tail.isEmpty()
                        ? LogRange.NOT_SAID
                        : tail.equals("all") ? Integer.MAX_VALUE : Values.count(tail, Integer.MAX_VALUE),
                since.isEmpty() ? Long.MIN_VALUE : LogRange.moment("since", since, now),
                until.isEmpty() ? Long.MAX_VALUE : LogRange.moment("until", until, now));
    }

    /** Where some of it can be read, or will be. */
    private static List<Message> readable(List<Message> places, boolean follow) {
        List<Message> readable = new ArrayList<>();
        for (Message place : places) {
            if (!place.raw("path").isEmpty() || (follow && place.flag("later"))) {
                readable.add(place);
            }
        }
        return readable;
    }

    private void read(
            PipeOutput pipe,
            LogLines.Form form,
            Message request,
            List<Message> places,
            LogRange range,
            boolean follow) {
        LogReader reader = new LogReader(sys, new LogLines(sys, pipe, form), true, places);
        if (follow) {
            int[] looks = {0};
            reader.follow(range, () -> looks[0]++ % LOOKS == 0 ? now(request) : List.of());
        } else {
            reader.show(range);
        }
    }

    /** Where the output is by now; nothing where nobody says. */
    private List<Message> now(Message request) {
        try {
            return new Client(sys).ask(request, Outcome.Question.SHORT).objects("streams");
        } catch (Client.NoReplyException e) {
            return List.of();
        }
    }
}
