package dev.pintle.init.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Step;
import dev.pintle.init.sys.Sys;
import dev.pintle.init.sys.SysContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The simulated kernel keeps the contract, and what only it can show. */
final class SimSysTest extends SysContract {
    private final Map<String, Behaviour> programs = new HashMap<>();
    private final Faults faults = Faults.none();
    private final SimMachine machine = new SimMachine();
    private final SimSys sys =
            new SimSys(new Simulation(faults, true), machine, child -> programs.get(child.arguments.get(0)));
    private final EndedChild ended = new EndedChild();

    private ChildSpec child(String name, Behaviour behaviour) {
        programs.put(name, behaviour);
        ChildSpec child = new ChildSpec();
        child.programs.add("/bin/" + name);
        child.arguments.add(name);
        return child;
    }

    @Override
    protected Sys open() {
        sys.files.putDirectory("/scratch", 0755, 0);
        return sys;
    }

    @Override
    protected ChildSpec exits(int code) {
        return child("exits", Behaviour.exits(2, code));
    }

    @Override
    protected ChildSpec stays() {
        return child("stays", Behaviour.runs());
    }

    @Override
    protected ChildSpec missing() {
        ChildSpec child = child("missing", Behaviour.runs());
        programs.clear();
        return child;
    }

    @Override
    protected ChildSpec saysReadyOn(int descriptor) {
        return child("ready", Behaviour.runs().readyAfter(7));
    }

    @Override
    protected ChildSpec leavesOneBehind() {
        return child("leaves", Behaviour.exits(5, 0).forks(1, false, Behaviour.runs()));
    }

    @Override
    protected String directory() {
        return "/scratch";
    }

    @Override
    protected void signalSelf(int signal) {
        sys.signal(signal);
    }

    private int await(long millis) {
        return sys.poll(new PollSet(), millis);
    }

    private List<String> violations() {
        return sys.simulation.violations();
    }

    @Test
    void theClockMovesOnlyWhilePolling() {
        assertEquals(0, await(3_600_000));
        assertEquals(3_600_000, sys.monotonicMillis());
        assertEquals(3_600_000, sys.monotonicMillis());
    }

    @Test
    void waitingForeverWithNothingToComeEndsTheSimulation() {
        SimEnd end = assertThrows(SimEnd.class, () -> await(-1));
        assertEquals(SimEnd.Cause.AT_REST, end.why);
    }

    @Test
    void manyEndedChildrenAreOneSignal() {
        for (int i = 0; i < 5; i++) {
            sys.close(spawn("short" + i, Behaviour.exits(3, i)).statusDescriptor);
        }
        await(10);
        int signals = sys.openSignals();
        assertEquals(Signal.CHLD, sys.nextSignal(signals));
        assertEquals(0, sys.nextSignal(signals));
        for (int i = 0; i < 5; i++) {
            assertEquals(1, sys.peekEnded(ended));
            assertEquals(ExitStatus.ofCode(i), ended.status);
            sys.release(ended.pid);
        }
    }

    private ChildSpec spawn(String name, Behaviour behaviour) {
        ChildSpec child = child(name, behaviour);
        assertTrue(sys.spawn(child) > 0);
        return child;
    }

    @Test
    void pidsAreUsedAgainButNotWhileAGroupBearsTheNumber() {
        machine.pidLimit = 8;
        SimSys small = new SimSys(new Simulation(faults, true), machine, child -> programs.get("leaves"));
        ChildSpec child = leavesOneBehind();
        int first = small.spawn(child);
        small.poll(new PollSet(), 20);
        assertEquals(1, small.peekEnded(ended));
        small.release(first);
        programs.put("leaves", Behaviour.exits(0, 0));
        for (int i = 0; i < 20; i++) {
            int pid = small.spawn(child);
            assertFalse(pid == first, "its orphan is still in the group");
            small.release(pid);
        }
    }

    @Test
    void aSignalToAReleasedPidIsAViolation() {
        sys.close(spawn("short", Behaviour.exits(0, 0)).statusDescriptor);
        assertEquals(1, sys.peekEnded(ended));
        sys.kill(ended.pid, Signal.TERM);
        assertEquals(List.of(), violations());
        sys.release(ended.pid);
        assertEquals(-Errno.ESRCH, sys.kill(ended.pid, Signal.TERM));
        assertEquals(1, violations().size());
    }

    @Test
    void beforeExecAChildHoldsAllDescriptorsAndPerhapsNoGroup() {
        int[] ends = new int[2];
        assertEquals(0, sys.pipe(ends));
        ChildSpec child = child("slow", Behaviour.runs().slowSetUp(50, true));
        int pid = sys.spawn(child);
        sys.close(ends[1]);
        assertEquals(-Errno.EAGAIN, sys.read(ends[0], new byte[1], 0, 1), "the child has the writing end");
        assertEquals(-Errno.ESRCH, sys.kill(-pid, Signal.TERM));
        assertEquals(0, sys.kill(pid, Signal.TERM));
        await(10);
        assertEquals(0, sys.peekEnded(ended), "signals are blocked until it executes");
        await(50);
        assertEquals(0, sys.read(ends[0], new byte[1], 0, 1));
        assertEquals(1, sys.peekEnded(ended));
        assertEquals(ExitStatus.ofSignal(Signal.TERM), ended.status);
        assertEquals(List.of(), violations());
    }

    @Test
    void aStoppedProcessDiesOfNothingButKill() {
        int pid = sys.spawn(child("p", Behaviour.exits(10, 4)));
        sys.kill(pid, 19);
        sys.kill(pid, Signal.TERM);
        await(20);
        assertEquals(0, sys.peekEnded(ended));
        sys.kill(pid, Signal.CONT);
        assertEquals(1, sys.peekEnded(ended));
        assertEquals(ExitStatus.ofSignal(Signal.TERM), ended.status);
    }

    @Test
    void aDaemonIsOursOnlyIfOrphansAre() {
        machine.pid = 7;
        SimSys second = new SimSys(new Simulation(faults, true), machine, child -> programs.get("d"));
        int pid = second.spawn(child("d", Behaviour.runs().daemonizes(5, Behaviour.runs())));
        second.poll(new PollSet(), 10);
        assertEquals(List.of(pid), second.children());
        second.adoptOrphans();
        int next = second.spawn(child("d", Behaviour.runs().daemonizes(5, Behaviour.runs())));
        second.poll(new PollSet(), 10);
        assertEquals(3, second.children().size());
        second.kill(-1, Signal.KILL);
        assertEquals(1, second.simulation.violations().size(), () -> next + ": " + second.simulation.violations());
    }

    @Test
    void aZombieThatIsOverlookedAndADescriptorClosedTwiceAreViolations() {
        spawn("short", Behaviour.exits(5, 0));
        await(10);
        await(10);
        assertEquals(1, violations().size());
        sys.close(40);
        assertEquals(2, violations().size());
        assertTrue(sys.peekEnded(ended) == 1);
    }

    @Test
    void plannedFaultsStrikeOnce() {
        faults.plan(Faults.Kind.FORK_AGAIN, 2).plan(Faults.Kind.SPAWN_PIPE, 1).plan(Faults.Kind.INTERRUPT, 1);
        ChildSpec child = stays();
        assertEquals(-Errno.EMFILE, sys.spawn(child));
        assertTrue(sys.spawn(child) > 0);
        assertEquals(-Errno.EAGAIN, sys.spawn(child));
        assertTrue(sys.spawn(child) > 0);
        assertEquals(-Errno.EINTR, await(1));
        assertEquals(0, await(1));
    }

    @Test
    void aStepThatFailsLateIsReportedLate() {
        ChildSpec child = spawn("p", Behaviour.fails(Step.USER, Errno.EPERM).slowSetUp(30, false));
        assertEquals(-Errno.EAGAIN, sys.read(child.statusDescriptor, new byte[4], 0, 4));
        await(30);
        byte[] report = new byte[4];
        assertEquals(4, sys.read(child.statusDescriptor, report, 0, 4));
        assertEquals(Step.USER, dev.pintle.init.sys.SetUpReport.decode(report).step());
        assertEquals(1, sys.peekEnded(ended));
        sys.release(ended.pid);
    }

    @Test
    void wakingForNothingIsCounted() {
        await(5);
        assertEquals(0, sys.poll.idleWakes());
        await(5);
        assertEquals(1, sys.poll.idleWakes());
        sys.poll.noteEffect();
        await(5);
        assertEquals(1, sys.poll.idleWakes());
    }

    @Test
    void childrenOfAScriptedParentThatReapsNothingComeToUsAsZombies() {
        int pid = sys.spawn(child("p", Behaviour.exits(20, 0).reapsNothing().forks(1, false, Behaviour.exits(2, 9))));
        await(30);
        assertEquals(1, sys.peekEnded(ended));
        assertEquals(pid, ended.pid);
        sys.release(pid);
        assertEquals(1, sys.peekEnded(ended));
        assertEquals(ExitStatus.ofCode(9), ended.status);
        sys.release(ended.pid);
        assertEquals(-Errno.ECHILD, sys.peekEnded(ended));
    }
}
