package dev.pintle.init.fuzz;

import dev.pintle.init.sim.ControlTarget;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;

/** Gives generated layouts and requests to the program, a new seed for each, and watches what memory it takes. */
final class Generated {
    /** After each such part of all, the memory that is in use is looked at. */
    private static final int PARTS = 20;
    /** What it may have grown by since the first part, in kB. */
    private static final long MOST_GROWTH = 1024;

    private final Sys sys;
    private final Target layouts = new LayoutTarget();
    private final Target requests = new ControlTarget();
    private long givenUp;

    private Generated(Sys sys) {
        this.sys = sys;
    }

    /** Gives so many, and says what fails; the exit code. */
    static int give(Sys sys, long firstSeed, long count) {
        return new Generated(sys).give(firstSeed, count);
    }

    private int give(long firstSeed, long count) {
        long first = 0;
        long last = 0;
        for (long part = 0; part < PARTS; part++) {
            for (long i = count * part / PARTS; i < count * (part + 1) / PARTS; i++) {
                if (!take(firstSeed + i)) {
                    return 1;
                }
            }
            System.gc();
            last = inUse();
            first = part == 0 ? last : first;
        }
        say(count + " layouts and requests from seed " + firstSeed + " on, " + givenUp
                + " given up as too large for the heap; in use at first " + first + " kB, at last " + last + " kB");
        return last > first + MOST_GROWTH ? 1 : 0;
    }

    private boolean take(long seed) {
        Generator generator = new Generator(seed);
        try {
            if (seed % 2 == 0) {
                layouts.take(RawText.encode(generator.layout()));
            } else {
                requests.take(RawText.encode(generator.requests()));
            }
            return true;
        } catch (OutOfMemoryError e) {
            // An init gives up what does not fit, and goes on.
            givenUp++;
            return true;
        } catch (RuntimeException | Error e) {
            say("seed " + seed + ": " + e);
            return false;
        }
    }

    /** Resident memory of this process that is not of a file, in kB. */
    private long inUse() {
        String status =
                String.valueOf(Files.read(sys, "/proc/self/status", 1 << 16).text());
        int start = status.indexOf("RssAnon:") + "RssAnon:".length();
        return Long.parseLong(
                status.substring(start, status.indexOf(" kB", start)).trim());
    }

    private void say(String line) {
        byte[] bytes = RawText.encode(line + "\n");
        sys.write(1, bytes, 0, bytes.length);
    }
}
