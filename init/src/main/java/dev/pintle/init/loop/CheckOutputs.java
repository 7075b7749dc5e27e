package dev.pintle.init.loop;

import dev.pintle.init.core.Event;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What health checks print: no lines of the container's log, but what status shows of the last one. A check's end is kept, and all
 * else that it prints is read and dropped, so that it never waits, nor takes more than its share of the init's time.
 */
final class CheckOutputs {
    /** Bytes of one check's output that are kept: the last ones. */
    private static final int KEPT = 400;

    private static final int PIECE = 4096;
    /** Pieces that are read at once: what a pipe holds, unless it was made larger. */
    private static final int MOST_PIECES = 16;
    /** Milliseconds for which a check that prints so much is left waiting. */
    private static final long REST = 10;

    private final Sys sys;
    private final Watches watches;
    private final Consumer<Event> sink;
    private final Map<Integer, CheckOutput> byPid = new HashMap<>();
    /** Made with the first check: an init without any keeps no room for what they print. */
    private byte[] buffer = {};

    private final PollSet look = new PollSet();

    CheckOutputs(Sys sys, Watches watches, Consumer<Event> sink) {
        this.sys = sys;
        this.watches = watches;
        this.sink = sink;
    }

    /** Hears a check from here on; {@code pipe} is closed with it. */
    void begin(String service, int pid, int pipe) {
        if (buffer.length == 0) {
            buffer = new byte[PIECE];
        }
        CheckOutput output = new CheckOutput(pipe, service, pid);
        byPid.put(pid, output);
        watches.add(output);
    }

    /** A process has ended, which may be a check: who still holds its pipe writes to nobody. */
    void end(int pid) {
        CheckOutput output = byPid.get(pid);
        if (output != null) {
            output.ready();
            output.close();
        }
    }

    private final class CheckOutput extends Watch {
        private final String service;
        private final int pid;
        private final byte[] tail = new byte[KEPT];
        private int size;
        private boolean cut;
        /** Until when nothing is read. */
        private long restsUntil = Long.MAX_VALUE;

        CheckOutput(int pipe, String service, int pid) {
            super(pipe);
            this.service = service;
            this.pid = pid;
        }

        @Override
        protected int asked() {
            return restsUntil == Long.MAX_VALUE ? super.asked() : 0;
        }

        @Override
        protected boolean patient() {
            return true;
        }

        @Override
        protected long deadline() {
            return restsUntil;
        }

        @Override
        protected void late() {
            restsUntil = Long.MAX_VALUE;
        }

        @Override
        protected void ready() {
            int pieces = 0;
            int got = read();
            while (got > 0 && ++pieces < MOST_PIECES) {
                keep(got);
                got = read();
            }
            if (got > 0) {
                keep(got);
                restsUntil = isReadable() ? sys.monotonicMillis() + REST : Long.MAX_VALUE;
            }
            if (pieces > 0) {
                sink.accept(new Event.TestSaid(service, pid, text()));
            }
            if (got == 0 || (got < 0 && got != -Errno.EAGAIN && got != -Errno.EINTR)) {
                close();
            }
        }

        private boolean isReadable() {
            look.clear();
            look.add(descriptor(), PollSet.READABLE);
            return sys.poll(look, 0) > 0;
        }

        private int read() {
            return sys.read(descriptor(), buffer, 0, PIECE);
        }

        private void keep(int got) {
            int fromNew = Math.min(got, KEPT);
            int fromOld = Math.min(size, KEPT - fromNew);
            cut |= size + got > KEPT;
            System.arraycopy(tail, size - fromOld, tail, 0, fromOld);
            System.arraycopy(buffer, got - fromNew, tail, fromOld, fromNew);
            size = fromOld + fromNew;
        }

        /** Without the rest of a character that was cut, and without the blanks at its end. */
        private String text() {
            int from = 0;
            while (cut && from < size && (tail[from] & 0xc0) == 0x80) {
                from++;
            }
            int to = size;
            while (to > from && tail[to - 1] >= 0 && tail[to - 1] <= ' ') {
                to--;
            }
            return RawText.decode(tail, from, to - from);
        }

        void close() {
            if (!removed()) {
                byPid.remove(pid);
                watches.remove(this);
                sys.close(descriptor());
            }
        }
    }
}
