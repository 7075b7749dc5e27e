package dev.pintle.init.sys;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads small files whole. */
public final class Files {

    private Files() {}

    /** What reading a file gave. */
    public static final class Reading {
        private final byte[] bytes;
        private final int size;
        private final int errno;

        private Reading(byte[] bytes, int size, int errno) {
            this.bytes = bytes;
            this.size = size;
            this.errno = errno;
        }

        /** One that failed. */
        public static Reading failed(int errno) {
            return new Reading(new byte[0], 0, errno);
        }

        /** What the file has, and more after that. */
        public byte[] bytes() {
            return bytes;
        }

        /** How many bytes are the file's. */
        public int size() {
            return size;
        }

        /** Why it could not be read; 0 where it was. */
        public int errno() {
            return errno;
        }

        /** The text of the file as {@link RawText}, or null where it could not be read. */
        public @Nullable String text() {
            return errno == 0 ? RawText.decode(bytes, 0, size) : null;
        }
    }

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
            return Reading.failed(-descriptor);
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
        return got < 0 ? Reading.failed(-got) : new Reading(buffer, size, 0);
    }
}
