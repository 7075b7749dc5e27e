package dev.pintle.convert.lower.runit;

import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code config} of a directory that svlogd(8) writes to, where the layout's keys say the same.
 *
 * @param size    at which {@code current} is set aside, in bytes; 0: never
 * @param count   how many that were set aside are kept
 * @param include patterns of lines; empty for all
 * @param exclude patterns of lines
 */
record SvlogdConfig(long size, long count, List<String> include, List<String> exclude) {

    /** Without a file. */
    static final SvlogdConfig DEFAULT = new SvlogdConfig(1_000_000, 10, List.of(), List.of());

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})([km]?)");

    /** Deselects all lines, so that those that are selected next are the only ones. */
    private static final String NOTHING = "-*";

    private static final long MOST_FILES = 1000;

    /** Empty where a line of it has no key, or not exactly. */
    static Optional<SvlogdConfig> exact(String text) {
        long size = DEFAULT.size;
        long count = DEFAULT.count;
        List<String> selections = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher number = NUMBER.matcher(line.substring(1));
            if (line.startsWith("s") && number.matches()) {
                size = Long.parseLong(number.group(1)) * unit(number.group(2));
            } else if (line.startsWith("n")
                    && number.matches()
                    && number.group(2).isEmpty()) {
                count = Long.parseLong(number.group(1));
            } else if (line.startsWith("+") || line.startsWith("-")) {
                selections.add(line);
            } else {
                return Optional.empty();
            }
        }
        // 0 keeps all.
        return count == 0 || count > MOST_FILES ? Optional.empty() : selected(size, count, selections);
    }

    private static long unit(String suffix) {
        return switch (suffix) {
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            default -> 1;
        };
    }

    /** The last line that matches decides, so lines of both kinds have no order that the keys could have too. */
    private static Optional<SvlogdConfig> selected(long size, long count, List<String> selections) {
        boolean only = !selections.isEmpty() && selections.get(0).equals(NOTHING);
        List<String> patterns = only ? selections.subList(1, selections.size()) : selections;
        boolean exact =
                patterns.stream().allMatch(line -> line.charAt(0) == (only ? '+' : '-') && isGlob(line.substring(1)));
        List<String> globs = patterns.stream()
                .map(line -> LayoutText.escape(line.substring(1)))
                .toList();
        if (!exact || (only && globs.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new SvlogdConfig(size, count, only ? globs : List.of(), only ? List.of() : globs));
    }

    /** A star at the end is the one that means the same in both; a blank at an end would get lost. */
    private static boolean isGlob(String pattern) {
        String text = pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) : pattern;
        return !text.isEmpty()
                && pattern.equals(pattern.strip())
                && text.chars().noneMatch(c -> "*+?".indexOf(c) >= 0)
                && "#;".indexOf(text.charAt(0)) < 0;
    }
}
