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

    /** Whether it is a regular file. */
    public boolean regular;

    /** Whether it is a directory. */
    public boolean directory;
}
