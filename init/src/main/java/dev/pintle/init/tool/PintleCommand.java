package dev.pintle.init.tool;

import dev.pintle.init.boot.LayoutReader;
import dev.pintle.init.boot.Surroundings;
import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.log.Timestamp;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.Output;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Nearest;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        } catch (Arguments.UsageException e) {
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

    private int run(Command command, Arguments arguments) throws Arguments.UsageException, Client.NoReplyException {
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
            case CHECK -> check(arguments);
            case SHUTDOWN -> shutdown(arguments);
            case VERSION -> {
                forbidWords(arguments);
                yield version();
            }
        };
    }

    // Commands

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
        for (Message service : reply.objects("services")) {
            table.add(service);
            boolean asked = service.flag("wanted") || !arguments.words.isEmpty();
            running &= !asked || runs(service);
        }
        if (!arguments.json) {
            for (String line : table.lines()) {
                output.print(line);
            }
            if (!arguments.words.isEmpty()) {
                printFailures(reply);
            }
        }
        return running ? ExitCode.OK : ExitCode.NOT_RUNNING;
    }

    /** The last failures of the services that were asked for by name. */
    private void printFailures(Message reply) {
        for (Message service : reply.objects("services")) {
            List<Message> failures = service.objects("last_failures");
            if (!failures.isEmpty()) {
                output.print("");
                output.print("last failures of " + service.text("name") + ":");
            }
            for (Message failure : failures) {
                output.print("  " + StatusTable.duration(failure.number("ago_ms", 0)) + " ago: " + failure.text("how"));
            }
        }
    }

    private static boolean runs(Message service) {
        return switch (service.text("state")) {
            case "down", "failed", "backoff", "waiting" -> false;
            default -> true;
        };
    }

    private int act(Command command, Arguments arguments) throws Arguments.UsageException, Client.NoReplyException {
        requireNames(arguments);
        Message request =
                Message.request(command.word()).with("names", words(arguments)).with("wait", arguments.wait);
        Message reply = ask(request, arguments.wait ? arguments.timeout : SHORT_TIMEOUT);
        return reply.ok() ? ExitCode.OK : refused(reply);
    }

    private int reload(Arguments arguments) throws Client.NoReplyException {
        Message request = Message.request("reload").with("wait", arguments.wait);
        Message reply = ask(request, arguments.wait ? arguments.timeout : SHORT_TIMEOUT);
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
        if (nothing) {
            output.print("nothing has changed");
        }
        return ExitCode.OK;
    }

    private int await(Arguments arguments) throws Client.NoReplyException {
        Message request =
                Message.request("wait").with("names", words(arguments)).with("for", arguments.state);
        Message reply = ask(request, arguments.timeout);
        return reply.ok() ? ExitCode.OK : refused(reply);
    }

    private int tree(Arguments arguments) throws Client.NoReplyException {
        Message request =
                Message.request("status").with("names", words(arguments)).with("edges", true);
        Message reply = ask(request, SHORT_TIMEOUT);
        if (!reply.ok()) {
            return refused(reply);
        }
        for (String line : new DependencyTree(reply.objects("services")).lines()) {
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
                yield time + service + ": " + event.text("from") + " -> " + event.text("to")
                        + (reason.isEmpty() ? "" : " (" + reason + ")");
            }
            case "health" -> time + service + " is " + event.text("to");
            case "stopping" -> time + "the container stops";
            case "layout" -> time + "the layout was read anew";
            case "missed" -> event.number("count", 0) + " events were missed";
            default -> event.line();
        };
    }

    private int signal(Arguments arguments) throws Arguments.UsageException, Client.NoReplyException {
        if (arguments.words.size() < 2) {
            throw new Arguments.UsageException("signal takes the names of services, then a signal");
        }
        int last = arguments.words.size() - 1;
        Message request = Message.request("signal");
        try {
            request.with("signal", Values.signal(arguments.words.get(last)));
        } catch (BadValueException e) {
            throw new Arguments.UsageException("there is no signal " + arguments.words.get(last));
        }
        request.with("names", new ArrayList<@Nullable Object>(arguments.words.subList(0, last)));
        Message reply = ask(request, SHORT_TIMEOUT);
        return reply.ok() ? ExitCode.OK : refused(reply);
    }

    private int logs(Arguments arguments) throws Client.NoReplyException {
        Message reply = ask(Message.request("logs").with("names", words(arguments)), SHORT_TIMEOUT);
        return reply.ok()
                ? new LogReader(sys, output, reply.objects("streams")).show(arguments.tail, arguments.follow)
                : refused(reply);
    }

    private int health(Arguments arguments) throws Client.NoReplyException {
        Message reply = ask(Message.request("health"), SHORT_TIMEOUT);
        if (arguments.json) {
            output.print(reply.line());
        } else {
            for (String trouble : reply.texts("troubles")) {
                output.print(trouble);
            }
        }
        return reply.flag("healthy") ? ExitCode.OK : ExitCode.FAILED;
    }

    private int check(Arguments arguments) throws Arguments.UsageException {
        if (arguments.words.size() > 1) {
            throw new Arguments.UsageException("check takes one directory");
        }
        Map<String, String> environment = Environment.asMap(sys.environment());
        String directory = arguments.words.isEmpty() ? LayoutReader.directory(environment) : arguments.words.get(0);
        int there = sys.stat(directory, new FileFacts());
        if (there < 0) {
            output.complain("cannot read " + directory + ": " + Errno.describe(-there));
            return ExitCode.FAILED;
        }
        ParseResult result = LayoutReader.read(sys, directory, environment);
        List<Diagnostic> diagnostics = new ArrayList<>(result.diagnostics());
        if (!arguments.layoutOnly) {
            diagnostics.addAll(Surroundings.check(sys, result.draft(), environment));
        }
        int errors = 0;
        List<@Nullable Object> found = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics) {
            errors += diagnostic.severity() == Diagnostic.Severity.ERROR ? 1 : 0;
            found.add(asJson(diagnostic));
            if (!arguments.json) {
                output.print(diagnostic.text());
            }
        }
        if (arguments.json) {
            output.print(Json.write(found));
        } else if (errors > 0) {
            output.complain(directory + " has " + errors + (errors == 1 ? " error" : " errors"));
        }
        return errors == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Map<String, @Nullable Object> asJson(Diagnostic diagnostic) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        boolean error = diagnostic.severity() == Diagnostic.Severity.ERROR;
        entry.put("severity", error ? "error" : "warning");
        entry.put("code", diagnostic.code());
        entry.put("file", diagnostic.file());
        entry.put("line", diagnostic.line());
        entry.put("column", diagnostic.column());
        entry.put("message", diagnostic.message());
        entry.put("hint", diagnostic.hint());
        return entry;
    }

    private int shutdown(Arguments arguments) throws Arguments.UsageException, Client.NoReplyException {
        Message request = Message.request("shutdown");
        if (!arguments.words.isEmpty()) {
            request.with("code", exitCode(arguments));
        }
        // The stop sends TERM to all that is left, this too, and the answer is wanted all the same.
        sys.openSignals();
        Message reply = new Client(sys).askForTheEnd(request, SHORT_TIMEOUT);
        return reply.ok() ? ExitCode.OK : refused(reply);
    }

    private static long exitCode(Arguments arguments) throws Arguments.UsageException {
        String word = arguments.words.get(0);
        int code = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c < '0' || c > '9' || code > 255) {
                throw new Arguments.UsageException("an exit code is 0 to 255, not " + word);
            }
            code = code * 10 + (c - '0');
        }
        if (arguments.words.size() > 1 || code > 255) {
            throw new Arguments.UsageException("shutdown takes one exit code, 0 to 255");
        }
        return code;
    }

    private int version() {
        output.print("pintle " + Version.NUMBER);
        return ExitCode.OK;
    }

    // Help

    private void printHelp() {
        output.print("pintle asks and tells the init of this container.");
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
        output.print(command.help());
    }

    // Helpers

    private Message ask(Message request, long timeout) throws Client.NoReplyException {
        return new Client(sys).ask(request, timeout);
    }

    private int refused(Message reply) {
        output.complain(reply.text("message"));
        return switch (reply.text("error")) {
            case "no-such-service" -> ExitCode.NO_SUCH_SERVICE;
            case "no-such-state" -> ExitCode.USAGE;
            default -> ExitCode.FAILED;
        };
    }

    private static void requireNames(Arguments arguments) throws Arguments.UsageException {
        if (arguments.words.isEmpty()) {
            throw new Arguments.UsageException("name services, @groups, or all");
        }
    }

    private static void forbidWords(Arguments arguments) throws Arguments.UsageException {
        if (!arguments.words.isEmpty()) {
            throw new Arguments.UsageException("there is nothing to name here: " + arguments.words.get(0));
        }
    }

    private static List<@Nullable Object> words(Arguments arguments) {
        return new ArrayList<>(arguments.words);
    }
}
