package dev.pintle.init.sim;

import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import java.util.List;

/** Plays simulated worlds in a native program, as {@link WorldsTest} does on a JVM. */
public final class NativeWorlds {
    private NativeWorlds() {}

    /** Plays so many, and says what breaks the rules; the exit code. */
    public static int play(Sys sys, long firstSeed, long count) {
        int failed = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            List<String> violations = new WorldRun(WorldGenerator.make(seed), false).run();
            if (!violations.isEmpty()) {
                failed++;
                say(sys, "world " + seed + ": " + violations.get(0));
            }
        }
        say(sys, count + " worlds from seed " + firstSeed + " on, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }

    private static void say(Sys sys, String line) {
        byte[] bytes = RawText.encode(line + "\n");
        sys.write(1, bytes, 0, bytes.length);
    }
}
