package dev.pintle.convert.emit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.Report;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes reports. */
public final class Reports {

    private Reports() {}

    /**
     * A report as text.
     *
     * @param colour whether escape sequences may be used; for {@link ReportFormat#TEXT} only
     */
    public static String render(ReportFormat format, Account account, boolean colour) {
        return Templating.fill(
                format.template(),
                Map.of(
                        "page",
                        new Page(),
                        "sides",
                        new SideBySide(account),
                        "account",
                        account,
                        "report",
                        account.report(),
                        "totals",
                        totals(account.report()),
                        "colour",
                        colour));
    }

    /** One line that says what was converted to what. */
    public static String summary(Account account) {
        StringBuilder out = new StringBuilder(account.source() + " -> " + account.target() + ": ");
        totals(account.report())
                .forEach((kind, count) -> out.append(out.charAt(out.length() - 2) == ':' ? "" : ", ")
                        .append(count)
                        .append(' ')
                        .append(kind));
        return out.toString();
    }

    /** Breaks long texts into lines. */
    public static final class Page {
        private static final int WIDTH = 116;

        /** The text with a line's end and {@code indent} blanks before each word that would not fit. */
        public String wrap(String text, int indent) {
            StringBuilder out = new StringBuilder();
            int column = indent;
            for (String word : text.split(" ", -1)) {
                if (column > indent && column + 1 + word.length() > WIDTH) {
                    out.append('\n').append(" ".repeat(indent));
                    column = indent;
                } else if (column > indent) {
                    out.append(' ');
                    column++;
                }
                out.append(word);
                column += word.length();
            }
            return out.toString();
        }
    }

    private static Map<String, Long> totals(Report report) {
        Map<String, Long> totals = new LinkedHashMap<>();
        Arrays.stream(Fate.Kind.values()).forEach(kind -> totals.put(kind.text(), report.count(kind)));
        return totals;
    }
}
