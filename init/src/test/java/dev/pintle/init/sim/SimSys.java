package dev.pintle.init.sim;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Peer;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Step;
import dev.pintle.init.sys.Sys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A simulated kernel; see the package's page. */
final class SimSys implements Sys {
    private static final int EBADF = 9;
    private static final long RANDOM_SEED = 0x70696e746c65L;
    private static final long WALL_CLOCK_START = 1_700_000_000_000L;

    private static final int STDERR = 2;

    final SimFiles files = new SimFiles();
    final SimSockets sockets;

    final Simulation simulation;
    private final SimMachine machine;
    private final Script script;
    final ProcessTable processes;
    final Descriptors descriptors;
    private final ChildSetUp childSetUp;
    final SimPoll poll;
    private final Sink output;
    private final Sink messages;
    private Observer observer = new Observer() {};
    /** What nobody can guess: drawn from no seed that anything else is drawn from. */
    private final SplitMix64 random = new SplitMix64(RANDOM_SEED);

    private long pendingSignals;
    private int exitCode = -1;

    SimSys(Simulation simulation, SimMachine machine, Script script) {
        this.simulation = simulation;
        this.machine = machine;
        this.script = script;
        processes = new ProcessTable(simulation, machine.pid, machine.pidLimit, this::noticeEnd);
        descriptors = new Descriptors(simulation, machine.descriptorLimit);
        sockets = new SimSockets(simulation, machine, files, descriptors);
        childSetUp = new ChildSetUp(simulation, processes, descriptors);
        poll = new SimPoll(simulation, processes, descriptors, machine.pollLimit);
        descriptors.open(new OpenFile("standard input") {
            @Override
            int read(byte[] buffer, int offset, int length) {
                return 0;
            }
        });
        output = new Sink("standard output", machine.outputCapacity);
        messages = new Sink("standard error", machine.outputCapacity);
        descriptors.open(output);
        descriptors.open(messages);
    }

    // What a test does and sees

    void observe(Observer newObserver) {
        observer = newObserver;
    }

    /** Sets what is done when nothing is going to happen unless somebody comes from outside. */
    void whenAtRest(Runnable action) {
        poll.whenAtRest(action);
    }

    /** Sets what is done whenever everything that has happened so far has been dealt with. */
    void beforeRest(Runnable action) {
        poll.beforeRest(action);
    }

    /** Has a process print a line; what became of that, as of {@link #write}. */
    int print(SimProcess process, String line) {
        byte[] bytes = RawText.encode(line + "\n");
        OpenFile to = process.output;
        return (to == null ? output : to).write(bytes, 0, bytes.length);
    }

    /** What the supervisor has written to standard error. */
    String messages() {
        return messages.text();
    }

    /** What the supervisor has written to standard output. */
    String output() {
        return output.text();
    }

    /** The code that it has exited with, or -1. */
    int exitCode() {
        return exitCode;
    }

    /** Sends the supervisor a signal. */
    void signal(int number) {
        simulation.trace("init gets " + Signal.name(number));
        pendingSignals |= 1L << (number - 1);
    }

    // Sys

    @Override
    public long monotonicMillis() {
        return simulation.now();
    }

    @Override
    public long wallClockMillis() {
        return WALL_CLOCK_START + simulation.now();
    }

    @Override
    public int pid() {
        return machine.pid;
    }

    @Override
    public int userId() {
        return machine.userId;
    }

    @Override
    public List<String> arguments() {
        return machine.arguments;
    }

    @Override
    public List<String> environment() {
        return machine.environment;
    }

    @Override
    public int spawn(ChildSpec child) {
        poll.noteEffect();
        child.statusDescriptor = -1;
        if (child.programs.isEmpty() || child.arguments.isEmpty()) {
            simulation.violation("a child without a program");
            return -Errno.EINVAL;
        }
        int refused = refuse();
        if (refused != 0) {
            observer.spawned(child, null);
            return -refused;
        }
        Behaviour scripted = script.behaviour(child);
        Behaviour behaviour = scripted != null ? scripted : Behaviour.fails(Step.EXECUTE, Errno.ENOENT);
        SimProcess process = processes.fork(processes.init(), child.arguments.get(0), behaviour);
        observer.spawned(child, process);
        if (process == null) {
            simulation.trace("spawn fails: no pid is left");
            return -Errno.EAGAIN;
        }
        childSetUp.begin(process, child);
        return process.pid;
    }

    private int refuse() {
        int errno = 0;
        if (simulation.faults.strikes(Faults.Kind.SPAWN_PIPE) || !descriptors.hasRoomFor(2)) {
            errno = Errno.EMFILE;
        } else if (simulation.faults.strikes(Faults.Kind.FORK_MEMORY)) {
            errno = Errno.ENOMEM;
        } else if (simulation.faults.strikes(Faults.Kind.FORK_AGAIN)) {
            errno = Errno.EAGAIN;
        }
        if (errno != 0 && simulation.tracing()) {
            simulation.trace("spawn fails: " + Errno.describe(errno));
        }
        return errno;
    }

    @Override
    public int adoptOrphans() {
        if (machine.adoptionRefused) {
            return -Errno.EINVAL;
        }
        processes.adoptOrphans();
        return 0;
    }

    private void noticeEnd(SimProcess process) {
        observer.ended(process);
        if (!simulation.faults.strikes(Faults.Kind.LATE_CHILD_SIGNAL)) {
            raiseChild(process);
            return;
        }
        simulation.after(simulation.faults.extent(50), () -> raiseChild(process));
    }

    private void raiseChild(SimProcess process) {
        process.noticed = poll.telling();
        pendingSignals |= 1L << (Signal.CHLD - 1);
    }

    @Override
    public int peekEnded(EndedChild ended) {
        SimProcess first = processes.firstEnded();
        if (first == null || first.status == null) {
            return processes.init().children.isEmpty() ? -Errno.ECHILD : 0;
        }
        ended.pid = first.pid;
        ended.status = first.status;
        return 1;
    }

    @Override
    public int release(int pid) {
        poll.noteEffect();
        SimProcess process = processes.find(pid);
        if (process == null || process.parent != processes.init()) {
            simulation.violation("release of pid " + pid + ", which is no child's");
            return -Errno.ECHILD;
        }
        if (process.alive()) {
            simulation.violation("release of " + process + ", which lives");
            return 0;
        }
        simulation.trace(simulation.tracing() ? process + " is released" : "");
        processes.release(process);
        poll.noteRelease();
        return 0;
    }

    @Override
    public int kill(int pid, int signal) {
        poll.noteEffect();
        simulation.trace(simulation.tracing() ? "init sends " + Signal.name(signal) + " to " + pid : "");
        observer.kills(pid, signal);
        return processes.kill(pid, signal);
    }

    @Override
    public List<Integer> children() {
        List<Integer> pids = new ArrayList<>();
        for (SimProcess child : processes.init().children) {
            pids.add(child.pid);
        }
        return pids;
    }

    @Override
    public int openSignals() {
        return descriptors.open(new OpenFile("signals") {
            @Override
            boolean readable() {
                return pendingSignals != 0;
            }
        });
    }

    @Override
    public int nextSignal(int descriptor) {
        descriptors.require(descriptor, "reading signals");
        if (pendingSignals == 0) {
            return 0;
        }
        int signal = Long.numberOfTrailingZeros(pendingSignals) + 1;
        pendingSignals &= pendingSignals - 1;
        poll.noteEffect();
        observer.tookSignal(signal);
        return signal;
    }

    @Override
    public boolean signalIsTheKernels() {
        return false;
    }

    @Override
    public int poll(PollSet set, long timeoutMillis) {
        if (exitCode >= 0) {
            throw simulation.end(SimEnd.Cause.EXITED);
        }
        if (set.size() == 1 && set.descriptor(0) == STDERR) {
            // There is something to say, though nobody may read it.
            poll.noteEffect();
        }
        return poll.poll(set, timeoutMillis);
    }

    @Override
    public int pipe(int[] ends) {
        poll.noteEffect();
        if (simulation.faults.strikes(Faults.Kind.PIPE) || !descriptors.hasRoomFor(2)) {
            return -Errno.EMFILE;
        }
        SimPipe pipe = new SimPipe("pipe made at " + simulation.now() + " ms");
        ends[0] = descriptors.open(pipe.reader);
        ends[1] = descriptors.open(pipe.writer);
        return 0;
    }

    @Override
    public int read(int descriptor, byte[] buffer, int offset, int length) {
        OpenFile file = descriptors.require(descriptor, "read");
        if (file == null) {
            return -EBADF;
        }
        checkNotBlocking(file, file.readable());
        boolean cut = file instanceof SimSocket && length > 1 && simulation.faults.strikes(Faults.Kind.SHORT_READ);
        int count = file.read(buffer, offset, cut ? 1 : length);
        if (count >= 0) {
            poll.noteEffect();
        }
        return count;
    }

    @Override
    public int write(int descriptor, byte[] buffer, int offset, int length) {
        poll.noteEffect();
        OpenFile file = descriptors.require(descriptor, "write");
        if (file == null) {
            return -EBADF;
        }
        checkNotBlocking(file, file.writable());
        boolean cut = length > 1 && simulation.faults.strikes(Faults.Kind.SHORT_WRITE);
        if (file instanceof Sink && simulation.tracing()) {
            simulation.trace(
                    "init says " + RawText.decode(buffer, offset, length).strip());
        }
        return file.write(buffer, offset, cut ? 1 : length);
    }

    private void checkNotBlocking(OpenFile file, boolean ready) {
        boolean blocking = file instanceof Sink || (file instanceof SimSocket socket && socket.blocking());
        if (blocking && !ready) {
            simulation.violation("a read or write that waits, of " + file);
        }
    }

    @Override
    public int close(int descriptor) {
        poll.noteEffect();
        return descriptors.close(descriptor) ? 0 : -EBADF;
    }

    @Override
    public int openAgain(int descriptor) {
        return -Errno.EACCES;
    }

    @Override
    public int letOthersWrite(int pipe) {
        return descriptors.require(pipe, "letting others write") == null ? -EBADF : 0;
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return false;
    }

    @Override
    public int openForReading(String path) {
        int denied = files.mayRead(path, machine.userId);
        if (denied != 0) {
            return denied;
        }
        String text = files.read(path);
        return descriptors.open(new SimFile(path, text == null ? "" : text));
    }

    @Override
    public int openTrusted(String path) {
        return openForReading(path);
    }

    @Override
    public int stat(String path, FileFacts facts) {
        observer.looksAt(path);
        poll.noteEffect();
        return files.stat(path, facts);
    }

    @Override
    public int statLink(String path, FileFacts facts) {
        return stat(path, facts);
    }

    @Override
    public @Nullable List<String> list(String path, int most) {
        List<String> names = files.list(path);
        return names == null || names.size() <= most ? names : names.subList(0, most);
    }

    @Override
    public int mayExecute(String path) {
        return files.mayExecute(path, machine.userId);
    }

    @Override
    public int makeDirectory(String path, int mode) {
        return files.makeDirectory(path, mode, machine.userId);
    }

    @Override
    public int makeMemoryFile(String name) {
        return descriptors.hasRoomFor(1) ? descriptors.open(new SimFile(name, "")) : -Errno.EMFILE;
    }

    @Override
    public int remove(String path) {
        return files.remove(path, machine.userId);
    }

    @Override
    public int changeOwner(String path, int userId, int groupId) {
        return files.exists(path) ? 0 : -Errno.ENOENT;
    }

    @Override
    public int listenLocal(String path, int mode, int userId, int groupId) {
        return sockets.listen(path, mode);
    }

    @Override
    public int stopListening(int listener) {
        sockets.stopListening(listener);
        return close(listener);
    }

    @Override
    public int connectLocal(String path) {
        return sockets.connect(path);
    }

    @Override
    public int accept(int listener) {
        return sockets.accept(listener);
    }

    @Override
    public int peer(int connection, Peer peer) {
        return sockets.peer(connection, peer);
    }

    @Override
    public int receiveDatagrams(String name) {
        return sockets.receiveDatagrams(name);
    }

    @Override
    public int receive(int socket, byte[] buffer, int offset, int length, Peer sender) {
        int got = read(socket, buffer, offset, length);
        if (got >= 0) {
            sockets.sender(socket, sender);
        }
        return got;
    }

    @Override
    public int random(byte[] bytes) {
        if (simulation.faults.strikes(Faults.Kind.RANDOM)) {
            return -Errno.ENOSYS;
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.below(256);
        }
        return 0;
    }

    @Override
    public int sessionOf(int pid) {
        SimProcess process = processes.find(pid);
        return process == null ? -Errno.ESRCH : process.session;
    }

    @Override
    public int listenTcp(byte[] address, int port) {
        return sockets.listenTcp(port);
    }

    @Override
    public int tryTcp(byte[] address, int port) {
        poll.noteEffect();
        return sockets.isOpen(port) ? 0 : -Errno.ECONNREFUSED;
    }

    @Override
    public void exit(int code) {
        simulation.trace("init exits with code " + code);
        if (exitCode < 0) {
            exitCode = code;
        }
        throw simulation.end(SimEnd.Cause.EXITED);
    }
}
