package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.parse.supervisord.GroupConfig;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.convert.parse.supervisord.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An event listener, and what it is for as far as that can be told by its command and its events.
 *
 * @param group   its section
 * @param kind    what it is for
 * @param command its words as texts
 * @param words   the same, with what is not known yet
 * @param guessed whether its name alone tells what it is for, since its code is not here
 */
record Listener(GroupConfig group, Kind kind, List<String> command, List<Text> words, boolean guessed) {

    /** What the well-known listeners are for. */
    enum Kind {
        /** supervisord-dependent-startup: starts programs when others have come up. */
        DEPENDENT_STARTUP,
        /** supervisor-stdout: passes output on to the container's, with a prefix. */
        OUTPUT,
        /** Ends the container when a program has failed or ended. */
        STOP_CONTAINER,
        /** superlance's httpok: asks a page at intervals, and restarts a program whose page does not answer. */
        HTTP_CHECK,
        /** superlance's memmon: restarts a program that has grown too large. */
        MEMORY,
        /** superlance's crashmail and its like: tell someone. */
        MESSAGE,
        /** Some other one that acts at regular intervals. */
        TICK,
        /** Some other one. */
        OTHER
    }

    /** Code that ends supervisord: by its pid, as the parent or as process 1, or by a call. */
    private static final Pattern ENDS_SUPERVISOR =
            Pattern.compile("getppid|\\bPPID\\b|\\bkill\\b[^\\n;|&#]*\\s1(?![\\w.])"
                    + "|\\bkill\\(\\s*1\\s*,|supervisord\\.pid|supervisorctl\\b[^\\n#]*\\bshutdown|\\.shutdown\\(|SUPERVISOR_?PID"
                    + "|p?kill(?:all)?\\b[^\\n#]*supervisord");

    /** Who is called one of these looks on, whatever else the name says. */
    private static final List<String> LOOKS_ON = List.of(
            "watch", "monitor", "notif", "alert", "mail", "log", "report", "slack", "sentry", "metric", "email");

    /** What makes an end of words like stop-supervisor, exit-event-listener and terminate-container. */
    private static final List<String> END = List.of("stop", "exit", "kill", "terminate", "shutdown", "quit", "abort");

    private static final List<String> OF_WHAT =
            List.of("supervisor", "container", "event", "fatal", "listener", "proc", "all", "pod", "on-");

    private static final List<String> SHELLS = List.of("sh", "bash", "dash", "ash", "python", "python3", "perl", "php");

    /** Recognises the listener of a section. */
    static Listener of(GroupConfig group, Function<String, Optional<String>> files) {
        Optional<ProcessConfig> process = group.processes().stream().findFirst();
        List<Text> texts = process.flatMap(ProcessConfig::argv).orElse(List.of());
        List<String> words = texts.stream().map(Text::toString).toList();
        String all = String.join(" ", words).toLowerCase(Locale.ROOT);
        List<String> events = group.listener().map(GroupConfig.Listener::events).orElse(List.of());
        Optional<String> code =
                words.stream().flatMap(word -> files.apply(word).stream()).findFirst();
        Kind kind = kind(all, program(words), events, code);
        boolean guessed = kind == Kind.STOP_CONTAINER && code.isEmpty() && !killsSupervisor(all);
        return new Listener(group, kind, words, texts, guessed);
    }

    private static Kind kind(String command, String program, List<String> events, Optional<String> code) {
        if (DependentStartup.isListener(command)) {
            return Kind.DEPENDENT_STARTUP;
        }
        if (command.replace('_', '-').contains("supervisor-stdout")) {
            return Kind.OUTPUT;
        }
        switch (program) {
            case "httpok" -> {
                return Kind.HTTP_CHECK;
            }
            case "memmon" -> {
                return Kind.MEMORY;
            }
            case "crashmail", "crashmailbatch", "fatalmailbatch", "crashsms" -> {
                return Kind.MESSAGE;
            }
            default -> {
                // Not one of superlance's.
            }
        }
        boolean ends = events.stream()
                .anyMatch(e -> e.equals("PROCESS_STATE") || e.endsWith("_FATAL") || e.endsWith("_EXITED"));
        boolean stops =
                code.map(text -> ENDS_SUPERVISOR.matcher(text).find()).orElseGet(() -> isNamedForAnEnd(program));
        if (ends && (killsSupervisor(command) || stops)) {
            return Kind.STOP_CONTAINER;
        }
        return events.stream().anyMatch(e -> e.startsWith("TICK")) ? Kind.TICK : Kind.OTHER;
    }

    /** The base name of what runs: of the script, where a shell runs one; in lower case, without an ending. */
    private static String program(List<String> words) {
        for (String word : words) {
            String name = word.substring(word.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
            if (!SHELLS.contains(name) && !word.startsWith("-")) {
                int dot = name.lastIndexOf('.');
                return dot > 0 ? name.substring(0, dot) : name;
            }
        }
        return "";
    }

    /** A kill of the parent, of process 1 or of the one in supervisord's pid file, written out in the command itself. */
    private static boolean killsSupervisor(String command) {
        return command.contains("kill")
                && (command.contains("$ppid")
                        || command.contains("supervisord")
                        || command.endsWith(" 1")
                        || command.contains(" 1;")
                        || command.contains(" 1 "));
    }

    private static boolean isNamedForAnEnd(String program) {
        String name = program.replace('_', '-');
        return END.stream().anyMatch(name::contains)
                && OF_WHAT.stream().anyMatch(name::contains)
                && LOOKS_ON.stream().noneMatch(name::contains);
    }

    /** Whether it listens to events whose names begin like this. */
    boolean listensTo(String prefix) {
        return group.listener().map(GroupConfig.Listener::events).orElse(List.of()).stream()
                .anyMatch(event -> event.startsWith(prefix));
    }

    /** Whether it hears of an event. */
    boolean hears(String event) {
        return group.listener().map(GroupConfig.Listener::events).orElse(List.of()).stream()
                .anyMatch(e -> e.equals(event) || e.equals("PROCESS_STATE"));
    }

    /** The values of an option that may be given more than once. */
    List<String> option(String letter) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i + 1 < command.size(); i++) {
            if (command.get(i).equals(letter)) {
                values.add(command.get(i + 1));
            }
        }
        return values;
    }

    /** Seconds between two events of the clock that it listens to. */
    long interval() {
        List<String> events = group.listener().map(GroupConfig.Listener::events).orElse(List.of());
        return events.contains("TICK_5") || events.contains("TICK") ? 5 : events.contains("TICK_60") ? 60 : 3600;
    }
}
