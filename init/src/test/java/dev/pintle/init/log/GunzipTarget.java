package dev.pintle.init.log;

import dev.pintle.init.fuzz.Target;
import dev.pintle.init.sys.ToolSys;

/** A log file that was packed, by whomever: root reads what a service's user has put there. */
public final class GunzipTarget implements Target {
    /** A packed file may become a thousand times as long. */
    private static final int MOST_UNPACKED = 200_000;

    private final ToolSys sys;
    private final int file;
    private final byte[] buffer = new byte[1024];

    /** Inputs are written to a file in memory. */
    public GunzipTarget(ToolSys sys) {
        this.sys = sys;
        file = sys.makeMemoryFile("input");
        if (file < 0) {
            throw new IllegalStateException("cannot make a file in memory: " + -file);
        }
    }

    @Override
    public void take(byte[] input) {
        sys.truncate(file, 0);
        sys.seek(file, 0);
        sys.write(file, input, 0, input.length);
        Gunzip gunzip = new Gunzip(sys, file);
        int unpacked = 0;
        int got = 1;
        while (got > 0 && unpacked < MOST_UNPACKED) {
            got = gunzip.read(buffer, 0, buffer.length);
            unpacked += Math.max(got, 0);
        }
        if (got < 0 && got != Gunzip.DAMAGED) {
            throw new IllegalStateException("cannot read: " + -got);
        }
        if (input.length >= Gunzip.TRAILER) {
            byte[] trailer = new byte[Gunzip.TRAILER];
            System.arraycopy(input, input.length - Gunzip.TRAILER, trailer, 0, Gunzip.TRAILER);
            Gunzip.fits(trailer, sys, file);
        }
    }
}
