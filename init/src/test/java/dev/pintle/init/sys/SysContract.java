package dev.pintle.init.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * What the supervisor relies on in any kernel. One subclass for each implementation of {@link Sys} runs these same
 * assertions; the simulated kernel is worth as much as it agrees with a real one here.
 */
public abstract class SysContract {
    private static final long PATIENCE = 10_000;

    private Sys sys;
    private int signals;
    private final PollSet set = new PollSet();
    private final EndedChild ended = new EndedChild();
    private final byte[] buffer = new byte[64];

    /** The kernel under test. */
    protected abstract Sys open();

    /** A child that ends with a code. */
    protected abstract ChildSpec exits(int code);

    /** A child that stays until a signal ends it. */
    protected abstract ChildSpec stays();

    /** A child whose program is not there. */
    protected abstract ChildSpec missing();

    /** A child that writes a newline to a descriptor and stays. */
    protected abstract ChildSpec saysReadyOn(int descriptor);

    /** A child that leaves one in its process group that stays, and ends. */
    protected abstract ChildSpec leavesOneBehind();

    /** A directory that exists, is empty, and may be written to. */
    protected abstract String directory();

    /** Sends the kernel's own process a signal. */
    protected abstract void signalSelf(int signal);

    /** Makes the kernel's own process the parent of orphans. */
    protected void adoptOrphans(Sys sys) {
        assertEquals(0, sys.adoptOrphans());
    }

    @BeforeEach
    void openKernel() {
        sys = open();
        adoptOrphans(sys);
        signals = sys.openSignals();
        assertTrue(signals >= 0);
    }

    @AfterEach
    void releaseChildren() {
        for (int pid : sys.children()) {
            sys.kill(pid, Signal.KILL);
        }
        while (sys.peekEnded(ended) >= 0) {
            awaitEnded();
            sys.release(ended.pid);
        }
        assertEquals(0, sys.close(signals));
    }

    @Test
    void anEmptyPipeSaysTryAgainAndAClosedOneEnds() {
        int[] ends = pipe();
        assertEquals(-Errno.EAGAIN, sys.read(ends[0], buffer, 0, 64));
        assertEquals(3, sys.write(ends[1], new byte[] {9, 1, 2, 3}, 1, 3));
        assertEquals(2, sys.read(ends[0], buffer, 5, 2));
        assertEquals(1, buffer[5]);
        assertEquals(2, buffer[6]);
        assertEquals(1, sys.read(ends[0], buffer, 0, 64));
        assertEquals(0, sys.close(ends[1]));
        assertEquals(0, sys.read(ends[0], buffer, 0, 64));
        assertEquals(0, sys.close(ends[0]));
    }

    @Test
    void aPipeWithoutAReaderSaysSo() {
        int[] ends = pipe();
        sys.close(ends[0]);
        assertEquals(-Errno.EPIPE, sys.write(ends[1], buffer, 0, 1));
        sys.close(ends[1]);
    }

    @Test
    void aFullPipeTakesNoMoreUntilItIsRead() {
        int[] ends = pipe();
        byte[] much = new byte[50_000];
        int written = 0;
        int count = sys.write(ends[1], much, 0, much.length);
        while (count > 0) {
            written += count;
            count = sys.write(ends[1], much, 0, much.length);
        }
        assertEquals(-Errno.EAGAIN, count);
        assertFalse(ready(ends[1], PollSet.WRITABLE, 0));
        while (written > 0) {
            written -= sys.read(ends[0], much, 0, much.length);
        }
        assertEquals(0, written);
        assertTrue(ready(ends[1], PollSet.WRITABLE, 0));
        sys.close(ends[0]);
        sys.close(ends[1]);
    }

    @Test
    void pollTellsWhatIsReadyAndWaitsNoLongerThanItIsTold() {
        int[] ends = pipe();
        long before = sys.monotonicMillis();
        assertFalse(ready(ends[0], PollSet.READABLE, 30));
        assertTrue(sys.monotonicMillis() - before >= 30);
        sys.write(ends[1], buffer, 0, 1);
        set.clear();
        set.add(ends[0], PollSet.READABLE);
        set.add(ends[1], PollSet.WRITABLE);
        set.add(signals, PollSet.READABLE);
        assertEquals(2, sys.poll(set, PATIENCE));
        assertTrue(set.found(0));
        assertTrue(set.found(1));
        assertFalse(set.found(2));
        sys.read(ends[0], buffer, 0, 1);
        sys.close(ends[1]);
        assertTrue(ready(ends[0], PollSet.READABLE, PATIENCE), "the end of a pipe is found");
        sys.close(ends[0]);
    }

    @Test
    void aFileInMemoryIsAnEmptyFile() {
        int file = sys.makeMemoryFile("contract");
        assertTrue(file >= 0);
        assertEquals(0, sys.read(file, buffer, 0, 64));
        assertEquals(0, sys.close(file));
    }

    @Test
    void withoutChildrenThereIsNobodyToWaitFor() {
        assertEquals(-Errno.ECHILD, sys.peekEnded(ended));
        assertEquals(List.of(), sys.children());
    }

    @Test
    void anEndedChildCanBeLookedAtUntilItIsReleased() {
        ChildSpec child = exits(3);
        int pid = spawn(child);
        assertNull(readReport(child));
        assertEquals(Signal.CHLD, awaitSignal());
        awaitEnded();
        assertEquals(pid, ended.pid);
        assertEquals(ExitStatus.ofCode(3), ended.status);
        assertEquals(1, sys.peekEnded(ended), "looking releases nothing");
        assertEquals(0, sys.kill(pid, Signal.TERM), "a zombie can be signalled");
        assertEquals(List.of(pid), sys.children());
        assertEquals(0, sys.release(pid));
        assertEquals(-Errno.ECHILD, sys.peekEnded(ended));
        assertEquals(-Errno.ESRCH, sys.kill(pid, Signal.TERM));
    }

    @Test
    void aProgramThatIsNotThereIsReportedAndTheChildEnds() {
        ChildSpec child = missing();
        int pid = spawn(child);
        assertEquals(new SetUpReport(Step.EXECUTE, Errno.ENOENT), readReport(child));
        awaitEnded();
        assertEquals(pid, ended.pid);
        assertFalse(ended.status.equals(ExitStatus.ofCode(0)));
        assertEquals(0, sys.kill(pid, Signal.KILL));
        assertEquals(0, sys.release(pid));
    }

    @Test
    void aChildLeadsAGroupThatCanBeSignalled() {
        ChildSpec child = stays();
        int pid = spawn(child);
        assertNull(readReport(child));
        assertEquals(0, sys.peekEnded(ended));
        assertEquals(List.of(pid), sys.children());
        assertEquals(0, sys.kill(-pid, Signal.TERM));
        awaitEnded();
        assertEquals(pid, ended.pid);
        assertEquals(ExitStatus.ofSignal(Signal.TERM), ended.status);
        sys.release(pid);
    }

    @Test
    @DisabledIfSystemProperty(
            named = "pintle.emulated",
            matches = "true",
            disabledReason = "qemu-user refuses PR_SET_CHILD_SUBREAPER")
    void whoIsLeftInAGroupIsReachedAfterItsLeaderEndedAndBecomesOurs() {
        ChildSpec child = leavesOneBehind();
        int pid = spawn(child);
        assertNull(readReport(child));
        awaitEnded();
        assertEquals(pid, ended.pid);
        assertEquals(2, sys.children().size());
        assertEquals(0, sys.kill(-pid, Signal.KILL));
        assertEquals(0, sys.release(pid));
        awaitEnded();
        assertFalse(ended.pid == pid);
        assertEquals(ExitStatus.ofSignal(Signal.KILL), ended.status);
        assertEquals(0, sys.release(ended.pid));
        assertEquals(-Errno.ECHILD, sys.peekEnded(ended));
    }

    @Test
    void oneMoreDescriptorIsHandedToAChild() {
        int[] ends = pipe();
        ChildSpec child = saysReadyOn(5);
        child.extraTarget = 5;
        child.extraSource = ends[1];
        int pid = spawn(child);
        assertNull(readReport(child));
        sys.close(ends[1]);
        assertTrue(ready(ends[0], PollSet.READABLE, PATIENCE));
        assertEquals(1, sys.read(ends[0], buffer, 0, 64));
        assertEquals('\n', buffer[0]);
        sys.kill(-pid, Signal.KILL);
        awaitEnded();
        sys.release(pid);
        assertEquals(0, sys.read(ends[0], buffer, 0, 64), "the last writer is gone");
        sys.close(ends[0]);
    }

    @Test
    void aSignalThatPendsTwiceIsOne() {
        assertEquals(0, sys.nextSignal(signals));
        signalSelf(Signal.HUP);
        signalSelf(Signal.HUP);
        assertEquals(Signal.HUP, awaitSignal());
        int more = sys.nextSignal(signals);
        assertTrue(more == 0 || more == Signal.HUP, "they may have been apart");
        assertEquals(0, sys.nextSignal(signals));
        assertFalse(ready(signals, PollSet.READABLE, 0));
    }

    @Test
    void localSocketsConnectAndTellWhoIsThere() {
        String path = directory() + "/socket";
        int listener = sys.listenLocal(path, 0600, -1, -1);
        assertTrue(listener >= 0);
        assertEquals(-Errno.EAGAIN, sys.accept(listener));
        int client = sys.connectLocal(path);
        assertTrue(client >= 0);
        assertTrue(ready(listener, PollSet.READABLE, PATIENCE));
        int server = sys.accept(listener);
        assertTrue(server >= 0);
        Peer peer = new Peer();
        assertEquals(0, sys.peer(server, peer));
        assertEquals(List.of(sys.pid(), sys.userId()), List.of(peer.pid, peer.userId));
        peer.pid = -1;
        assertEquals(0, sys.peer(client, peer));
        assertEquals(List.of(sys.pid(), sys.userId()), List.of(peer.pid, peer.userId), "who listens");
        assertEquals(-Errno.EAGAIN, sys.read(server, buffer, 0, 64));
        assertEquals(2, sys.write(client, new byte[] {'h', 'i'}, 0, 2));
        assertTrue(ready(server, PollSet.READABLE, PATIENCE));
        assertEquals(2, sys.read(server, buffer, 0, 64));
        assertEquals(1, sys.write(server, buffer, 0, 1));
        assertEquals(1, sys.read(client, buffer, 0, 64));
        sys.close(client);
        assertTrue(ready(server, PollSet.READABLE, PATIENCE));
        assertEquals(0, sys.read(server, buffer, 0, 64));
        assertEquals(-Errno.EPIPE, sys.write(server, buffer, 0, 1));
        sys.close(server);
        sys.close(listener);
        assertEquals(-Errno.ECONNREFUSED, sys.connectLocal(path));
        assertEquals(0, sys.remove(path));
        assertEquals(-Errno.ENOENT, sys.connectLocal(path));
    }

    @Test
    void randomBytesAreOthersEachTime() {
        byte[] first = new byte[16];
        byte[] second = new byte[16];
        assertEquals(0, sys.random(first));
        assertEquals(0, sys.random(second));
        assertFalse(Arrays.equals(first, second));
        assertFalse(Arrays.equals(first, new byte[16]));
        assertFalse(RandomBytes.name(sys).equals(RandomBytes.name(sys)));
    }

    @Test
    void aChildHasASessionOfItsOwn() {
        ChildSpec child = stays();
        int pid = spawn(child);
        assertNull(readReport(child));
        assertEquals(pid, sys.sessionOf(pid));
        sys.kill(pid, Signal.KILL);
        awaitEnded();
        sys.release(pid);
        assertEquals(-Errno.ESRCH, sys.sessionOf(pid));
    }

    @Test
    void aSocketIsReplacedOnlyWhenNobodyListens() {
        String path = directory() + "/socket";
        int listener = sys.listenLocal(path, 0600, -1, -1);
        assertEquals(-Errno.EADDRINUSE, sys.listenLocal(path, 0600, -1, -1));
        sys.close(listener);
        int again = sys.listenLocal(path, 0600, -1, -1);
        assertTrue(again >= 0);
        sys.close(again);
    }

    @Test
    void aClosedPortTakesNoConnection() {
        assertEquals(-Errno.ECONNREFUSED, sys.tryTcp(new byte[] {127, 0, 0, 1}, 1));
    }

    @Test
    void aClientThatReadsNothingFillsItsConnection() {
        int listener = sys.listenLocal(directory() + "/socket", 0600, -1, -1);
        int client = sys.connectLocal(directory() + "/socket");
        int server = sys.accept(listener);
        byte[] much = new byte[4096];
        int count = sys.write(server, much, 0, much.length);
        while (count > 0) {
            count = sys.write(server, much, 0, much.length);
        }
        assertEquals(-Errno.EAGAIN, count);
        assertFalse(ready(server, PollSet.WRITABLE, 0));
        sys.close(client);
        sys.close(server);
        sys.close(listener);
    }

    @Test
    void abstractNamesAreFreeAgainOnceNobodyListens() {
        String name = "@pintle-contract-" + sys.pid();
        int listener = sys.listenLocal(name, 0600, -1, -1);
        assertTrue(listener >= 0);
        assertEquals(-Errno.EADDRINUSE, sys.listenLocal(name, 0600, -1, -1));
        int client = sys.connectLocal(name);
        assertTrue(client >= 0);
        sys.close(client);
        sys.close(listener);
        assertEquals(-Errno.ECONNREFUSED, sys.connectLocal(name));
        int again = sys.listenLocal(name, 0600, -1, -1);
        assertTrue(again >= 0);
        sys.close(again);
    }

    @Test
    void directoriesAndFilesTellWhatTheyAre() {
        FileFacts facts = new FileFacts();
        String path = directory() + "/made";
        assertEquals(-Errno.ENOENT, sys.stat(path, facts));
        assertEquals(0, sys.makeDirectory(path, 0700));
        assertEquals(-Errno.EEXIST, sys.makeDirectory(path, 0700));
        assertEquals(-Errno.ENOENT, sys.makeDirectory(path + "/a/b", 0700));
        assertEquals(0, sys.stat(path, facts));
        assertTrue(facts.directory);
        assertFalse(facts.regular);
        assertEquals(0700, facts.mode);
        assertEquals(sys.userId(), facts.userId);
        List<String> names = sys.list(directory());
        assertNotNull(names);
        assertEquals(List.of("made"), new ArrayList<>(names));
        assertNull(sys.list(path + "/none"));
        assertEquals(List.of(), sys.list(directory(), 0));
        assertEquals(-Errno.ENOENT, sys.openForReading(path + "/none"));
        assertEquals(-Errno.ENOENT, sys.mayExecute(path + "/none"));
        assertEquals(-Errno.ENOENT, sys.remove(path + "/none"));
    }

    private int[] pipe() {
        int[] ends = new int[2];
        assertEquals(0, sys.pipe(ends));
        return ends;
    }

    private int spawn(ChildSpec child) {
        int pid = sys.spawn(child);
        assertTrue(pid > 0, () -> "spawn gave " + pid);
        return pid;
    }

    /** Reads a child's report to its end and closes it; null where it has executed. */
    private @Nullable SetUpReport readReport(ChildSpec child) {
        assertTrue(ready(child.statusDescriptor, PollSet.READABLE, PATIENCE));
        int count = sys.read(child.statusDescriptor, buffer, 0, 64);
        SetUpReport report = null;
        if (count > 0) {
            assertEquals(SetUpReport.SIZE, count);
            report = SetUpReport.decode(buffer);
            assertTrue(ready(child.statusDescriptor, PollSet.READABLE, PATIENCE));
            count = sys.read(child.statusDescriptor, buffer, 0, 64);
        }
        assertEquals(0, count);
        assertEquals(0, sys.close(child.statusDescriptor));
        return report;
    }

    private boolean ready(int descriptor, int asked, long timeout) {
        set.clear();
        set.add(descriptor, asked);
        long deadline = sys.monotonicMillis() + timeout;
        int result = sys.poll(set, timeout);
        while (result == -Errno.EINTR) {
            result = sys.poll(set, Math.max(0, deadline - sys.monotonicMillis()));
        }
        return result > 0 && set.found(0);
    }

    private int awaitSignal() {
        assertTrue(ready(signals, PollSet.READABLE, PATIENCE), "no signal came");
        return sys.nextSignal(signals);
    }

    private void awaitEnded() {
        long deadline = sys.monotonicMillis() + PATIENCE;
        while (sys.peekEnded(ended) == 0) {
            assertTrue(sys.monotonicMillis() < deadline, "no child ends");
            if (ready(signals, PollSet.READABLE, 100)) {
                sys.nextSignal(signals);
            }
        }
    }
}
