package dev.pintle.init.sys;

/** Receives what stat(2) tells of a file; one is made and used again. */
public final class FileFacts {
    /** Permission bits, 0 to 07777. */
    public int mode;

    /** The owner. */
    public int userId;

    /** Whether it is a regular file. */
    public boolean regular;

    /** Whether it is a directory. */
    public boolean directory;
}
