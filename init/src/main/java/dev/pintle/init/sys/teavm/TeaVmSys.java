package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Peer;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Sys;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/** The kernel under a natively compiled program. One instance serves. */
public class TeaVmSys implements Sys {
    private static final Timespec TIME =
            StdlibH.malloc(Structure.sizeOf(Timespec.class)).toStructure();

    private final StartMemory start = new StartMemory();
    private final Processes processes = new Processes();
    /** Whether nothing has happened since memory was given back. */
    private boolean trimmed;
    /** As {@link HandledSignals#used}, kept here so that nothing else is looked at on the way to rest. */
    private boolean signalsHandled;

    /** Notes where arguments and environment are, and sees to it that descriptors 0 to 2 are open. */
    public TeaVmSys() {
        Descriptors.openStandard();
        TrustedPath.prepare();
    }

    @Override
    public long monotonicMillis() {
        return millis(TimeH.CLOCK_MONOTONIC);
    }

    @Override
    public long wallClockMillis() {
        return millis(TimeH.CLOCK_REALTIME);
    }

    private static long millis(int clock) {
        TimeH.clock_gettime(clock, TIME.toAddress());
        return TIME.tv_sec * 1000 + TIME.tv_nsec / 1_000_000;
    }

    @Override
    public int pid() {
        return UnistdH.getpid();
    }

    @Override
    public int userId() {
        return UnistdH.geteuid();
    }

    @Override
    public List<String> arguments() {
        return start.arguments();
    }

    @Override
    public List<String> environment() {
        return start.environment();
    }

    @Override
    public int spawn(ChildSpec child) {
        return processes.spawn(child);
    }

    @Override
    public int adoptOrphans() {
        return ErrnoH.result(SysPrctlH.prctl(SysPrctlH.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
    }

    @Override
    public int peekEnded(EndedChild ended) {
        return processes.peekEnded(ended);
    }

    @Override
    public int release(int pid) {
        return processes.release(pid);
    }

    @Override
    public int kill(int pid, int signal) {
        return ErrnoH.result(SignalH.kill(pid, signal));
    }

    @Override
    public int sessionOf(int pid) {
        return ErrnoH.result(UnistdH.getsid(pid));
    }

    @Override
    public List<Integer> children() {
        return new ChildList(this).read();
    }

    @Override
    public int openSignals() {
        int descriptor = Signals.open();
        signalsHandled = HandledSignals.used();
        return descriptor;
    }

    @Override
    public int nextSignal(int descriptor) {
        return Signals.next(descriptor);
    }

    @Override
    public boolean signalIsTheKernels() {
        return Signals.lastIsTheKernels();
    }

    /** Once nothing has happened for a while, gives back memory that was needed for a moment only. */
    @Override
    public int poll(PollSet set, long timeoutMillis) {
        int timeout = timeoutMillis < 0 ? -1 : (int) Math.min(timeoutMillis, Integer.MAX_VALUE);
        if (!trimmed && (timeout < 0 || timeout > Memory.QUIET_MILLIS)) {
            int result = wait(set, Memory.QUIET_MILLIS);
            if (result != 0) {
                return result;
            }
            Memory.trim();
            trimmed = true;
            timeout = timeout < 0 ? -1 : timeout - Memory.QUIET_MILLIS;
        }
        int result = wait(set, timeout);
        if (result != 0) {
            trimmed = false;
        }
        return result;
    }

    private int wait(PollSet set, int timeoutMillis) {
        Address entries = Address.ofData(set.entries());
        int result = ErrnoH.result(
                signalsHandled
                        ? HandledSignals.poll(entries, set.size(), timeoutMillis)
                        : PollH.poll(entries, set.size(), timeoutMillis));
        return result == -Errno.EINTR ? 0 : result;
    }

    @Override
    public int pipe(int[] ends) {
        return Descriptors.pipe(ends);
    }

    @Override
    public int read(int descriptor, byte[] buffer, int offset, int length) {
        return Descriptors.read(descriptor, buffer, offset, length);
    }

    @Override
    public int write(int descriptor, byte[] buffer, int offset, int length) {
        return Descriptors.write(descriptor, buffer, offset, length);
    }

    @Override
    public int writeAtOnce(int descriptor, byte[] buffer, int offset, int length) {
        return Descriptors.writeAtOnce(descriptor, buffer, offset, length);
    }

    @Override
    public int close(int descriptor) {
        return ErrnoH.result(UnistdH.close(descriptor));
    }

    @Override
    public int openAgain(int descriptor) {
        return Files.openAgain(descriptor);
    }

    @Override
    public int letOthersWrite(int pipe) {
        return Files.letOthersWrite(pipe);
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return UnistdH.isatty(descriptor) == 1;
    }

    @Override
    public int openForReading(String path) {
        return Files.openForReading(path);
    }

    @Override
    public int openTrusted(String path) {
        int flags = FcntlH.O_RDONLY | FcntlH.O_CLOEXEC | FcntlH.O_NONBLOCK | FcntlH.O_NOCTTY;
        return Files.openTrusted(path, flags, 0);
    }

    @Override
    public int stat(String path, FileFacts facts) {
        return Files.stat(path, facts);
    }

    @Override
    public int statLink(String path, FileFacts facts) {
        return Files.statLink(path, facts);
    }

    @Override
    public @Nullable List<String> list(String path, int most) {
        return Files.list(path, most);
    }

    @Override
    public int mayExecute(String path) {
        return Files.mayExecute(path);
    }

    @Override
    public int changeOwner(String path, int userId, int groupId) {
        return Files.changeOwner(path, userId, groupId);
    }

    @Override
    public int makeDirectory(String path, int mode) {
        return Files.makeDirectory(path, mode);
    }

    @Override
    public int makeMemoryFile(String name) {
        return Files.makeInMemory(name);
    }

    @Override
    public int remove(String path) {
        return Files.remove(path);
    }

    @Override
    public int listenLocal(String path, int mode, int userId, int groupId) {
        return LocalSockets.listen(path, mode, userId, groupId);
    }

    @Override
    public int stopListening(int listener) {
        SysSocketH.shutdown(listener, SysSocketH.SHUT_RDWR);
        return close(listener);
    }

    @Override
    public int connectLocal(String path) {
        return LocalSockets.connect(path);
    }

    @Override
    public int accept(int listener) {
        return LocalSockets.accept(listener);
    }

    @Override
    public int peer(int connection, Peer peer) {
        return LocalSockets.peer(connection, peer);
    }

    @Override
    public int receiveDatagrams(String name) {
        return LocalSockets.receiveDatagrams(name);
    }

    @Override
    public int receive(int socket, byte[] buffer, int offset, int length, Peer sender) {
        return Datagrams.receive(socket, buffer, offset, length, sender);
    }

    @Override
    public int listenTcp(byte[] address, int port) {
        return TcpSockets.listen(address, port);
    }

    @Override
    public int tryTcp(byte[] address, int port) {
        return TcpSockets.tryConnect(address, port);
    }

    @Override
    public int random(byte[] bytes) {
        int result = ErrnoH.result(SysRandomH.getrandom(Address.ofData(bytes), bytes.length, SysRandomH.GRND_NONBLOCK));
        return result == bytes.length ? 0 : result < 0 ? result : -Errno.EAGAIN;
    }

    @Override
    public void exit(int code) {
        UnistdH._exit(code);
    }

    @Override
    public boolean limitMemory(boolean limited) {
        return Heap.limit(limited);
    }
}
