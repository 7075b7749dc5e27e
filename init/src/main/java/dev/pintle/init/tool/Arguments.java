package dev.pintle.init.tool;

import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;

/** The words after a command, taken apart. */
final class Arguments {

    /** Words that make no sense; the message says which. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    private static final long DEFAULT_TIMEOUT = 30_000;
    private static final int DEFAULT_TAIL = 100;

    final List<String> words = new ArrayList<>();
    boolean help;
    boolean json;
    boolean wait = true;
    /** Whether {@code check} looks at the layout's own files alone. */
    boolean layoutOnly;

    long timeout = DEFAULT_TIMEOUT;
    /** What {@code wait} waits for; empty for what is usual. */
    String state = "";
    /** Whether {@code logs} goes on with what comes. */
    boolean follow;
    /** How many lines {@code logs} begins with. */
    int tail = DEFAULT_TAIL;

    private Arguments() {}

    /** Options may stand anywhere before {@code --}. */
    static Arguments parse(Command command, List<String> given) throws UsageException {
        Arguments arguments = new Arguments();
        boolean options = true;
        for (int i = 0; i < given.size(); i++) {
            String word = given.get(i);
            if (!options || !word.startsWith("-") || word.equals("-")) {
                arguments.words.add(word);
            } else if (word.equals("--")) {
                options = false;
            } else if (word.equals("--help") || word.equals("-h")) {
                arguments.help = true;
            } else if (!has(command.usage(), word)) {
                throw new UsageException("there is no option " + word);
            } else if (word.equals("--json")) {
                arguments.json = true;
            } else if (word.equals("--layout-only")) {
                arguments.layoutOnly = true;
            } else if (word.equals("--follow") || word.equals("-f")) {
                arguments.follow = true;
            } else if (word.equals("--no-wait")) {
                arguments.wait = false;
            } else {
                i++;
                arguments.take(word, i < given.size() ? given.get(i) : "");
            }
        }
        return arguments;
    }

    /** Whether a usage has an option: it stands there as {@code [OPTION]}, with others between bars, or before its value. */
    private static boolean has(String usage, String option) {
        int at = usage.indexOf(option);
        int end = at + option.length();
        return at > 0
                && end < usage.length()
                && "[|".indexOf(usage.charAt(at - 1)) >= 0
                && "]| ".indexOf(usage.charAt(end)) >= 0;
    }

    private void take(String option, String value) throws UsageException {
        if (option.equals("--timeout")) {
            try {
                timeout = Values.duration(value);
            } catch (BadValueException e) {
                throw new UsageException("--timeout takes a duration such as 30s or 2m");
            }
        } else if (option.equals("--for")) {
            state = value;
        } else if (option.equals("--tail") || option.equals("-n")) {
            try {
                tail = value.equals("all") ? Integer.MAX_VALUE : Values.count(value, Integer.MAX_VALUE);
            } catch (BadValueException e) {
                throw new UsageException(option + " takes a number of lines, or all");
            }
        } else if (value.equals("json") || value.equals("text")) {
            json = value.equals("json");
        } else {
            throw new UsageException(option + " takes text or json");
        }
    }
}
