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

    /** Closes a descriptor; what it returns is of use only in a log. */
    int close(int descriptor);

    /** Whether a descriptor is a terminal. */
    boolean isTerminal(int descriptor);

    // Files

    /** Opens a file for reading. */
    int openForReading(String path);

    /** The kind of file at {@code path} after following links, and whose it is. */
    int stat(String path, FileFacts facts);

    /** The names in a directory without {@code .} and {@code ..}; null where it cannot be listed. */
    @Nullable
    List<String> list(String path);

    /** Whether this process may execute {@code path}: 0, or why not. */
    int mayExecute(String path);

    /** Gives a file to another user and group; -1 leaves either. */
    int changeOwner(String path, int userId, int groupId);

    /** Makes one directory. */
    int makeDirectory(String path, int mode);

    /** Removes a file or socket. */
    int remove(String path);

    /** Makes a file that is in memory alone and gone when nobody has it open; reads and writes of it block. */
    int makeMemoryFile(String name);

    // Local sockets

    /**
     * Listens on a Unix stream socket.
     *
     * @param path a path, or {@code @name} for an abstract name
     * @param mode permissions of the socket file
     */
    int listenLocal(String path, int mode);

    /**
     * Closes a socket of {@link #listenLocal} or {@link #listenTcp} and has nobody listen there any more, whoever else holds
     * it: a child that was forked with it, or what a service left behind.
     */
    int stopListening(int listener);

    /** Connects to a Unix stream socket; reads and writes of the descriptor block. */
    int connectLocal(String path);

    /** Takes one waiting connection. */
    int accept(int listener);

    /** The effective user id of the process at the other end (SO_PEERCRED). */
    int peerUserId(int connection);

    /** Makes a Unix datagram socket under an abstract name ({@code @name}), to read what is sent to it. */
    int receiveDatagrams(String name);

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

    /** Ends this process at once. */
    void exit(int code);
}
