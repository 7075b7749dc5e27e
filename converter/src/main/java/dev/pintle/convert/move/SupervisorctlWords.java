package dev.pintle.convert.move;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Translates the words of supervisorctl into those of pintle. */
final class SupervisorctlWords {

    private static final Set<String> WITH_VALUE =
            Set.of("-c", "--configuration", "-s", "--serverurl", "-u", "--username", "-p", "--password");

    /** As supervisorctl: the pid, or 0 and the exit code 7 where there is none. */
    private static final String PID = "'NR == 2 { pid = $4 + 0 } END { print pid + 0; exit pid ? 0 : 7 }'";

    /** Sockets that packages of supervisord make. */
    private static final Set<String> SOCKETS = Set.of(
            "/var/run/supervisor.sock",
            "/run/supervisor.sock",
            "/tmp/supervisor.sock",
            "/var/run/supervisor/supervisor.sock",
            "/run/supervisor/supervisor.sock",
            "/run/supervisord.sock",
            "/var/run/supervisord.sock");

    private final ServiceWords services;
    private final Set<String> own;

    /** {@code own}: the files that the configuration names as supervisord's own, its socket among them. */
    SupervisorctlWords(ServiceWords services, Set<String> own) {
        this.services = services;
        this.own = own;
    }

    /**
     * What a call becomes.
     *
     * @param words      its arguments, with their quotes
     * @param outputUsed whether something reads what it prints
     * @param quoted     whether it stands in quotes, where no others can be put
     */
    Translation translate(List<String> words, boolean outputUsed, boolean quoted) {
        if (words.stream().anyMatch(word -> isExpanded(word) && word.contains("supervisorctl"))) {
            return Translation.none(
                    "another call of supervisorctl, in it, says the names, and pintle prints other columns and states",
                    "name the services, or take the names from 'pintle status --json'");
        }
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String option = words.get(at++);
            boolean server = option.startsWith("-s") || option.startsWith("--serverurl");
            if (server && isElsewhere(option, at < words.size() ? words.get(at) : "")) {
                return Translation.none(
                        "it controls a supervisord in another container, or at another socket than the one that was converted",
                        "run pintle where those services are: docker exec NAME pintle status");
            }
            at += WITH_VALUE.contains(option) ? 1 : 0;
        }
        if (at >= words.size()) {
            return Translation.none(
                    "it reads commands from its standard input, which pintle does not do",
                    "write each as a command of its own: pintle start NAME");
        }
        return action(words.get(at), words.subList(at + 1, words.size()), outputUsed, quoted);
    }

    private boolean isElsewhere(String option, String next) {
        String written = option.indexOf('=') > 0
                ? option.substring(option.indexOf('=') + 1)
                : option.length() > 2 ? option.substring(2) : next;
        String url = written.replaceAll("[\"']", "");
        if (url.startsWith("unix://") && !url.contains("$")) {
            String socket = url.substring("unix://".length());
            boolean known = own.stream().anyMatch(path -> path.contains(".sock"));
            return known && !own.contains(socket) && !SOCKETS.contains(socket);
        }
        return url.contains("://")
                && !url.contains("unix://")
                && !url.contains("localhost")
                && !url.contains("127.0.0.1");
    }

    private Translation action(String action, List<String> names, boolean outputUsed, boolean quoted) {
        return switch (action) {
            case "start", "stop", "restart" -> told(named(List.of(action), names, List.of()), outputUsed);
            case "signal" -> signal(names);
            case "status" -> status(names, outputUsed);
            case "pid" -> pid(names, quoted);
            case "tail" -> tail(names);
            case "update" ->
                names.isEmpty() || names.equals(List.of("all"))
                        ? Translation.to(
                                ": reads the layout, and applies what has changed", List.of("pintle", "reload"))
                        : Translation.nearly(
                                List.of("pintle", "reload"),
                                "it applies changes of all services",
                                "see whether that matters");
            case "reread" -> Translation.to(": reads the layout, and changes nothing yet", List.of("pintle", "check"));
            case "reload" ->
                Translation.nearly(
                        List.of("pintle", "reload"),
                        "it restarts only what has changed; supervisord stopped all and began anew",
                        "add 'pintle restart all' where all have to be restarted");
            case "shutdown" -> Translation.to("", List.of("pintle", "shutdown"));
            case "version" -> Translation.to("", List.of("pintle", "version"));
            case "avail" ->
                Translation.nearly(List.of("pintle", "status"), "it prints other columns", "see what reads them");
            default ->
                Translation.none(
                        "'supervisorctl " + action + "' has no counterpart",
                        "see 'pintle --help': status, start, stop, restart, signal, logs, reload");
        };
    }

    /** {@code pintle VERB NAME ... REST}. */
    private Translation named(List<String> verb, List<String> names, List<String> rest) {
        if (names.isEmpty()) {
            return Translation.none("it names no program, so it did nothing", "remove it");
        }
        List<String> words = new ArrayList<>(List.of("pintle"));
        words.addAll(verb);
        boolean variable = false;
        for (String name : names) {
            variable |= isExpanded(name);
            Optional<String> service = isExpanded(name) ? Optional.of(name) : service(name);
            if (service.isEmpty()) {
                return Translation.none(
                        "no service has come of " + name,
                        "see 'pintle status' for the services that there are: pintle " + String.join(" ", verb)
                                + " NAME");
            }
            words.add(service.get());
        }
        words.addAll(rest);
        if (variable && !services.same()) {
            return Translation.nearly(
                    words,
                    "a name that a variable holds has to be a service's; GROUP:* is @GROUP, and GROUP:NAME is NAME",
                    "see what is in the variable");
        }
        return Translation.to("", words);
    }

    /** The same where something reads what it says, which is in other words. */
    private static Translation told(Translation translation, boolean outputUsed) {
        return outputUsed && translation.words().isPresent()
                ? Translation.nearly(
                        translation.words().get(),
                        "what it prints is in other words",
                        "see what reads it; the exit code is as before")
                : translation;
    }

    private Optional<String> service(String name) {
        return services.of(name.replace("\"", "").replace("'", "").replace("\\", ""));
    }

    private Translation signal(List<String> words) {
        if (words.size() < 2) {
            return Translation.none("it names no program, so it did nothing", "remove it");
        }
        String signal = words.get(0).startsWith("SIG") ? words.get(0).substring(3) : words.get(0);
        return named(List.of("signal"), words.subList(1, words.size()), List.of(signal));
    }

    private Translation status(List<String> names, boolean outputUsed) {
        if (outputUsed) {
            return Translation.none(
                    "something reads what it prints, and pintle prints other columns and states",
                    "use the exit code of 'pintle status NAME' (0: it runs), or 'pintle status --json'");
        }
        if (names.isEmpty() || names.equals(List.of("all"))) {
            return Translation.to("", List.of("pintle", "status"));
        }
        return named(List.of("status"), names, List.of());
    }

    private Translation pid(List<String> names, boolean quoted) {
        if (names.isEmpty() || names.get(0).equals("all")) {
            return Translation.none(
                    "init's pid is 1, and its services' are in 'pintle status'",
                    "use 'pintle reload', 'pintle shutdown' or 'pintle signal NAME SIGNAL' instead of kill");
        }
        Translation status = named(List.of("status"), names, List.of());
        if (status.words().isEmpty() || quoted) {
            return Translation.none(
                    "pintle prints no pid alone",
                    "use 'pintle signal NAME SIGNAL' instead of kill, or 'pintle status --json'");
        }
        List<String> words = new ArrayList<>(status.words().get());
        words.addAll(List.of("|", "awk", PID));
        return new Translation(Optional.of(words), status.fate());
    }

    private Translation tail(List<String> words) {
        List<String> names = new ArrayList<>();
        List<String> verb = new ArrayList<>(List.of("logs"));
        for (String word : words) {
            if (word.equals("-f")) {
                verb.add("-f");
            } else if (!word.startsWith("-") && !word.equals("stdout") && !word.equals("stderr")) {
                names.add(word);
            }
        }
        Translation logs = named(verb, names, List.of());
        return logs.words().isEmpty()
                ? logs
                : Translation.nearly(
                        logs.words().get(),
                        "the last 100 lines of both streams; supervisorctl counted bytes, of one stream",
                        "-n LINES says how many");
    }

    /** Whether a shell puts something else in a word's place. */
    private static boolean isExpanded(String word) {
        return word.contains("$") || word.contains("`");
    }
}
