package dev.pintle.init.sys;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the init asks of the kernel.
 *
 * <p>Results are zero or more, or a negated errno ({@link Errno}). Descriptors that a method makes are close-on-exec
 * and non-blocking unless it says otherwise. Paths are {@link RawText}.
 */
public interface Sys {

    /** Milliseconds on a clock that never jumps. */
    long monotonicMillis();

    /** Milliseconds since 1970 UTC. */
    long wallClockMillis();

    /** This process's id. */
    int pid();

    /** This process's effective user id. */
    int userId();

    /** The arguments that this process was started with; the first is the name that it was called by. */
    List<String> arguments();

    /** The environment that this process was started with, as {@code K=V}. */
    List<String> environment();

    // Processes

    /**
     * Makes a child and has it set itself up and execute.
     *
     * <p>The child reports a failed set-up by writing a {@link SetUpReport} to a pipe whose reading end is left in {@link
     * ChildSpec#statusDescriptor}; the pipe ends without a report when it has executed.
     *
     * @return its pid; or why no child could be made
     */
    int spawn(ChildSpec child);

    /** Makes orphaned descendants children of this process (prctl(2) PR_SET_CHILD_SUBREAPER). */
    int adoptOrphans();

    /**
     * Looks at one ended child without releasing its pid (waitid(2) WNOWAIT), so that its process group can still be
     * signalled without hitting a stranger who was given the same number.
     *
     * @param ended receives which one and how
     * @return 1 where {@code ended} was filled; 0 where children are left but none has ended; else a negated errno,
     *     {@link Errno#ECHILD} where no child is left
     */
    int peekEnded(EndedChild ended);

    /** Releases the pid of an ended child. */
    int release(int pid);

    /** Sends a signal as kill(2) does: to a process, for a negative pid to a group, for -1 to all that it may. */
    int kill(int pid, int signal);

    /** The session of a process (getsid(2)): the pid of the process that has begun it. */
    int sessionOf(int pid);

    /** The pids of this process's children, whoever made them; empty where the kernel does not tell. */
    List<Integer> children();

    // Signals

    /**
     * Blocks every signal and makes them readable; resets every disposition, so that children inherit none.
     *
     * @return a descriptor that polls readable while a signal is pending
     */
    int openSignals();

    /** Takes one pending signal from the descriptor; 0 where none is pending. */
    int nextSignal(int descriptor);

    /**
     * Whether the signal that was taken last is the kernel's own, such as a terminal's (Ctrl-C, another size), and no
     * process's; false where that cannot be told.
     */
    boolean signalIsTheKernels();

    // Descriptors

    /**
     * Waits until a descriptor of {@code set} is ready or the time is over. The only call that blocks.
     *
     * @param timeoutMillis -1 for no limit
     */
    int poll(PollSet set, long timeoutMillis);

    /** Makes a pipe: {@code ends[0]} to read, {@code ends[1]} to write. */
    int pipe(int[] ends);

    /** Reads what is there; 0 at the end, {@link Errno#EAGAIN} where nothing is there. */
    int read(int descriptor, byte[] buffer, int offset, int length);

    /** Writes what fits. */
    int write(int descriptor, byte[] buffer, int offset, int length);

    /**
     * As {@link #write}, to a descriptor that blocks and that others write to: who fills the pipe after it has been polled must not have
     * this wait. A JVM, which is no PID 1, may.
     *
     * @param length at most PIPE_BUF, 512
     */
    default int writeAtOnce(int descriptor, byte[] buffer, int offset, int length) {
        return write(descriptor, buffer, offset, length);
    }

    /** Closes a descriptor; what it returns is of use only in a log. */
    int close(int descriptor);

    /**
     * Opens what a descriptor leads to once more, to write to it without ever waiting; who shares the descriptor does not
     * notice. Not for what is a regular file or a socket.
     *
     * @return a descriptor; or why not, as where this user may not open it
     */
    int openAgain(int descriptor);

    /**
     * Lets every user open a pipe of this user to write to it (fchmod(2)); whoever has inherited an end could write before. Nothing
     * but a pipe is changed: {@link Errno#EINVAL}.
     */
    int letOthersWrite(int pipe);

    /** Whether a descriptor is a terminal. */
    boolean isTerminal(int descriptor);

    // Files

    /** Opens a file for reading. */
    int openForReading(String path);

    /**
     * Opens a file for reading along a path that others may have a part in: a symbolic link in it, the last component
     * included, is followed only where it is root's or this user's.
     *
     * @return a descriptor, or a negated errno: {@link Errno#ELOOP} for a link that is not followed, {@link Errno#EMLINK}
     *     where others can give a file of that name another one, and it has one
     */
    int openTrusted(String path);

    /** The kind of file at {@code path} after following links, and whose it is. */
    int stat(String path, FileFacts facts);

    /** As {@link #stat}, but of a link itself. */
    int statLink(String path, FileFacts facts);

    /** The names in a directory without {@code .} and {@code ..}; null where it cannot be listed. */
    default @Nullable List<String> list(String path) {
        return list(path, Integer.MAX_VALUE);
    }

    /** As {@link #list(String)}, of a directory of any size: no more names than {@code most}. */
    @Nullable
    List<String> list(String path, int most);

    /** Whether this process may execute {@code path}: 0, or why not. */
    int mayExecute(String path);

    /** Gives a file, or a link itself, to another user and group; -1 leaves either. Directories are as {@link #openTrusted} has them. */
    int changeOwner(String path, int userId, int groupId);

    /** Makes one directory, in one as {@link #openTrusted} has it. */
    int makeDirectory(String path, int mode);

    /** Removes a file or socket, from a directory as {@link #openTrusted} has it. */
    int remove(String path);

    /** Makes a file that is in memory alone and gone when nobody has it open; reads and writes of it block. */
    int makeMemoryFile(String name);

    // Local sockets

    /**
     * Listens on a Unix stream socket.
     *
     * @param path    a path, with directories as {@link #openTrusted} has them; or {@code @name} for an abstract name
     * @param mode    permissions of the socket file
     * @param userId  its owner; -1 for this user
     * @param groupId its group; -1 for this user's
     */
    int listenLocal(String path, int mode, int userId, int groupId);

    /**
     * Closes a socket of {@link #listenLocal} or {@link #listenTcp} and has nobody listen there any more, whoever else holds
     * it: a child that was forked with it, or what a service left behind.
     */
    int stopListening(int listener);

    /**
     * Connects to a Unix stream socket; reads and writes of the descriptor block. To connect does not: where too many wait to be
     * accepted it is {@link Errno#EAGAIN}.
     */
    int connectLocal(String path);

    /** Takes one waiting connection. */
    int accept(int listener);

    /**
     * Who is at the other end (SO_PEERCRED): for an accepted connection who has connected, for one that was made who has begun
     * to listen.
     */
    int peer(int connection, Peer peer);

    /** Makes a Unix datagram socket under an abstract name ({@code @name}), to {@link #receive} what is sent to it. */
    int receiveDatagrams(String name);

    /**
     * Takes a datagram, as {@link #read} does, and who has sent it (SCM_CREDENTIALS). Descriptors that come along are dropped.
     *
     * @param sender pid and user id are -1 where the kernel does not say
     */
    int receive(int socket, byte[] buffer, int offset, int length, Peer sender);

    // TCP

    /**
     * Listens for TCP connections at an address of this machine, of 4 or 16 bytes; of none for every address, of both
     * protocols where there are both.
     */
    int listenTcp(byte[] address, int port);

    /**
     * Whether somebody accepts TCP connections at an address of this machine, of 4 or 16 bytes: 0, or why not. One that is
     * not answered at once counts as not.
     */
    int tryTcp(byte[] address, int port);

    /** Fills an array with bytes that nobody can guess (getrandom(2)), without waiting for them; or why not. */
    int random(byte[] bytes);

    /** Ends this process at once. */
    void exit(int code);

    /**
     * Limits the memory that may be taken from here on, so that enough is left for what must not fail, or lifts that limit again.
     * What needs more throws {@code OutOfMemoryError}. On a JVM nothing is limited.
     *
     * @return whether it was limited before
     */
    default boolean limitMemory(boolean limited) {
        return false;
    }
}
