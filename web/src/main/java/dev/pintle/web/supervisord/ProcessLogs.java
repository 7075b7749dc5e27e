package dev.pintle.web.supervisord;

import dev.pintle.layout.Stream;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.List;

/** Reads and empties the files that processes log to. */
final class ProcessLogs {
    /** What one call reads at most: a megabyte. Whoever wants more asks from where that ended. */
    static final int MOST = 1 << 20;

    private final Backend backend;

    ProcessLogs(Backend backend) {
        this.backend = backend;
    }

    /**
     * Reads from an offset on.
     *
     * @param offset negative to read so many bytes at the end
     * @param length 0 for all that there is; must be 0 with a negative offset
     */
    String read(Supervised process, Stream stream, long offset, long length) throws FaultException {
        String path = process.logFile(stream);
        if (path.isEmpty()) {
            throw Fault.NO_FILE.exception();
        }
        long size = backend.size(path);
        if (size < 0) {
            throw Fault.NO_FILE.exception(path);
        }
        if (offset < 0 ? length != 0 : length < 0) {
            throw Fault.BAD_ARGUMENTS.exception();
        }
        long from = offset < 0 ? Math.max(0, size + offset) : offset;
        return backend.read(path, from, bounded(length == 0 ? size - from : length));
    }

    /** The end of a file: its bytes, where it ends, and whether there is more before them than was asked for. */
    List<Object> tail(Supervised process, Stream stream, long offset, long length) {
        String path = process.logFile(stream);
        long size = path.isEmpty() ? -1 : backend.size(path);
        if (size < 0) {
            return List.of("", 0L, false);
        }
        boolean overflow = size > offset + length;
        long from = overflow ? size - 1 : offset;
        long wanted = length;
        if (from + wanted > size) {
            wanted = from > size - 1 ? 0 : wanted;
            from = size - wanted;
        }
        return List.of(backend.read(path, Math.max(0, from), bounded(wanted)), size, overflow);
    }

    private static int bounded(long length) {
        return (int) Math.max(0, Math.min(MOST, length));
    }

    /** Empties both of a process. */
    void clear(Supervised process) throws FaultException {
        for (Stream stream : Stream.values()) {
            String path = process.logFile(stream);
            boolean there = !path.isEmpty() && backend.size(path) >= 0;
            if (there && !backend.truncate(path)) {
                throw Fault.FAILED.exception(process.fullName());
            }
        }
    }
}
