package dev.pintle.init.sim;

import dev.pintle.init.sys.Errno;
import java.util.ArrayList;
import java.util.List;

/** A pipe: two open files over one queue. */
final class SimPipe {
    static final int CAPACITY = 65536;

    private final ByteQueue queue = new ByteQueue(CAPACITY);
    private boolean readerGone;
    private boolean writerGone;
    private final List<Runnable> atEnd = new ArrayList<>();
    final OpenFile reader;
    final OpenFile writer;

    SimPipe(String name) {
        reader = new Reader(name + ", reading end");
        writer = new Writer(name + ", writing end");
    }

    private final class Reader extends OpenFile {
        Reader(String description) {
            super(description);
        }

        @Override
        void closed() {
            readerGone = true;
        }

        @Override
        boolean readable() {
            return queue.size() > 0;
        }

        @Override
        boolean hungUp() {
            return writerGone;
        }

        @Override
        void atEnd(Runnable work) {
            if (writerGone) {
                work.run();
            } else {
                atEnd.add(work);
            }
        }

        @Override
        int read(byte[] buffer, int offset, int length) {
            return queue.size() > 0 ? queue.take(buffer, offset, length) : writerGone ? 0 : -Errno.EAGAIN;
        }
    }

    private final class Writer extends OpenFile {
        Writer(String description) {
            super(description);
        }

        @Override
        void closed() {
            writerGone = true;
            List.copyOf(atEnd).forEach(Runnable::run);
        }

        @Override
        boolean writable() {
            return queue.room() > 0;
        }

        @Override
        boolean hungUp() {
            return readerGone;
        }

        @Override
        int write(byte[] buffer, int offset, int length) {
            return readerGone ? -Errno.EPIPE : queue.room() > 0 ? queue.put(buffer, offset, length) : -Errno.EAGAIN;
        }
    }
}
