package dev.pintle.init.sys;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads small files whole. */
public final class Files {

    private Files() {}

    /**
     * What reading a file gave.
     *
     * @param text  its text as {@link RawText}, or null where it could not be read
     * @param errno why not; 0 where it was read
     * @param size  bytes of the text
     */
    public record Reading(@Nullable String text, int errno, int size) {}

    /** Reads the first {@code limit} bytes of a file, or all where it has no more. */
    public static Reading read(Sys sys, String path, int limit) {
        return read(sys, sys.openForReading(path), limit);
    }

    /** As {@link #read}, of a file that others may have a part in ({@link Sys#openTrusted}). */
    public static Reading readTrusted(Sys sys, String path, int limit) {
        return read(sys, sys.openTrusted(path), limit);
    }

    private static Reading read(Sys sys, int descriptor, int limit) {
        if (descriptor < 0) {
            return new Reading(null, -descriptor, 0);
        }
        byte[] buffer = new byte[Math.min(limit, 4096)];
        int size = 0;
        int got = 0;
        while (size < limit) {
            if (size == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(limit, size * 2));
            }
            got = sys.read(descriptor, buffer, size, buffer.length - size);
            if (got <= 0) {
                break;
            }
            size += got;
        }
        sys.close(descriptor);
        return got < 0 ? new Reading(null, -got, 0) : new Reading(RawText.decode(buffer, 0, size), 0, size);
    }
}
