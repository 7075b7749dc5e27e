package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import dev.pintle.init.sys.Printable;
import dev.pintle.layout.Layout;
import java.util.ArrayList;
import java.util.List;

/** The table of {@code pintle status}: aligned always, coloured only for people. The status page has the same rows. */
public final class StatusTable {
    private static final String[] HEADINGS = {"SERVICE", "STATE", "FOR", "PID", "DETAIL"};
    private static final int STATE_COLUMN = 1;
    private static final int LAST_COLUMN = HEADINGS.length - 1;

    /** What has failed. */
    public static final String RED = "\033[31m";

    /** What is as it should be. */
    public static final String GREEN = "\033[32m";

    private static final String YELLOW = "\033[33m";

    /** What is not meant to run. */
    public static final String GREY = "\033[90m";

    private static final String PLAIN = "\033[0m";

    private final boolean coloured;
    private final List<String[]> rows = new ArrayList<>();
    /** For each of {@link #rows}: that of its state. */
    private final List<String> colours = new ArrayList<>();

    StatusTable(boolean coloured) {
        this.coloured = coloured;
        rows.add(HEADINGS);
        colours.add("");
    }

    /** Whether nobody needs to see it who has not asked for it: a logger or log service that runs, or is not meant to. */
    public static boolean isHidden(Message service) {
        boolean troubled = service.flag("troubled")
                || (service.flag("wanted") && !service.text("state").equals("ready"));
        return !troubled && service.text("name").endsWith(Layout.LOG);
    }

    /** Its state, and what troubles it though that is a good one. */
    static String inShort(Message service) {
        String state = service.text("state");
        boolean unhealthy = service.text("health").equals("unhealthy");
        return state
                + (!state.equals("ready")
                        ? ""
                        : unhealthy ? ", unhealthy" : service.flag("keeps_ending") ? ", keeps ending" : "");
    }

    void add(Message service) {
        long pid = service.number("pid", 0);
        colours.add(coloured ? colour(service) : "");
        rows.add(new String[] {
            Printable.line(service.text("name")),
            Printable.line(service.text("state")),
            age(service),
            pid == 0 ? "-" : Long.toString(pid),
            Printable.line(detail(service))
        });
    }

    /** Since when it is in its state, roughly. */
    public static String age(Message service) {
        long millis = service.number("for_ms", -1);
        return millis < 0 ? "-" : duration(millis);
    }

    /** Why it is as it is, and how its runs have ended. */
    public static String detail(Message service) {
        List<String> parts = new ArrayList<>();
        String health = service.text("health");
        if (!health.isEmpty()) {
            parts.add(health);
        }
        if (service.text("state").equals("ready") && service.flag("keeps_ending")) {
            parts.add("keeps ending");
        }
        String reason = service.text("reason");
        if (!reason.isEmpty()) {
            parts.add(reason);
        } else if (service.text("state").equals("done")) {
            parts.add(end(service));
        }
        long next = service.number("next_start_ms", -1);
        if (next >= 0) {
            parts.add("next start in " + duration(next + 999));
        }
        long restarts = service.number("starts", 0) - 1;
        if (restarts > 0) {
            parts.add(restarts + (restarts == 1 ? " restart" : " restarts"));
        }
        String lastEnd = service.text("last_end");
        if (restarts > 0 && reason.isEmpty() && !lastEnd.isEmpty()) {
            parts.add("the last " + duration(service.number("last_end_ago_ms", 0)) + " ago: " + lastEnd);
        }
        return String.join(", ", parts);
    }

    private static String end(Message service) {
        String signal = service.text("exit_signal");
        return signal.isEmpty() ? "exited with code " + service.number("exit_code", 0) : "killed by " + signal;
    }

    /** Roughly, for a table. */
    static String duration(long millis) {
        long seconds = millis / 1000;
        if (seconds < 60) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + "m" + seconds % 60 + "s";
        }
        long hours = minutes / 60;
        return hours < 24 ? hours + "h" + minutes % 60 + "m" : hours / 24 + "d" + hours % 24 + "h";
    }

    List<String> lines() {
        int[] widths = new int[HEADINGS.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            lines.add(line(rows.get(i), colours.get(i), widths));
        }
        return lines;
    }

    private static String line(String[] row, String stateColour, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String colour = i == STATE_COLUMN ? stateColour : "";
            line.append(colour).append(row[i]).append(colour.isEmpty() ? "" : PLAIN);
            boolean more = i < LAST_COLUMN && !(i == LAST_COLUMN - 1 && row[LAST_COLUMN].isEmpty());
            if (more) {
                line.append(" ".repeat(widths[i] - row[i].length() + 2));
            }
        }
        return line.toString();
    }

    /** What runs and is in trouble does not look as if all were well, nor what rests as if it were not. */
    public static String colour(Message service) {
        boolean troubled = service.flag("keeps_ending")
                || !service.text("reason").isEmpty()
                || service.text("health").equals("starting");
        return switch (service.text("state")) {
            case "ready", "done" -> troubled ? YELLOW : GREEN;
            case "backoff" -> service.flag("rests") ? GREEN : YELLOW;
            case "failed" -> RED;
            case "down" -> GREY;
            default -> YELLOW;
        };
    }
}
