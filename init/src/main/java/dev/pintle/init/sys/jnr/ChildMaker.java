package dev.pintle.init.sys.jnr;

import static dev.pintle.init.sys.jnr.LibC.LIBC;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Step;
import dev.pintle.layout.ProcessSettings.Limit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.posix.POSIX;
import org.jspecify.annotations.Nullable;

/** Makes one child, on a thread that becomes what the child is to be; see the package's page. */
final class ChildMaker extends Thread {
    /** The terminal is not the session's: there is no foreground to take. */
    private static final int ENOTTY = 25;

    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
    private static final long SYS_SETGROUPS = ARM ? 159 : 116;
    private static final long SYS_SETRESUID = ARM ? 147 : 117;
    private static final long SYS_SETRESGID = ARM ? 149 : 119;
    /** More than glibc's posix_spawnattr_t (336) and posix_spawn_file_actions_t (80). */
    private static final int SPAWN_STRUCT_SIZE = 512;
    /** Above every descriptor that a child is given, so that placing one cannot overwrite another. */
    private static final int HIGH = 64;

    private final JnrSys sys;
    private final POSIX posix;
    private final ChildSpec child;
    private final Gate gate;
    private final CText.Vector arguments;
    private final CText.Vector environment;
    private final List<byte[]> programs = new ArrayList<>();
    private final byte @Nullable [] directory;
    /** What executes the program in its place, to tell it its pid; null for nothing. */
    private final byte @Nullable [] noter;

    private final List<Integer> opened = new ArrayList<>();
    private final int[] pid = new int[1];
    private volatile @Nullable SetUpReport report;
    /** Its number, once it is about to make the child. */
    private volatile int thread;

    ChildMaker(JnrSys sys, POSIX posix, ChildSpec child) {
        super("making " + child.arguments.get(0));
        this.sys = sys;
        this.posix = posix;
        this.child = child;
        gate = new Gate(!child.resources.limits().isEmpty() || child.resources.oomScoreAdj() != ChildSpec.INHERITED);
        // All text is made before the thread changes its user: a class loaded after that might not be readable.
        arguments = new CText.Vector(child.sockets.length == 0 ? child.arguments : notingItsPid(child));
        environment = new CText.Vector(child.environmentOver(sys.environment()));
        for (String program : child.programs) {
            programs.add(CText.path(program));
        }
        noter = child.sockets.length == 0 ? null : CText.path("/bin/sh");
        directory = child.directory == null ? null : CText.path(child.directory);
    }

    /** posix_spawn(3) makes the environment before there is a pid, so a shell notes it and becomes the program. */
    private static List<String> notingItsPid(ChildSpec child) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "LISTEN_PID=$$ exec \"$0\" \"$@\""));
        words.addAll(child.arguments);
        return words;
    }

    /** Makes the child; its pid, or 0 where its set-up failed before there was one. */
    int make() {
        start();
        if (gate.closed()) {
            setFromOutside();
        }
        boolean interrupted = false;
        while (isAlive()) {
            try {
                join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        gate.release();
        return pid[0];
    }

    /** Why its set-up failed; null where it is what it was to be. */
    @Nullable
    SetUpReport report() {
        return report;
    }

    @Override
    public void run() {
        Pointer actions = Memory.allocateDirect(LibC.RUNTIME, SPAWN_STRUCT_SIZE, true);
        Pointer attributes = Memory.allocateDirect(LibC.RUNTIME, SPAWN_STRUCT_SIZE, true);
        LIBC.posix_spawn_file_actions_init(actions);
        LIBC.posix_spawnattr_init(attributes);
        gate.addTo(actions);
        if (placeDescriptors(actions) && becomeChild()) {
            setAttributes(attributes);
            thread = LIBC.gettid();
            execute(actions, attributes);
        }
        if (pid[0] != 0 && child.foreground && LIBC.tcsetpgrp(0, pid[0]) < 0) {
            int errno = -LibC.negatedErrno();
            if (errno != ENOTTY) {
                failed(Step.FOREGROUND, errno);
                posix.kill(pid[0], Signal.KILL);
            }
        }
        LIBC.posix_spawn_file_actions_destroy(actions);
        LIBC.posix_spawnattr_destroy(attributes);
        opened.forEach(LIBC::close);
    }

    private boolean failed(Step step, int errno) {
        report = new SetUpReport(step, errno);
        return false;
    }

    private boolean failedAt(Step step) {
        return failed(step, -LibC.negatedErrno());
    }

    // Descriptors

    private boolean placeDescriptors(Pointer actions) {
        int stdin = child.stdin < 0 ? openAlone("/dev/null", LibC.O_RDONLY) : high(child.stdin);
        if (stdin < 0) {
            return failedAt(Step.DESCRIPTORS);
        }
        int stdout = output(child.stdoutFile, child.stdout);
        if (stdout < 0) {
            return failedAt(child.stdoutFile == null ? Step.DESCRIPTORS : Step.STDOUT);
        }
        int stderr = child.stderrToStdout ? stdout : output(child.stderrFile, child.stderr);
        if (stderr < 0) {
            return failedAt(child.stderrFile == null ? Step.DESCRIPTORS : Step.STDERR);
        }
        int extra = child.extraTarget < 0 ? 0 : high(child.extraSource);
        if (extra < 0) {
            return failedAt(Step.DESCRIPTORS);
        }
        for (int i = 0; i < child.sockets.length; i++) {
            int socket = high(child.sockets[i]);
            if (socket < 0) {
                return failedAt(Step.DESCRIPTORS);
            }
            LIBC.posix_spawn_file_actions_adddup2(actions, socket, ChildSpec.FIRST_SOCKET + i);
        }
        LIBC.posix_spawn_file_actions_adddup2(actions, stdin, 0);
        LIBC.posix_spawn_file_actions_adddup2(actions, stdout, 1);
        LIBC.posix_spawn_file_actions_adddup2(actions, stderr, 2);
        if (child.extraTarget >= 0) {
            LIBC.posix_spawn_file_actions_adddup2(actions, extra, child.extraTarget);
        }
        return true;
    }

    private int output(@Nullable String file, int descriptor) {
        if (file != null) {
            return openAlone(file, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND);
        }
        return descriptor < 0 ? openAlone("/dev/null", LibC.O_WRONLY) : high(descriptor);
    }

    private int openAlone(String path, int flags) {
        // Not to wait for the reader of a FIFO; the child finds it as it would have opened it.
        int low = new TrustedPath(path).open(flags | LibC.O_CLOEXEC | LibC.O_NONBLOCK, 0666);
        if (low < 0) {
            LibC.RUNTIME.setLastError(-low);
            return low;
        }
        opened.add(low);
        LIBC.fcntl(low, LibC.F_SETFL, flags & LibC.O_APPEND);
        return high(low);
    }

    /** A pipe of init does not block, but a program that is handed one expects it to. */
    private int high(int descriptor) {
        int flags = LIBC.fcntl(descriptor, LibC.F_GETFL, 0);
        if (flags >= 0 && (flags & LibC.O_NONBLOCK) != 0) {
            LIBC.fcntl(descriptor, LibC.F_SETFL, flags & ~LibC.O_NONBLOCK);
        }
        int copy = LIBC.fcntl(descriptor, LibC.F_DUPFD_CLOEXEC, HIGH);
        if (copy >= 0) {
            opened.add(copy);
        }
        return copy;
    }

    // What the thread becomes

    private boolean becomeChild() {
        int nice = child.resources.nice();
        if (nice != ChildSpec.INHERITED && nice != 0) {
            int now = posix.getpriority(LibC.PRIO_PROCESS, 0);
            if (posix.setpriority(LibC.PRIO_PROCESS, 0, now + nice) < 0) {
                return failed(Step.NICE, posix.errno());
            }
        }
        return becomeUser() && settle();
    }

    /** By bare system calls, which concern this thread alone; glibc's functions would take all threads along. */
    private boolean becomeUser() {
        int[] groups = child.groups;
        if (groups != null && LIBC.syscall(SYS_SETGROUPS, groups.length, groups, 0) < 0) {
            return failedAt(Step.GROUPS);
        }
        long group = child.groupId;
        if (group != ChildSpec.INHERITED && LIBC.syscall(SYS_SETRESGID, group, group, group) < 0) {
            return failedAt(Step.GROUP);
        }
        long drop = child.capabilities.drop();
        if (drop != 0 && ThreadCapabilities.drop(drop) < 0) {
            return failedAt(Step.CAPABILITIES);
        }
        if (!ThreadCapabilities.has(child.capabilities.add())) {
            return failed(Step.CAPABILITIES, Errno.EPERM);
        }
        long user = child.userId;
        boolean root = (user == ChildSpec.INHERITED ? posix.geteuid() : user) == 0;
        boolean keep = child.capabilities.add() != 0 && !root;
        if (keep && ThreadCapabilities.stayPermitted() < 0) {
            return failedAt(Step.CAPABILITIES);
        }
        if (user != ChildSpec.INHERITED && LIBC.syscall(SYS_SETRESUID, user, user, user) < 0) {
            return failedAt(Step.USER);
        }
        return !keep || ThreadCapabilities.keep(child.capabilities.add()) >= 0 || failedAt(Step.CAPABILITIES);
    }

    private boolean settle() {
        if (child.noNewPrivileges && LIBC.prctl(LibC.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
            return failedAt(Step.NO_NEW_PRIVILEGES);
        }
        if (directory == null && child.umask == ChildSpec.INHERITED) {
            return true;
        }
        if (LIBC.unshare(LibC.CLONE_FS) < 0) {
            return failedAt(Step.DIRECTORY);
        }
        if (child.umask != ChildSpec.INHERITED) {
            LIBC.umask(child.umask);
        }
        return directory == null || LIBC.chdir(directory) >= 0 || failedAt(Step.DIRECTORY);
    }

    // The child

    private void setAttributes(Pointer attributes) {
        Pointer none = Memory.allocateDirect(LibC.RUNTIME, 128, true);
        Pointer every = Memory.allocateDirect(LibC.RUNTIME, 128, true);
        every.putLong(0, -1);
        int group = child.foreground ? LibC.POSIX_SPAWN_SETPGROUP : LibC.POSIX_SPAWN_SETSID;
        int flags = group | LibC.POSIX_SPAWN_SETSIGMASK | LibC.POSIX_SPAWN_SETSIGDEF;
        LIBC.posix_spawnattr_setflags(attributes, (short) flags);
        LIBC.posix_spawnattr_setpgroup(attributes, 0);
        LIBC.posix_spawnattr_setsigmask(attributes, child.blocksSignals ? every : none);
        LIBC.posix_spawnattr_setsigdefault(attributes, every);
    }

    /**
     * Executes the first program that may be, as execvp(3) does: past what is not there, and past what may not be
     * executed. Only one child is made, as only one is stopped at the gate.
     */
    private void execute(Pointer actions, Pointer attributes) {
        int worst = Errno.ENOENT;
        for (byte[] program : programs) {
            int allowed = LibC.orErrno(LIBC.access(program, LibC.X_OK));
            if (allowed == 0) {
                byte[] executed = noter == null ? program : noter;
                int errno =
                        LIBC.posix_spawn(pid, executed, actions, attributes, arguments.array(), environment.array());
                if (errno != 0) {
                    pid[0] = 0;
                    failed(Step.EXECUTE, errno);
                }
                return;
            }
            if (allowed == -Errno.EACCES) {
                worst = Errno.EACCES;
            } else if (allowed != -Errno.ENOENT && allowed != -Errno.ENOTDIR) {
                failed(Step.EXECUTE, -allowed);
                return;
            }
        }
        failed(Step.EXECUTE, worst);
    }

    /** Sets what only others can set on a process, while it waits at the gate; one that must not be without it dies there. */
    private void setFromOutside() {
        int waiting = 0;
        while (waiting == 0 && isAlive()) {
            List<Integer> made = thread == 0 ? List.of() : sys.childrenOf(Integer.toString(thread));
            waiting = made.isEmpty() ? 0 : made.get(0);
            Thread.onSpinWait();
        }
        if (waiting != 0 && !(setLimits(waiting) && setOomScore(waiting))) {
            posix.kill(waiting, Signal.KILL);
        }
        gate.open();
    }

    private boolean setLimits(int process) {
        for (Limit limit : child.resources.limits()) {
            long[] values = {limit.soft(), limit.hard()};
            if (LIBC.prlimit(process, limit.resource().number(), values, null) < 0) {
                return failedAt(Step.LIMITS);
            }
        }
        return true;
    }

    private boolean setOomScore(int process) {
        if (child.resources.oomScoreAdj() == ChildSpec.INHERITED) {
            return true;
        }
        byte[] path = CText.path("/proc/" + process + "/oom_score_adj");
        byte[] text = RawText.encode(Integer.toString(child.resources.oomScoreAdj()));
        int file = LIBC.open(path, LibC.O_WRONLY | LibC.O_CLOEXEC, 0);
        boolean set = file >= 0 && LIBC.write(file, ByteBuffer.wrap(text), text.length) >= 0;
        boolean done = set || failedAt(Step.OOM_SCORE);
        if (file >= 0) {
            LIBC.close(file);
        }
        return done;
    }
}
