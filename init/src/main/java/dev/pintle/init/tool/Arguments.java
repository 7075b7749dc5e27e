package dev.pintle.init.tool;

import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words after a command, taken apart. */
final class Arguments {
    private static final long DEFAULT_TIMEOUT = 30_000;

    // Options without a letter of their own have one that nobody types.
    private static final char HELP = 'h';
    private static final char ALL = 'a';
    private static final char FOLLOW = 'f';
    private static final char TAIL = 'n';
    private static final char JSON = 1;
    private static final char NO_WAIT = 2;
    private static final char TIMEOUT = 3;
    private static final char STATE = 4;
    private static final char FORMAT = 5;
    private static final char LAYOUT_ONLY = 6;
    private static final char ENVIRONMENT = 7;
    private static final char LIVE = 8;
    private static final char SINCE = 9;
    private static final char UNTIL = 11;
    private static final char REOPEN = 12;
    private static final char ONLY = 14;
    private static final char OPEN_METRICS = 15;
    private static final char DRY_RUN = 16;
    private static final char TIMESTAMPS = 't';

    /** Those that take a value. */
    private static final String VALUED = "" + TAIL + TIMEOUT + STATE + FORMAT + SINCE + UNTIL;

    private static final String[] NAMES = {
        "help=" + HELP,
        "all=" + ALL,
        "follow=" + FOLLOW,
        "tail=" + TAIL,
        "json=" + JSON,
        "no-wait=" + NO_WAIT,
        "timeout=" + TIMEOUT,
        "for=" + STATE,
        "format=" + FORMAT,
        "layout-only=" + LAYOUT_ONLY,
        "environment=" + ENVIRONMENT,
        "live=" + LIVE,
        "since=" + SINCE,
        "until=" + UNTIL,
        "reopen=" + REOPEN,
        "timestamps=" + TIMESTAMPS,
        "only=" + ONLY,
        "openmetrics=" + OPEN_METRICS,
        "dry-run=" + DRY_RUN
    };

    final List<String> words = new ArrayList<>();
    boolean help;
    boolean json;
    boolean wait = true;
    /** Whether {@code status} shows what is hidden by default. */
    boolean all;
    /** Whether {@code check} looks at the layout's own files alone. */
    boolean layoutOnly;
    /** Whether {@code check} takes the variables for those of the start. */
    boolean environment;
    /** Whether {@code health} asks only whether the init answers. */
    boolean live;

    /** Whether {@code stop} leaves what depends on the services. */
    boolean only;
    /** Whether {@code reload} just says what it would change. */
    boolean dryRun;

    /** Whether {@code metrics} prints OpenMetrics. */
    boolean openMetrics;

    long timeout = DEFAULT_TIMEOUT;
    /** What {@code wait} waits for; empty for what is usual. */
    String state = "";
    /** Whether {@code logs} goes on with what comes. */
    boolean follow;
    /** Whether {@code logs} has files opened again, and shows nothing. */
    boolean reopen;
    /** Whether {@code logs} shows when lines came that have no time of their own. */
    boolean timestamps;
    /** How many lines {@code logs} begins with. */
    int tail = LogRange.NOT_SAID;
    /** What {@code logs} shows no lines before, and after; null for no bound. */
    private @Nullable String since;

    private @Nullable String until;

    private Arguments() {}

    /** Options may stand anywhere before {@code --}. */
    static Arguments parse(Command command, List<String> given) throws UsageException {
        List<String> names = new ArrayList<>();
        StringBuilder letters = new StringBuilder();
        for (String name : NAMES) {
            char letter = name.charAt(name.length() - 1);
            if (letter == HELP || has(command.usage(), "--" + name.substring(0, name.length() - 2))) {
                names.add(name);
                letters.append(letter).append(VALUED.indexOf(letter) >= 0 ? ":" : "");
            }
        }
        Arguments arguments = new Arguments();
        Options options = new Options(given, letters.toString(), names.toArray(new String[0]));
        while (true) {
            int letter = options.next();
            if (letter != Options.END) {
                arguments.take((char) letter, options.value());
            } else if (options.hasOperand()) {
                arguments.words.add(options.operand());
            } else {
                return arguments;
            }
        }
    }

    /** Whether a usage has an option: it stands there as {@code [OPTION]}, with others between bars, or before its value. */
    private static boolean has(String usage, String option) {
        int end = usage.indexOf(option) + option.length();
        return usage.contains(option) && end < usage.length() && "]| ".indexOf(usage.charAt(end)) >= 0;
    }

    private void take(char letter, String value) throws UsageException {
        switch (letter) {
            case HELP -> help = true;
            case ALL -> all = true;
            case FOLLOW -> follow = true;
            case JSON -> json = true;
            case NO_WAIT -> wait = false;
            case LAYOUT_ONLY -> layoutOnly = true;
            case ENVIRONMENT -> environment = true;
            case LIVE -> live = true;
            case REOPEN -> reopen = true;
            case TIMESTAMPS -> timestamps = true;
            case ONLY -> only = true;
            case OPEN_METRICS -> openMetrics = true;
            case DRY_RUN -> dryRun = true;
            case STATE -> state = value;
            case TIMEOUT -> timeout = timeout(value);
            case TAIL -> tail = tail(value);
            case SINCE -> since = value;
            case UNTIL -> until = value;
            default -> json = isJson(value);
        }
    }

    private static long timeout(String value) throws UsageException {
        try {
            return Values.duration(value);
        } catch (BadValueException e) {
            throw new UsageException("--timeout takes a duration such as 30s or 2m");
        }
    }

    private static int tail(String value) throws UsageException {
        try {
            return value.equals("all") ? Integer.MAX_VALUE : Values.count(value, Integer.MAX_VALUE);
        } catch (BadValueException e) {
            throw new UsageException("--tail takes a number of lines, or all");
        }
    }

    /**
     * Which lines {@code logs} shows.
     *
     * @param now nanoseconds since 1970
     */
    LogRange range(long now) throws UsageException {
        long from = since == null ? Long.MIN_VALUE : LogRange.moment("--since", since, now);
        long to = until == null ? Long.MAX_VALUE : LogRange.moment("--until", until, now);
        return new LogRange(tail, from, to);
    }

    private static boolean isJson(String value) throws UsageException {
        if (!value.equals("json") && !value.equals("text")) {
            throw new UsageException("--format takes text or json");
        }
        return value.equals("json");
    }
}
