package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.lower.Report.Note;
import dev.pintle.convert.parse.supervisord.SupervisordConfig;
import dev.pintle.layout.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is different for every service, said once. */
final class Notes {

    private Notes() {}

    static List<Note> of(SupervisordConfig config, List<Draft> services, Order order) {
        List<Note> notes = new ArrayList<>();
        notes.add(new Note("stop", stop(order)));
        notes.add(
                new Note(
                        "exit code",
                        "supervisord's is always 0 after a stop. So is init's, unless a service has"
                                + " on_exit or on_failed = stop_container, or pintle.conf has exit_code_from: then it is the service's."));
        boolean stops =
                services.stream().anyMatch(draft -> !draft.get(Key.ON_FAILED).isEmpty());
        notes.add(
                new Note(
                        "failure",
                        stops
                                ? "a service that has used up its start_retries stops the container, as the event listener did."
                                : "a service that has used up its start_retries stays failed and the container goes on,"
                                        + " as under supervisord (FATAL). on_failed = stop_container stops the container instead."));
        notes.add(new Note(
                "processes",
                "each service has a session of its own, and default signal dispositions: supervisord"
                        + " kept all in one session, with SIGPIPE and SIGXFSZ ignored. Runs are timed exactly; supervisord looked"
                        + " once a second, and later when it was busy. SIGCONT follows the stop signal, so that a stopped process"
                        + " gets it."));
        notes.add(
                new Note(
                        "environment",
                        "SUPERVISOR_ENABLED, SUPERVISOR_PROCESS_NAME, SUPERVISOR_GROUP_NAME and"
                                + " SUPERVISOR_SERVER_URL are not set; nor is LC_CTYPE, which Python sets to C.UTF-8 where the container"
                                + " chooses no locale: set LANG = C.UTF-8 for a program that prints other letters than English ones."));
        if (services.stream().anyMatch(Notes::hasRotatedFile)) {
            notes.add(new Note(
                    "log files",
                    "where a file is rotated, a logger beside the service writes it, line by line, and sets it"
                            + " aside before a line would make it larger than max_size: no line is in two files. supervisord"
                            + " set it aside once it had become larger, wherever that was in a line."));
        }
        boolean hostName = services.stream()
                .flatMap(draft -> draft.parts().stream())
                .flatMap(part -> part.entries().stream())
                .anyMatch(entry -> entry.contains("${HOSTNAME?}"));
        if (hostName) {
            notes.add(new Note("host name", "%(host_node_name)s is ${HOSTNAME?}, which container engines set."));
        }
        if (keepsBlanks(config)) {
            notes.add(
                    new Note(
                            "variables",
                            "where a variable is a part of a word of a command, as in --port=${PORT?}, blanks in its value stay in"
                                    + " that word; supervisord split there too. Write ${=PORT?} if it may hold several words."));
        }
        notes.add(new Note(
                "signals",
                "USR2 to supervisord reopened its log files. init has none: it rotates the services' files itself,"
                        + " and USR2 stops the container like TERM. A second TERM changes nothing, as before; where init"
                        + " has to kill a service at the end, its exit code is 137."));
        if (config.settings().nodaemon().or(true)) {
            return notes;
        }
        notes.add(new Note(
                "foreground",
                "nodaemon is not set in the file; it is taken that the container ran supervisord" + " with -n."));
        return notes;
    }

    private static boolean keepsBlanks(SupervisordConfig config) {
        return config.groups().stream()
                .flatMap(group -> group.processes().stream())
                .flatMap(process -> process.argv().stream())
                .anyMatch(words -> words.stream().anyMatch(Templates::keepsBlanks));
    }

    private static boolean hasRotatedFile(Draft service) {
        return Stream.of(Key.STDOUT_MAX_SIZE, Key.STDERR_MAX_SIZE)
                .map(service::get)
                .anyMatch(size -> !size.isEmpty() && !size.equals("0"));
    }

    private static String stop(Order order) {
        Report.StopTime time = order.stopTime();
        String text = "groups stopped one after another, which could take " + time.before()
                + " s; now those of the same priority stop together, and it takes at most " + time.after()
                + " s (shutdown_grace_period). ";
        return text
                + (time.advice().isEmpty()
                        ? "Then init kills what is left, and says which service was late; a service that needs longer"
                                + " needs a longer shutdown_grace_period, and 'docker stop -t'."
                                + (order.shortensStops()
                                        ? " So a program without stopwaitsecs has " + order.usualSeconds()
                                                + " s for its stop, where supervisord's default was "
                                                + Order.DEFAULT_SECONDS + " s."
                                        : "")
                        : time.advice() + ".");
    }
}
