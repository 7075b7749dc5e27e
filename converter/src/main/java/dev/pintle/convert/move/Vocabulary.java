package dev.pintle.convert.move;

import dev.pintle.convert.lower.FirstProcess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words by which a text has to do with the old supervisor: its programs, files, variables and services. */
final class Vocabulary {

    /** The container itself, one that a variable or a name without dots tells of, or any at the usual port. */
    private static final String HOST = "(?<![\\w.-])(?:(?:127\\.0\\.0\\.1|\\[::1\\]|\\$\\{?\\w+\\}?|[A-Za-z][\\w-]*)"
            + "(?::(?:\\d+|\\$\\{?\\w+\\}?))?|[\\w.-]+:9001)";

    /** What a client of XML-RPC calls: the address, or a method; and the buttons of the page. */
    private static final String XML_RPC = HOST + "/RPC2\\b|\\bsupervisor(?:\\.|->|::)"
            + "(?:(?:get|start|stop|signal|read|clear|tail|send|reload|add|remove)[A-Z]\\w*|(?:shutdown|restart)(?=\\())"
            + "|[?&]processname=|/index\\.html\\?action=";

    private static final String SUPERVISORD =
            "(?<!\\w)\\w*supervisor(?:ctl|d)\\b|echo_supervisord_conf|(?<![\\w-])pidproxy(?![\\w-])"
                    + "|\\b[A-Z0-9_]*SUPERVISORD?_[A-Z]\\w*|(?<=/)supervisor(?=[/\\s\"';:,)\\]]|\\.\\w|$)|\\bsupervisor\\.sock\\b"
                    + "|(?<=service |invoke-rc\\.d |update-rc\\.d |rc-service |enable |start |restart |stop |disable )supervisor\\b"
                    + "|(?<=\\n)supervisor(?=\\r?(?:\\n|\\z))|(?<=import |from )supervisor\\b|" + XML_RPC
                    + "|\\bsupervisor\\.(?:xmlrpc|rpcinterface|childutils|options|conf|log|pid)\\b";

    /** What sv is told to do. */
    private static final String ACTIONS = "(?:s(?:tatus|tart|top|hutdown)?|up?|d(?:own)?|o(?:nce)?|p(?:ause)?"
            + "|cont|c|h(?:up)?|alarm|interrupt|quit|term|kill|exit|restart|reload|try-restart|check|[12]|force-\\w+)";

    /** What is given the name of a language; {@code sv} is one. */
    private static final String NO_LANGUAGE =
            "(?<!(?i:lang|language|locale|lng|code|value|culture|country)[\"']?=[\"']?)";

    private static final String RUNIT =
            "(?<![\\w.-])(?:runsvdir(?:-start)?|runsvchdir|runsv|svlogd|chpst|my_init|utmpset"
                    + "|update-service|runit(?:-init)?)(?![\\w-]|\\.[a-z])|(?<![\\w.-])setuser(?=\\s)"
                    + "|(?<![\\w.$-])sv(?=\\s+(?:-[vw]\\s*\\d*\\s+)*" + ACTIONS + "\\s)"
                    + "|(?<=[\"'/])sv(?=[\"']\\s*,\\s*\\[?\\s*[\"'](?:-[vw]|" + ACTIONS + ")[\"'])"
                    + "|(?<=\\w=)" + NO_LANGUAGE + "sv(?=\\s|;|$)"
                    + "|(?<=\\w=[\"'])" + NO_LANGUAGE + "sv(?=[\"'])"
                    + "|/etc/(?:service|sv|runit|my_init\\.d|my_init\\.\\w+_shutdown\\.d)(?![\\w-])|/var/service(?![\\w-])"
                    + "|container_environment|/supervise/(?:ok|control|status|pid|stat)";

    private static final String S6 =
            "(?<![\\w-]|just-containers/)s6-[a-z]\\w*(?:-\\w+)*|(?<![\\w.-])(?:with-contenv|execlineb|logutil-\\w+|fdmove|redirfd"
                    + "|importas|printcontenv)(?![\\w.-])|(?<![\\w.})-])/(?:command|package/admin)(?=[/\\s\"':]|$)|/run/(?:s6|service)(?![\\w-])"
                    + "|/etc/(?:services\\.d|cont-init\\.d|cont-finish\\.d|fix-attrs\\.d)(?![\\w-])|container_environment"
                    + "|\\bS6_[A-Z]\\w*";

    private static final List<String> SIGNS_OF_S6 = List.of(
            "s6-",
            "with-contenv",
            "execlineb",
            "logutil-",
            "fdmove",
            "redirfd",
            "importas",
            "printcontenv",
            "/command",
            "/package/admin",
            "/run/s",
            "s.d",
            "-init.d",
            "-finish.d",
            "container_environment",
            "S6_");

    /** What only a text of commands means by it: packages, and names of init scripts. */
    private static final String IN_COMMANDS = "(?<![\\w/.-])supervisor(?![\\w-])";

    /** Of which a text has one, or it speaks of no supervisor: that is found out faster. */
    private static final List<String> SIGNS_OF_SUPERVISORD =
            List.of("upervisor", "SUPERVISOR", "pidproxy", "/RPC2", "processname=", "html?action=");

    private static final List<String> SIGNS_OF_RUNIT = List.of(
            "runsv",
            "svlogd",
            "chpst",
            "my_init",
            "utmpset",
            "update-service",
            "runit",
            "setuser",
            "sv ",
            "sv\t",
            "sv\"",
            "sv'",
            "=sv",
            "/etc/sv",
            "/service",
            "container_environment",
            "/supervise/");

    private static final Pattern OF_BASE = Pattern.compile(
            "/etc/(?:service|sv|my_init\\.d|my_init\\.\\w+_shutdown\\.d)/[\\w.-]+|/var/service/[\\w.-]+");

    /** What process 1 is. */
    private static final String PROGRAM = "/proc/1/(?:exe|comm|cmdline)\\b";

    /** {@code [s]upervisord}, as grep and pgrep are told of a program lest they find themselves. */
    private static final Pattern ONE_LETTER =
            Pattern.compile("(?<![\\w\\])])\\[(\\w)\\](?=[a-z])|(?<=[a-z])\\[(\\w)\\](?=[a-z]|\\b)");

    private final Collection<String> paths;
    private final List<String> signs;
    private final Pattern anywhere;
    private final Pattern commands;

    /** {@code paths}: where the image had the configuration, and what the configuration names its own files. */
    Vocabulary(Supervisor supervisor, Collection<String> paths) {
        this.paths = paths;
        String words = words(supervisor) + "|" + FirstProcess.SIGNALLED + "|" + PROGRAM;
        this.signs = new ArrayList<>(signs(supervisor));
        this.signs.add("kill");
        this.signs.add("Kill");
        this.signs.add("/proc/1/");
        this.signs.addAll(paths);
        StringBuilder all = new StringBuilder(words);
        for (String path : paths) {
            all.append("|(?<![\\w/.-])").append(Pattern.quote(path)).append("(?![\\w-])");
        }
        this.anywhere = Pattern.compile(all.toString());
        this.commands = supervisor == Supervisor.SUPERVISORD ? Pattern.compile(all + "|" + IN_COMMANDS) : this.anywhere;
    }

    private static String words(Supervisor supervisor) {
        return switch (supervisor) {
            case SUPERVISORD -> SUPERVISORD;
            case RUNIT -> RUNIT;
            case S6 -> S6;
        };
    }

    private static List<String> signs(Supervisor supervisor) {
        return switch (supervisor) {
            case SUPERVISORD -> SIGNS_OF_SUPERVISORD;
            case RUNIT -> SIGNS_OF_RUNIT;
            case S6 -> SIGNS_OF_S6;
        };
    }

    /**
     * A place where a text speaks of the supervisor.
     *
     * @param start  where it begins
     * @param length of it
     * @param word   with the rest of the path that it stands in
     */
    record Mention(int start, int length, String word) {

        int end() {
            return start + length;
        }
    }

    /** Whether a path is that of a service, or of a script of my_init, of which nothing has been converted. */
    boolean isOfTheBase(String path) {
        String plain = path.replaceFirst("/+$", "");
        return OF_BASE.matcher(plain).matches()
                && paths.stream().noneMatch(ours -> ours.equals(plain) || ours.startsWith(plain + "/"));
    }

    /** All of them, in order; {@code ofCommands}: in a text that a shell, or a package manager, reads. */
    List<Mention> mentions(String text, boolean ofCommands) {
        List<Mention> mentions = found(text, ofCommands);
        Matcher letters = ONE_LETTER.matcher(text);
        if (letters.find()) {
            mentions.addAll(ofClasses(text, letters, ofCommands));
            mentions.sort(Comparator.comparingInt(Mention::start));
        }
        return mentions;
    }

    private List<Mention> found(String text, boolean ofCommands) {
        List<Mention> mentions = new ArrayList<>();
        if (signs.stream().noneMatch(text::contains)) {
            return mentions;
        }
        Matcher matcher = (ofCommands ? commands : anywhere).matcher(text);
        while (matcher.find()) {
            mentions.add(new Mention(matcher.start(), matcher.group().length(), whole(text, matcher)));
        }
        return mentions;
    }

    /** The mentions that classes of one letter are in. */
    private List<Mention> ofClasses(String text, Matcher letters, boolean ofCommands) {
        StringBuilder plain = new StringBuilder();
        int[] offsets = new int[text.length() + 1];
        int from = 0;
        letters.reset();
        while (letters.find()) {
            append(text, from, letters.start(), plain, offsets);
            append(text, letters.start() + 1, letters.end() - 1, plain, offsets);
            from = letters.end();
        }
        append(text, from, text.length(), plain, offsets);
        offsets[plain.length()] = text.length();
        List<Mention> mentions = new ArrayList<>();
        for (Mention mention : found(plain.toString(), ofCommands)) {
            int first = offsets[mention.start()];
            int last = offsets[mention.end() - 1];
            if (last - first + 1 > mention.length()
                    || (first > 0
                            && letters.reset().region(first - 1, text.length()).lookingAt())) {
                mentions.add(new Mention(first, last - first + 1, mention.word()));
            }
        }
        return mentions;
    }

    private static void append(String text, int from, int to, StringBuilder plain, int[] offsets) {
        for (int i = from; i < to; i++) {
            offsets[plain.length()] = i;
            plain.append(text.charAt(i));
        }
    }

    private static String whole(String text, Matcher matcher) {
        int start = matcher.start();
        while (start > 0 && isOfPath(text.charAt(start - 1)) && !isEscaped(text, start - 1)) {
            start--;
        }
        int end = matcher.end();
        while (end < text.length() && isOfPath(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end).replaceFirst("[.]+$", "").replaceFirst("^-+", "");
    }

    /** As the n of {@code \\n}. */
    private static boolean isEscaped(String text, int at) {
        return at > 0 && text.charAt(at - 1) == '\\' && Character.isLetter(text.charAt(at));
    }

    private static boolean isOfPath(char c) {
        return c == '/' || c == '.' || c == '-' || c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
}
