package dev.pintle.archive.program;

import dev.pintle.init.control.Message;
import dev.pintle.init.sys.ProcStat;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.ToolSys;
import org.jspecify.annotations.Nullable;

/** What the init says of a service, in the terms of s6. */
final class Status {
    private static final long SECOND = 1_000;
    private static final long NANOS = 1_000_000;
    /** TAI64 begins at 2^62, and was ten seconds from UTC then. */
    private static final long TAI = (1L << 62) + 10;

    private static final String HEX = "0123456789abcdef";

    private final ToolSys sys;
    private final Message message;
    private final String state;
    private final boolean notifies;
    private final boolean hasDownFile;

    /**
     * What {@code message} says.
     *
     * @param notifies    whether the service says by itself when it is ready
     * @param hasDownFile whether it is not to start by itself
     */
    Status(ToolSys sys, Message message, boolean notifies, boolean hasDownFile) {
        this.sys = sys;
        this.message = message;
        this.state = message.text("state");
        this.notifies = notifies;
        this.hasDownFile = hasDownFile;
    }

    long pid() {
        return state.equals("finishing") ? 0 : message.number("pid", 0);
    }

    boolean isUp() {
        return pid() != 0;
    }

    /** Whether it is down and its finish script has ended. */
    boolean isReallyDown() {
        return !isUp() && !state.equals("finishing");
    }

    /** Whether it has said that it is ready; or, where it is down, whether it is wholly. */
    boolean isReady() {
        return isUp() ? notifies && state.equals("ready") : isReallyDown();
    }

    boolean isWanted() {
        return message.flag("wanted") && !state.equals("done") && !state.equals("failed");
    }

    /** s6-rc takes what it has started for what is normally up. */
    boolean isNormallyUp() {
        return !hasDownFile && (!message.flag("manual") || isWanted());
    }

    private boolean isNotStartedYet() {
        return !isUp() && starts() == 0;
    }

    /** How often it has been started. */
    long starts() {
        return message.number("starts", 0);
    }

    /** Whether its process was stopped by a signal. */
    boolean isPaused() {
        return isUp() && stat().state() == 'T';
    }

    private String group() {
        return Long.toString(stat().number(ProcStat.GROUP));
    }

    private ProcStat stat() {
        return ProcStat.of(sys, Long.toString(pid()));
    }

    private String signal() {
        return isUp() ? "" : message.text("exit_signal");
    }

    private String exitCode() {
        return isUp() || isNotStartedYet() || !signal().isEmpty()
                ? "-1"
                : String.valueOf(message.number("exit_code", 0));
    }

    private long seconds() {
        return message.number("for_ms", 0) / SECOND;
    }

    /** The fields of {@code s6-svstat -o}; null where there is none of that name. */
    @Nullable
    String field(String name) {
        return switch (name) {
            case "up" -> String.valueOf(isUp());
            case "wantedup" -> String.valueOf(isWanted());
            case "normallyup" -> String.valueOf(isNormallyUp());
            case "ready" -> String.valueOf(isUp() && isReady());
            case "paused" -> String.valueOf(isPaused());
            case "pid" -> isUp() ? String.valueOf(pid()) : "-1";
            case "pgid" -> isUp() ? group() : "-1";
            case "exitcode" -> exitCode();
            case "signal" -> signal().isEmpty() ? "NA" : signal();
            case "signum" -> signal().isEmpty() ? "-1" : String.valueOf(number(signal()));
            case "updownfor" -> String.valueOf(seconds());
            case "readyfor" -> isReady() ? String.valueOf(seconds()) : "-1";
            case "updownsince" -> since();
            case "readysince" -> isReady() ? since() : "-1";
            default -> null;
        };
    }

    private static int number(String signal) {
        for (int i = 1; i <= Signal.MAX; i++) {
            if (Signal.name(i).equals(signal)) {
                return i;
            }
        }
        return -1;
    }

    private String since() {
        long millis = sys.wallClockMillis() - message.number("for_ms", 0);
        StringBuilder text = new StringBuilder("@");
        hex(text, TAI + millis / SECOND, 16);
        hex(text, millis % SECOND * NANOS, 8);
        return text.toString();
    }

    private static void hex(StringBuilder text, long number, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            text.append(HEX.charAt((int) (number >> (4 * i)) & 15));
        }
    }

    /** As s6-svstat shows it. */
    String text(boolean numeric) {
        StringBuilder text =
                new StringBuilder(isUp() ? "up (pid " + pid() + " pgid " + group() : "down (" + end(numeric));
        text.append(") ").append(isNotStartedYet() ? "" : seconds() + " seconds");
        if (isUp()) {
            text.append(isNormallyUp() ? "" : ", normally down");
            text.append(isPaused() ? ", paused" : "").append(isWanted() ? "" : ", want down");
        } else {
            text.append(isNormallyUp() ? ", normally up" : "").append(isWanted() ? ", want up" : "");
        }
        if (isReady() && !isNotStartedYet()) {
            text.append(", ready ").append(seconds()).append(" seconds");
        }
        return text.toString();
    }

    private String end(boolean numeric) {
        if (isNotStartedYet()) {
            return "not started yet";
        }
        if (signal().isEmpty()) {
            return "exitcode " + exitCode();
        }
        return "signal " + (numeric ? String.valueOf(number(signal())) : signal());
    }
}
