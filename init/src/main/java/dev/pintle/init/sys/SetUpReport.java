package dev.pintle.init.sys;

/**
 * What a child says of a failed set-up: two bytes for the step, two for the errno, the lower byte first.
 *
 * @param step  the step that failed
 * @param errno why
 */
public record SetUpReport(Step step, int errno) {
    /** Bytes of a report on the pipe. */
    public static final int SIZE = 4;

    /**
     * The exit code of a child that has reported.
     *
     * @param execution whether it was the execution that failed, and not a step before it
     * @return 127 where there was no program, 126 where there was but the child could not become it (POSIX, sh, 2.8.2)
     */
    public static int exitCode(boolean execution, int errno) {
        return execution && errno == Errno.ENOENT ? 127 : 126;
    }

    /** How the child that has reported ends. */
    public ExitStatus end() {
        return ExitStatus.ofCode(exitCode(step == Step.EXECUTE, errno));
    }

    /** Reads a report from the pipe's bytes. */
    public static SetUpReport decode(byte[] bytes) {
        int step = (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8;
        int errno = (bytes[2] & 0xff) | (bytes[3] & 0xff) << 8;
        return new SetUpReport(Step.of(step), errno);
    }

    /** Writes the report as the pipe's bytes. Both ends of the pipe are the same program, so the ordinal serves. */
    @SuppressWarnings("EnumOrdinal")
    public byte[] encode() {
        int ordinal = step.ordinal();
        return new byte[] {(byte) ordinal, (byte) (ordinal >> 8), (byte) errno, (byte) (errno >> 8)};
    }
}
