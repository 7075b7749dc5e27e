package dev.pintle.init.loop;

import dev.pintle.init.core.Action;
import dev.pintle.init.core.Event;
import dev.pintle.init.core.HealthState;
import dev.pintle.init.core.LayoutChange;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.core.Words;
import dev.pintle.init.launch.Launcher;
import dev.pintle.init.launch.LogPipes;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.Stream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs a supervisor on a kernel until it says to exit. See the package's description. */
public final class Loop {
    /** Ended children that are taken in one turn, so that a flood of orphans cannot keep users waiting. */
    private static final int REAPED_PER_TURN = 64;
    /** Milliseconds after which no more are taken in a turn. */
    private static final long REAPING = 10;
    /** Processes that are made in one turn, where several are wanted at once. */
    private static final int MADE_PER_TURN = 16;
    /** Milliseconds after which no more are made in a turn: files are read for each, of whatever size. */
    private static final long MAKING = 10;
    /** Signals that are taken in one turn. */
    private static final int SIGNALS_PER_TURN = 64;
    /** Milliseconds after which no more are: the layout may have each passed on to every service. */
    private static final long SERVING = 10;
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
    /** Processes that are to be made in the next turns. */
    private final ArrayDeque<Action.Spawn> spawns = new ArrayDeque<>();
    /** How many were made in this turn. */
    private int made;
    /** When the first of them was. */
    private long making;

    private final EndedChild ended = new EndedChild();
    private final Strangers strangers;

    private final List<Listener> listeners = new ArrayList<>();
    private final Reloading reloading;
    /** What is looked at before those who asked for a reload are told; null before it is taken over. */
    private @Nullable Outdated outdated;
    /** One for all signals that ask for it: what a reading comes to is said once. */
    private final Reloading.Listener sayer = this::sayReload;

    private boolean dispatching;
    /** Whether children may have ended that have not been looked at. */
    private boolean reapAgain = true;

    private int exitCode = -1;
    private boolean troubled;

    /** Hears of what happens, as it happens. */
    public interface Listener {
        /** A service went from one state to another. */
        void changed(String service, State from, State to);

        /** The run of a service has ended; what it has come to by that is told next. */
        default void ended(String service, ExitStatus status, String how) {}

        /** A service's health check says something else than before. */
        default void healthChanged(String service, HealthState to) {}

        /** A service has stayed up as long as a run must to count as one. */
        default void proved(String service) {}

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
        this.reloading = new Reloading(loader, supervisor::share);
        this.console = console;
        this.signals = signals;
        this.launcher = launcher;
        this.children = new Children(sys, launcher, watches, supervisor::ownerOf, new Sink());
        this.strangers = new Strangers(sys, supervisor, children.lastLines(), console);
    }

    /** The descriptors that are waited for; the control socket adds its own. */
    public Watches watches() {
        return watches;
    }

    /** The file in memory with the end of what a service has printed to a stream: a descriptor, or -1. */
    public int held(String service, Stream stream) {
        int held = launcher.held(service, stream);
        return held >= 0 ? held : children.lastLines().held(service, stream);
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
        made = 0;
        while (!spawns.isEmpty() && mayMake()) {
            children.spawn(spawns.remove());
        }
        watches.poll(sys, timeout());
        if (reapAgain) {
            reap();
        }
        if (supervisor.nextDeadline() <= sys.monotonicMillis()) {
            dispatch(new Event.Ticked());
        }
        drain();
        if (strangers.due()) {
            reap();
        }
        if (exitCode < 0) {
            strangers.sendAway();
        }
        if (reloading.busy()) {
            readOn();
        }
    }

    private long timeout() {
        if (troubled) {
            return PAUSE_AFTER_ERROR;
        }
        if (reapAgain || reloading.busy() || !events.isEmpty() || !spawns.isEmpty() || strangers.due()) {
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
            spawn(a);
        } else if (action instanceof Action.SendSignal a) {
            Service killed = a.signal() == Signal.KILL && a.pid() < 0 ? supervisor.owner(-a.pid()) : null;
            if (killed != null && killed.pid() == -a.pid()) {
                strangers.nameGroup(killed.name(), killed.pid());
            }
            send(a.pid(), a.signal());
        } else if (action instanceof Action.EndInput a) {
            endInput(a);
        } else if (action instanceof Action.Announce a) {
            console.say(levelOf(a.to()), a.service() + " is " + a.to().text());
            closeUnneeded(a.service(), a.to());
            if (a.to() == State.UP && a.service().endsWith(Layout.LOG)) {
                tellReplacedLogger(a.service());
            }
            for (int i = 0; i < listeners.size(); i++) {
                tell(listeners.get(i), a);
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
            children.look(a.definition());
        } else if (action instanceof Action.ForgetReadiness a) {
            children.forgetReadiness(a.service());
        } else if (action instanceof Action.LookAtGroup a) {
            lookAtGroup(a);
        } else if (action instanceof Action.AnnounceProof a) {
            for (int i = 0; i < listeners.size(); i++) {
                listeners.get(i).proved(a.service());
            }
        } else if (action instanceof Action.Sweep a) {
            // Carried out once all that has ended is reaped: most often nobody is left then, and the kernel looks for
            // none.
            children.lastLines().releaseAll();
            if (a.signal() == Signal.KILL) {
                killLoggers();
            }
            strangers.sweep(a.signal());
            reapAgain = true;
        } else if (action instanceof Action.KeepOutput a) {
            children.lastLines().keep(a);
        } else if (action instanceof Action.CloseUnneeded) {
            supervisor.services().forEach(service -> children.closeUnneeded(service, service.state()));
        } else if (action instanceof Action.Forget a) {
            launcher.forget(a.service());
            children.forget(a.service());
        } else if (action instanceof Action.ReadLayout) {
            reloading.request(sayer, false);
        } else if (action instanceof Action.Exit a) {
            exitCode = a.code();
        }
    }

    /** At once, or after those that wait already. */
    private void spawn(Action.Spawn action) {
        if (spawns.isEmpty() && mayMake()) {
            children.spawn(action);
        } else {
            spawns.add(action);
        }
    }

    private boolean mayMake() {
        long now = sys.monotonicMillis();
        making = made == 0 ? now : making;
        made++;
        return made <= MADE_PER_TURN && now - making < MAKING;
    }

    private static void tell(Listener listener, Action.Announce change) {
        ExitStatus end = change.end();
        if (end != null) {
            listener.ended(change.service(), end, change.ended());
        }
        listener.changed(change.service(), change.from(), change.to());
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

    private void lookAtGroup(Action.LookAtGroup action) {
        int result = sys.kill(-action.group(), 0);
        if (result == -Errno.ESRCH) {
            post(new Event.GroupGone(action.service(), action.group()));
        } else if (action.kill()) {
            strangers.nameGroup(action.service(), action.group());
            sys.kill(-action.group(), Signal.KILL);
        }
    }

    private void endInput(Action.EndInput action) {
        String name = action.service();
        Service writer = supervisor.service(Layout.writerOf(name));
        if (writer != null && writer.pid() != 0 && launcher.writesToLog(writer.definition())) {
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

    // The layout

    /**
     * Has the layout read anew, a piece in each turn, and taken over, or with {@code dryRun} compared alone; one that is wrong, or
     * larger than memory, changes nothing.
     */
    public void reload(Consumer<Reload> whenDone, boolean dryRun) {
        reloading.request(whenDone::accept, dryRun);
    }

    private void readOn() {
        Outdated begun = outdated;
        if (begun != null) {
            begun.lookOn(children);
            if (begun.over()) {
                outdated = null;
                reloading.conclude(begun.reload());
            }
            return;
        }
        ParseResult read;
        LayoutChange change = null;
        boolean limited = sys.limitMemory(true);
        try {
            read = reloading.step();
            Layout layout = read == null ? null : read.layout();
            change = layout == null || supervisor.stopping() ? null : supervisor.compare(layout);
        } catch (OutOfMemoryError e) {
            read = null;
            sys.limitMemory(limited);
            reloading.conclude(Reload.refused(List.of(LayoutLoader.TOO_LARGE)));
        } catch (RuntimeException | Error e) {
            // Whoever waits for it is told, and the next reading can begin.
            sys.limitMemory(limited);
            reloading.conclude(Reload.refused(List.of()));
            throw e;
        } finally {
            sys.limitMemory(limited);
        }
        if (read == null) {
            return;
        }
        Layout layout = read.layout();
        if (layout == null || change == null) {
            reloading.conclude(Reload.refused(read.diagnostics()));
        } else {
            if (reloading.takesOver()) {
                takeOver(layout, change);
            }
            outdated = new Outdated(read.diagnostics(), change, supervisor.services());
        }
    }

    private void takeOver(Layout layout, LayoutChange change) {
        console.set(layout.container().messages());
        dispatch(new Event.LayoutRead(layout));
        for (Service service : supervisor.services()) {
            reopenFiles(service);
        }
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).layoutTaken(change);
        }
    }

    /**
     * Has a logger open its files again, for whoever has moved them away.
     *
     * @return whether it was told; one that is not ready has still to open them
     */
    public boolean reopenFiles(Service service) {
        ServiceDefinition definition = service.definition();
        boolean ready = definition.process().streams().input() == Stdin.LOGGED
                && LogPipes.hasFile(definition.command())
                && service.state() == State.READY;
        if (ready) {
            send(service.pid(), Signal.HUP);
        }
        return ready;
    }

    private void sayReload(Reload reload) {
        if (supervisor.stopping()) {
            return;
        }
        for (Diagnostic diagnostic : reload.diagnostics()) {
            console.say(diagnostic);
        }
        LayoutChange change = reload.change();
        if (change == null) {
            console.say(LogLevel.ERROR, "cannot take over the layout: it has errors; nothing has changed");
        } else {
            console.say(
                    LogLevel.INFO,
                    "the layout was reloaded: " + change.added().size() + " added, "
                            + change.removed().size() + " removed, "
                            + change.restarted().size() + " restarted, "
                            + change.updated().size() + " updated");
            if (!reload.outdated().isEmpty()) {
                console.say(
                        LogLevel.WARN,
                        "files have changed that were read when a service was started, and take a restart of "
                                + Words.some(reload.outdated()));
            }
        }
    }

    // Children

    private void reap() {
        long end = sys.monotonicMillis() + REAPING;
        for (int i = 0; i < REAPED_PER_TURN && sys.monotonicMillis() <= end; i++) {
            int result = sys.peekEnded(ended);
            if (result != 1) {
                reapAgain = result == -Errno.EINTR;
                if (result == -Errno.ECHILD) {
                    childrenGone();
                }
                return;
            }
            int pid = ended.pid;
            children.hearOut(pid);
            tellLoggers(pid);
            // The pid is still taken while this is acted upon: its group cannot be a stranger's.
            dispatch(new Event.Ended(pid, ended.status, strangers.leftBehind(pid)));
            sys.release(pid);
            strangers.gone(pid);
        }
    }

    /** A line that a run has begun is one now: its logger is told, before another run can write. */
    private void tellLoggers(int pid) {
        Service service = supervisor.owner(pid);
        if (service == null || service.pid() != pid) {
            return;
        }
        children.lastLines().runEnded(service.name());
        tellLogger(supervisor.service(service.name() + Layout.LOG));
    }

    /** The run may have ended while its logger was being replaced. One that runs now may have begun a line of its own. */
    private void tellReplacedLogger(String logger) {
        Service writer = supervisor.service(Layout.writerOf(logger));
        if (writer != null && writer.pid() == 0 && writer.lastExit() != null) {
            tellLogger(supervisor.service(logger));
        }
    }

    private void tellLogger(@Nullable Service logger) {
        if (logger != null && logger.definition().process().streams().input() == Stdin.LOGGED && logger.pid() > 0) {
            sys.kill(logger.pid(), LogPipes.RUN_ENDED);
        }
    }

    private void childrenGone() {
        if (strangers.swept()) {
            dispatch(new Event.ChildrenGone());
        }
    }

    private final class Sink implements Children.Sink {
        @Override
        public void post(Event event) {
            Loop.this.post(event);
        }

        @Override
        public void warn(String message) {
            console.say(LogLevel.WARN, message);
        }
    }

    // Signals

    /** Loggers that nobody has asked for and that have not ended in time. */
    private void killLoggers() {
        if (children.lastLines().killLate()) {
            post(new Event.LoggerKilled());
        }
    }

    private final class SignalWatch extends Watch {
        SignalWatch(int descriptor) {
            super(descriptor);
        }

        @Override
        protected long deadline() {
            return children.lastLines().killAt();
        }

        @Override
        protected void late() {
            killLoggers();
        }

        @Override
        protected void ready() {
            long end = sys.monotonicMillis() + SERVING;
            for (int i = 0; i < SIGNALS_PER_TURN && sys.monotonicMillis() <= end; i++) {
                int signal = sys.nextSignal(descriptor());
                if (signal <= 0) {
                    return;
                }
                if (signal == Signal.CHLD) {
                    reapAgain = true;
                } else if (meansSomething(signal)) {
                    dispatch(new Event.SignalReceived(signal, sys.signalIsTheKernels()));
                }
            }
        }
    }

    /** Signals that the kernel sends for its own reasons, not for anybody's wish. */
    private static boolean meansSomething(int signal) {
        return signal != Signal.PIPE && signal != Signal.TTIN && signal != Signal.TTOU && signal != Signal.CONT;
    }
}
