package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.LogFile;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.convert.parse.supervisord.ProcessConfig.Stream;
import dev.pintle.layout.Key;
import java.util.Optional;
import java.util.Set;

/** Makes the destinations of a service's output. */
final class StreamLowering {

    private static final Set<String> STDOUT = Set.of("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/proc/1/fd/1");
    private static final Set<String> STDERR = Set.of("/dev/stderr", "/dev/fd/2", "/proc/self/fd/2", "/proc/1/fd/2");

    private static final String AUTO = "it goes to the container's output; supervisord hid it in a temporary file of"
            + " childlogdir, deleted at the next start";

    private static final String BOTH = "the engine's log has both";

    private static final Fate ENGINE = Fate.changed("not needed: the container's log is the engine's to rotate");

    private static final Fate NO_FILE = Fate.changed("no effect, as under supervisord: there is no such file");

    private final ProcessConfig process;
    private final Ledger ledger;
    private final Draft draft;
    private final boolean hasListeners;
    private final boolean passedOn;

    /** {@code passedOn}: an event listener passes on to the container what is sent to it. */
    StreamLowering(ProcessConfig process, Ledger ledger, Draft draft, boolean passedOn) {
        this.passedOn = passedOn;
        this.hasListeners = ledger.hasSection("eventlistener:");
        this.process = process;
        this.ledger = ledger;
        this.draft = draft;
    }

    void lower() {
        stream("stdout", Key.STDOUT_TO, process.stdout());
        boolean redirected = process.redirectStderr().or(false);
        if (redirected) {
            draft.set(Key.STDERR_TO, "stdout");
            fate("stderr_logfile", Fate.changed("no effect, as under supervisord: redirect_stderr is true"));
            rotation("stderr", NO_FILE);
            rest("stderr", process.stderr());
        } else {
            stream("stderr", Key.STDERR_TO, process.stderr());
        }
        fate("redirect_stderr", redirect(redirected));
    }

    private Fate redirect(boolean redirected) {
        if (process.redirectStderr().known().isEmpty()) {
            return Fate.approximated(
                    "taken for false: where output goes cannot depend on a variable", "pass the value with --env");
        }
        return Fate.kept(redirected ? "[stderr] to = stdout" : "standard error stays apart");
    }

    private void fate(String key, Fate fate) {
        ledger.key(process.section(), key, fate);
    }

    private void stream(String name, Key to, Stream stream) {
        boolean device = stream.logFile().is("/dev/null");
        if (stream.logFile().kind() == LogFile.Kind.AUTO) {
            auto(name, stream);
            rotation(name, ENGINE);
        } else if (stream.logFile().kind() == LogFile.Kind.NONE || device) {
            none(name, to, stream);
            rotation(name, NO_FILE);
        } else {
            Optional<Fate> terminal = terminal(name, to, stream);
            terminal.ifPresent(fate -> {
                fate(name + "_logfile", fate);
                rotation(name, ENGINE);
            });
            if (terminal.isEmpty()
                    && !new LogFileLowering(process.section(), name, stream, ledger, draft).lower(isPassedOn(stream))) {
                rotation(name, NO_FILE);
            }
        }
        rest(name, stream);
    }

    private void rotation(String name, Fate fate) {
        fate(name + "_logfile_maxbytes", fate);
        fate(name + "_logfile_backups", fate);
    }

    /** Without a file, other readers of the stream may be left: syslog, and the event listener that passes it on. */
    private void none(String name, Key to, Stream stream) {
        if (stream.syslog().or(false)) {
            syslogInstead(name);
            fate(name + "_logfile", Fate.changed("no file is written"));
        } else if (isPassedOn(stream)) {
            fate(name + "_logfile", Fate.changed("no file is written; the event listener passed the stream on"));
            prefix(name);
        } else {
            draft.set(to, "null");
            fate(name + "_logfile", Fate.kept("[" + name + "] to = null"));
        }
    }

    private void auto(String name, Stream stream) {
        String key = name + "_logfile";
        Fate fate = Fate.approximated(AUTO, null);
        if (ledger.isSet(process.section(), key)) {
            fate(key, fate);
        } else {
            ledger.section(process.section(), Fate.approximated("a stream without logfile: " + AUTO, null));
        }
        if (stream.syslog().or(false)) {
            syslogInstead(name);
        } else if (isPassedOn(stream)) {
            prefix(name);
        }
    }

    private void syslogInstead(String name) {
        prefix(name);
        boolean told = ledger.isSet(process.section(), name + "_syslog");
        fate(
                name + (told ? "_syslog" : "_logfile"),
                Fate.approximated(
                        "[" + name + "] prefix = yes: to the container's output, the service's name before each line;"
                                + " not to syslog",
                        "for syslog, write log/run with 'exec logger -t NAME'"));
    }

    private void prefix(String name) {
        draft.set(name.equals("stdout") ? Key.STDOUT_PREFIX : Key.STDERR_PREFIX, "yes");
    }

    /** The container's own streams, which supervisord opens by path and Pintle lets the service inherit. */
    private Optional<Fate> terminal(String name, Key to, Stream stream) {
        Optional<String> path = stream.logFile().path().literal();
        boolean out = path.filter(STDOUT::contains).isPresent();
        boolean err = path.filter(STDERR::contains).isPresent();
        if (!out && !err) {
            return Optional.empty();
        }
        if (out && to == Key.STDERR_TO) {
            return Optional.of(toStdout());
        }
        if (err && to == Key.STDOUT_TO) {
            return Optional.of(Fate.approximated(
                    "it goes to the container's standard output, not to its standard error; " + BOTH, null));
        }
        return Optional.of(Fate.kept("the container's own " + name + " (to = inherit, the default)"));
    }

    private Fate toStdout() {
        LogFile stdout = process.stdout().logFile();
        boolean stdoutInherits = stdout.kind() == LogFile.Kind.AUTO
                || stdout.path().literal().filter(STDOUT::contains).isPresent();
        if (stdoutInherits) {
            draft.set(Key.STDERR_TO, "stdout");
            return Fate.kept("[stderr] to = stdout");
        }
        return Fate.approximated(
                "it goes to the container's standard error, not to its standard output; " + BOTH, null);
    }

    /** Capture mode, events and syslog: nothing of these is left. */
    private void rest(String name, Stream stream) {
        event(name + "_capture_maxbytes", stream.captureMaxBytes().or(1L) > 0);
        if (isPassedOn(stream)) {
            fate(name + "_events_enabled", passedOnFate(name, stream));
        } else {
            event(name + "_events_enabled", stream.events().or(true));
        }
        String syslog = name + "_syslog";
        if (ledger.fate(process.section(), syslog) == null) {
            fate(
                    syslog,
                    stream.syslog().or(true)
                            ? Fate.notCarried("there is no syslog: the stream goes where its logfile says", null)
                            : Fate.kept("off"));
        }
    }

    private boolean isPassedOn(Stream stream) {
        return passedOn && stream.events().or(false);
    }

    private Fate passedOnFate(String name, Stream stream) {
        boolean prefixed = !draft.get(name.equals("stdout") ? Key.STDOUT_PREFIX : Key.STDERR_PREFIX)
                .isEmpty();
        if (prefixed) {
            return Fate.approximated(
                    "[" + name + "] prefix = yes: lines begin with '" + draft.name() + " | ', where the event listener"
                            + " wrote '" + process.name() + " " + name + " | '",
                    null);
        }
        return stream.logFile().kind() == LogFile.Kind.FILE
                        && terminal(name, Key.STDOUT_TO, stream).isEmpty()
                ? Fate.approximated(
                        "the container's output gets the lines as they are; the event listener wrote '" + process.name()
                                + " " + name + " | ' before each",
                        null)
                : Fate.changed("not needed: the container's output has it already");
    }

    private void event(String key, boolean on) {
        if (!on) {
            fate(key, Fate.kept("off"));
        } else if (hasListeners) {
            fate(key, Fate.notCarried("it fed event listeners, and init has none", null));
        } else {
            fate(key, Fate.changed("no effect, as under supervisord: no event listener is there to hear of it"));
        }
    }
}
