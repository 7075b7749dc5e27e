package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Report.Note;
import dev.pintle.convert.lower.Report.StopTime;
import java.util.ArrayList;
import java.util.List;

/** What is different for every service, said once. */
final class RunitNotes {

    /** runsv forgets at once: after a run of a second a service is started again without a pause. */
    static final String BACKOFF_RESET = "1s";

    private RunitNotes() {}

    static List<Note> of(boolean wiped, boolean phusion, StopTime stop) {
        List<Note> notes = new ArrayList<>();
        notes.add(new Note(
                "stop",
                "runsv waits for ever for a service that was told to stop, and runsvdir ends at TERM without stopping"
                        + " any. init stops them all and kills what is left after stop_grace_period, "
                        + (phusion
                                ? "KILL_PROCESS_TIMEOUT, or " + StopTime.USUAL
                                        + " s where my_init's default was 30 s, of which Docker left it ten"
                                : "7 s as 'sv force-stop' does")
                        + "; the whole takes at most " + stop.after()
                        + " s (shutdown_grace_period), and init says which"
                        + " service was late."
                        + (stop.advice().isEmpty() ? "" : " " + stop.advice() + ".")));
        notes.add(new Note(
                "restart",
                "always and for ever, at once after a run of a second or more, else a second after its end"
                        + " (backoff = none, backoff_reset = 1s), as under runsv. start_retries and backoff = exponential would spare a machine"
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
                "programs",
                "run scripts that stay scripts have Pintle's chpst, sv and svlogd first in their PATH, from "
                        + CommandLowering.COMPAT + "; the programs that they start see that PATH too."));
        notes.add(new Note(
                "signals",
                "TERM to PID 1 stops the services in order; HUP, which made runsvdir stop them, reads the layout again."
                        + " ALRM to svlogd rotates its files; USR2 stops the container like TERM."));
        notes.add(new Note(
                "exit code",
                "runsvdir's is 111 after HUP and 0 after TERM. init's is 0 after a stop, unless a service has on_exit"
                        + " or on_failed = stop_container, or pintle.conf has exit_code_from."));
        return notes;
    }
}
