package dev.pintle.archive.program;

import dev.pintle.archive.boot.Sources;
import dev.pintle.init.compat.s6.S6;
import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.s6.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code s6-rc}: changes services and bundles, and lists them. */
public final class S6Rc {
    private static final String NAME = "s6-rc";
    private static final String SYNOPSIS = "[ -v verbosity ] [ -t timeout ] [ -l live ] [ -b ] [ -u | -d ] [ -a ]"
            + " list|listall|start|stop|change [ servicenames... ]";
    private static final int TIMED_OUT = 2;
    private static final int NO_SUCH = 3;
    private static final long MINUTE = 60_000;

    private final Invocation call;
    private boolean down;
    private boolean active;
    private long timeout;

    private S6Rc(Invocation call) {
        this.call = call;
    }

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        return new S6Rc(call).run();
    }

    private int run() throws FailureException {
        Options options = new Options(call.words, "v:t:l:udab");
        for (int letter = S6.next(options, NAME, SYNOPSIS);
                letter != Options.END;
                letter = S6.next(options, NAME, SYNOPSIS)) {
            switch ((char) letter) {
                case 'u' -> down = false;
                case 'd' -> down = true;
                case 'a' -> active = true;
                case 't' -> timeout = S6.number(options.value());
                default -> {}
            }
        }
        List<String> words = options.operands();
        if (words.isEmpty() || timeout < 0) {
            throw S6.usage(NAME, SYNOPSIS);
        }
        List<String> names = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "list" -> list(names);
            case "listall" -> listAll(names);
            case "start" -> change(names, true);
            case "stop" -> change(names, false);
            case "change" -> change(names, !down);
            default -> throw S6.fatal(S6.USAGE, NAME, "unknown command: " + words.get(0));
        };
    }

    /** The services that were named, and those that are up. */
    private int list(List<String> names) throws FailureException {
        Database database = Sources.read(call);
        Set<String> selection = selection(database, names);
        if (down) {
            Set<String> others = database.services(database.names(""));
            others.removeAll(selection);
            selection = others;
        }
        return print(selection);
    }

    /** These with all that they need, or that needs them. */
    private int listAll(List<String> names) throws FailureException {
        Database database = Sources.read(call);
        return print(database.closure(selection(database, names), down));
    }

    private int print(Set<String> services) {
        for (String service : services) {
            call.output.print(service);
        }
        return 0;
    }

    private Set<String> selection(Database database, List<String> names) throws FailureException {
        for (String name : names) {
            if (database.type(name) == null) {
                throw noSuch(name);
            }
        }
        Set<String> selection = database.services(names);
        if (active) {
            for (Supervised service : Supervised.all(call)) {
                if (service.isOfS6Rc() && isActive(service)) {
                    selection.add(service.word);
                }
            }
        }
        return selection;
    }

    private static boolean isActive(Supervised service) {
        Message reply = service.ask(service.request("status"));
        List<Message> services = reply == null ? List.of() : reply.objects("services");
        String state = services.isEmpty() ? "" : services.get(0).text("state");
        return state.equals("ready") || state.equals("done") || state.equals("up");
    }

    private static FailureException noSuch(String name) {
        return S6.fatal(NO_SUCH, NAME, name + " is not a recognized identifier");
    }

    private int change(List<String> words, boolean up) throws FailureException {
        if (words.isEmpty()) {
            throw S6.usage(NAME, SYNOPSIS);
        }
        List<@Nullable Object> names = new ArrayList<>();
        for (String word : words) {
            Supervised service = Supervised.of(call, word);
            names.add(service.status() == null ? "@" + word : service.name());
        }
        Message request =
                Message.request(up ? "start" : "stop").with("names", names).with("wait", true);
        try {
            Message reply = new Client(call.sys).ask(request, timeout == 0 ? MINUTE : timeout);
            if (!reply.ok()) {
                if (reply.text("error").equals("no-such-service")) {
                    throw noSuch(words.get(0));
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
