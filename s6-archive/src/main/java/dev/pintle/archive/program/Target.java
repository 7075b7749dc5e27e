package dev.pintle.archive.program;

import dev.pintle.init.program.Invocation;
import dev.pintle.init.sys.PollSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state that s6-svc and s6-svwait wait for, by its letter: up, Up and ready, down, Down with its finish, restarted. */
final class Target {
    /** The exit code where it took too long. */
    static final int TIMED_OUT = 99;

    private static final String LETTERS = "uUdDrR";
    private static final long PAUSE = 20;

    private final char letter;

    private Target(char letter) {
        this.letter = letter;
    }

    /** The state of a letter; null where there is none. */
    static @Nullable Target of(char letter) {
        return LETTERS.indexOf(letter) < 0 ? null : new Target(letter);
    }

    /** Whether a service has to be ready for it, which one that says nothing never is: then up will do. */
    boolean wantsReady() {
        return letter == 'U' || letter == 'R';
    }

    /** {@code before}: how often it had been started when the wait began. */
    boolean isReached(Supervised service, long before) {
        Status status = service.status();
        if (status == null) {
            return letter == 'd' || letter == 'D';
        }
        boolean up = status.isUp() && (!wantsReady() || status.isReady() || !service.notifies());
        return switch (letter) {
            case 'd' -> !status.isUp();
            case 'D' -> status.isReallyDown();
            case 'r', 'R' -> up && status.starts() > before;
            default -> up;
        };
    }

    /**
     * Waits until services are in it.
     *
     * @param any     whether one of them will do
     * @param timeout milliseconds; 0 for ever
     * @return whether they are
     */
    boolean await(Invocation call, List<Supervised> services, long[] before, boolean any, long timeout) {
        long deadline = timeout == 0 ? Long.MAX_VALUE : call.sys.monotonicMillis() + timeout;
        while (true) {
            int reached = 0;
            for (int i = 0; i < services.size(); i++) {
                reached += isReached(services.get(i), before[i]) ? 1 : 0;
            }
            if (any ? reached > 0 : reached == services.size()) {
                return true;
            }
            long left = deadline - call.sys.monotonicMillis();
            if (left <= 0) {
                return false;
            }
            call.sys.poll(new PollSet(), Math.min(PAUSE, left));
        }
    }
}
