package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import dev.pintle.init.core.Words;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.Execution;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Output;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Timestamp;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.Layout;
import dev.pintle.layout.PintleVersion;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Nearest;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code pintle COMMAND …}. */
final class PintleCommand {
    /** A request that the init answers at once is answered in far less. */
    private static final long SHORT_TIMEOUT = 5_000;

    private final ToolSys sys;
    private final Output output;

    PintleCommand(ToolSys sys) {
        this.sys = sys;
        this.output = new Output(sys, "pintle");
    }

    int run(List<String> given) {
        String word = given.isEmpty() ? "" : given.get(0);
        if (word.isEmpty() || word.equals("--help") || word.equals("-h") || word.equals("help")) {
            printHelp();
            return word.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
        }
        if (word.equals("--version")) {
            return version();
        }
        Command command = command(word);
        if (command == null) {
            return unknownCommand(word);
        }
        try {
            Arguments arguments = Arguments.parse(command, given.subList(1, given.size()));
            if (arguments.help) {
                printHelp(command);
                return ExitCode.OK;
            }
            return run(command, arguments);
        } catch (UsageException e) {
            output.complain(e.getMessage() + "; see pintle " + word + " --help");
            return ExitCode.USAGE;
        } catch (Client.NoReplyException e) {
            output.complain(String.valueOf(e.getMessage()));
            return e.code;
        }
    }

    private static @Nullable Command command(String word) {
        for (Command command : Command.values()) {
            if (command.word().equals(word)) {
                return command;
            }
        }
        return null;
    }

    private int unknownCommand(String word) {
        List<String> known = new ArrayList<>();
        for (Command command : Command.values()) {
            known.add(command.word());
        }
        String nearest = Nearest.find(word, known);
        output.complain("there is no command " + word + (nearest == null ? "" : "; did you mean " + nearest + "?"));
        return ExitCode.USAGE;
    }

    private int run(Command command, Arguments arguments) throws UsageException, Client.NoReplyException {
        return switch (command) {
            case STATUS -> status(arguments);
            case START, STOP, RESTART -> act(command, arguments);
            case RELOAD -> arguments.words.isEmpty() ? reload(arguments) : act(command, arguments);
            case WAIT -> await(arguments);
            case TREE -> tree(arguments);
            case EVENTS -> events(arguments);
            case SIGNAL -> signal(arguments);
            case LOGS -> logs(arguments);
            case HEALTH -> {
                forbidWords(arguments);
                yield health(arguments);
            }
            case METRICS -> {
                forbidWords(arguments);
                yield metrics(arguments);
            }
            case CHECK -> new CheckCommand(sys, output).run(arguments);
            case SHUTDOWN -> shutdown(arguments);
            case VERSION -> {
                forbidWords(arguments);
                yield version();
            }
        };
    }

    // Commands

    /** Becomes the program that has the metrics. */
    private int metrics(Arguments arguments) {
        List<String> command = new ArrayList<>(List.of(Layout.WEB, Command.METRICS.word()));
        if (arguments.openMetrics) {
            command.add("--openmetrics");
        }
        try {
            return Execution.become(sys, command, Environment.asMap(sys.environment()));
        } catch (FailureException e) {
            String hint = e.code == ExitCode.NOT_FOUND ? "; ADD pintle-web-VERSION-ARCH.tar.gz to the image" : "";
            output.complain("cannot print metrics: " + e.getMessage() + hint);
            return e.code;
        }
    }

    private int status(Arguments arguments) throws Client.NoReplyException {
        Message reply = ask(Message.request("status").with("names", words(arguments)), SHORT_TIMEOUT);
        if (arguments.json) {
            output.print(reply.line());
        }
        if (!reply.ok()) {
            return refused(reply);
        }
        StatusTable table = new StatusTable(output.forPeople());
        boolean running = true;
        boolean all = arguments.all || !arguments.words.isEmpty();
        for (Message service : reply.objects("services")) {
            boolean asked = service.flag("wanted") || !arguments.words.isEmpty();
            boolean runs = !asked || runs(service);
            running &= runs;
            if (all || !StatusTable.isHidden(service)) {
                table.add(service);
            }
        }
        if (!arguments.json) {
            for (String line : table.lines()) {
                output.printRaw(line);
            }
            if (!arguments.words.isEmpty()) {
                for (Message service : reply.objects("services")) {
                    printDetails(service);
                }
            }
        }
        return running ? ExitCode.OK : ExitCode.NOT_RUNNING;
    }

    /** The last failures and the last health check of a service that was asked for by name. */
    private void printDetails(Message service) throws Client.NoReplyException {
        List<Message> failures = service.objects("last_failures");
        if (!failures.isEmpty()) {
            output.print("");
            output.print("last failures of " + service.text("name") + ":");
        }
        for (Message failure : failures) {
            printEnd(failure);
        }
        if (!failures.isEmpty()) {
            String name = service.text("name");
            new Waiting(sys, output).showLastLines(List.of(name), "last lines of " + name + ":");
        }
        Message check = service.object("last_check");
        if (check != null) {
            output.print("");
            output.print("last health check of " + service.text("name") + ":");
            printEnd(check);
            output.printIndented(check.text("output"));
        }
    }

    private void printEnd(Message of) {
        output.print("  " + StatusTable.duration(of.number("ago_ms", 0)) + " ago: " + of.text("how"));
    }

    /** Whether it runs, or rests, as it should; what is still starting counts. */
    private static boolean runs(Message service) {
        if (service.flag("keeps_ending")
                || service.flag("troubled")
                || service.text("health").equals("unhealthy")) {
            return false;
        }
        return switch (service.text("state")) {
            case "backoff" -> service.flag("rests");
            case "down", "failed", "waiting" -> false;
            // A logger is up until it has opened its files.
            case "up" -> !service.text("name").endsWith(Layout.LOG);
            default -> true;
        };
    }

    private int act(Command command, Arguments arguments) throws UsageException, Client.NoReplyException {
        requireNames(arguments);
        Message request =
                Message.request(command.word()).with("names", words(arguments)).with("wait", arguments.wait);
        if (arguments.only) {
            request.with("only", true);
        }
        if (command == Command.RELOAD) {
            request.with("must_run", true);
        }
        if (!arguments.wait) {
            Message reply = ask(request, SHORT_TIMEOUT);
            return reply.ok() ? ExitCode.OK : refused(reply);
        }
        String goal = switch (command) {
            case STOP -> "down";
            case RELOAD -> "reloaded";
            default -> "up";
        };
        return awaited(request, arguments, goal);
    }

    /** Asks for what takes its time; where that is over, says what it waited for, and where it is in vain, why. */
    private int awaited(Message request, Arguments arguments, String goal) throws Client.NoReplyException {
        Message reply;
        try {
            reply = ask(request, arguments.timeout);
        } catch (Client.NoReplyException e) {
            if (e.code == ExitCode.TIMED_OUT) {
                new Waiting(sys, output).complain(request, goal, arguments.timeout);
                return e.code;
            }
            throw e;
        }
        if (reply.ok()) {
            return ExitCode.OK;
        }
        int code = refused(reply);
        new Waiting(sys, output).showLastLines(reply.texts("failed"), "");
        return code;
    }

    private int reload(Arguments arguments) throws Client.NoReplyException {
        Message request = Message.request("reload").with("dry_run", arguments.dryRun);
        Message reply = ask(request, Math.max(SHORT_TIMEOUT, arguments.timeout));
        for (String diagnostic : reply.texts("diagnostics")) {
            output.print(diagnostic);
        }
        if (!reply.ok()) {
            return refused(reply);
        }
        boolean nothing = true;
        for (String what : List.of("added", "removed", "restarted", "updated")) {
            List<String> names = reply.texts(what);
            nothing &= names.isEmpty();
            if (!names.isEmpty()) {
                output.print(what + ": " + String.join(", ", names));
            }
        }
        List<String> outdated = reply.texts("outdated");
        if (!outdated.isEmpty()) {
            output.print("a program or an environment_file has changed since the start of: " + Words.some(outdated)
                    + " (pintle restart NAME...)");
        } else if (nothing) {
            output.print("nothing has changed");
        }
        boolean waits =
                !reply.texts("starting").isEmpty() || !reply.texts("removed").isEmpty();
        return arguments.wait && waits && !arguments.dryRun ? awaitChange(reply, arguments) : ExitCode.OK;
    }

    /** What a new layout starts is to come up, and what it has no more is to be gone. */
    private int awaitChange(Message change, Arguments arguments) throws Client.NoReplyException {
        Message request = Message.request("wait")
                .with("for", "up")
                .with("names", new ArrayList<@Nullable Object>(change.texts("starting")))
                .with("gone", new ArrayList<@Nullable Object>(change.texts("removed")));
        return awaited(request, arguments, "up");
    }

    private int await(Arguments arguments) throws Client.NoReplyException {
        Message request =
                Message.request("wait").with("names", words(arguments)).with("for", arguments.state);
        return awaited(request, arguments, arguments.state);
    }

    private int tree(Arguments arguments) throws Client.NoReplyException {
        Message all = ask(Message.request("status").with("edges", true), SHORT_TIMEOUT);
        Message named = arguments.words.isEmpty()
                ? all
                : ask(Message.request("status").with("names", words(arguments)), SHORT_TIMEOUT);
        if (!named.ok() || !all.ok()) {
            return refused(named.ok() ? all : named);
        }
        DependencyTree tree = new DependencyTree(all.objects("services"), arguments.all);
        List<String> roots = new ArrayList<>();
        for (Message service : named.objects("services")) {
            roots.add(service.text("name"));
        }
        for (String line : arguments.words.isEmpty() ? tree.lines() : tree.lines(roots)) {
            output.print(line);
        }
        return ExitCode.OK;
    }

    private int events(Arguments arguments) throws Client.NoReplyException {
        Message request = Message.request("subscribe").with("names", words(arguments));
        Message reply = new Client(sys)
                .follow(request, SHORT_TIMEOUT, event -> output.print(arguments.json ? event.line() : told(event)));
        return reply.ok() ? ExitCode.OK : refused(reply);
    }

    /** An event as a line for people. */
    private static String told(Message event) {
        String time = Timestamp.iso(event.number("time_ms", 0)) + " ";
        String service = event.text("service");
        return switch (event.text("event")) {
            case "state" -> {
                String reason = event.text("reason");
                String why = reason.isEmpty() ? event.text("ended") : reason;
                yield time + service + ": " + event.text("from") + " -> " + event.text("to") + inParentheses(why);
            }
            case "health" -> time + service + " is " + event.text("to") + inParentheses(event.text("reason"));
            case "stopping" -> time + "the container stops";
            case "layout" -> time + "the layout was reloaded";
            case "missed" -> event.number("count", 0) + " events were missed";
            default -> event.line();
        };
    }

    private static String inParentheses(String why) {
        return why.isEmpty() ? "" : " (" + why + ")";
    }

    private int signal(Arguments arguments) throws UsageException, Client.NoReplyException {
        if (arguments.words.size() < 2) {
            throw new UsageException("signal takes the names of services, then a signal");
        }
        int last = arguments.words.size() - 1;
        Message request = Message.request("signal").with("must_run", true);
        try {
            request.with("signal", Values.signal(arguments.words.get(last)));
        } catch (BadValueException e) {
            throw new UsageException("there is no signal " + arguments.words.get(last));
        }
        request.with("names", new ArrayList<@Nullable Object>(arguments.words.subList(0, last)));
        Message reply = ask(request, SHORT_TIMEOUT);
        return reply.ok() ? ExitCode.OK : refused(reply);
    }

    private int logs(Arguments arguments) throws UsageException, Client.NoReplyException {
        LogRange range = arguments.range(sys.wallClockNanos());
        Message request =
                Message.request("logs").with("names", words(arguments)).with("reopen", arguments.reopen);
        Message reply = ask(request, SHORT_TIMEOUT);
        if (reply.ok() && arguments.reopen) {
            return new LogReopening(sys, output).await(reply, arguments.words);
        }
        if (!reply.ok()) {
            return refused(reply);
        }
        LogView view = new TerminalView(sys, output, arguments.timestamps);
        LogReader reader = new LogReader(sys, view, !arguments.words.isEmpty(), reply.objects("streams"));
        return arguments.follow ? reader.follow(range, () -> placesNow(request)) : reader.show(range);
    }

    /** Where the output of services is by now; nothing where nobody says. */
    private List<Message> placesNow(Message request) {
        try {
            return ask(request, SHORT_TIMEOUT).objects("streams");
        } catch (Client.NoReplyException e) {
            return List.of();
        }
    }

    private int health(Arguments arguments) throws Client.NoReplyException {
        Message reply = ask(Message.request("health"), SHORT_TIMEOUT);
        if (arguments.live) {
            return reply.ok() ? ExitCode.OK : refused(reply);
        }
        if (arguments.json) {
            output.print(reply.line());
        }
        if (!reply.ok()) {
            return refused(reply);
        }
        if (!arguments.json) {
            for (String trouble : reply.texts("troubles")) {
                output.print(trouble);
            }
        }
        return reply.flag("healthy") ? ExitCode.OK : ExitCode.FAILED;
    }

    private int shutdown(Arguments arguments) throws UsageException, Client.NoReplyException {
        Message request = Message.request("shutdown");
        if (!arguments.words.isEmpty()) {
            request.with("code", exitCode(arguments));
        }
        // The stop sends TERM to all that is left, this too, and the answer is wanted all the same.
        sys.openSignals();
        Message reply = new Client(sys).askForTheEnd(request, SHORT_TIMEOUT);
        return reply.ok() ? ExitCode.OK : refused(reply);
    }

    private static long exitCode(Arguments arguments) throws UsageException {
        String word = arguments.words.get(0);
        int code = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c < '0' || c > '9' || code > 255) {
                throw new UsageException("an exit code is 0 to 255, not " + word);
            }
            code = code * 10 + (c - '0');
        }
        if (arguments.words.size() > 1 || code > 255) {
            throw new UsageException("shutdown takes one exit code, 0 to 255");
        }
        return code;
    }

    private int version() {
        output.print("pintle " + PintleVersion.text());
        return ExitCode.OK;
    }

    // Help

    private void printHelp() {
        output.print("pintle talks to the init of this container.");
        output.print("");
        output.print("Usage: pintle COMMAND [OPTION…] [NAME|@GROUP…]");
        output.print("");
        for (Command command : Command.values()) {
            output.print("  " + command.word() + " ".repeat(10 - command.word().length()) + command.summary());
        }
        output.print("");
        output.print("A NAME is a service, or all instances of one; @GROUP is a group; all is every service.");
        output.print("pintle COMMAND --help says more, with examples.");
        output.print("");
        output.print("Exit codes: 0 done, 1 failed, 2 usage, 3 not running (status), 4 no such service,");
        output.print("5 no init, 124 timed out.");
    }

    private void printHelp(Command command) {
        output.print("Usage: pintle " + command.word() + (command.usage().isEmpty() ? "" : " " + command.usage()));
        output.print("");
        output.printRaw(command.help());
    }

    // Helpers

    private Message ask(Message request, long timeout) throws Client.NoReplyException {
        return new Client(sys).ask(request, timeout);
    }

    private int refused(Message reply) {
        String message = reply.text("message");
        output.complain(
                message.isEmpty() ? "cannot understand the init's reply: it has neither ok nor a message" : message);
        return switch (reply.text("error")) {
            case "no-such-service" -> ExitCode.NO_SUCH_SERVICE;
            case "no-such-state" -> ExitCode.USAGE;
            default -> ExitCode.FAILED;
        };
    }

    private static void requireNames(Arguments arguments) throws UsageException {
        if (arguments.words.isEmpty()) {
            throw new UsageException("name services, @groups, or all");
        }
    }

    private static void forbidWords(Arguments arguments) throws UsageException {
        if (!arguments.words.isEmpty()) {
            throw new UsageException("there is nothing to name here: " + arguments.words.get(0));
        }
    }

    private static List<@Nullable Object> words(Arguments arguments) {
        return new ArrayList<>(arguments.words);
    }
}
