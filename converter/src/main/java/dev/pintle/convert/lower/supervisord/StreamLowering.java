package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.LogFile;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.convert.parse.supervisord.ProcessConfig.Stream;
import dev.pintle.convert.parse.supervisord.Text;
import dev.pintle.layout.Key;
import java.util.Optional;
import java.util.Set;

/** Makes the destinations of a service's output. */
final class StreamLowering {

    private static final Set<String> STDOUT = Set.of("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/proc/1/fd/1");
    private static final Set<String> STDERR = Set.of("/dev/stderr", "/dev/fd/2", "/proc/self/fd/2", "/proc/1/fd/2");

    private static final String AUTO = "it goes to the container's output; supervisord hid it in a temporary file of"
            + " childlogdir, deleted at the next start";

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
            unused("stderr", process.stderr());
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
        String key = name + "_logfile";
        switch (stream.logFile().kind()) {
            case AUTO -> auto(key, stream);
            case NONE -> none(name, to, stream);
            case FILE -> {
                if (!terminal(name, to, stream)) {
                    file(name, to, stream);
                }
            }
        }
    }

    private void none(String name, Key to, Stream stream) {
        String key = name + "_logfile";
        if (stream.syslog().or(false)) {
            Fate fate = Fate.approximated("it goes to the container's output, not to syslog", null);
            fate(key, fate);
            fate(name + "_syslog", fate);
        } else if (isPassedOn(stream)) {
            fate(key, Fate.changed("it goes to the container's output, where the event listener sent it"));
        } else {
            draft.set(to, "null");
            fate(key, Fate.kept("[" + name + "] to = null"));
        }
        unused(name, stream);
    }

    private void auto(String key, Stream stream) {
        Fate fate = Fate.approximated(AUTO, null);
        if (ledger.isSet(process.section(), key)) {
            fate(key, fate);
        } else {
            ledger.section(process.section(), Fate.approximated("a stream without logfile: " + AUTO, null));
        }
        rotation(key, Fate.changed("not needed: the container's log is the engine's to rotate"));
        rest(key.substring(0, key.indexOf('_')), stream);
    }

    private void rotation(String key, Fate fate) {
        fate(key + "_maxbytes", fate);
        fate(key + "_backups", fate);
    }

    private void unused(String name, Stream stream) {
        rotation(name + "_logfile", Fate.changed("no effect, as under supervisord: there is no such file"));
        rest(name, stream);
    }

    /** The container's own streams, which supervisord opens by path and Pintle lets the service inherit. */
    private boolean terminal(String name, Key to, Stream stream) {
        Optional<String> path = stream.logFile().path().literal();
        boolean out = path.filter(STDOUT::contains).isPresent();
        boolean err = path.filter(STDERR::contains).isPresent();
        if (path.filter("/dev/null"::equals).isPresent() && isPassedOn(stream)) {
            fate(
                    name + "_logfile",
                    Fate.changed("it goes to the container's output, where the event listener sent it"));
        } else if (path.filter("/dev/null"::equals).isPresent()) {
            draft.set(to, "null");
            fate(name + "_logfile", Fate.kept("[" + name + "] to = null"));
        } else if (out && to == Key.STDERR_TO) {
            fate(name + "_logfile", toStdout());
        } else if (err && to == Key.STDOUT_TO) {
            fate(
                    name + "_logfile",
                    Fate.approximated(
                            "it goes to the container's standard output, not to its standard"
                                    + " error; the engine's log has both",
                            null));
        } else if (out || err) {
            fate(name + "_logfile", Fate.kept("the container's own " + name + " (to = inherit, the default)"));
        } else {
            return false;
        }
        rotation(name + "_logfile", Fate.changed("not needed: the container's log is the engine's to rotate"));
        rest(name, stream);
        return true;
    }

    private Fate toStdout() {
        boolean stdoutInherits = process.stdout().logFile().kind() == LogFile.Kind.AUTO
                || process.stdout()
                        .logFile()
                        .path()
                        .literal()
                        .filter(STDOUT::contains)
                        .isPresent();
        if (stdoutInherits) {
            draft.set(Key.STDERR_TO, "stdout");
            return Fate.kept("[stderr] to = stdout");
        }
        return Fate.approximated(
                "it goes to the container's standard error, not to its standard output; the engine's log" + " has both",
                null);
    }

    private void file(String name, Key to, Stream stream) {
        String key = name + "_logfile";
        Text path = absolute(stream.logFile().path());
        Optional<String> plain = Templates.plain(path);
        if (plain.isEmpty()) {
            fate(key, Fate.notCarried("no file can be called that", "name the file"));
            unused(name, stream);
            return;
        }
        draft.set(to, "file:" + plain.get());
        String emitted = "[" + name + "] to = file:" + plain.get();
        Fate fate = path.isLiteral() ? Fate.kept(emitted) : Fate.changed(emitted);
        if (!path.equals(stream.logFile().path())) {
            fate = Fate.approximated(
                    emitted + ": it was relative, or began with ~", "write the path as it is in the container");
        }
        boolean otherUser = process.user()
                .flatMap(Text::literal)
                .filter(u -> !u.equals("root") && !u.equals("0"))
                .isPresent();
        if (otherUser) {
            fate = fate.and(Fate.approximated(
                    "the service opens it as its own user, supervisord opened it as root",
                    "let the user own the file's directory"));
        }
        fate(key, fate);
        boolean rotated = stream.maxBytes().or(1L) > 0;
        Fate rotation = rotated
                ? Fate.approximated("the file is not rotated", "send the log to the container's output, or rotate it")
                : Fate.kept("the file is not rotated, as under supervisord");
        rotation(key, rotation);
        if (rotated && !ledger.isSet(process.section(), key + "_maxbytes")) {
            fate(
                    key,
                    Fate.approximated(
                            "the file is not rotated (supervisord: at 50 MB, 10 backups)",
                            "send the log to the container's output, or rotate it"));
        }
        rest(name, stream);
    }

    private static Text absolute(Text path) {
        if (path.startsWith("/") || path.at(0) == -1) {
            return path;
        }
        Text.Builder absolute = new Text.Builder();
        if (path.startsWith("~/")) {
            return absolute.add(Text.variable("HOME"))
                    .add(path.part(1, path.length()))
                    .build();
        }
        return absolute.add(Text.of("/proc/self/cwd/")).add(path).build();
    }

    /** Capture mode, events and syslog: nothing of these is left. */
    private void rest(String name, Stream stream) {
        event(name + "_capture_maxbytes", stream.captureMaxBytes().or(1L) > 0);
        if (isPassedOn(stream)) {
            fate(name + "_events_enabled", passedOnFate(stream));
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

    private static Fate passedOnFate(Stream stream) {
        boolean toFile = stream.logFile().kind() == LogFile.Kind.FILE
                && !stream.logFile().is("/dev/null")
                && !stream.logFile().is("/dev/stdout")
                && !stream.logFile().is("/dev/stderr");
        return toFile
                ? Fate.approximated("it goes to its file only, not to the container's output too", null)
                : Fate.changed("not needed: the container's output gets it without an event listener");
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
