package dev.pintle.init.sys;

/** Bytes that nobody can guess. */
public final class RandomBytes {
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();
    private static final int NAME_BYTES = 16;
    /** Odd, and as far from any pattern as the golden ratio is (Knuth, TAOCP 6.4). */
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private static long counter;

    private RandomBytes() {}

    /** Fills an array: by getrandom(2), or where that is refused from /dev/urandom; or why not, as a negated errno. */
    public static int fill(Sys sys, byte[] bytes) {
        int result = sys.random(bytes);
        if (result >= 0) {
            return 0;
        }
        int descriptor = sys.openForReading("/dev/urandom");
        if (descriptor < 0) {
            return descriptor;
        }
        int got = sys.read(descriptor, bytes, 0, bytes.length);
        sys.close(descriptor);
        return got == bytes.length ? 0 : got < 0 ? got : -Errno.EAGAIN;
    }

    /**
     * A name of 32 hexadecimal digits. Where the kernel gives no random bytes it can be guessed, and still is another one each
     * time and for each process: no secret may depend on it.
     */
    public static String name(Sys sys) {
        byte[] bytes = new byte[NAME_BYTES];
        if (fill(sys, bytes) < 0) {
            mixClocks(sys, bytes);
        }
        char[] text = new char[2 * NAME_BYTES];
        for (int i = 0; i < NAME_BYTES; i++) {
            text[2 * i] = DIGITS[bytes[i] >> 4 & 0xf];
            text[2 * i + 1] = DIGITS[bytes[i] & 0xf];
        }
        return new String(text);
    }

    private static void mixClocks(Sys sys, byte[] bytes) {
        counter += STEP;
        long mixed = counter ^ sys.wallClockMillis() << 20 ^ sys.monotonicMillis() ^ (long) sys.pid() << 44;
        for (int i = 0; i < bytes.length; i++) {
            mixed += STEP;
            long out = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
            bytes[i] = (byte) ((out ^ out >>> 27) >>> 32);
        }
    }
}
