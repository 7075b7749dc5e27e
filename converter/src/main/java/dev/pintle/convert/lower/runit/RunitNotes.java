package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Report.Note;
import java.util.ArrayList;
import java.util.List;

/** What is different for every service, said once. */
final class RunitNotes {

    /** What Docker waits for before it kills. */
    private static final long DOCKER_SECONDS = 10;

    private RunitNotes() {}

    static List<Note> of(boolean wiped, boolean phusion, long stopSeconds) {
        List<Note> notes = new ArrayList<>();
        notes.add(new Note(
                "stop",
                "runsv waits for ever for a service that was told to stop, and runsvdir ends at TERM without stopping"
                        + " any. init stops them all and kills what is left after stop_grace_period, "
                        + (phusion ? "KILL_PROCESS_TIMEOUT or 30 s as under my_init" : "7 s as 'sv force-stop' does")
                        + "; the whole takes at most " + stopSeconds + " s."
                        + (stopSeconds > DOCKER_SECONDS
                                ? " Docker kills a container after " + DOCKER_SECONDS
                                        + " s: stop it with 'docker stop -t " + (stopSeconds + 1)
                                        + "', or set stop_grace_period in compose.yaml."
                                : "")));
        notes.add(new Note(
                "restart",
                "always and for ever, at once after a run of a second or more, else a second after its end"
                        + " (backoff = none), as under runsv. start_retries and backoff = exponential would spare a machine"
                        + " a service that is broken."));
        notes.add(new Note(
                "processes",
                "each service has a session and a process group of its own, and default signal dispositions; under runsv it"
                        + " shared runsv's, and got what that had inherited. Only the"
                        + " main process gets the stop signal and KILL (kill_group = no), as under runsv; kill_group = yes"
                        + " would leave nothing behind. SIGTERM is followed by SIGCONT, as before."));
        notes.add(new Note(
                "environment",
                wiped
                        ? "PATH alone (clear_environment = yes), as under runsvdir-start."
                        : "the container's, as under a runsvdir that is the container's command; where it was started by"
                                + " runsvdir-start, convert with --clear-environment. PWD, and what else a shell sets"
                                + " (OLDPWD, SHLVL, _), is not set where no shell is left."));
        notes.add(new Note(
                "directory",
                "services are in /etc/pintle/services; a program starts in that directory, where the files beside run"
                        + " are now, unless its script changed to another. argv[0] of a script is its absolute path, not"
                        + " ./run."));
        notes.add(new Note(
                "exit code",
                "runsvdir's is 111 after HUP and 0 after TERM. init's is 0 after a stop, unless a service has on_exit"
                        + " or on_failed = stop_container, or pintle.conf has exit_code_from."));
        return notes;
    }
}
