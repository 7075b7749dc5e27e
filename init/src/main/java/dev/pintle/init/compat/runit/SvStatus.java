package dev.pintle.init.compat.runit;

import dev.pintle.init.control.Message;
import dev.pintle.init.sys.ProcStat;
import dev.pintle.init.sys.ToolSys;

/** What the init says of a service, in the terms of runit. */
final class SvStatus {
    private static final long SECOND = 1_000;

    private final ToolSys sys;
    private final String state;
    private final long seconds;
    private final boolean normallyUp;
    /** Its process, or that of its finish script; 0 where there is neither. */
    final long pid;
    /** Whether it is wanted up. */
    final boolean wanted;
    /** How often it has been started. */
    final long starts;

    SvStatus(ToolSys sys, Message message) {
        this.sys = sys;
        state = message.text("state");
        seconds = message.number("for_ms", 0) / SECOND;
        normallyUp = !message.flag("manual");
        pid = message.number(finishing() ? "helper_pid" : "pid", 0);
        wanted = message.flag("wanted");
        starts = message.number("starts", 0);
    }

    private boolean finishing() {
        return state.equals("finishing");
    }

    boolean runs() {
        return pid != 0 && !finishing();
    }

    /** Whether it has been told to end. */
    boolean gotTerm() {
        return pid != 0 && state.equals("stopping");
    }

    /** Whether it has run to its end as it should, which runit's services never do. */
    boolean done() {
        return state.equals("done");
    }

    /** Whether its process was stopped by a signal. */
    boolean paused() {
        return ProcStat.of(sys, Long.toString(pid)).state() == 'T';
    }

    /** As sv shows it. */
    String text(String name) {
        StringBuilder text = new StringBuilder();
        text.append(pid == 0 ? "down: " : finishing() ? "finish: " : "run: ");
        text.append(name).append(": ");
        if (pid != 0) {
            text.append("(pid ").append(pid).append(") ");
        }
        text.append(seconds).append('s');
        if (pid == 0) {
            text.append(normallyUp ? ", normally up" : "").append(wanted && !done() ? ", want up" : "");
        } else {
            text.append(normallyUp ? "" : ", normally down")
                    .append(paused() ? ", paused" : "")
                    .append(wanted ? "" : ", want down")
                    .append(gotTerm() ? ", got TERM" : "");
        }
        return text.toString();
    }
}
