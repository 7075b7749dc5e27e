package dev.pintle.init.sys;

/** Receives which child ended and how; one is made and used again. */
public final class EndedChild {
    /** Its process id. */
    public int pid;

    /** How it ended. */
    public ExitStatus status = ExitStatus.ofCode(0);
}
