package dev.pintle.init.loop;

import dev.pintle.init.core.Service;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.sys.ProcFiles;
import dev.pintle.init.sys.ProcStat;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.text.Ascii;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Children that no service is: what services have left behind, and orphans that came to us. */
final class Strangers {
    private static final String CONTINUES = "continues in the background as ";
    private static final int MOST_NAMES = 10;
    /** Processes that are looked at in one turn: each takes a file of /proc, and a service may have left thousands. */
    private static final int MOST_LOOKED_AT = 200;
    /** Processes that are looked at before a group is killed, which is seldom. */
    private static final int MOST_LISTED = 2_000;
    /** Processes that are sent a signal in one turn. */
    private static final int MOST_TOLD = 1_000;

    private final Sys sys;
    private final Supervisor supervisor;
    private final LastLines loggers;
    private final Console console;
    private final boolean ownsNamespace;
    /** The signal that they are being sent away with, or 0. */
    private int sweep;
    /** How many were looked at. */
    private int looked;
    /** Whether they are yet to be sent it. */
    private boolean due;
    /** Where the kernel does not send it to all: those that were sent it, and have not ended since. */
    private final Set<Integer> told = new HashSet<>();

    Strangers(Sys sys, Supervisor supervisor, LastLines loggers, Console console) {
        this.loggers = loggers;
        this.sys = sys;
        this.supervisor = supervisor;
        this.console = console;
        this.ownsNamespace = sys.pid() == 1;
    }

    /** Has them sent away by a signal. */
    void sweep(int signal) {
        sweep = signal;
        due = true;
        told.clear();
    }

    /** Whether {@link #sendAway} has something to do. */
    boolean due() {
        return due;
    }

    /** Whether they have been told to go. */
    boolean swept() {
        return sweep != 0;
    }

    /** Sends them the signal; those that are killed are named. */
    void sendAway() {
        if (!due) {
            return;
        }
        due = false;
        if (sweep == Signal.KILL && told.isEmpty()) {
            Names left = new Names();
            looked = 0;
            for (int pid : sys.children()) {
                ProcStat stat = stranger(pid);
                if (stat != null) {
                    left.add(stat, pid);
                }
            }
            String names = left.text();
            if (!names.isEmpty()) {
                console.say(LogLevel.WARN, "killing what services have left behind: " + names);
            }
        }
        signal();
    }

    /** Names the processes of a service's group, before it is killed. */
    void nameGroup(String service, int group) {
        Names named = new Names();
        List<String> pids = sys.list("/proc", MOST_LISTED);
        for (String text : pids == null ? List.<String>of() : pids) {
            if (!Ascii.isNumber(text)) {
                continue;
            }
            ProcStat stat = ProcStat.of(sys, text);
            if (stat.number(ProcStat.GROUP) == group && !stat.ended()) {
                named.add(stat, Integer.parseInt(text));
            }
        }
        if (named.count > 0) {
            console.say(LogLevel.WARN, "killing of " + service + ": " + named.text());
        }
    }

    /** A child is gone, and its own children are ours now. */
    void gone(int pid) {
        told.remove(pid);
        due |= sweep != 0 && !ownsNamespace;
    }

    private void signal() {
        if (ownsNamespace) {
            sys.kill(-1, sweep);
            sys.kill(-1, Signal.CONT);
            return;
        }
        int budget = MOST_TOLD;
        for (int pid : sys.children()) {
            if (budget == 0) {
                due = true;
                return;
            }
            if (told.add(pid)) {
                budget--;
                sys.kill(pid, sweep);
                sys.kill(pid, Signal.CONT);
            }
        }
    }

    /**
     * What has become of what a service's process that has ended has left behind, in words and by name and pid: it may be a
     * program which continues in the background. Its children are ours by now; those of its group end with it, unless the layout
     * says otherwise.
     */
    String leftBehind(int pid) {
        Service service = supervisor.owner(pid);
        if (service == null || !supervisor.endsUnasked(pid)) {
            return "";
        }
        boolean killsGroup = service.definition().stop().killGroup();
        Names living = new Names();
        Names killed = new Names();
        Names unknown = new Names();
        looked = 0;
        for (int child : sys.children()) {
            ProcStat stat = child <= pid ? null : stranger(child);
            String owner = stat == null ? null : owner(stat, child);
            if (stat != null && service.name().equals(owner)) {
                (killsGroup && stat.number(ProcStat.GROUP) == pid ? killed : living).add(stat, child);
            } else if (stat != null && "".equals(owner)) {
                unknown.add(stat, child);
            }
        }
        if (living.count + killed.count == 0 && unknown.count > 0) {
            return Service.PERHAPS + CONTINUES + unknown.text();
        }
        String goesOn = living.count == 0 ? "" : CONTINUES + living.text();
        String isGone = killed.count == 0 ? "" : "left " + killed.text() + " behind, which " + killed.was() + " killed";
        return goesOn + (goesOn.isEmpty() || isGone.isEmpty() ? "" : ", and ") + isGone;
    }

    /**
     * The service that has left an orphan behind. Its session says so, where that is a service's; else the name that its
     * variables have, as far as the kernel shows them to us and it has not written over them. Empty where nothing is known of it; null
     * for one that ends, and has no variables any more: another service's that was killed.
     */
    private @Nullable String owner(ProcStat stat, int orphan) {
        Service leader = supervisor.owner((int) stat.number(ProcStat.SESSION));
        if (leader != null) {
            return leader.name();
        }
        String name = ProcFiles.variable(sys, orphan, Environment.SERVICE);
        return name.isEmpty() && stranger(orphan) == null ? null : name;
    }

    /** What there is to know of a process that lives and is no service's; null for another, and where enough were looked at. */
    private @Nullable ProcStat stranger(int pid) {
        boolean known = looked >= MOST_LOOKED_AT || supervisor.owner(pid) != null || loggers.isLogger(pid);
        looked += known ? 0 : 1;
        ProcStat stat = known ? null : ProcStat.of(sys, Integer.toString(pid));
        return stat == null || !stat.known() || stat.ended() ? null : stat;
    }

    /** Processes by name and pid, as many as a message has room for. */
    private final class Names {
        private final List<String> names = new ArrayList<>();
        int count;

        void add(ProcStat stat, int pid) {
            count++;
            if (names.size() < MOST_NAMES) {
                names.add(stat.name() + " (pid " + pid + ")");
            }
        }

        String text() {
            int more = count - names.size();
            return String.join(", ", names)
                    + (more > 0 ? " and " + (looked >= MOST_LOOKED_AT ? "at least " : "") + more + " more" : "");
        }

        String was() {
            return count == 1 ? "was" : "were";
        }
    }
}
