package dev.pintle.init.sys;

/**
 * What the helper programs ask of the kernel beyond what the init does: changes to this very process, to files, and
 * connections to elsewhere. The init itself, and so the simulated kernel, does without.
 *
 * <p>Results are those of {@link Sys}: zero or more, or a negated errno.
 */
public interface ToolSys extends Sys {
    /** Of {@link #open}: for reading. */
    int READ = 0;
    /** Of {@link #open}: for writing. */
    int WRITE = 01;
    /** Of {@link #open}: for both. */
    int READ_WRITE = 02;
    /** Of {@link #open}: the file is made where there is none. */
    int CREATE = 0100;
    /** Of {@link #open}: the file is emptied. */
    int TRUNCATE = 01000;
    /** Of {@link #open}: every write goes to the end. */
    int APPEND = 02000;
    /** Of {@link #open}: the file is made, and must not be there. */
    int NEW = 0300;
    /** Of {@link #open}: as {@link #openTrusted} opens. Not with {@link #TRUNCATE}. */
    int TRUSTED = 1 << 29;
    /** Of {@link #open}: a FIFO that nobody reads is not waited for; what is opened blocks all the same. */
    int WITHOUT_WAITING = 1 << 28;
    /** Of {@link #open}: a directory or nothing, and no symbolic link to one. */
    int DIRECTORY_ITSELF = 1 << 30;

    /** Nanoseconds since 1970 UTC. */
    long wallClockNanos();

    // This process

    /**
     * Replaces this process: of {@code described} the programs, the arguments and the environment count.
     *
     * @return why not
     */
    int execute(ChildSpec described);

    /**
     * Makes a child that goes on as this process does (fork(2)); 0 in the child. Only the native kernel can: after fork,
     * a JVM is no whole one.
     */
    int fork();

    /** Begins a session and process group of its own. */
    int newSession();

    /** Changes the working directory. */
    int changeDirectory(String path);

    /** Changes the working directory to an open one. */
    int enterDirectory(int descriptor);

    /** Changes the root directory; the working directory stays. */
    int changeRoot(String path);

    /** Adds to the niceness, within the kernel's bounds. */
    int addNice(int increment);

    /** Sets the supplementary groups. */
    int setGroups(int[] groups);

    /** Sets the group: real, effective and saved, for root. */
    int setGroup(int groupId);

    /** Sets the user: real, effective and saved, for root. */
    int setUser(int userId);

    /**
     * Reads a resource limit.
     *
     * @param softAndHard receives both; -1 is unlimited
     */
    int limit(int resource, long[] softAndHard);

    /** Sets a resource limit; -1 is unlimited. */
    int setLimit(int resource, long soft, long hard);

    // Files

    /**
     * Opens a file; the descriptor closes on exec, and blocks.
     *
     * @param flags {@link #READ} or {@link #WRITE}, with others of those above
     */
    int open(String path, int flags, int mode);

    /** Takes the exclusive lock of an open file (flock(2)); with {@code wait} once others have let it go. */
    int lock(int descriptor, boolean wait);

    /** Keeps a descriptor open for the program that {@link #execute} begins. */
    int keepOpen(int descriptor);

    /** Sees to it that what was written is on the disk. */
    int sync(int descriptor);

    /** Sets the offset of the next read. */
    int seek(int descriptor, long offset);

    /** Cuts a file off. */
    int truncate(int descriptor, long size);

    /** Renames, in place of what is there; in directories as {@link #openTrusted} has them. */
    int rename(String from, String to);

    /** Gives a file, or a link itself, to a user and a group; -1 leaves one. */
    int changeLinkOwner(String path, int userId, int groupId);

    /** Sets a file's permissions. */
    int changeMode(String path, int mode);

    /** Sets the permissions of an open file. */
    int changeModeOf(int descriptor, int mode);

    /** As {@link #stat}, of what is open. */
    int statOpen(int descriptor, FileFacts facts);

    /** Gives an open file to a user and a group; -1 leaves one. */
    int changeOwnerOf(int descriptor, int userId, int groupId);

    /** How large an open file is. */
    long sizeOf(int descriptor);

    /** Where the next read of an open file begins. */
    long offset(int descriptor);

    /**
     * Where a byte is first (memchr(3), many times faster than a loop of ours).
     *
     * @return its index; -1 where there is none from {@code from} on and before {@code to}
     */
    int find(byte value, byte[] bytes, int from, int to);

    /** Reads from a place in a file, and leaves its offset. */
    int readAt(int descriptor, long from, byte[] buffer, int offset, int length);

    /** Gives back what a part of a file takes; it reads as zeros then (fallocate(2), FALLOC_FL_PUNCH_HOLE). */
    int release(int descriptor, long from, long length);

    /**
     * Moves what is there from a pipe to a place in a file, in one step (splice(2)); does not wait.
     *
     * @return how many bytes; 0 at the end of the pipe
     */
    int move(int pipe, int file, long to, int length);

    // Elsewhere

    /**
     * Begins to connect to an address. A stream is connected once it polls writable, and a read then says
     * {@link Errno#EAGAIN}, or why it is not.
     *
     * @param stream TCP; else UDP
     */
    int connect(byte[] address, int port, boolean stream);

    /** Connects to a Unix datagram socket: a path, or {@code @name}. */
    int connectDatagrams(String path);
}
