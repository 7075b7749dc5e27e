package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.Output;
import dev.pintle.layout.Section;
import dev.pintle.layout.Stream;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;

/** Reads where a stream goes. Whatever takes more than a descriptor is left to a logger, whose options are made here. */
final class OutputReader {
    private static final int MOST_FILES = 1_000;
    /** Bytes that one stream may have in memory: a layout has many. */
    private static final long MOST_KEPT = 16 << 20;

    /** The keys of a stream's section. */
    private record Keys(
            Key to,
            Key prefix,
            Key timestamp,
            Key format,
            Key include,
            Key exclude,
            Key rateLimit,
            Key maxSize,
            Key maxFiles,
            Key compress,
            Key keep) {

        // Once, and not for each of a thousand services.
        static final Keys OF_OUTPUT = of(Section.STDOUT);
        static final Keys OF_ERROR = of(Section.STDERR);

        private static Keys of(Section section) {
            return new Keys(
                    Key.get(section, "to"),
                    Key.get(section, "prefix"),
                    Key.get(section, "timestamp"),
                    Key.get(section, "format"),
                    Key.get(section, "include"),
                    Key.get(section, "exclude"),
                    Key.get(section, "rate_limit"),
                    Key.get(section, "max_size"),
                    Key.get(section, "max_files"),
                    Key.get(section, "compress"),
                    Key.get(section, "keep"));
        }
    }

    private final Settings settings;
    private final Stream stream;
    private final Keys keys;
    private final String service;
    private final List<String> logger = new ArrayList<>();

    /**
     * A reader for one stream.
     *
     * @param service the name of the service, or of the instance
     */
    OutputReader(Settings settings, Stream stream, String service) {
        this.settings = settings;
        this.stream = stream;
        this.keys = stream == Stream.ERROR ? Keys.OF_ERROR : Keys.OF_OUTPUT;
        this.service = service;
    }

    Output read() {
        Output to = settings.get(keys.to(), this::target);
        addFilters();
        addKeep(to);
        boolean rendered = !logger.isEmpty();
        long maxSize = settings.get(keys.maxSize(), Values::size);
        // Also where it is not set aside: only a logger opens it again for whoever has moved it away. Standard
        // error beside a log service has none.
        boolean reopened = maxSize > 0 || stream == Stream.OUTPUT;
        boolean kept = to instanceof Output.ToFile file && reopened && !isDevice(file.path());
        boolean several = to instanceof Output.ToLogger;
        boolean lines = hasLines(to);
        if (!several && !kept && !(rendered && lines)) {
            return to;
        }
        addTargets(to);
        logger.add("--max-size=" + maxSize);
        int maxFiles = settings.get(keys.maxFiles(), text -> Values.count(text, MOST_FILES));
        logger.add("--max-files=" + maxFiles);
        if (settings.bool(keys.compress())) {
            logger.add("--compress");
        }
        return new Output.ToLogger(List.copyOf(logger));
    }

    /** Whether it is a destination that lines can be written to by a logger. */
    private static boolean hasLines(Output to) {
        return to == Output.Fixed.INHERIT || to instanceof Output.ToFile;
    }

    /** To set a device aside would make a file of it. */
    private static boolean isDevice(String path) {
        return path.startsWith("/dev/") || path.startsWith("/proc/");
    }

    /** What goes into a file is kept there. */
    private void addKeep(Output to) {
        long bytes = settings.get(keys.keep(), OutputReader::kept);
        if (bytes > 0 && to == Output.Fixed.INHERIT) {
            logger.add("--keep=" + bytes);
        }
    }

    private static long kept(String text) throws BadValueException {
        long bytes = Values.size(text);
        if (bytes > MOST_KEPT) {
            throw new BadValueException("it is more than 16m, which stay in memory", "write to = file:PATH for more");
        }
        return bytes;
    }

    private void addFilters() {
        if (settings.bool(keys.prefix())) {
            logger.add("--prefix=" + service + " | ");
        }
        String timestamp = settings.choiceText(keys.timestamp());
        if (!timestamp.equals("no")) {
            logger.add("--timestamp=" + timestamp);
        }
        if (settings.choiceText(keys.format()).equals("json")) {
            logger.add("--format=json");
            logger.add("--name=" + service);
        }
        addPatterns(keys.include());
        addPatterns(keys.exclude());
        int limit = settings.get(keys.rateLimit(), text -> Values.count(text, Integer.MAX_VALUE));
        if (limit > 0) {
            logger.add("--rate-limit=" + limit);
        }
    }

    private void addPatterns(Key key) {
        String patterns = settings.text(key);
        if (patterns == null) {
            return;
        }
        int start = 0;
        while (start < patterns.length()) {
            int newline = patterns.indexOf('\n', start);
            int end = newline < 0 ? patterns.length() : newline;
            if (end > start) {
                settings.budget().addValue(end - start, settings.position(key), settings.diagnostics());
                logger.add("--" + key.text() + "=" + patterns.substring(start, end));
            }
            start = end + 1;
        }
    }

    private void addTargets(Output to) {
        if (to instanceof Output.ToLogger several) {
            logger.addAll(0, several.options());
        } else {
            logger.add(0, "--to=" + (to instanceof Output.ToFile file ? "file:" + file.path() : stream.text()));
        }
    }

    /** Several targets are a logger's already. */
    private Output target(String text) throws BadValueException {
        List<Values.Item> items = Values.items(text);
        for (Values.Item item : items) {
            if (items.size() == 1 || !Output.isWritten(item.text())) {
                // One, or a path with a blank in it.
                return single(text);
            }
        }
        List<String> targets = new ArrayList<>();
        for (Values.Item item : items) {
            Output one = single(item.text());
            if (!hasLines(one)) {
                throw new BadValueException(
                        item.text() + " cannot be combined with another destination",
                        "write inherit and file:PATH only");
            }
            targets.add("--to=" + (one instanceof Output.ToFile ? item.text() : stream.text()));
        }
        return new Output.ToLogger(targets);
    }

    private Output single(String text) throws BadValueException {
        if (text.equals("inherit")) {
            return Output.Fixed.INHERIT;
        }
        if (text.equals("null")) {
            return Output.Fixed.NULL;
        }
        if (text.startsWith("file:")) {
            return new Output.ToFile(ServiceValues.path(text.substring(5)));
        }
        if (text.equals(stream.other().text())) {
            return Output.Fixed.OTHER_STREAM;
        }
        throw new BadValueException(
                "there is no such destination",
                text.startsWith("/")
                        ? "write file:" + text
                        : "write inherit, null, file:PATH or " + stream.other().text());
    }
}
