package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.ChildSpec;
import org.teavm.interop.Address;

/**
 * Which descriptor of init becomes which of the child. Targets may be sources of others (stdout and stderr swapped, say), so
 * every source that a target could overwrite is first moved above all targets; the copies close on exec.
 *
 * <p>Results are those of the system calls: -1 and errno.
 */
final class DescriptorPlan {
    private static final int NONE = -1;
    private static final int STANDARD = 3;
    private static final Address NULL_FILE = ChildSetUp.constant("/dev/null");
    private static final Address ENDS = StdlibH.malloc(8);

    private final int[] sources;
    private final int[] targets;
    private final boolean[] ours;
    private final boolean stderrToStdout;
    private final int highest;
    private int status;
    private int nothing = NONE;

    DescriptorPlan(ChildSpec spec, int status) {
        this.status = status;
        stderrToStdout = spec.stderrToStdout;
        int count = STANDARD + spec.sockets.length + (spec.extraTarget < 0 ? 0 : 1);
        sources = new int[count];
        targets = new int[count];
        ours = new boolean[count];
        set(0, spec.stdin, 0);
        set(1, spec.stdout, 1);
        set(2, spec.stderr, 2);
        int most = 2;
        for (int i = 0; i < spec.sockets.length; i++) {
            most = ChildSpec.FIRST_SOCKET + i;
            set(STANDARD + i, spec.sockets[i], most);
        }
        if (spec.extraTarget >= 0) {
            set(count - 1, spec.extraSource, spec.extraTarget);
        }
        highest = Math.max(most, spec.extraTarget);
    }

    private void set(int index, int source, int target) {
        sources[index] = source;
        targets[index] = target;
    }

    /** Standard output goes to a file that was opened for it. */
    void setStdout(int descriptor) {
        sources[1] = descriptor;
        ours[1] = true;
    }

    /** Standard error goes to a file that was opened for it. */
    void setStderr(int descriptor) {
        sources[2] = descriptor;
        ours[2] = true;
    }

    /** The pipe to report on, which may have moved. */
    int status() {
        return status;
    }

    /** Puts the descriptors in their places. */
    int carryOut() {
        if (stderrToStdout) {
            sources[2] = sources[1];
            ours[2] = ours[1];
        }
        int count = sources.length;
        int moved = moveAbove(status);
        if (moved < 0) {
            return NONE;
        }
        status = moved;
        for (int i = 0; i < count; i++) {
            if (!prepare(i)) {
                return NONE;
            }
        }
        for (int i = 0; i < count; i++) {
            if (place(sources[i], targets[i]) < 0) {
                return NONE;
            }
        }
        return 0;
    }

    private boolean prepare(int index) {
        // The container's own streams are others' too, and their flags with them.
        boolean inherited = sources[index] < STANDARD;
        if (sources[index] == NONE) {
            sources[index] = openNothing();
        } else if (!inherited && !ours[index] && makeBlocking(sources[index]) < 0) {
            return false;
        }
        if (sources[index] != targets[index]) {
            sources[index] = moveAbove(sources[index]);
        }
        return sources[index] >= 0;
    }

    private int moveAbove(int descriptor) {
        return descriptor > highest || descriptor < 0
                ? descriptor
                : FcntlH.fcntl(descriptor, FcntlH.F_DUPFD_CLOEXEC, highest + 1);
    }

    /** Pipes and sockets of init do not block, but a program that is handed one expects it to. */
    private static int makeBlocking(int descriptor) {
        int flags = FcntlH.fcntl(descriptor, FcntlH.F_GETFL, 0);
        return flags < 0 || (flags & FcntlH.O_NONBLOCK) == 0
                ? flags
                : FcntlH.fcntl(descriptor, FcntlH.F_SETFL, flags & ~FcntlH.O_NONBLOCK);
    }

    private static int place(int source, int target) {
        return source == target ? FcntlH.fcntl(source, FcntlH.F_SETFD, 0) : UnistdH.dup2(source, target);
    }

    /**
     * {@code /dev/null}. In a root without devices, the reading end of a pipe that nobody writes to: reads end at once;
     * writes fail with EBADF, which most programs do not mind, where the other end would kill them with SIGPIPE.
     */
    private int openNothing() {
        if (nothing == NONE) {
            nothing = FcntlH.open(NULL_FILE, FcntlH.O_RDWR | FcntlH.O_CLOEXEC, 0);
        }
        if (nothing == NONE && UnistdH.pipe(ENDS) == 0) {
            nothing = ENDS.getInt();
            UnistdH.close(ENDS.add(4).getInt());
            FcntlH.fcntl(nothing, FcntlH.F_SETFD, FcntlH.FD_CLOEXEC);
        }
        return nothing;
    }
}
