package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.parse.supervisord.ProcessConfig.Start;
import dev.pintle.convert.parse.supervisord.ProcessConfig.Stop;
import dev.pintle.convert.parse.supervisord.ProcessConfig.Stream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the processes of one {@code [program:x]}, {@code [fcgi-program:x]} or {@code [eventlistener:x]}.
 *
 * <p>Two stages, because supervisord has two: what holds for the program is expanded without {@code process_num}, what
 * may differ from process to process is expanded with it.
 */
final class ProgramParser {

    /** More processes of one program than anyone means. */
    private static final long MAX_PROCESSES = 1000;

    private final OptionReader options;
    private final OptionReader perProcess;
    private final Names names;
    private final String section;
    private final String program;
    private final Version version;
    private final Map<String, Text> globalEnvironment;

    /**
     * Of one section.
     *
     * @param program its name
     * @param group   the name of the group that its processes will be in
     */
    ProgramParser(Context context, String section, String program, String group) {
        this.section = section;
        this.program = program;
        this.version = context.version();
        this.globalEnvironment = context.globalEnvironment();
        this.names = names(context, group);
        this.options = context.options(section, names(context, group));
        this.perProcess = context.options(section, names);
    }

    private Names names(Context context, String group) {
        return context.names()
                .with("host_node_name", context.hostNodeName())
                .with("program_name", Text.of(program))
                .with("group_name", Text.of(group));
    }

    /** The processes, sorted as supervisord sorts them. */
    List<ProcessConfig> parse() {
        Value<Long> count = options.value("numprocs", 1L, Conversions::integer);
        Start start = start(count);
        long first = options.value("numprocs_start", 0L, Conversions::integer).or(0L);
        Text processName = processName(count);
        Shared shared = shared(start, stop(), processName);
        List<ProcessConfig> processes = new ArrayList<>();
        long last = first + Math.min(count.or(1L), MAX_PROCESSES);
        if (count.or(1L) > MAX_PROCESSES) {
            options.refuse("numprocs", 0, "more than " + MAX_PROCESSES + " processes", null);
        }
        boolean later = count.known().isEmpty();
        for (long number = first; number < last; number++) {
            names.with("process_num", later ? new Value.Deferred<>(Text.variable(Text.INSTANCE)) : Value.of(number));
            names.with("numprocs", count);
            names.resetVariables();
            processes.add(process(number, shared));
        }
        processes.sort(Comparator.comparing(process -> process.name().toString()));
        return processes;
    }

    /** What is read once for all processes of a program, and so even where it has none. */
    private record Shared(
            Text processName,
            Start start,
            Stop stop,
            Optional<Text> user,
            Optional<Value<Long>> umask,
            Optional<Text> serverUrl,
            Value<Boolean> redirectStderr,
            Capture stdout,
            Capture stderr) {}

    /** What is read once of an output stream. */
    private record Capture(Value<Long> maxBytes, Value<Boolean> events) {}

    private Shared shared(Start start, Stop stop, Text processName) {
        return new Shared(
                processName,
                start,
                stop,
                options.account("user"),
                options.optional("umask", Conversions::octal),
                options.text("serverurl").filter(url -> !isAuto(url)),
                options.value("redirect_stderr", false, Conversions::bool),
                capture("stdout"),
                capture("stderr"));
    }

    private Capture capture(String stream) {
        return new Capture(
                options.value(stream + "_capture_maxbytes", 0L, Conversions::size),
                options.value(stream + "_events_enabled", false, Conversions::bool));
    }

    private Start start(Value<Long> count) {
        return new Start(
                options.value("priority", 999L, Conversions::integer),
                options.value("autostart", true, Conversions::bool),
                options.value("startsecs", 1L, Conversions::integer),
                options.value("startretries", 3L, Conversions::integer),
                options.value("autorestart", AutoRestart.UNEXPECTED, Conversions::autoRestart),
                options.value("exitcodes", version.exitCodes(), Conversions::exitCodes),
                count);
    }

    private Stop stop() {
        Value<Boolean> asGroup = options.value("stopasgroup", false, Conversions::bool);
        Value<Boolean> killAsGroup =
                options.optional("killasgroup", Conversions::bool).orElse(asGroup);
        if (asGroup.or(false) && !killAsGroup.or(true)) {
            options.refuse("killasgroup", 0, "it is false while stopasgroup is true", null);
        }
        return new Stop(
                options.value("stopsignal", List.of(15), Conversions::signals),
                options.value("stopwaitsecs", 10L, Conversions::integer),
                asGroup,
                killAsGroup);
    }

    /** Checked before it is expanded, as supervisord does: an expansion may bring in what is forbidden here. */
    private Text processName(Value<Long> count) {
        Text raw = options.raw("process_name").orElse(Text.of("%(program_name)s"));
        Text name = options.convert("process_name", raw, text -> Text.of(Conversions.name(text.toString())))
                .orElse(raw);
        if (count.or(1L) > 1 && !name.toString().contains("%(process_num)")) {
            options.refuse(
                    "process_name",
                    0,
                    "%(process_num) is not in it while numprocs is above 1",
                    "write process_name = %(program_name)s_%(process_num)02d");
        }
        return name;
    }

    private ProcessConfig process(long number, Shared shared) {
        Map<String, Text> own = perProcess
                .text("environment")
                .flatMap(text -> perProcess.environment("environment", text))
                .orElse(Map.of());
        names.setVariables(own);
        Map<String, Text> environment = new LinkedHashMap<>(globalEnvironment);
        environment.putAll(own);
        Optional<Text> command = perProcess.text("command");
        if (command.isEmpty() && options.raw("command").isEmpty()) {
            options.missing(
                    "command",
                    "every program has a command; mind that a key indented deeper than the one"
                            + " above it is taken for a continuation of that");
        }
        Text line = command.orElse(Text.EMPTY);
        return new ProcessConfig(
                section,
                program,
                number,
                perProcess.expand("process_name", shared.processName()).orElse(shared.processName()),
                line,
                argv(line),
                perProcess.text("directory"),
                environment,
                shared.user(),
                shared.umask(),
                shared.serverUrl(),
                shared.start(),
                shared.stop(),
                shared.redirectStderr(),
                stream("stdout", shared.stdout(), false),
                stream("stderr", shared.stderr(), shared.redirectStderr().or(false)));
    }

    private static boolean isAuto(Text url) {
        return url.isEmpty() || Conversions.strip(url).toString().equalsIgnoreCase("AUTO");
    }

    /** A command that cannot be split is no mistake to supervisord until it starts it, which then fails for good. */
    private Optional<List<Text>> argv(Text command) {
        try {
            return Optional.of(ShellWords.split(command)).filter(words -> !words.isEmpty());
        } catch (BadValueException e) {
            options.warn(
                    "command", "bad-command", "cannot split the command of [" + section + "]: " + e.reason(), e.hint());
            return Optional.empty();
        }
    }

    private Stream stream(String name, Capture capture, boolean redirected) {
        String key = name + "_logfile";
        Value<Long> maxBytes = perProcess.value(key + "_maxbytes", 50L << 20, Conversions::size);
        Value<Boolean> syslog = perProcess.value(name + "_syslog", false, Conversions::bool);
        // Expanded twice, so a percent sign in it has to be written four times.
        Optional<Text> path = perProcess.text(key).flatMap(text -> perProcess.expand(key, text));
        LogFile logFile = path.map(ProgramParser::logFile).orElse(LogFile.AUTO);
        if (path.isPresent() && path.get().toString().equalsIgnoreCase("syslog")) {
            options.warn(
                    key,
                    "syslog-file",
                    "cannot find a file in " + key + " of [" + section + "]: supervisord takes" + " 'syslog' for "
                            + name + "_syslog=true, which it recommends",
                    null);
            logFile = LogFile.NONE;
            syslog = Value.of(true);
        }
        if (logFile.kind() == LogFile.Kind.AUTO && maxBytes.or(1L) == 0) {
            options.warn(
                    key,
                    "auto-log-unbounded",
                    "cannot bound the " + name + " log of [" + section
                            + "] under supervisord: it is AUTO and maxbytes is 0",
                    null);
        }
        if (redirected) {
            if (logFile.kind() == LogFile.Kind.FILE) {
                options.warn(
                        key,
                        "ignored-stderr-file",
                        "cannot use " + key + " of [" + section
                                + "]: redirect_stderr is true, so supervisord ignores the file",
                        null);
            }
            logFile = LogFile.NONE;
        }
        return new Stream(
                logFile,
                maxBytes,
                perProcess.value(key + "_backups", 10L, Conversions::integer),
                capture.maxBytes(),
                capture.events(),
                syslog);
    }

    private static LogFile logFile(Text path) {
        String word = path.toString();
        if (word.isEmpty() || word.equalsIgnoreCase("none") || word.equalsIgnoreCase("off")) {
            return LogFile.NONE;
        }
        return word.equalsIgnoreCase("auto") ? LogFile.AUTO : new LogFile(LogFile.Kind.FILE, path);
    }
}
