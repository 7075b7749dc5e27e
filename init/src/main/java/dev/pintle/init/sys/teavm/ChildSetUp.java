package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.init.sys.Step;
import org.teavm.interop.Address;

/**
 * What the child does between fork and exec, in the order of {@link Step}. It allocates nothing and touches no object: the
 * collector's heap stays with the parent ({@link Heap}), so that not one of its pages has to be copied.
 */
@SuppressWarnings("EnumOrdinal")
final class ChildSetUp {
    private static final int FILE_MODE = 0644;

    // As numbers, since a child does not have the objects.
    private static final int SESSION = Step.SESSION.ordinal();
    private static final int FOREGROUND = Step.FOREGROUND.ordinal();
    private static final int STDOUT = Step.STDOUT.ordinal();
    private static final int STDERR = Step.STDERR.ordinal();
    private static final int DESCRIPTORS = Step.DESCRIPTORS.ordinal();
    private static final int LIMITS = Step.LIMITS.ordinal();
    private static final int NICE = Step.NICE.ordinal();
    private static final int OOM_SCORE = Step.OOM_SCORE.ordinal();
    private static final int GROUPS = Step.GROUPS.ordinal();
    private static final int GROUP = Step.GROUP.ordinal();
    private static final int CAPABILITIES = Step.CAPABILITIES.ordinal();
    private static final int USER = Step.USER.ordinal();
    private static final int NO_NEW_PRIVILEGES = Step.NO_NEW_PRIVILEGES.ordinal();
    private static final int DIRECTORY = Step.DIRECTORY.ordinal();
    private static final int EXECUTE = Step.EXECUTE.ordinal();

    private static final Address SCORE_FILE = constant("/proc/self/oom_score_adj");
    private static final Address NULL_FILE = constant("/dev/null");
    private static final Address NOTE = zeroed(8);

    private ChildSetUp() {}

    /** Sets up and executes; does not return. */
    static void run(ChildPlan plan) {
        check(plan, SESSION, plan.foreground ? UnistdH.setpgid(0, 0) : UnistdH.setsid());
        if (plan.foreground) {
            takeTerminal(plan);
        }
        if (isGiven(plan.stdoutFile)) {
            ChildDescriptors.setStdout(plan, openForAppending(plan, STDOUT, plan.stdoutFile));
        }
        if (isGiven(plan.stderrFile) && !plan.stderrToStdout) {
            ChildDescriptors.setStderr(plan, openForAppending(plan, STDERR, plan.stderrFile));
        }
        check(plan, DESCRIPTORS, ChildDescriptors.place(plan));
        setLimits(plan);
        if (plan.nice != ChildSpec.INHERITED) {
            int niceness = SysResourceH.getpriority(SysResourceH.PRIO_PROCESS, 0) + plan.nice;
            check(plan, NICE, SysResourceH.setpriority(SysResourceH.PRIO_PROCESS, 0, niceness));
        }
        if (isGiven(plan.oomScoreAdj)) {
            setOomScore(plan);
        }
        becomeUser(plan);
        if (plan.noNewPrivileges) {
            check(plan, NO_NEW_PRIVILEGES, SysPrctlH.prctl(SysPrctlH.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
        }
        if (isGiven(plan.directory)) {
            check(plan, DIRECTORY, UnistdH.chdir(plan.directory));
        }
        if (plan.umask != ChildSpec.INHERITED) {
            SysStatH.umask(plan.umask);
        }
        if (isGiven(plan.listenPid)) {
            putDigits(UnistdH.getpid(), plan.listenPid);
        }
        if (!plan.blocksSignals) {
            Signals.letIn();
        }
        fail(plan, EXECUTE, execute(plan));
    }

    /**
     * {@code /dev/null}. In a root without devices, the reading end of a pipe that nobody writes to: reads end at once;
     * writes fail with EBADF, which most programs do not mind, where the other end would kill them with SIGPIPE.
     */
    static int openNothing() {
        int nothing = FcntlH.open(NULL_FILE, FcntlH.O_RDWR | FcntlH.O_CLOEXEC, 0);
        if (nothing < 0 && UnistdH.pipe(NOTE) == 0) {
            nothing = NOTE.getInt();
            UnistdH.close(NOTE.add(4).getInt());
            FcntlH.fcntl(nothing, FcntlH.F_SETFD, FcntlH.FD_CLOEXEC);
        }
        return nothing;
    }

    private static boolean isGiven(Address address) {
        return address.toLong() != 0;
    }

    /** Where descriptor 0 is no terminal, or not the session's, there is no foreground to take and nothing is wrong. */
    private static void takeTerminal(ChildPlan plan) {
        if (UnistdH.tcsetpgrp(0, UnistdH.getpid()) < 0) {
            int errno = ErrnoH.errno();
            if (errno != ErrnoH.ENOTTY) {
                fail(plan, FOREGROUND, errno);
            }
        }
    }

    /** A FIFO that nobody reads holds up this child alone. */
    private static int openForAppending(ChildPlan plan, int step, Address path) {
        int flags = FcntlH.O_WRONLY | FcntlH.O_CREAT | FcntlH.O_APPEND | FcntlH.O_NOCTTY | FcntlH.O_CLOEXEC;
        int file = TrustedPath.open(path, flags, FILE_MODE);
        if (file < 0) {
            fail(plan, step, -file);
        }
        return file;
    }

    /** The two values lie as in struct rlimit; -1 for unlimited is RLIM_INFINITY, all bits set. */
    private static void setLimits(ChildPlan plan) {
        for (int i = 0; i < plan.limitCount; i++) {
            Address limit = plan.limits.add(i * ChildPlan.LIMIT_SIZE);
            int number = SysSyscallH.SYS_setrlimit();
            check(plan, LIMITS, (int) SysSyscallH.syscall(number, limit.getInt(), limit.add(ChildPlan.LONG)));
        }
    }

    private static void setOomScore(ChildPlan plan) {
        int file = check(plan, OOM_SCORE, FcntlH.open(SCORE_FILE, FcntlH.O_WRONLY | FcntlH.O_CLOEXEC, 0));
        int length = 0;
        while (plan.oomScoreAdj.add(length).getByte() != 0) {
            length++;
        }
        check(plan, OOM_SCORE, UnistdH.write(file, plan.oomScoreAdj, length));
        UnistdH.close(file);
    }

    private static void becomeUser(ChildPlan plan) {
        if (plan.groupCount >= 0) {
            check(plan, GROUPS, GrpH.setgroups(plan.groupCount, plan.groups));
        }
        if (plan.groupId != ChildSpec.INHERITED) {
            check(plan, GROUP, UnistdH.setgid((int) plan.groupId));
        }
        if (plan.capabilitiesDropped != 0) {
            check(plan, CAPABILITIES, CapabilitySets.drop(plan.capabilitiesDropped));
        }
        if (plan.capabilitiesKept != 0 && !CapabilitySets.has(plan.capabilitiesKept)) {
            fail(plan, CAPABILITIES, Errno.EPERM);
        }
        boolean root = (plan.userId == ChildSpec.INHERITED ? UnistdH.geteuid() : plan.userId) == 0;
        boolean keep = plan.capabilitiesKept != 0 && !root;
        if (keep) {
            check(plan, CAPABILITIES, SysPrctlH.prctl(SysPrctlH.PR_SET_KEEPCAPS, 1, 0, 0, 0));
        }
        if (plan.userId != ChildSpec.INHERITED) {
            check(plan, USER, UnistdH.setuid((int) plan.userId));
        }
        if (keep) {
            check(plan, CAPABILITIES, CapabilitySets.keep(plan.capabilitiesKept));
        }
    }

    /** Writes a pid and a zero, in the child's copy of the page. */
    private static void putDigits(int pid, Address to) {
        int digits = 1;
        for (int rest = pid / 10; rest > 0; rest /= 10) {
            digits++;
        }
        to.add(digits).putByte((byte) 0);
        int rest = pid;
        for (int i = digits - 1; i >= 0; i--) {
            to.add(i).putByte((byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    /** Tries the programs in turn, past what is not there and what may not be executed, as execvp(3) does; why none was. */
    static int execute(ChildPlan plan) {
        int worst = Errno.ENOENT;
        Address next = plan.programs;
        while (next.getLong() != 0) {
            UnistdH.execve(next.getAddress(), plan.arguments, plan.environment);
            int errno = ErrnoH.errno();
            if (errno == Errno.EACCES) {
                worst = Errno.EACCES;
            } else if (errno != Errno.ENOENT && errno != Errno.ENOTDIR) {
                return errno;
            }
            next = next.add(Address.sizeOf());
        }
        return worst;
    }

    private static int check(ChildPlan plan, int step, int returned) {
        if (returned < 0) {
            fail(plan, step, ErrnoH.errno());
        }
        return returned;
    }

    /** As SetUpReport.encode does, without a byte array. Both architectures store the lower byte first. */
    private static void fail(ChildPlan plan, int step, int errno) {
        NOTE.putShort((short) step);
        NOTE.add(2).putShort((short) errno);
        UnistdH.write(plan.status, NOTE, 4);
        UnistdH._exit(SetUpReport.exitCode(step == EXECUTE, errno));
    }

    /** Memory that is never freed. */
    static Address zeroed(int size) {
        Address memory = StdlibH.malloc(size);
        Address.fillZero(memory, size);
        return memory;
    }

    /** A string that is never freed. */
    static Address constant(String ascii) {
        Address memory = zeroed(ascii.length() + 1);
        for (int i = 0; i < ascii.length(); i++) {
            memory.add(i).putByte((byte) ascii.charAt(i));
        }
        return memory;
    }
}
