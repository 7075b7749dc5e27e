package dev.pintle.web.supervisord;

import dev.pintle.init.control.Message;
import dev.pintle.init.sys.Timestamp;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.Stream;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is said of a process. */
final class ProcessReport {
    private static final String TOO_QUICKLY = "Exited too quickly (process log may have details)";
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final long DAY = 86_400;

    private final Supervised process;
    private final Message status;
    private final ProcessState state;
    private final long now;

    private ProcessReport(Supervised process, long now) {
        this.process = process;
        this.now = now;
        status = process.status();
        state = process.state();
    }

    /**
     * The structure that {@code getProcessInfo} has for it.
     *
     * @param now milliseconds since 1970
     */
    static Map<String, Object> of(Supervised process, long now) {
        return new ProcessReport(process, now).structure();
    }

    private Map<String, Object> structure() {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", process.name());
        entry.put("group", process.group());
        entry.put("start", moment("started_ago_ms"));
        entry.put("stop", moment("ended_ago_ms"));
        entry.put("now", now / 1000);
        entry.put("state", (long) state.code);
        entry.put("statename", state.name());
        entry.put("spawnerr", spawnError());
        entry.put("exitstatus", exitStatus());
        String output = process.logFile(Stream.OUTPUT);
        entry.put("logfile", output);
        entry.put("stdout_logfile", output);
        entry.put("stderr_logfile", process.logFile(Stream.ERROR));
        entry.put("pid", status.number("pid", 0));
        entry.put("description", description());
        return entry;
    }

    /** Seconds since 1970; 0 for never. */
    private long moment(String ago) {
        long millis = status.number(ago, -1);
        return millis < 0 ? 0 : (now - millis) / 1000;
    }

    private boolean failedToStart() {
        return state == ProcessState.BACKOFF || state == ProcessState.FATAL;
    }

    private String spawnError() {
        if (failedToStart()) {
            return lastExit() == NO_EXIT ? status.text("reason") : TOO_QUICKLY;
        }
        ServiceDefinition definition = process.definition();
        long code = lastExit();
        boolean unexpected = state == ProcessState.EXITED
                && definition != null
                && (code < 0 || !definition.restart().success().containsCode((int) code));
        return unexpected ? "Bad exit code " + code : "";
    }

    private static final long NO_EXIT = -2;

    /** The code of the last run; -1 for one that a signal ended, {@link #NO_EXIT} where none has ended. */
    private long lastExit() {
        return status.text("exit_signal").isEmpty() ? status.number("exit_code", NO_EXIT) : -1;
    }

    private long exitStatus() {
        boolean over = state == ProcessState.STOPPED || state == ProcessState.EXITED;
        long code = lastExit();
        return over && code != NO_EXIT ? code : 0;
    }

    private String description() {
        return switch (state) {
            case RUNNING ->
                "pid " + status.number("pid", 0) + ", uptime "
                        + duration(Math.max(0, now / 1000 - moment("started_ago_ms")));
            case BACKOFF, FATAL ->
                spawnError().isEmpty() ? "unknown error (try \"tail " + process.name() + "\")" : spawnError();
            case STOPPED, EXITED ->
                moment("started_ago_ms") == 0 ? "Not started" : time(now - status.number("ended_ago_ms", 0));
            case STARTING, STOPPING -> "";
        };
    }

    /** Such as {@code 1 day, 0:02:03}. */
    static String duration(long seconds) {
        long days = seconds / DAY;
        String text = days == 0 ? "" : days + (days == 1 ? " day, " : " days, ");
        return text + seconds % DAY / 3600 + ":" + twoDigits(seconds / 60 % 60) + ":" + twoDigits(seconds % 60);
    }

    private static String twoDigits(long number) {
        return (number < 10 ? "0" : "") + number;
    }

    /** Such as {@code Nov 19 09:35 AM}, in UTC. */
    static String time(long millis) {
        String iso = Timestamp.iso(millis);
        int month = Integer.parseInt(iso.substring(5, 7));
        int hour = Integer.parseInt(iso.substring(11, 13));
        return MONTHS[month - 1] + " " + iso.substring(8, 10) + " " + twoDigits(hour % 12 == 0 ? 12 : hour % 12)
                + iso.substring(13, 16) + (hour < 12 ? " AM" : " PM");
    }
}
