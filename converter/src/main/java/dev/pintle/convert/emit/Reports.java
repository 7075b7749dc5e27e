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
                        colour,
                        "todo",
                        Todo.of(account.report()),
                        "verdict",
                        Todo.verdict(Todo.of(account.report()))));
    }

    /** Whether it is ready, what was converted to what, and what is to be done by hand. */
    public static String summary(Account account) {
        return Templating.fill(
                        "summary.ftl",
                        Map.of(
                                "page",
                                new Page(),
                                "account",
                                account,
                                "totals",
                                totals(account.report()),
                                "todo",
                                Todo.of(account.report()),
                                "verdict",
                                Todo.verdict(Todo.of(account.report()))))
                .stripTrailing();
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
