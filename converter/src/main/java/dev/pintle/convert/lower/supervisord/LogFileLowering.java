package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.ProcessConfig.Stream;
import dev.pintle.convert.parse.supervisord.Text;
import dev.pintle.convert.parse.supervisord.Value;
import dev.pintle.layout.Key;
import dev.pintle.layout.Output;
import dev.pintle.layout.Section;
import dev.pintle.layout.text.LayoutText;
import dev.pintle.layout.text.Values;
import java.util.Optional;

/** Makes a file, and its rotation, the destination of a stream. */
final class LogFileLowering {

    /** More than init keeps. */
    private static final long MOST_FILES = 1000;

    private static final String WORKING_DIRECTORY = "/proc/self/cwd/";

    private static final Fate DEVICE = Fate.changed("no effect, as under supervisord: a device is not rotated");

    private static final Fate UNLIMITED = Fate.changed("no effect, as under supervisord: the file is not rotated");

    private static final Fate NOT_ROTATED =
            Fate.approximated("it is not rotated, its path being below /dev or /proc", null);

    private final String section;
    private final String name;
    private final Stream stream;
    private final Ledger ledger;
    private final Draft draft;

    /**
     * Of one stream.
     *
     * @param section of the input
     * @param name    {@code stdout} or {@code stderr}
     */
    LogFileLowering(String section, String name, Stream stream, Ledger ledger, Draft draft) {
        this.section = section;
        this.name = name;
        this.stream = stream;
        this.ledger = ledger;
        this.draft = draft;
    }

    /**
     * Sets the keys; false where no file can be called that.
     *
     * @param both whether the container's output gets the lines too
     */
    boolean lower(boolean both) {
        Text written = stream.logFile().path();
        Text path = absolute(written);
        Optional<String> plain = Templates.plain(path).filter(LogFileLowering::isOneDestination);
        if (plain.isEmpty()) {
            fate("", Fate.notCarried("no file can be called that", "name the file"));
            return false;
        }
        String emitted = "[" + name + "] to = file:" + plain.get() + (both ? " inherit" : "");
        draft.set(key("to"), "file:" + plain.get() + (both ? " inherit" : ""));
        if (path.equals(written)) {
            fate("", path.isLiteral() ? Fate.kept(emitted) : Fate.changed(emitted));
        } else {
            fate(
                    "",
                    Fate.approximated(
                            emitted + ": it was relative, or began with ~",
                            "write the path as it is in the container"));
        }
        Templates.lostFormat(path).ifPresent(fate -> fate("", fate));
        rotate(path);
        return true;
    }

    private void rotate(Text path) {
        if (path.startsWith("/dev/shm/") || path.startsWith(WORKING_DIRECTORY)) {
            boolean rotated = stream.maxBytes().or(1L) > 0;
            tell("_maxbytes", rotated ? NOT_ROTATED : UNLIMITED);
            fate("_backups", rotated ? NOT_ROTATED : UNLIMITED);
        } else if (path.startsWith("/dev/") || path.startsWith("/proc/")) {
            fate("_maxbytes", DEVICE);
            fate("_backups", DEVICE);
        } else if (stream.maxBytes().or(1L) <= 0) {
            draft.set(key("max_size"), "0");
            fate("_maxbytes", Fate.kept("max_size = 0: the file is not rotated"));
            fate("_backups", UNLIMITED);
        } else {
            size();
            backups();
        }
    }

    private void size() {
        String size = Templates.value(stream.maxBytes(), LayoutText::size);
        draft.set(key("max_size"), size);
        tell("_maxbytes", keptOrLater("max_size = " + size, stream.maxBytes()));
    }

    private void backups() {
        String count = Templates.value(stream.backups(), n -> String.valueOf(Math.max(0, Math.min(n, MOST_FILES))));
        draft.set(key("max_files"), count);
        String emitted = "max_files = " + count;
        tell(
                "_backups",
                stream.backups().or(0L) > MOST_FILES
                        ? Fate.approximated(emitted + ": no more are kept", null)
                        : keptOrLater(emitted, stream.backups()));
    }

    private static Fate keptOrLater(String emitted, Value<?> value) {
        return value instanceof Value.Deferred<?> later
                ? Fate.changed(emitted + ": " + Templates.variables(later.text()))
                : Fate.kept(emitted);
    }

    /** What has become of a default is told where the file is. */
    private void tell(String suffix, Fate fate) {
        boolean isSet = ledger.isSet(section, name + "_logfile" + suffix);
        fate(
                isSet ? suffix : "",
                isSet || fate.kind() != Fate.Kind.KEPT ? fate : Fate.kept(fate.text() + " (supervisord's default)"));
    }

    private void fate(String suffix, Fate fate) {
        ledger.key(section, name + "_logfile" + suffix, fate);
    }

    private Key key(String text) {
        return Key.get(name.equals("stdout") ? Section.STDOUT : Section.STDERR, text);
    }

    /** A path with words in it that are destinations themselves would be read as several. */
    private static boolean isOneDestination(String path) {
        return Values.items(path).stream().skip(1).map(Values.Item::text).noneMatch(Output::isWritten);
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
        return absolute.add(Text.of(WORKING_DIRECTORY)).add(path).build();
    }
}
