package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/**
 * What a child does between fork and exec: the numbers of a {@link dev.pintle.init.sys.ChildSpec}, and where its strings
 * lie. Plain memory outside the collector's heap, which a child does not have; made by {@link ChildBlock}.
 */
@SuppressWarnings("NullAway.Init")
final class ChildPlan extends Structure {
    /** Bytes of a group's id, and of a descriptor. */
    static final int INT = 4;
    /** Bytes of a number of a limit. */
    static final int LONG = 8;
    /** Bytes of a limit. */
    static final int LIMIT_SIZE = 3 * LONG;
    /** How many descriptors every process has. */
    static final int STANDARD = 3;

    /** The pipe to report a failure on. */
    int status;

    boolean foreground;
    boolean blocksSignals;
    boolean stderrToStdout;
    boolean noNewPrivileges;

    /** User and group as unsigned numbers, or inherited. */
    long userId;

    long groupId;
    int umask;
    int nice;
    long capabilitiesDropped;
    long capabilitiesKept;

    /** How many supplementary groups are set, or -1. */
    int groupCount;
    /** Their ids, an int each. */
    Address groups;

    int limitCount;
    /** Of each limit the resource, the soft and the hard value, a long each. */
    Address limits;

    /** How many descriptors the child has. */
    int descriptorCount;
    /** What becomes of them and, at the same place of {@link #targets}, what their numbers are in the child; an int each. */
    Address sources;

    Address targets;

    /** Paths to try, ending with null. */
    Address programs;
    /** The argument vector, ending with null. */
    Address arguments;
    /** The environment, ending with null. */
    Address environment;
    /** The value of {@code LISTEN_PID}, with room for the digits of any pid; or null. */
    Address listenPid;
    /** The working directory, or null. */
    Address directory;
    /** The file of standard output, or null. */
    Address stdoutFile;
    /** The file of standard error, or null. */
    Address stderrFile;
    /** The decimal digits for oom_score_adj, or null. */
    Address oomScoreAdj;
}
