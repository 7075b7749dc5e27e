package dev.pintle.init.sys;

/** Receives who is at the other end of a local socket, by the kernel's word; one is made and used again. */
public final class Peer {
    /** Its process; 0 for one whose pid namespace is neither ours nor below ours. */
    public int pid;

    /** Its effective user id. */
    public int userId;
}
