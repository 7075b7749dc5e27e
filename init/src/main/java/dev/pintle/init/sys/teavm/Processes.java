package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ExitStatus;
import org.teavm.interop.Structure;

/** Making and reaping children. */
final class Processes {
    private static final Siginfo INFO =
            StdlibH.malloc(Structure.sizeOf(Siginfo.class)).toStructure();

    private final ChildBlock block = new ChildBlock();
    private final int[] ends = new int[2];

    /** fork(2) rather than vfork(2): a child that hangs on a FIFO or a dead network mount must not hang PID 1. */
    int spawn(ChildSpec child) {
        child.statusDescriptor = -1;
        int error = block.encode(child);
        if (error < 0) {
            return error;
        }
        error = Descriptors.pipe(ends);
        if (error < 0) {
            block.free();
            return error;
        }
        ChildPlan plan = block.plan();
        plan.status = ends[1];
        Heap.keepFromChildren();
        int pid = ErrnoH.result(UnistdH.fork());
        if (pid == 0) {
            ChildSetUp.run(plan);
        }
        UnistdH.close(ends[1]);
        block.free();
        if (pid < 0) {
            UnistdH.close(ends[0]);
        } else {
            child.statusDescriptor = ends[0];
        }
        return pid;
    }

    int peekEnded(EndedChild ended) {
        // Left as it is where no child has ended.
        INFO.si_pid = 0;
        int options = SysWaitH.WEXITED | SysWaitH.WNOHANG | SysWaitH.WNOWAIT;
        int result = ErrnoH.result(SysWaitH.waitid(SysWaitH.P_ALL, 0, INFO.toAddress(), options));
        if (result < 0) {
            return result == -Errno.EINTR ? 0 : result;
        }
        if (INFO.si_pid == 0) {
            return 0;
        }
        ended.pid = INFO.si_pid;
        boolean exited = INFO.si_code == SysWaitH.CLD_EXITED;
        ended.status = exited ? ExitStatus.ofCode(INFO.si_status) : ExitStatus.ofSignal(INFO.si_status);
        return 1;
    }

    int release(int pid) {
        int result;
        do {
            result = ErrnoH.result(SysWaitH.waitpid(pid, NativeStrings.NULL, 0));
        } while (result == -Errno.EINTR);
        return result < 0 ? result : 0;
    }
}
