package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.parse.supervisord.GroupConfig.FcgiSocket;
import dev.pintle.convert.parse.supervisord.GroupConfig.Kind;
import dev.pintle.convert.parse.supervisord.GroupConfig.Listener;
import dev.pintle.convert.read.PythonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes the groups, of the sections that name several programs and of the programs that no such section names. */
final class GroupParser {

    private static final String PROGRAM = "program:";
    private static final String FCGI_PROGRAM = "fcgi-program:";
    private static final String UNIX = "unix://";
    private static final String TCP = "tcp://";

    private static final Set<String> EVENTS = Set.of(
            "EVENT",
            "PROCESS_STATE",
            "PROCESS_STATE_STOPPED",
            "PROCESS_STATE_EXITED",
            "PROCESS_STATE_STARTING",
            "PROCESS_STATE_STOPPING",
            "PROCESS_STATE_BACKOFF",
            "PROCESS_STATE_FATAL",
            "PROCESS_STATE_RUNNING",
            "PROCESS_STATE_UNKNOWN",
            "PROCESS_COMMUNICATION",
            "PROCESS_COMMUNICATION_STDOUT",
            "PROCESS_COMMUNICATION_STDERR",
            "PROCESS_LOG",
            "PROCESS_LOG_STDOUT",
            "PROCESS_LOG_STDERR",
            "REMOTE_COMMUNICATION",
            "SUPERVISOR_STATE_CHANGE",
            "SUPERVISOR_STATE_CHANGE_RUNNING",
            "SUPERVISOR_STATE_CHANGE_STOPPING",
            "TICK",
            "TICK_5",
            "TICK_60",
            "TICK_3600",
            "PROCESS_GROUP",
            "PROCESS_GROUP_ADDED",
            "PROCESS_GROUP_REMOVED");

    private final Context context;
    private final List<String> sections;
    private final Set<String> grouped = new HashSet<>();

    GroupParser(Context context) {
        this.context = context;
        this.sections = context.document().sections();
    }

    /** The groups in the order in which supervisord starts them: by priority, then by name. */
    List<GroupConfig> parse() {
        List<GroupConfig> groups = new ArrayList<>();
        with("group:").forEach(section -> groups.add(group(section)));
        with(PROGRAM).stream().filter(s -> !grouped.contains(s)).forEach(section -> groups.add(program(section)));
        with("eventlistener:").forEach(section -> groups.add(listener(section)));
        with(FCGI_PROGRAM).stream().filter(s -> !grouped.contains(s)).forEach(section -> groups.add(fcgi(section)));
        groups.sort(Comparator.comparing((GroupConfig group) -> group.priority().or(999L))
                .thenComparing(GroupConfig::name));
        return groups;
    }

    private List<String> with(String prefix) {
        return sections.stream().filter(section -> section.startsWith(prefix)).toList();
    }

    private GroupConfig group(String section) {
        String name = context.name(section);
        OptionReader options = context.options(section, context.names());
        List<ProcessConfig> processes = new ArrayList<>();
        List<Text> members = options.text("programs").map(Conversions::list).orElse(List.of());
        for (Text member : members) {
            boolean program = sections.contains(PROGRAM + member);
            boolean fcgi = sections.contains(FCGI_PROGRAM + member);
            if (program == fcgi) {
                options.refuse(
                        "programs",
                        0,
                        program
                                ? "'" + member + "' is both a program and a fcgi-program"
                                : "there is no program '" + member + "'",
                        program ? null : "where it is in another file, convert the file that includes both");
                continue;
            }
            String memberSection = (program ? PROGRAM : FCGI_PROGRAM) + member;
            grouped.add(memberSection);
            processes.addAll(new ProgramParser(context, memberSection, context.name(memberSection), name).parse());
        }
        return new GroupConfig(
                Kind.GROUP, section, name, priority(options, 999), processes, Optional.empty(), Optional.empty());
    }

    private static Value<Long> priority(OptionReader options, long fallback) {
        return options.value("priority", fallback, Conversions::integer);
    }

    private GroupConfig program(String section) {
        String name = context.name(section);
        return new GroupConfig(
                Kind.PROGRAM,
                section,
                name,
                priority(context.options(section, context.names()), 999),
                new ProgramParser(context, section, name, name).parse(),
                Optional.empty(),
                Optional.empty());
    }

    private GroupConfig listener(String section) {
        String name = Context.afterColon(section);
        OptionReader options = context.options(section, context.names());
        Value<Long> buffer = options.value("buffer_size", 10L, Conversions::integer);
        if (buffer.or(1L) < 1) {
            options.refuse("buffer_size", 0, "it is below 1", null);
        }
        if (options.value("redirect_stderr", false, Conversions::bool).or(false)) {
            options.refuse(
                    "redirect_stderr",
                    0,
                    "an event listener's standard output is its protocol",
                    "remove redirect_stderr");
        }
        Listener listener = new Listener(
                events(options),
                buffer,
                options.text("result_handler").orElse(Text.of("supervisor.dispatchers:default_handler")));
        return new GroupConfig(
                Kind.EVENT_LISTENER,
                section,
                name,
                priority(options, -1),
                new ProgramParser(context, section, context.name(section), name).parse(),
                Optional.of(listener),
                Optional.empty());
    }

    private List<String> events(OptionReader options) {
        List<String> events = options.text("events").map(Conversions::list).orElse(List.of()).stream()
                .map(event -> event.toString().toUpperCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toList();
        if (events.isEmpty()) {
            options.missing("events", "name the events, such as PROCESS_STATE_FATAL");
        }
        // A plug-in can bring events of its own.
        boolean plugins = with("rpcinterface:").stream().anyMatch(s -> !s.equals("rpcinterface:supervisor"));
        events.stream()
                .filter(event -> !plugins && !EVENTS.contains(event))
                .forEach(event -> options.refuse("events", 0, "there is no event '" + event + "'", null));
        return events;
    }

    private GroupConfig fcgi(String section) {
        String name = context.name(section);
        OptionReader options = context.options(section, context.names());
        Optional<Value<Long>> backlog = options.optional("socket_backlog", Conversions::integer);
        if (backlog.flatMap(Value::known).filter(b -> b < 1 || b > 65535).isPresent()) {
            options.refuse("socket_backlog", 0, "it is not between 1 and 65535", null);
        }
        OptionReader socket = context.options(section, context.names().with("program_name", Text.of(name)));
        Optional<Text> owner = options.account("socket_owner");
        Optional<Value<Long>> mode = options.optional("socket_mode", Conversions::octal);
        boolean permissions = owner.isPresent() || mode.isPresent();
        Text url = socket.text("socket")
                .filter(text -> !text.isEmpty())
                .flatMap(text -> socket.convert("socket", text, literal -> socket(literal, permissions)))
                .orElse(Text.EMPTY);
        if (socket.raw("socket").map(Text::isEmpty).orElse(true)) {
            socket.missing("socket", "write socket = unix:///run/NAME.sock or tcp://HOST:PORT");
        }
        return new GroupConfig(
                Kind.FCGI_PROGRAM,
                section,
                name,
                priority(options, 999),
                new ProgramParser(context, section, name, name).parse(),
                Optional.empty(),
                Optional.of(new FcgiSocket(url, owner, mode, backlog)));
    }

    /** The socket as supervisord names it. */
    private static Text socket(Text url, boolean permissions) throws BadValueException {
        Optional<String> literal = url.literal();
        if (literal.isEmpty()) {
            return url;
        }
        String socket = literal.get();
        if (socket.startsWith(UNIX + "/")) {
            return Text.of(UNIX + Path.of(socket.substring(UNIX.length())).normalize());
        }
        int colon = socket.lastIndexOf(':');
        if (!socket.startsWith(TCP) || colon <= TCP.length() || !isHostAndPort(socket, colon)) {
            throw new BadValueException(
                    "'" + socket + "' is no socket", 0, "write unix:///run/NAME.sock or tcp://HOST:PORT");
        }
        if (permissions) {
            throw new BadValueException("socket_owner and socket_mode are for unix sockets only");
        }
        String host = socket.substring(TCP.length(), colon).toLowerCase(Locale.ROOT);
        return Text.of(TCP + host + ":" + Conversions.port(socket.substring(colon + 1)));
    }

    private static boolean isHostAndPort(String socket, int colon) {
        String host = socket.substring(TCP.length(), colon);
        return host.indexOf(':') < 0
                && host.chars().noneMatch(PythonText::isSpace)
                && socket.substring(colon + 1).chars().allMatch(Character::isDigit);
    }
}
