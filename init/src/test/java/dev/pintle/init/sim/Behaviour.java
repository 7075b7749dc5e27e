package dev.pintle.init.sim;

import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a simulated process does. Times are milliseconds after it has executed, where nothing else is said. */
final class Behaviour {

    /** What is done with signals whose default is to terminate. */
    enum Manner {
        /** The default: the signal ends it. */
        DEFAULT,
        /** It ends in its own time on signals that stop; HUP, USR1 and USR2 do nothing. */
        HANDLES,
        /** None does anything. */
        IGNORES
    }

    /**
     * A process that another one makes.
     *
     * @param after       when
     * @param leavesGroup whether it makes a session of its own
     * @param behaviour   what it does
     */
    record Fork(long after, boolean leavesGroup, Behaviour behaviour) {}

    /** What a process does that is more than a few numbers. */
    interface Conduct {
        /** It has executed. */
        void begin(SimProcess process);

        /** It gets a signal; whether it handles it. */
        boolean handles(SimProcess process, int signal);
    }

    /** From fork to exec. */
    long setUp;
    /** Whether it makes its session and group only at the end of {@link #setUp} rather than at once. */
    boolean lateSession;
    /** The step of its set-up that fails, or null. */
    @Nullable
    Step failedStep;
    /** Why. */
    int failedErrno;
    /** Until it ends by itself; -1 for never. */
    long run = -1;
    /** How it ends then. */
    ExitStatus end = ExitStatus.ofCode(0);
    /** What it does with signals. */
    Manner manner = Manner.DEFAULT;
    /** From a signal that stops it to its end, where it handles them. */
    long stopDelay;
    /** How it ends then. */
    ExitStatus stopStatus = ExitStatus.ofCode(0);
    /** From KILL to its end: it hangs in the kernel. */
    long killDelay;
    /** Until it writes a newline to its extra descriptor; -1 for never. */
    long ready = -1;
    /** What else it does then. */
    Consumer<SimProcess> whenReady = process -> {};
    /** The processes that it makes. */
    final List<Fork> forks = new ArrayList<>(0);
    /** Whether it waits for its children at once, or never. */
    boolean reaps = true;
    /** What it does besides, or null. */
    @Nullable
    Conduct conduct;

    private Behaviour() {}

    /** Runs until it is told to stop. */
    static Behaviour runs() {
        return new Behaviour();
    }

    /** Ends by itself. */
    static Behaviour exits(long after, int code) {
        return runs().endsAfter(after, ExitStatus.ofCode(code));
    }

    /** Is killed by a signal of its own making. */
    static Behaviour dies(long after, int signal) {
        return runs().endsAfter(after, ExitStatus.ofSignal(signal));
    }

    /** Does not get as far as running. */
    static Behaviour fails(Step step, int errno) {
        Behaviour behaviour = runs();
        behaviour.failedStep = step;
        behaviour.failedErrno = errno;
        return behaviour;
    }

    Behaviour endsAfter(long millis, ExitStatus status) {
        run = millis;
        end = status;
        return this;
    }

    /** Does what is scripted elsewhere. */
    static Behaviour conducted(Conduct conduct) {
        Behaviour behaviour = runs();
        behaviour.conduct = conduct;
        return behaviour;
    }

    /** Takes its time between fork and exec. */
    Behaviour slowSetUp(long millis, boolean sessionLate) {
        setUp = millis;
        lateSession = sessionLate;
        return this;
    }

    /** Ends in its own time after a signal that stops it. */
    Behaviour handles(long millis, ExitStatus status) {
        manner = Manner.HANDLES;
        stopDelay = millis;
        stopStatus = status;
        return this;
    }

    /** Takes no notice of any signal but KILL. */
    Behaviour ignores() {
        manner = Manner.IGNORES;
        return this;
    }

    /** Dies slowly even of KILL. */
    Behaviour diesSlowly(long millis) {
        killDelay = millis;
        return this;
    }

    /** Says that it is ready. */
    Behaviour readyAfter(long millis) {
        ready = millis;
        return this;
    }

    /** Makes a process that stays in its group, or leaves it. */
    Behaviour forks(long after, boolean leavesGroup, Behaviour child) {
        forks.add(new Fork(after, leavesGroup, child));
        return this;
    }

    /** Makes a daemon: a child that forks in a session of its own and ends at once, so that the daemon is an orphan. */
    Behaviour daemonizes(long after, Behaviour daemon) {
        return forks(after, true, exits(0, 0).forks(0, true, daemon));
    }

    /** Never waits for its children. */
    Behaviour reapsNothing() {
        reaps = false;
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (setUp > 0) {
            text.append("set-up ").append(setUp).append(lateSession ? " with late session, " : ", ");
        }
        if (failedStep != null) {
            return text + "fails to " + failedStep.verb() + " with " + failedErrno;
        }
        text.append(run < 0 ? "runs" : end.describe() + " after " + run).append(", ");
        text.append(manner == Manner.HANDLES ? "stops after " + stopDelay + ", " + stopStatus.describe() : manner);
        text.append(killDelay > 0 ? ", dies slowly " + killDelay : "");
        text.append(ready >= 0 ? ", ready after " + ready : "");
        text.append(reaps ? "" : ", reaps nothing");
        return forks.isEmpty() ? text.toString() : text + ", forks " + forks;
    }
}
