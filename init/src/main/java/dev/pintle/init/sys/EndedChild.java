package dev.pintle.init.sys;

/** Receives which child ended and how; one is made and used again. */
public final class EndedChild {
    /** Its process id. */
    public int pid;

    /** How it ended. */
    public ExitStatus status = ExitStatus.ofCode(0);

    /**
     * Reaps all children that have ended.
     *
     * @param awaited the one that is asked about
     * @return its exit code as a shell has it; -1 where it has not ended
     */
    public int reapAll(ToolSys sys, int awaited) {
        int code = -1;
        while (sys.peekEnded(this) == 1) {
            sys.release(pid);
            code = pid == awaited ? status.shellCode() : code;
        }
        return code;
    }
}
