package dev.pintle.init.sys.jnr;

import static dev.pintle.init.sys.jnr.LibC.LIBC;

import java.util.concurrent.atomic.AtomicInteger;
import jnr.ffi.Pointer;

/**
 * Where a child waits inside posix_spawn(3), between fork and exec, until it is let through: a file action opens a FIFO
 * for reading, which waits for a writer (fifo(7)).
 */
final class Gate {
    /** In the child: above what it is given, below the copies that are placed. */
    private static final int DESCRIPTOR = 63;
    /** The child may have become any user by now. */
    private static final int FOR_ALL = 0666;

    private static final AtomicInteger MADE = new AtomicInteger();

    private final boolean closed;
    private final byte[] path;
    private int writer = -1;

    /** A gate that is closed, or one that does nothing. */
    Gate(boolean closed) {
        this.closed = closed;
        String name = "pintle-gate-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();
        path = CText.path(System.getProperty("java.io.tmpdir", "/tmp") + "/" + name);
        if (closed) {
            LIBC.mkfifo(path, FOR_ALL);
            LIBC.chmod(path, FOR_ALL);
        }
    }

    boolean closed() {
        return closed;
    }

    /** Puts it in the way of a child. */
    void addTo(Pointer actions) {
        if (closed) {
            LIBC.posix_spawn_file_actions_addopen(actions, DESCRIPTOR, path, LibC.O_RDONLY, 0);
            LIBC.posix_spawn_file_actions_addclose(actions, DESCRIPTOR);
        }
    }

    /** Lets the child through, whether it waits or has yet to come. */
    void open() {
        // To open for both does not wait for a reader.
        writer = LIBC.open(path, LibC.O_RDWR | LibC.O_CLOEXEC, 0);
    }

    /** Takes it away. */
    void release() {
        if (closed) {
            LIBC.close(writer);
            LIBC.unlinkat(LibC.AT_FDCWD, path, 0);
        }
    }
}
