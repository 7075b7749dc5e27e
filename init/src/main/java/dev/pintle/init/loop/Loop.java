package dev.pintle.init.loop;

import dev.pintle.init.core.Action;
import dev.pintle.init.core.Event;
import dev.pintle.init.core.HealthState;
import dev.pintle.init.core.LayoutChange;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.launch.Launcher;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.text.IpAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Runs a supervisor on a kernel until it says to exit. See the package's description. */
public final class Loop {
    /** Ended children that are taken in one turn, so that a flood of orphans cannot keep users waiting. */
    private static final int REAPED_PER_TURN = 64;
    /** Signals that are taken in one turn. */
    private static final int SIGNALS_PER_TURN = 64;
    /** The pause after an internal error, so that one that repeats does not take the processor. */
    private static final long PAUSE_AFTER_ERROR = 100;

    private final Sys sys;
    private final Supervisor supervisor;
    private final Console console;
    private final int signals;
    private final Watches watches = new Watches();
    private final Launcher launcher;
    private final Children children;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final EndedChild ended = new EndedChild();
    private final FileFacts facts = new FileFacts();
    private final boolean ownsNamespace;

    private final List<Listener> listeners = new ArrayList<>();
    private final LayoutLoader loader;
    private boolean dispatching;
    /** Whether children may have ended that have not been looked at. */
    private boolean reapAgain = true;
    /** The signal that strangers are being sent away with, or 0. */
    private int sweep;
    /** Whether they are yet to be sent it. */
    private boolean sweepDue;

    private int exitCode = -1;
    private boolean troubled;

    /** Hears of what happens, as it happens. */
    public interface Listener {
        /** A service went from one state to another. */
        void changed(String service, State from, State to);

        /** A service's health check says something else than before. */
        default void healthChanged(String service, HealthState to) {}

        /** The container stops. */
        default void stopBegun() {}

        /** The container is over, and nothing is done after this but to exit. */
        default void over() {}

        /** Another layout has been taken over. */
        default void layoutTaken(LayoutChange change) {}
    }

    /**
     * A loop for one supervisor.
     *
     * @param loader  reads the layout anew when that is asked for
     * @param signals the descriptor of {@link Sys#openSignals}
     */
    public Loop(Sys sys, Supervisor supervisor, Launcher launcher, LayoutLoader loader, Console console, int signals) {
        this.sys = sys;
        this.supervisor = supervisor;
        this.loader = loader;
        this.console = console;
        this.signals = signals;
        this.launcher = launcher;
        this.children = new Children(sys, launcher, watches, this::post);
        this.ownsNamespace = sys.pid() == 1;
    }

    /** The descriptors that are waited for; the control socket adds its own. */
    public Watches watches() {
        return watches;
    }

    /** What describes processes, and holds the pipes of their output. */
    public Launcher launcher() {
        return launcher;
    }

    /** Has somebody hear of changes. */
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** Runs until the container is over; the container's exit code. */
    public int run() {
        begin();
        while (exitCode < 0) {
            turn();
        }
        for (int i = 0; i < listeners.size(); i++) {
            guarded(listeners.get(i)::over);
        }
        return exitCode;
    }

    /** The first half of {@link #run}, for who takes turns by himself to look on in between. */
    public void begin() {
        watches.add(new SignalWatch(signals));
        guarded(() -> dispatch(new Event.Booted()));
    }

    /** Waits once and does what there is to do; the container's exit code, or -1 while it is not over. */
    public int turn() {
        guarded(this::waitAndWork);
        return exitCode;
    }

    /** From here on PID 1 may not die: whatever is thrown is said and survived. */
    private void guarded(Runnable work) {
        try {
            work.run();
            troubled = false;
        } catch (Throwable e) {
            troubled = true;
            dispatching = false;
            sayTrouble(e);
        }
    }

    private void sayTrouble(Throwable e) {
        try {
            console.say(LogLevel.ERROR, "internal error: " + e.toString());
        } catch (Throwable second) {
            // Nothing is left to tell it with; the loop goes on.
            troubled = true;
        }
    }

    private void waitAndWork() {
        watches.poll(sys, timeout());
        if (reapAgain) {
            reap();
        }
        if (supervisor.nextDeadline() <= sys.monotonicMillis()) {
            dispatch(new Event.Ticked());
        }
        drain();
        if (sweepDue) {
            reap();
        }
    }

    private long timeout() {
        if (troubled) {
            return PAUSE_AFTER_ERROR;
        }
        if (reapAgain || !events.isEmpty()) {
            return 0;
        }
        long deadline = supervisor.nextDeadline();
        if (deadline == Long.MAX_VALUE) {
            return -1;
        }
        return Math.max(0, deadline - sys.monotonicMillis());
    }

    // Events

    /** Takes an event and everything that follows from it. */
    public void dispatch(Event event) {
        post(event);
        drain();
    }

    private void post(Event event) {
        events.add(event);
    }

    private void drain() {
        if (dispatching) {
            return;
        }
        dispatching = true;
        for (Event event = events.poll(); event != null; event = events.poll()) {
            List<Action> actions = supervisor.step(event, sys.monotonicMillis());
            for (int i = 0; i < actions.size(); i++) {
                carryOut(actions.get(i));
            }
        }
        dispatching = false;
    }

    private void carryOut(Action action) {
        if (action instanceof Action.Spawn a) {
            children.spawn(a.definition(), a.role(), a.command());
        } else if (action instanceof Action.SendSignal a) {
            send(a.pid(), a.signal());
        } else if (action instanceof Action.EndInput a) {
            endInput(a);
        } else if (action instanceof Action.Announce a) {
            console.say(levelOf(a.to()), a.service() + " is " + a.to().text());
            closeUnneeded(a.service(), a.to());
            for (int i = 0; i < listeners.size(); i++) {
                listeners.get(i).changed(a.service(), a.from(), a.to());
            }
        } else if (action instanceof Action.AnnounceHealth a) {
            for (int i = 0; i < listeners.size(); i++) {
                listeners.get(i).healthChanged(a.service(), a.to());
            }
        } else if (action instanceof Action.AnnounceStop) {
            for (int i = 0; i < listeners.size(); i++) {
                listeners.get(i).stopBegun();
            }
        } else if (action instanceof Action.Say a) {
            console.say(a.level(), a.message());
        } else if (action instanceof Action.Probe a) {
            probe(a.definition());
        } else if (action instanceof Action.ForgetReadiness a) {
            children.forgetReadiness(a.service());
        } else if (action instanceof Action.Sweep a) {
            sweep(a.signal());
        } else if (action instanceof Action.CloseUnneeded) {
            supervisor.services().forEach(service -> children.closeUnneeded(service, service.state()));
        } else if (action instanceof Action.Forget a) {
            launcher.forget(a.service());
        } else if (action instanceof Action.ReadLayout) {
            sayReload(reload());
        } else if (action instanceof Action.Exit a) {
            exitCode = a.code();
        }
    }

    private void closeUnneeded(String name, State reached) {
        Service service = supervisor.service(name);
        if (service != null) {
            children.closeUnneeded(service, reached);
        }
    }

    /** One that is gone already is what was wanted. */
    private void send(int pid, int signal) {
        int result = sys.kill(pid, signal);
        if (pid < 0 && result == -Errno.ESRCH) {
            // Its pid is not released, so it has not come as far as making its group.
            sys.kill(-pid, signal);
        }
    }

    private void endInput(Action.EndInput action) {
        String name = action.service();
        Service writer = supervisor.service(Layout.writerOf(name));
        if (writer != null && writer.pid() != 0) {
            send(action.pid(), action.signal());
        } else {
            children.endInput(name);
        }
    }

    /** What a service passes through is for those who look closely; where it arrives is for all who want to be told. */
    private static LogLevel levelOf(State state) {
        return switch (state) {
            case READY, DONE, STOPPING, DOWN, FAILED -> LogLevel.INFO;
            case WAITING, STARTING, UP, FINISHING, BACKOFF -> LogLevel.DEBUG;
        };
    }

    private void probe(ServiceDefinition definition) {
        Readiness readiness = definition.readiness();
        boolean ready = switch (readiness.kind()) {
            case FILE -> sys.stat(readiness.detail(), facts) >= 0;
            case TCP -> accepts(readiness.detail());
            case STARTED, FD, NOTIFY, HEALTHCHECK -> false;
        };
        if (ready) {
            post(new Event.CameReady(definition.name()));
        }
    }

    private boolean accepts(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        byte[] address = IpAddress.parse(hostAndPort.substring(0, colon));
        return address != null && sys.tryTcp(address, Integer.parseInt(hostAndPort.substring(colon + 1))) == 0;
    }

    // The layout

    /** Reads the layout anew and has it taken over; a wrong one changes nothing. */
    public Reload reload() {
        ParseResult read = loader.load();
        Layout layout = read.layout();
        if (layout == null) {
            return new Reload(read.diagnostics(), null);
        }
        LayoutChange change = supervisor.compare(layout);
        console.setThreshold(layout.container().logLevel());
        dispatch(new Event.LayoutRead(layout));
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).layoutTaken(change);
        }
        return new Reload(read.diagnostics(), change);
    }

    private void sayReload(Reload reload) {
        for (Diagnostic diagnostic : reload.diagnostics()) {
            console.say(diagnostic);
        }
        LayoutChange change = reload.change();
        if (change == null) {
            console.say(LogLevel.ERROR, "cannot take over the layout: it has errors; nothing has changed");
        } else {
            console.say(
                    LogLevel.INFO,
                    "the layout was read anew: " + change.added().size() + " added, "
                            + change.removed().size() + " removed, "
                            + change.restarted().size() + " restarted, "
                            + change.updated().size() + " updated");
        }
    }

    // Children

    private void reap() {
        for (int i = 0; i < REAPED_PER_TURN; i++) {
            int result = sys.peekEnded(ended);
            if (result != 1) {
                reapAgain = result == -Errno.EINTR;
                if (result == -Errno.ECHILD) {
                    childrenGone();
                } else if (sweepDue && !reapAgain) {
                    sweepDue = false;
                    signalStrangers();
                }
                return;
            }
            int pid = ended.pid;
            children.hearOut(pid);
            // The pid is still taken while this is acted upon: its group cannot be a stranger's.
            dispatch(new Event.Ended(pid, ended.status));
            sys.release(pid);
            if (sweep != 0 && !ownsNamespace) {
                // Its own children are ours now.
                signalStrangers();
            }
        }
    }

    /** Carried out once all that has ended is reaped: most often nobody is left then, and the kernel looks for none. */
    private void sweep(int signal) {
        sweep = signal;
        sweepDue = true;
        reapAgain = true;
    }

    private void signalStrangers() {
        if (ownsNamespace) {
            sys.kill(-1, sweep);
            sys.kill(-1, Signal.CONT);
            return;
        }
        for (int pid : sys.children()) {
            sys.kill(pid, sweep);
            sys.kill(pid, Signal.CONT);
        }
    }

    private void childrenGone() {
        if (sweep != 0) {
            dispatch(new Event.ChildrenGone());
        }
    }

    // Signals

    private final class SignalWatch extends Watch {
        SignalWatch(int descriptor) {
            super(descriptor);
        }

        @Override
        protected void ready() {
            for (int i = 0; i < SIGNALS_PER_TURN; i++) {
                int signal = sys.nextSignal(descriptor());
                if (signal <= 0) {
                    return;
                }
                if (signal == Signal.CHLD) {
                    reapAgain = true;
                } else if (meansSomething(signal)) {
                    dispatch(new Event.SignalReceived(signal));
                }
            }
        }
    }

    /** Signals that the kernel sends for its own reasons, not for anybody's wish. */
    private static boolean meansSomething(int signal) {
        return signal != Signal.PIPE && signal != Signal.TTIN && signal != Signal.TTOU && signal != Signal.CONT;
    }
}
