package dev.pintle.init.sys.jnr;

import static dev.pintle.init.sys.jnr.LibC.LIBC;
import static dev.pintle.init.sys.jnr.LibC.orErrno;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Peer;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Step;
import dev.pintle.init.sys.Sys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import jnr.ffi.Pointer;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.jspecify.annotations.Nullable;

/** The real kernel from a JVM. See the package's page for what differs from the native one. */
public class JnrSys implements Sys {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int FIRST_OF_OURS = 3;
    private static final int LARGEST_PROC_FILE = 65536;
    private static final int MOST_READINGS = 10;

    private final POSIX posix = POSIXFactory.getNativePOSIX();
    private final UnbornChildren unborn = new UnbornChildren();
    private final List<String> arguments;
    private @Nullable SignalPipe signals;

    /**
     * The kernel of this process.
     *
     * @param arguments what {@link #arguments} gives: the name that it was called by, then the arguments
     */
    public JnrSys(List<String> arguments) {
        this.arguments = List.copyOf(arguments);
    }

    @Override
    public long monotonicMillis() {
        long[] time = new long[2];
        LIBC.clock_gettime(LibC.CLOCK_MONOTONIC, time);
        return time[0] * 1000 + time[1] / NANOS_PER_MILLI;
    }

    @Override
    public long wallClockMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public int pid() {
        return posix.getpid();
    }

    @Override
    public int userId() {
        return posix.geteuid();
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }

    @Override
    public List<String> environment() {
        return words(readSmall("/proc/self/environ"), "\0");
    }

    // Processes

    @Override
    public int spawn(ChildSpec child) {
        child.statusDescriptor = -1;
        int[] ends = new int[2];
        int piped = pipe(ends);
        if (piped < 0) {
            return piped;
        }
        closeOnExec();
        ChildMaker maker = new ChildMaker(this, posix, child);
        int made = maker.make();
        SetUpReport report = maker.report();
        if (made == 0 && report != null && isRefusal(report)) {
            close(ends[0]);
            close(ends[1]);
            return -report.errno();
        }
        if (report != null) {
            byte[] bytes = report.encode();
            write(ends[1], bytes, 0, bytes.length);
        }
        close(ends[1]);
        child.statusDescriptor = ends[0];
        return made != 0 || report == null ? made : addUnborn(report);
    }

    /** Whether fork, rather than a step of the set-up, was refused; posix_spawn(3) tells only the errno. */
    private static boolean isRefusal(SetUpReport report) {
        return report.step() == Step.EXECUTE && (report.errno() == Errno.EAGAIN || report.errno() == Errno.ENOMEM);
    }

    private int addUnborn(SetUpReport report) {
        int pid = unborn.add(report);
        if (signals != null) {
            signals.raise(Signal.CHLD);
        }
        return pid;
    }

    /** A JVM opens some descriptors without the flag; a child must have none of them. */
    private void closeOnExec() {
        List<String> descriptors = list("/proc/self/fd");
        if (descriptors == null) {
            return;
        }
        for (String descriptor : descriptors) {
            int number = Integer.parseInt(descriptor);
            if (number >= FIRST_OF_OURS) {
                LIBC.fcntl(number, LibC.F_SETFD, LibC.FD_CLOEXEC);
            }
        }
    }

    @Override
    public int adoptOrphans() {
        return orErrno(LIBC.prctl(LibC.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
    }

    @Override
    public int peekEnded(EndedChild ended) {
        if (unborn.peek(ended)) {
            return 1;
        }
        int[] info = new int[LibC.SIGINFO_INTS];
        int options = LibC.WEXITED | LibC.WNOHANG | LibC.WNOWAIT;
        if (LIBC.waitid(LibC.P_ALL, 0, info, options) < 0) {
            return LibC.negatedErrno();
        }
        if (info[LibC.SIGINFO_PID] == 0) {
            return 0;
        }
        int status = info[LibC.SIGINFO_STATUS];
        ended.pid = info[LibC.SIGINFO_PID];
        ended.status =
                info[LibC.SIGINFO_CODE] == LibC.CLD_EXITED ? ExitStatus.ofCode(status) : ExitStatus.ofSignal(status);
        return 1;
    }

    @Override
    public int release(int pid) {
        if (unborn.release(pid)) {
            return 0;
        }
        return orErrno(LIBC.waitid(LibC.P_PID, pid, new int[LibC.SIGINFO_INTS], LibC.WEXITED | LibC.WNOHANG));
    }

    @Override
    public int kill(int pid, int signal) {
        if (unborn.contains(pid)) {
            return 0;
        }
        return posix.kill(pid, signal) < 0 ? -posix.errno() : 0;
    }

    /** Children move from a thread that ends to another one, which may have been read before: read until twice the same. */
    @Override
    public List<Integer> children() {
        List<Integer> before = readChildren();
        List<Integer> now = readChildren();
        for (int i = 0; i < MOST_READINGS && !now.equals(before); i++) {
            before = now;
            now = readChildren();
        }
        now.addAll(unborn.pids());
        return now;
    }

    private List<Integer> readChildren() {
        List<Integer> pids = new ArrayList<>();
        List<String> threads = list("/proc/self/task");
        if (threads != null) {
            for (String thread : threads) {
                pids.addAll(childrenOf(thread));
            }
        }
        return pids;
    }

    /** The pids of the children that one thread of this process has made. */
    List<Integer> childrenOf(String thread) {
        List<Integer> pids = new ArrayList<>();
        for (String pid : words(readSmall("/proc/self/task/" + thread + "/children"), " ")) {
            pids.add(Integer.parseInt(pid));
        }
        return pids;
    }

    private static List<String> words(String text, String separators) {
        List<String> words = new ArrayList<>();
        StringTokenizer rest = new StringTokenizer(text, separators);
        while (rest.hasMoreTokens()) {
            words.add(rest.nextToken());
        }
        return words;
    }

    private String readSmall(String path) {
        int file = openForReading(path);
        if (file < 0) {
            return "";
        }
        byte[] buffer = new byte[LARGEST_PROC_FILE];
        int length = 0;
        int count = read(file, buffer, 0, buffer.length);
        while (count > 0) {
            length += count;
            count = read(file, buffer, length, buffer.length - length);
        }
        close(file);
        return RawText.decode(buffer, 0, length);
    }

    // Signals

    @Override
    public int openSignals() {
        SignalPipe opened = SignalPipe.open();
        if (opened == null) {
            return LibC.negatedErrno();
        }
        signals = opened;
        return opened.readingEnd();
    }

    @Override
    public int nextSignal(int descriptor) {
        return signals == null ? 0 : signals.next();
    }

    /** A JVM's handlers are not told. */
    @Override
    public boolean signalIsTheKernels() {
        return false;
    }

    // Descriptors

    @Override
    public int poll(PollSet set, long timeoutMillis) {
        int timeout = (int) Math.min(timeoutMillis, Integer.MAX_VALUE);
        return orErrno(LIBC.poll(set.entries(), set.size(), timeout));
    }

    @Override
    public int pipe(int[] ends) {
        return orErrno(LIBC.pipe2(ends, LibC.O_CLOEXEC | LibC.O_NONBLOCK));
    }

    @Override
    public int read(int descriptor, byte[] buffer, int offset, int length) {
        return orErrno(LIBC.read(descriptor, ByteBuffer.wrap(buffer, offset, length), length));
    }

    @Override
    public int write(int descriptor, byte[] buffer, int offset, int length) {
        return orErrno(LIBC.write(descriptor, ByteBuffer.wrap(buffer, offset, length), length));
    }

    @Override
    public int close(int descriptor) {
        SignalPipe opened = signals;
        if (opened != null && opened.readingEnd() == descriptor) {
            opened.closeWritingEnd();
            signals = null;
        }
        return orErrno(LIBC.close(descriptor));
    }

    @Override
    public int openAgain(int descriptor) {
        FileFacts facts = new FileFacts();
        String path = "/proc/self/fd/" + descriptor;
        int result = stat(path, facts);
        if (result < 0 || facts.regular) {
            return result < 0 ? result : -Errno.EINVAL;
        }
        int flags = LibC.O_WRONLY | LibC.O_APPEND | LibC.O_CLOEXEC | LibC.O_NONBLOCK | LibC.O_NOCTTY;
        return orErrno(LIBC.open(CText.path(path), flags, 0));
    }

    @Override
    public int letOthersWrite(int pipe) {
        byte[] raw = new byte[LibC.STATX_SIZE];
        int result = orErrno(LIBC.statx(pipe, CText.path(""), LibC.AT_EMPTY_PATH, LibC.STATX_BASIC, raw));
        ByteBuffer fields = ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder());
        int mode = fields.getShort(LibC.STATX_MODE) & 0xffff;
        boolean ours = fields.getInt(LibC.STATX_USER_ID) == userId();
        if (result < 0 || (mode & LibC.S_IFMT) != LibC.S_IFIFO || !ours) {
            return result < 0 ? result : -Errno.EINVAL;
        }
        return orErrno(LIBC.fchmod(pipe, (mode & 07777) | 0222));
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return LIBC.isatty(descriptor) == 1;
    }

    // Files

    @Override
    public int openForReading(String path) {
        int flags = LibC.O_RDONLY | LibC.O_CLOEXEC | LibC.O_NONBLOCK;
        return orErrno(LIBC.open(CText.path(path), flags, 0));
    }

    @Override
    public int openTrusted(String path) {
        return new TrustedPath(path).open(LibC.O_RDONLY | LibC.O_CLOEXEC | LibC.O_NONBLOCK, 0);
    }

    @Override
    public int stat(String path, FileFacts facts) {
        return stat(LibC.AT_FDCWD, path, 0, facts);
    }

    /** With flags of statx(2). */
    static int stat(int directory, String path, int flags, FileFacts facts) {
        byte[] raw = new byte[LibC.STATX_SIZE];
        int result = orErrno(LIBC.statx(directory, CText.path(path), flags, LibC.STATX_BASIC, raw));
        if (result < 0) {
            return result;
        }
        ByteBuffer fields = ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder());
        int mode = fields.getShort(LibC.STATX_MODE) & 0xffff;
        facts.mode = mode & 07777;
        facts.userId = fields.getInt(LibC.STATX_USER_ID);
        facts.groupId = fields.getInt(LibC.STATX_GROUP_ID);
        facts.size = fields.getLong(LibC.STATX_BYTES);
        facts.device = fields.getLong(LibC.STATX_DEVICE);
        facts.inode = fields.getLong(LibC.STATX_INODE);
        facts.modified =
                fields.getLong(LibC.STATX_MODIFIED) * 1_000_000_000L + fields.getInt(LibC.STATX_MODIFIED + Long.BYTES);
        facts.directory = (mode & LibC.S_IFMT) == LibC.S_IFDIR;
        facts.regular = (mode & LibC.S_IFMT) == LibC.S_IFREG;
        facts.link = (mode & LibC.S_IFMT) == LibC.S_IFLNK;
        facts.links = fields.getInt(LibC.STATX_LINKS);
        return 0;
    }

    @Override
    public @Nullable List<String> list(String path, int most) {
        Pointer directory = LIBC.opendir(CText.path(path));
        if (directory == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        Pointer entry = LIBC.readdir(directory);
        while (entry != null) {
            names.add(nameOf(entry));
            entry = LIBC.readdir(directory);
        }
        LIBC.closedir(directory);
        names.remove(".");
        names.remove("..");
        return names.size() > most ? names.subList(0, most) : names;
    }

    private static String nameOf(Pointer entry) {
        byte[] bytes = new byte[entry.getShort(LibC.DIRENT_LENGTH) - LibC.DIRENT_NAME];
        entry.get(LibC.DIRENT_NAME, bytes, 0, bytes.length);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return RawText.decode(bytes, 0, length);
    }

    @Override
    public int mayExecute(String path) {
        return orErrno(LIBC.access(CText.path(path), LibC.X_OK));
    }

    @Override
    public int changeOwner(String path, int userId, int groupId) {
        int flags = LibC.AT_SYMLINK_NOFOLLOW;
        return TrustedPath.at(
                path, (directory, name) -> orErrno(LIBC.fchownat(directory, name, userId, groupId, flags)));
    }

    @Override
    public int makeDirectory(String path, int mode) {
        return TrustedPath.at(path, (directory, name) -> orErrno(LIBC.mkdirat(directory, name, mode)));
    }

    @Override
    public int makeMemoryFile(String name) {
        return orErrno(LIBC.memfd_create(CText.path(name), LibC.MFD_CLOEXEC));
    }

    @Override
    public int remove(String path) {
        return TrustedPath.at(path, (directory, name) -> orErrno(LIBC.unlinkat(directory, name, 0)));
    }

    // Sockets

    @Override
    public int listenLocal(String path, int mode, int userId, int groupId) {
        return LocalSockets.listen(path, mode, userId, groupId);
    }

    @Override
    public int stopListening(int listener) {
        LIBC.shutdown(listener, LibC.SHUT_RDWR);
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
    public int random(byte[] bytes) {
        int result = orErrno(LIBC.getrandom(bytes, bytes.length, LibC.GRND_NONBLOCK));
        return result == bytes.length ? 0 : result < 0 ? result : -Errno.EAGAIN;
    }

    @Override
    public int sessionOf(int pid) {
        return orErrno(LIBC.getsid(pid));
    }

    @Override
    public int statLink(String path, FileFacts facts) {
        return stat(LibC.AT_FDCWD, path, LibC.AT_SYMLINK_NOFOLLOW, facts);
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
    public void exit(int code) {
        Runtime.getRuntime().halt(code);
    }
}
