package dev.pintle.init.sys;

/** Receives what stat(2) tells of a file; one is made and used again. */
public final class FileFacts {
    /** Permission bits, 0 to 07777. */
    public int mode;

    /** The owner. */
    public int userId;

    /** Its group. */
    public int groupId;

    /** Bytes. */
    public long size;

    /** Tells files apart: the file system's number. */
    public long device;

    /** Tells files of a file system apart. */
    public long inode;

    /** When it was written last: nanoseconds since 1970 UTC, as exact as the file system has it. */
    public long modified;

    /** How many names it has. */
    public long links;

    /** Whether it is a symbolic link. */
    public boolean link;

    /** Whether it is a regular file. */
    public boolean regular;

    /** Whether it is a directory. */
    public boolean directory;
}
