package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;

/**
 * Puts the descriptors of a {@link ChildPlan} in their places. Targets may be sources of others (stdout and stderr
 * swapped, say), so every source that a target could overwrite is first moved above all targets; the copies close on exec.
 *
 * <p>Results are those of the system calls: -1 and errno.
 */
final class ChildDescriptors {
    private static final int NONE = -1;

    private ChildDescriptors() {}

    /** Has standard output go to a file that was opened for it. */
    static void setStdout(ChildPlan plan, int descriptor) {
        plan.sources.add(ChildPlan.INT).putInt(descriptor);
    }

    /** Has standard error go to a file that was opened for it. */
    static void setStderr(ChildPlan plan, int descriptor) {
        plan.sources.add(2 * ChildPlan.INT).putInt(descriptor);
    }

    static int place(ChildPlan plan) {
        if (plan.stderrToStdout) {
            setStderr(plan, plan.sources.add(ChildPlan.INT).getInt());
        }
        int highest = 0;
        for (int i = 0; i < plan.descriptorCount; i++) {
            highest = Math.max(highest, plan.targets.add(i * ChildPlan.INT).getInt());
        }
        int status = moveAbove(plan.status, highest);
        if (status < 0) {
            return NONE;
        }
        plan.status = status;
        int nothing = NONE;
        for (int i = 0; i < plan.descriptorCount; i++) {
            Address source = plan.sources.add(i * ChildPlan.INT);
            if (source.getInt() == NONE) {
                if (nothing == NONE) {
                    nothing = ChildSetUp.openNothing();
                }
                source.putInt(nothing);
            }
            if (!prepare(source, plan.targets.add(i * ChildPlan.INT).getInt(), highest)) {
                return NONE;
            }
        }
        for (int i = 0; i < plan.descriptorCount; i++) {
            int source = plan.sources.add(i * ChildPlan.INT).getInt();
            int target = plan.targets.add(i * ChildPlan.INT).getInt();
            if (place(source, target) < 0) {
                return NONE;
            }
        }
        return 0;
    }

    private static boolean prepare(Address source, int target, int highest) {
        int descriptor = source.getInt();
        // The container's own streams are others' too, and their flags with them.
        if (descriptor >= ChildPlan.STANDARD && makeBlocking(descriptor) < 0) {
            return false;
        }
        if (descriptor != target) {
            descriptor = moveAbove(descriptor, highest);
            source.putInt(descriptor);
        }
        return descriptor >= 0;
    }

    private static int moveAbove(int descriptor, int highest) {
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
}
