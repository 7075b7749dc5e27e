package dev.pintle.archive.program;

import dev.pintle.init.compat.s6.S6;
import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code s6-rc}: {@code -u change}, {@code -d change} and {@code -a list}, of services and bundles. */
public final class S6Rc {
    private static final String NAME = "s6-rc";
    private static final String SYNOPSIS = "[ -v verbosity ] [ -t timeout ] [ -l live ] -u|-d change name... | -a list";
    private static final int TIMED_OUT = 2;
    private static final int NO_SUCH = 3;
    private static final long MINUTE = 60_000;

    private S6Rc() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        char direction = ' ';
        boolean active = false;
        long timeout = 0;
        Options options = new Options(call.words, "v:t:l:uda");
        for (int letter = S6.next(options, NAME, SYNOPSIS);
                letter != Options.END;
                letter = S6.next(options, NAME, SYNOPSIS)) {
            switch ((char) letter) {
                case 'u', 'd' -> direction = (char) letter;
                case 'a' -> active = true;
                case 't' -> timeout = S6.number(options.value());
                default -> {}
            }
        }
        List<String> words = options.operands();
        String command = words.isEmpty() ? "" : words.get(0);
        if (command.equals("list") && active && words.size() == 1) {
            return list(call);
        }
        if (command.equals("change") && words.size() > 1 && direction != ' ' && timeout >= 0) {
            return change(call, words.subList(1, words.size()), direction == 'u', timeout == 0 ? MINUTE : timeout);
        }
        throw S6.usage(NAME, SYNOPSIS);
    }

    private static int list(Invocation call) {
        for (Supervised service : Supervised.all(call)) {
            Message reply = !service.isOfS6Rc() ? null : service.ask(service.request("status"));
            List<Message> services = reply == null ? List.of() : reply.objects("services");
            String state = services.isEmpty() ? "" : services.get(0).text("state");
            if (state.equals("ready") || state.equals("done") || state.equals("up")) {
                call.output.print(service.word);
            }
        }
        return 0;
    }

    private static int change(Invocation call, List<String> words, boolean up, long timeout) throws FailureException {
        List<@Nullable Object> names = new ArrayList<>();
        for (String word : words) {
            Supervised service = Supervised.of(call, word);
            names.add(service.status() == null ? "@" + word : service.name());
        }
        Message request =
                Message.request(up ? "start" : "stop").with("names", names).with("wait", true);
        try {
            Message reply = new Client(call.sys).ask(request, timeout);
            if (!reply.ok()) {
                if (reply.text("error").equals("no-such-service")) {
                    throw S6.fatal(NO_SUCH, NAME, words.get(0) + " is not a recognized identifier");
                }
                throw S6.fatal(1, NAME, reply.text("message"));
            }
        } catch (Client.NoReplyException e) {
            throw e.code == ExitCode.TIMED_OUT
                    ? S6.fatal(TIMED_OUT, NAME, "timed out")
                    : S6.fatal(S6.FATAL, NAME, String.valueOf(e.getMessage()));
        }
        return 0;
    }
}
