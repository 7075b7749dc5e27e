package dev.pintle.convert.lower.s6;

import dev.pintle.convert.lower.Report.Note;
import dev.pintle.convert.lower.Report.StopTime;
import dev.pintle.s6.Translation;
import java.util.ArrayList;
import java.util.List;

/** What is different for every service, said once. */
final class S6Notes {

    private S6Notes() {}

    static List<Note> of(Translation translation, StopTime stop) {
        List<Note> notes = new ArrayList<>();
        if (!translation.externals().isEmpty()) {
            notes.add(new Note(
                    "other images",
                    "these services have to be in the layout of the base image, or the build's 'pintle check' refuses this one: "
                            + String.join(", ", translation.externals())
                            + ". Convert its root too, or name both roots here, the base image's first."));
        }
        notes.add(new Note(
                "stop",
                "in the reverse of the order of start, as under s6-rc, and over when the last process has ended:"
                        + " S6_KILL_GRACETIME was always waited for in full. s6-rc waits without limit for a service that has no"
                        + " timeout-kill; here it has 7 s, one of services.d 3 s, and the whole takes at most "
                        + stop.after()
                        + " s (shutdown_grace_period)." + (stop.advice().isEmpty() ? "" : " " + stop.advice() + ".")));
        notes.add(new Note(
                "restart",
                "always and for ever, at once after a run of a second or more, else a second after its start (backoff = none,"
                        + " backoff_reset = 1s). s6 waits a second where the service has no notification-fd."));
        notes.add(new Note(
                "exit code",
                "'docker stop' gives 0, unless a service has on_exit or on_failed = stop_container. A failure that stops the"
                        + " container at its start gives the code of what failed; s6-overlay gave 1. Where a service had to be killed it is"
                        + " 137. INT, QUIT, USR1 and PWR to PID 1"
                        + " stop the services in order; under s6-overlay some gave 111, and QUIT did nothing."));
        notes.add(new Note(
                "CMD",
                "starts when all services are up, as under s6-overlay. Where a oneshot or a script of cont-init.d has failed, it does"
                        + " not start, and the container ends with 1: s6-overlay started it unless S6_BEHAVIOUR_IF_STAGE2_FAILS was 2."
                        + " It is stopped first, where s6-overlay stopped it last, and its exit code is the container's then too, where"
                        + " that was 0. Signals that init has no use for go to it."));
        notes.add(new Note(
                "environment",
                "every service and CMD have the container's variables. Under s6-overlay those that were started without"
                        + " with-contenv had PATH alone. s6-setuidgid, s6-envdir, s6-notifyoncheck and with-contenv are found by their"
                        + " names in scripts that stay scripts; the paths below /command and /usr/bin are not there."));
        notes.add(new Note(
                "directory",
                "scripts stay where they are, and a service starts in its directory of the image, where s6 had a copy of it."
                        + " Leave the trees in the image."));
        notes.add(new Note(
                "scripts",
                "those of the trees, and programs that a service starts by an absolute path, are looked through for what is not"
                        + " there any more. What these call in turn is not."));
        return notes;
    }
}
