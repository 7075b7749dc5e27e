package dev.pintle.init.sys.jnr;

import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.ExitStatus;
import java.util.ArrayList;
import java.util.List;

/** Children whose set-up failed before there was a process: zombies under numbers that no process can have. */
final class UnbornChildren {
    /** Linux's largest pid is 4194304 (PID_MAX_LIMIT). */
    private static final int FIRST = 1 << 23;

    private static final ExitStatus STATUS = ExitStatus.ofCode(127);

    private final List<Integer> zombies = new ArrayList<>();
    private int next = FIRST;

    /** A new one; its pid. */
    int add() {
        zombies.add(next);
        return next++;
    }

    /** Fills {@code ended} with the first; whether there is one. */
    boolean peek(EndedChild ended) {
        if (zombies.isEmpty()) {
            return false;
        }
        ended.pid = zombies.get(0);
        ended.status = STATUS;
        return true;
    }

    /** Whether {@code pid}, or a group of that number, is one. */
    boolean contains(int pid) {
        return zombies.contains(Math.abs(pid));
    }

    /** Releases one; whether it was one. */
    boolean release(int pid) {
        return zombies.remove(Integer.valueOf(pid));
    }

    List<Integer> pids() {
        return zombies;
    }
}
