package dev.pintle.convert.move;

import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellWord;
import java.util.List;
import java.util.Locale;

/** What an image is moved away from, by the names that it has in Dockerfiles. */
public enum Supervisor {
    /** supervisord, with the plug-ins that are for it alone. */
    SUPERVISORD(
            "supervisor",
            "supervisord supervisor.supervisord",
            "supervisorctl",
            "supervisor python-supervisor python3-supervisor py-supervisor py3-supervisor supervisor-stdout"
                    + " supervisor-wildcards supervisord-dependent-startup superlance mr.laforge"),
    /** runit, also as phusion/baseimage starts it. */
    RUNIT(
            "runit",
            "runsvdir runit runit-init runsvdir-start runsvinit my_init",
            "sv",
            "runit runit-init runit-run runit-systemd runit-sysv runit-services runit-helper"),
    /** s6-overlay, and s6 by itself. */
    S6(
            "s6",
            "s6-svscan",
            "s6-svc",
            "s6 s6-rc s6-overlay s6-overlay-syslogd s6-overlay-helpers s6-overlay-preinit s6-linux-init");

    private static final String VERSION = "=<>~!@[; \t$";

    private final String word;
    /** Separated by spaces, as the packages are. */
    private final String programs;

    private final String control;
    private final String packages;

    Supervisor(String word, String programs, String control, String packages) {
        this.word = word;
        this.programs = programs;
        this.control = control;
        this.packages = packages;
    }

    /** What a text that has to do with it mentions. */
    boolean isMentionedIn(String text) {
        return text.toLowerCase(Locale.ROOT).contains(word);
    }

    /** Whether a word, or a pattern of words, names it or a program of it. */
    boolean isNamedIn(String word) {
        return isMentionedIn(word)
                || (this == RUNIT && word.contains("runsv"))
                || List.of(programs.split(" ", -1)).stream().anyMatch(word::contains);
    }

    /** Whether a program, by the last part of its path, is it. */
    boolean starts(String program) {
        return List.of(programs.split(" ", -1)).contains(program);
    }

    /** Whether a command starts it, or starts init where a move has put that in its place already. */
    boolean starts(Invocation invocation) {
        return starts(invocation.program()) || invocation.word().equals("/init") || isService(invocation);
    }

    /** {@code service supervisor start}, which sends it to the background. */
    boolean isService(Invocation invocation) {
        List<String> words =
                invocation.arguments().stream().map(ShellWord::value).toList();
        boolean service = invocation.program().equals("service") && words.size() == 2 && isInitScript(words.get(0));
        boolean script = invocation.word().contains("init.d/") && isInitScript(invocation.program());
        return (service || script)
                && List.of("start", "restart").contains(words.isEmpty() ? "" : words.get(words.size() - 1));
    }

    /** The words that my_init runs beside its services, and ends with; init does so with its own. */
    static List<ShellWord> mainCommand(Invocation invocation) {
        List<ShellWord> words = invocation.arguments();
        return invocation.program().equals("my_init") ? mainCommand(words) : List.of();
    }

    /** The same, of the words behind it. */
    static List<ShellWord> mainCommand(List<ShellWord> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).value().equals("--")) {
                return words.subList(i + 1, words.size());
            }
            if (!words.get(i).value().startsWith("-")) {
                return words.subList(i, words.size());
            }
        }
        return List.of();
    }

    private boolean isInitScript(String name) {
        return this == SUPERVISORD ? name.equals("supervisor") || name.equals("supervisord") : name.equals("runit");
    }

    /** The program that controls it. */
    String control() {
        return control;
    }

    /** Where an image has its services. */
    String place() {
        return switch (this) {
            case SUPERVISORD -> "/etc/supervisor*";
            case RUNIT -> "/etc/service";
            case S6 -> "/etc/s6-overlay/s6-rc.d /etc/services.d /etc/cont-init.d";
        };
    }

    /** What its main program is called. */
    String program() {
        return switch (this) {
            case SUPERVISORD -> "supervisord";
            case RUNIT -> "runit";
            case S6 -> "s6-overlay";
        };
    }

    /** Whether an argument of a package manager is one of its packages, with or without a version, or its repository. */
    boolean isPackage(String argument) {
        String name = argument.contains("://") ? repository(argument) : withoutVersion(argument);
        String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return List.of(packages.split(" ", -1)).stream()
                .anyMatch(
                        p -> plain.equals(p) || (plain.startsWith(p + "-") && startsWithDigit(plain, p.length() + 1)));
    }

    private static String withoutVersion(String argument) {
        int end = 0;
        while (end < argument.length() && VERSION.indexOf(argument.charAt(end)) < 0) {
            end++;
        }
        String name = argument.substring(0, end);
        int architecture = Math.max(name.indexOf(':'), name.indexOf('/'));
        return architecture > 0 ? name.substring(0, architecture) : name;
    }

    /** {@code git+https://host/owner/name.git@v1#egg=x} is {@code name}. */
    private static String repository(String url) {
        String path = url.substring(url.indexOf("://") + 3);
        for (String end : List.of("#", "@", ".git", "/archive/", "/tarball/", "/zipball/")) {
            int at = path.indexOf(end);
            path = at > 0 ? path.substring(0, at) : path;
        }
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean startsWithDigit(String text, int at) {
        return at < text.length() && Character.isDigit(text.charAt(at));
    }
}
