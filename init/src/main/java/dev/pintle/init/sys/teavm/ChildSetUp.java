package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Step;
import dev.pintle.layout.ProcessSettings.Limit;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/**
 * What the child does between fork and exec, in the order of {@link Step}. Made by the parent with all that it needs, so
 * that the child allocates nothing and leaves the parent's pages shared.
 */
final class ChildSetUp {
    private static final int REPORTED_EXIT_CODE = 127;
    private static final int FILE_MODE = 0644;

    private static final Address SCORE_FILE = constant("/proc/self/oom_score_adj");
    private static final Address REPORT = zeroed(4);
    private static final Rlimit RLIMIT =
            StdlibH.malloc(Structure.sizeOf(Rlimit.class)).toStructure();

    private final ChildSpec spec;
    private final ChildBlock block;
    private final DescriptorPlan plan;

    ChildSetUp(ChildSpec spec, ChildBlock block, int status) {
        this.spec = spec;
        this.block = block;
        plan = new DescriptorPlan(spec, status);
    }

    /** Sets up and executes; does not return. An exception must not run on into the parent's code, hence the catch. */
    void run() {
        try {
            setUp();
        } catch (Throwable e) {
            fail(Step.EXECUTE, Errno.EINVAL);
        }
    }

    private void setUp() {
        check(Step.SESSION, spec.foreground ? UnistdH.setpgid(0, 0) : UnistdH.setsid());
        if (spec.foreground) {
            takeTerminal();
        }
        if (spec.stdoutFile != null) {
            plan.setStdout(check(Step.STDOUT, openForAppending(block.stdoutFile())));
        }
        if (spec.stderrFile != null && !spec.stderrToStdout) {
            plan.setStderr(check(Step.STDERR, openForAppending(block.stderrFile())));
        }
        check(Step.DESCRIPTORS, plan.carryOut());
        setLimits();
        if (spec.nice != ChildSpec.INHERITED) {
            int niceness = SysResourceH.getpriority(SysResourceH.PRIO_PROCESS, 0) + spec.nice;
            check(Step.NICE, SysResourceH.setpriority(SysResourceH.PRIO_PROCESS, 0, niceness));
        }
        if (spec.oomScoreAdj != ChildSpec.INHERITED) {
            setOomScore();
        }
        becomeUser();
        if (spec.noNewPrivileges) {
            check(Step.NO_NEW_PRIVILEGES, SysPrctlH.prctl(SysPrctlH.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
        }
        if (spec.directory != null) {
            check(Step.DIRECTORY, UnistdH.chdir(block.directory()));
        }
        if (spec.umask != ChildSpec.INHERITED) {
            SysStatH.umask(spec.umask);
        }
        if (spec.sockets.length > 0) {
            block.notePid(UnistdH.getpid());
        }
        Signals.letIn();
        fail(Step.EXECUTE, execute(block));
    }

    /** Where descriptor 0 is no terminal, or not the session's, there is no foreground to take and nothing is wrong. */
    private void takeTerminal() {
        if (UnistdH.tcsetpgrp(0, UnistdH.getpid()) < 0) {
            int errno = ErrnoH.errno();
            if (errno != ErrnoH.ENOTTY) {
                fail(Step.FOREGROUND, errno);
            }
        }
    }

    /** A FIFO that nobody reads holds up this child alone. */
    private static int openForAppending(Address path) {
        int flags = FcntlH.O_WRONLY | FcntlH.O_CREAT | FcntlH.O_APPEND | FcntlH.O_NOCTTY | FcntlH.O_CLOEXEC;
        return FcntlH.open(path, flags, FILE_MODE);
    }

    private void setLimits() {
        for (int i = 0; i < spec.limits.size(); i++) {
            Limit limit = spec.limits.get(i);
            // -1 for unlimited is RLIM_INFINITY: all bits set.
            RLIMIT.rlim_cur = limit.soft();
            RLIMIT.rlim_max = limit.hard();
            int number = SysSyscallH.SYS_setrlimit();
            check(Step.LIMITS, (int)
                    SysSyscallH.syscall(number, limit.resource().number(), RLIMIT.toAddress()));
        }
    }

    private void setOomScore() {
        int file = check(Step.OOM_SCORE, FcntlH.open(SCORE_FILE, FcntlH.O_WRONLY | FcntlH.O_CLOEXEC, 0));
        Address digits = block.oomScoreAdj();
        int length = 0;
        while (digits.add(length).getByte() != 0) {
            length++;
        }
        check(Step.OOM_SCORE, UnistdH.write(file, digits, length));
        UnistdH.close(file);
    }

    private void becomeUser() {
        int[] groups = spec.groups;
        if (groups != null) {
            check(Step.GROUPS, GrpH.setgroups(groups.length, Address.ofData(groups)));
        }
        if (spec.groupId != ChildSpec.INHERITED) {
            check(Step.GROUP, UnistdH.setgid(spec.groupId));
        }
        if (spec.capabilitiesDropped != 0) {
            check(Step.CAPABILITIES, CapabilitySets.drop(spec.capabilitiesDropped));
        }
        if (!CapabilitySets.has(spec.capabilitiesKept)) {
            fail(Step.CAPABILITIES, Errno.EPERM);
        }
        boolean root = (spec.userId == ChildSpec.INHERITED ? UnistdH.geteuid() : spec.userId) == 0;
        boolean keep = spec.capabilitiesKept != 0 && !root;
        if (keep) {
            check(Step.CAPABILITIES, SysPrctlH.prctl(SysPrctlH.PR_SET_KEEPCAPS, 1, 0, 0, 0));
        }
        if (spec.userId != ChildSpec.INHERITED) {
            check(Step.USER, UnistdH.setuid(spec.userId));
        }
        if (keep) {
            check(Step.CAPABILITIES, CapabilitySets.keep(spec.capabilitiesKept));
        }
    }

    /** Tries the programs in turn, past what is not there and what may not be executed, as execvp(3) does; why none was. */
    static int execute(ChildBlock block) {
        int worst = Errno.ENOENT;
        Address next = block.programs();
        while (next.getLong() != 0) {
            UnistdH.execve(next.getAddress(), block.arguments(), block.environment());
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

    private int check(Step step, int returned) {
        if (returned < 0) {
            fail(step, ErrnoH.errno());
        }
        return returned;
    }

    /** As SetUpReport.encode does, without a byte array. Both architectures store the lower byte first. */
    @SuppressWarnings("EnumOrdinal")
    private void fail(Step step, int errno) {
        REPORT.putShort((short) step.ordinal());
        REPORT.add(2).putShort((short) errno);
        UnistdH.write(plan.status(), REPORT, 4);
        UnistdH._exit(REPORTED_EXIT_CODE);
    }

    /** Memory that is never freed. */
    static Address zeroed(int size) {
        Address memory = StdlibH.malloc(size);
        Address.fillZero(memory, size);
        return memory;
    }

    /** A string that is never freed. */
    static Address constant(String ascii) {
        byte[] bytes = new byte[ascii.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ascii.charAt(i);
        }
        Address memory = StdlibH.malloc(bytes.length + 1);
        NativeStrings.copy(bytes, memory);
        return memory;
    }
}
