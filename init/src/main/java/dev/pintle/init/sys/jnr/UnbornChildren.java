package dev.pintle.init.sys.jnr;

import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.SetUpReport;
import java.util.ArrayList;
import java.util.List;

/** Children whose set-up failed before there was a process: zombies under numbers that no process can have. */
final class UnbornChildren {
    /** Linux's largest pid is 4194304 (PID_MAX_LIMIT). */
    private static final int FIRST = 1 << 23;

    private record Zombie(int pid, ExitStatus status) {}

    private final List<Zombie> zombies = new ArrayList<>();
    private int next = FIRST;

    /** A new one, which failed as reported; its pid. */
    int add(SetUpReport report) {
        zombies.add(new Zombie(next, report.end()));
        return next++;
    }

    /** Fills {@code ended} with the first; whether there is one. */
    boolean peek(EndedChild ended) {
        if (zombies.isEmpty()) {
            return false;
        }
        ended.pid = zombies.get(0).pid;
        ended.status = zombies.get(0).status;
        return true;
    }

    /** Whether {@code pid}, or a group of that number, is one. */
    boolean contains(int pid) {
        return pids().contains(Math.abs(pid));
    }

    /** Releases one; whether it was one. */
    boolean release(int pid) {
        return zombies.removeIf(zombie -> zombie.pid == pid);
    }

    List<Integer> pids() {
        return zombies.stream().map(Zombie::pid).toList();
    }
}
