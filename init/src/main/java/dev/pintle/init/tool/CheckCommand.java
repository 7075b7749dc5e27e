package dev.pintle.init.tool;

import dev.pintle.init.boot.LayoutReader;
import dev.pintle.init.boot.OwnVariables;
import dev.pintle.init.boot.Surroundings;
import dev.pintle.init.control.Json;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.Output;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Diagnostic.Severity;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.text.Interpolation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code pintle check}: everything that is wrong with a layout, and what was read to say so. */
public final class CheckCommand {
    private final ToolSys sys;
    private final Output output;
    private int errors;
    private int warnings;
    /** The variables that the start will require. */
    private final Set<String> required = new LinkedHashSet<>();

    private final List<@Nullable Object> json = new ArrayList<>();

    CheckCommand(ToolSys sys, Output output) {
        this.sys = sys;
        this.output = output;
    }

    int run(Arguments arguments) throws UsageException {
        if (arguments.words.size() > 1) {
            throw new UsageException("check takes one directory");
        }
        Map<String, String> environment = Environment.asMap(sys.environment());
        String directory =
                arguments.words.isEmpty() ? LayoutReader.directory(environment) : named(arguments.words.get(0));
        FileFacts facts = new FileFacts();
        int there = sys.stat(directory, facts);
        if (there < 0 || !facts.directory) {
            output.complain("cannot read " + directory + ": "
                    + (there < 0
                            ? Errno.describe(-there)
                            : "it is not a directory; name the directory of the whole layout"));
            return ExitCode.FAILED;
        }
        ParseResult result = arguments.environment
                ? LayoutReader.read(sys, directory, environment)
                : LayoutReader.readBeforeStart(sys, directory, environment);
        say(directory, result, environment, arguments.layoutOnly, arguments.json);
        boolean nothing =
                result.draft().services().isEmpty() && result.disabled().isEmpty();
        if (nothing && errors == 0 && sys.stat(directory + "/pintle.conf", facts) < 0) {
            boolean services = sys.stat(directory + "/services", facts) >= 0;
            output.complain("there is no layout in " + directory + ": "
                    + (services
                            ? "services/ has no service, and there is no pintle.conf"
                            : "neither pintle.conf nor services/"));
            return ExitCode.FAILED;
        }
        if (arguments.json) {
            output.print(Json.write(json));
        } else {
            sayWhatWasRead(directory, result);
        }
        return errors == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void say(
            String directory, ParseResult result, Map<String, String> environment, boolean layoutOnly, boolean asJson) {
        for (Diagnostic diagnostic : result.diagnostics()) {
            say(diagnostic, asJson);
        }
        if (!layoutOnly) {
            for (Diagnostic diagnostic : Surroundings.check(sys, directory, result.draft(), environment)) {
                say(diagnostic, asJson);
            }
            sayVariables(environment, asJson);
        }
    }

    /** All that is wrong with the layout that a reload would take, as an array of JSON. */
    public static String findings(ToolSys sys) {
        CheckCommand check = new CheckCommand(sys, new Output(sys, "pintle"));
        Map<String, String> environment = Environment.asMap(sys.environment());
        String directory = LayoutReader.directory(environment);
        check.say(directory, LayoutReader.read(sys, directory, environment), environment, false, true);
        return Json.write(check.json);
    }

    /** Where somebody is in services/ and checks that, its name tells what is wrong with it. */
    private String named(String word) {
        FileFacts here = new FileFacts();
        FileFacts services = new FileFacts();
        boolean same = word.equals(".")
                && sys.stat(word, here) >= 0
                && sys.stat("../services", services) >= 0
                && here.device == services.device
                && here.inode == services.inode;
        return same ? "../services" : word;
    }

    private void say(Diagnostic diagnostic, boolean asJson) {
        boolean later = diagnostic.code().equals(Interpolation.REQUIRED) && diagnostic.severity() == Severity.WARNING;
        if (later) {
            String message = diagnostic.message();
            required.add(message.substring(message.indexOf("${") + 2, message.indexOf('}')));
        } else if (diagnostic.severity() == Severity.ERROR) {
            errors++;
        } else {
            warnings++;
        }
        if (asJson) {
            json.add(
                    asJson(diagnostic, later ? "note" : diagnostic.severity() == Severity.ERROR ? "error" : "warning"));
        } else {
            output.print(
                    later ? diagnostic.place() + ": note: at the start, " + diagnostic.advice() : diagnostic.text());
        }
    }

    private void sayVariables(Map<String, String> environment, boolean asJson) {
        for (String message : OwnVariables.withoutEffect(sys, environment)) {
            say(new Diagnostic(Severity.WARNING, "no-effect", "environment", 0, 0, message, null), asJson);
        }
    }

    private static Map<String, @Nullable Object> asJson(Diagnostic diagnostic, String severity) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        String hint = diagnostic.hint();
        entry.put("severity", severity);
        entry.put("code", diagnostic.code());
        entry.put("file", paired(diagnostic.file()));
        entry.put("line", diagnostic.line());
        entry.put("column", diagnostic.column());
        entry.put("message", paired(diagnostic.message()));
        entry.put("hint", hint == null ? null : paired(hint));
        return entry;
    }

    /** Bytes that are no UTF-8 are kept as lone surrogates, which strict readers of JSON refuse. */
    private static String paired(String text) {
        StringBuilder paired = new StringBuilder(text);
        for (int i = 0; i < paired.length(); i++) {
            if (Character.isHighSurrogate(paired.charAt(i)) && i + 1 < paired.length()) {
                i++;
            } else if (Character.isLowSurrogate(paired.charAt(i))) {
                paired.setCharAt(i, '\uFFFD');
            }
        }
        return paired.toString();
    }

    private void sayWhatWasRead(String directory, ParseResult result) {
        String verdict = errors > 0
                ? count(errors, "error") + (warnings > 0 ? ", " + count(warnings, "warning") : "")
                : warnings > 0 ? count(warnings, "warning") + ", no error" : "nothing wrong";
        StringBuilder line = new StringBuilder(directory).append(": ").append(whatWasRead(result));
        line.append(": ").append(verdict);
        if (!required.isEmpty()) {
            line.append("; the start needs ").append(String.join(", ", required));
        }
        output.print(line.toString());
    }

    /** The services by their directories: instances count once. */
    private static String whatWasRead(ParseResult result) {
        Set<String> services = new LinkedHashSet<>();
        Set<String> oneshots = new LinkedHashSet<>();
        Set<String> logs = new LinkedHashSet<>();
        for (ServiceDefinition service : result.draft().services()) {
            boolean log = service.family().endsWith(Layout.LOG);
            boolean oneshot = service.type() == ServiceDefinition.Type.ONESHOT;
            (log ? logs : oneshot ? oneshots : services).add(service.family());
        }
        StringBuilder text = new StringBuilder(count(services.size(), "service"));
        append(text, oneshots.size(), "oneshot");
        append(text, logs.size(), "log service");
        if (!result.disabled().isEmpty()) {
            text.append(", ").append(result.disabled().size()).append(" disabled");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int number, String what) {
        if (number > 0) {
            text.append(", ").append(count(number, what));
        }
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
