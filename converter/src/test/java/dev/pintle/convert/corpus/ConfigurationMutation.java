package dev.pintle.convert.corpus;

import dev.pintle.convert.parse.supervisord.KnownKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;

/** Changes a configuration line by line, as mistakes, habits and strange editors do. */
final class ConfigurationMutation {

    private static final List<String> INDENTS = List.of(" ", "  ", "\t", " \t", "\u00a0", "\f", "\u2028", "\u3000");

    private static final List<String> TOKENS = words("""
            ;¦ ;¦#¦ #¦\t;¦;;¦ ; #¦%¦%%¦%%%%¦%(x)s¦%(here)s¦%(ENV_HOME)s¦%(ENV_PERCENT)s¦%(ENV_QUOTED)s¦%(ENV_NONE)s¦\
            %(program_name)s¦%(group_name)s¦%(process_num)d¦%(process_num)02d¦%(process_num)s¦%(process_num)-3d¦\
            %(process_num)+x¦%(numprocs)d¦%(host_node_name)s¦%(host_node_name)10s¦%(here).3s¦%(here)r¦%(here)a¦\
            %(process_num)c¦%(process_num)f¦%(process_num)e¦%(process_num)#o¦%(process_num)5.3d¦%(process_num)% d¦%s¦%d¦\
            %(¦%(here)¦%(a(b)c)s¦'¦"¦''¦"\"¦\\¦\\\\¦\\"¦,¦, ¦,,¦\t¦\r¦\u00a0¦\13¦\34¦\205¦=¦:¦ = ¦ : ¦==¦\
            [¦]¦[x]¦/¦~/¦$HOME¦@¦!¦?¦&¦\u00e9¦\u0130¦\u00df¦\u00e4\u00f6¦\uD83D\uDE00¦A=1¦,B="2 3"¦C='x;y'¦\
            unix:///run/x.sock¦tcp://LOCALHOST:0080¦tcp://x:70000¦syslog¦AUTO¦none¦Off\
            """);

    private static final List<String> KEYS = keys();

    private static final List<String> NUMBERS = words("""
            ¦0¦1¦-1¦+5¦007¦1_0¦1__0¦_1¦1_¦0x10¦0o17¦0O17¦0o_7¦1.5¦1e3¦ 7 ¦\u0661\u0662¦\u00b2¦\uff17¦9999¦\
            99999999999999999999¦022¦0777¦8¦-022¦-0¦+ 1¦1 2¦%(process_num)d¦%(ENV_N)s¦1\u00a0\
            """);

    private static final List<String> BOOLEANS = words("""
            ¦true¦TRUE¦Yes¦oN¦off¦no¦0¦1¦t¦2¦unexpected¦Unexpected¦true true¦%(ENV_YES)s¦\uff54rue¦UNEXPECTED ¦None¦\
            o\u212A\
            """);

    private static final List<String> SIZES = words("""
            1MB¦1 MB¦1mB¦MB¦1M¦1kib¦-1KB¦1_0gb¦50mb ¦kb¦1kb2¦1GB¦1\u212Ab¦1.5MB¦+1KB¦00¦1 kb¦99999999999GB¦%(ENV_N)sMB\
            """);

    private static final List<String> SIGNALS = words("""
            TERM¦SIGTERM¦term¦sigsigterm¦15¦64¦33¦34¦35¦0¦SIGRTMIN¦rtmin+1¦RTMAX¦RTMAX-1¦SIG¦KILL,TERM¦CLD¦POLL¦IOT¦\
            STKFLT¦_DFL¦_IGN¦_BLOCK¦SIG_SETMASK¦CHLD¦1_5¦UNUSED¦sys¦IO¦PWR¦INFO¦EMT¦LOST¦NAL¦HUP ¦TERM TERM¦sigusr1¦\
            \u0130NT¦s\u0131gint\
            """);

    private static final List<String> LISTS = words("""
            0,2¦0, 2¦0,,2¦256¦,¦0,2,¦a,b¦a¦a,a¦-1¦1_1¦PROCESS_STATE_FATAL¦process_state,tick_5¦TICK_7¦EVENT¦__doc__¦\
            PROCESS_STATE,¦event,EVENT\
            """);

    private static final List<String> NAMES = words("""
            nobody¦root:root¦:root¦root:¦a:b:c¦1000¦9001¦:9001¦*:9001¦HOST:9001¦[::1]:9001¦70000¦0¦a:0¦x:¦\u0131:90¦\
            /x/../y¦//x¦~¦x/¦x¦a:b¦a b¦a/b¦¦unix:///run/../x.sock¦unix://x¦unix:///¦tcp://LOCALHOST:0080¦tcp://x:70000¦\
            tcp://x:0¦tcp://:80¦tcp://x:80 ¦tcp://a b:80¦tcp://x:\u0663¦unix:/x¦tcp://x:+1¦tcp://x:1_0¦unix:////x¦TCP://x:1¦auto¦AUTO ¦ none¦OFF¦Syslog¦\
            syslog ¦/dev/stdout¦info¦WARN¦warning¦blather¦critical¦%(program_name)s¦%(process_num)s¦\
            %(group_name)s:%(process_num)03d\
            """);

    private static final List<String> VARIABLES = words("""
            A=1¦A="1",B=2¦A=1,¦A=1;B=2¦A=1 B=2¦A¦A=¦A=,B=2¦A=a@b¦"A"=1¦A='x¦A=1#c,B=2¦A=http://x/?q=1¦A=%(ENV_HOME)s¦\
            A="%(process_num)s",B="%%"¦A=\u00e9¦A="\u00e9"¦A='"x"'¦A="a\\"b"¦A=x'y'¦A=''¦A="\"¦A="1"\"2"¦A==1¦A=1,,B=2¦\
            A=1\n ,B=2¦A=1,\n\n B=2¦A="1\n 2"¦A=1\\,B=2¦A=1\u00a0B¦,A=1¦A =1¦A= 1¦A=%(ENV_QUOTED)s¦A="%(ENV_A)s"¦A.B=1¦\
            A-B=(1):2¦1=2¦A=\u00df\u00e4,B=\u00c0¦A="1"x,B=2¦A='%(ENV_PERCENT)s'¦A=$HOME¦A=*¦A=~¦A={}¦A=\\"x\\"¦\
            HOME="/x",B="%(ENV_HOME)s"¦A=1 # c\n B=2¦A="1" ; c\n ,B=2\
            """);

    private static final List<String> COMMANDS = words("""
            /bin/x¦x 'a b'¦x "a b¦x \\¦x a\\ b¦x "a\\"b\\c"¦x '' "\"¦x a'b'c¦¦''¦%(program_name)s¦x\n  y¦x "a\n  b"¦x\ty¦\
            x\u00a0y¦bash -c 'a ; b'¦bash -c 'a;b'¦x #y¦x#y¦x --c=#fff #c ;d¦x %%d¦x %d¦x %(ENV_HOME)s%%¦\
            x %(process_num)02d¦x '%(ENV_QUOTED)s'¦x %(ENV_EMPTY)s y¦x \\\n  y¦x '\n\n  y'\
            """);

    private static final List<String> LINES = words("""
            ¦ ¦; comment¦ # comment¦[DEFAULT]¦[default]¦[supervisord]¦[Supervisord]¦[program:a]¦[program: a ]¦\
            [program:a]junk¦[program:a] ; x¦[program:a/b]¦[program:]¦[program]¦[group:g]¦[group:]¦[fcgi-program:a]¦\
            [eventlistener:e]¦[eventlistener: e]¦[eventlistener:e:f]¦[include]¦[unix_http_server]¦[unix_http_server:x]¦\
            [unix_http_serverx]¦[inet_http_server]¦[supervisorctl]¦[rpcinterface:supervisor]¦[rpcinterface:x]¦\
            [ctlplugin:x]¦[]¦[ ]¦[a]b]¦[a¦= x¦: x¦key¦files = conf.d/*.conf¦files = conf.d/[a-b].conf conf.d/?.conf¦\
            programs = a¦programs = a,b¦programs = a,¦command = /bin/x¦command = /bin/y -f "a b" 'c' \\d¦\
            process_name = %(program_name)s_%(process_num)02d¦numprocs = 2¦numprocs = 0¦numprocs_start = 5¦\
            autostart = false¦priority = 5¦environment = A="1",B="%(ENV_HOME)s"¦environment = A=1¦user = nobody¦\
            stdout_logfile = /x/%(ENV_A)s.log¦stdout_logfile = %(program_name)s-%%%%.log¦redirect_stderr = true¦\
            stdout_logfile_maxbytes = 0¦stopasgroup = true¦killasgroup = false¦events = PROCESS_STATE¦\
            socket = unix:///run/a/../b.sock¦socket = tcp://LocalHost:9000¦socket_mode = 0700¦socket_owner = www:www¦\
            socket_backlog = 5¦supervisor.rpcinterface_factory = a:b¦port = 9001¦file = /run/s.sock¦username = u¦\
            password = p%%\
            """);

    /** What may stand for the keys that match an expression. */
    private record Kind(String keys, List<String> values) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("command", COMMANDS),
            new Kind("environment", VARIABLES),
            new Kind("stopsignal", SIGNALS),
            new Kind(".*bytes", SIZES),
            new Kind("exitcodes|events|programs", LISTS),
            new Kind(
                    "auto.*|.*group|.*_syslog|.*enabled|redirect_stderr|nodaemon|silent|nocleanup|strip_ansi",
                    BOOLEANS),
            new Kind(
                    "num.*|start.*|min.*|.*secs|.*backups|.*umask|.*mode?|priority|buffer_size|socket_backlog",
                    NUMBERS),
            new Kind(".*", NAMES));

    private final Random random;
    private final List<String> lines;

    private ConfigurationMutation(String text, Random random) {
        this.random = random;
        this.lines = new ArrayList<>(List.of(text.split("\n", -1)));
    }

    /** A text with so many changes. */
    static String apply(String text, int changes, Random random) {
        ConfigurationMutation mutation = new ConfigurationMutation(text, random);
        for (int i = 0; i < changes; i++) {
            mutation.change();
        }
        String changed = String.join("\n", mutation.lines);
        return switch (random.nextInt(40)) {
            case 0 -> changed.replace("\n", "\r\n");
            case 1 -> changed.replace("\n", "\r");
            default -> changed;
        };
    }

    private void change() {
        int at = lines.isEmpty() ? 0 : random.nextInt(lines.size());
        if (lines.isEmpty()) {
            lines.add(any(LINES));
            return;
        }
        String line = lines.get(at);
        switch (random.nextInt(14)) {
            case 0 -> lines.set(at, any(INDENTS) + line);
            case 1 -> lines.set(at, line.stripLeading());
            case 2 -> lines.remove(at);
            case 3 -> lines.add(random.nextInt(lines.size() + 1), line);
            case 4 -> lines.set(at, lines.set(random.nextInt(lines.size()), line));
            case 5 -> lines.set(at, otherCase(line));
            case 6, 7 -> lines.set(at, insert(line));
            case 8 -> lines.add(at, any(LINES));
            case 9 -> lines.add(at, option(any(KEYS)));
            case 10, 11 -> lines.set(at, otherValue(line));
            case 12 ->
                lines.set(
                        at,
                        line.contains("=") ? line.replaceFirst("=", any(List.of(":", "", " = ", "=="))) : line + "=");
            default ->
                lines.set(
                        at,
                        line
                                + any(List.of(
                                        " ", "\t", " ; c", " # c", ";c", "\\", "\n", "\n ", "\n\n x", "\n  # c\n  y")));
        }
    }

    private String otherCase(String line) {
        int end = Math.max(line.indexOf('='), line.indexOf(']'));
        String head = end < 0 ? line : line.substring(0, end);
        return head.toUpperCase(Locale.ROOT) + line.substring(head.length());
    }

    private String insert(String line) {
        int at = random.nextInt(line.length() + 1);
        return line.substring(0, at) + any(TOKENS) + line.substring(at);
    }

    private String otherValue(String line) {
        int delimiter = line.indexOf('=');
        return option(delimiter < 0 ? any(KEYS) : line.substring(0, delimiter));
    }

    private String option(String key) {
        List<String> values = valuesFor(random.nextInt(6) == 0 ? any(KEYS) : key);
        return key + any(List.of("=", " = ", ":")) + any(values);
    }

    private static List<String> valuesFor(String key) {
        String name = key.strip().toLowerCase(Locale.ROOT);
        return KINDS.stream()
                .filter(kind -> name.matches(kind.keys()))
                .findFirst()
                .map(Kind::values)
                .orElse(NAMES);
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(words("""
                events¦buffer_size¦result_handler¦socket¦socket_owner¦socket_mode¦socket_backlog¦port¦unheard-of¦\
                supervisor.rpcinterface_factory\
                """));
        for (String kind : List.of("program", "group", "include", "unix_http_server", "supervisord")) {
            keys.addAll(Objects.requireNonNull(KnownKeys.of(kind)));
        }
        return keys;
    }

    /** A list with broken bars in between. */
    private static List<String> words(String text) {
        return List.of(text.split("¦", -1));
    }

    private String any(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
