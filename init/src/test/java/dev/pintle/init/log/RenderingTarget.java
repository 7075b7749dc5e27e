package dev.pintle.init.log;

import dev.pintle.init.fuzz.Target;
import dev.pintle.init.sys.RawText;

/** What a service prints: the first byte says how it is rendered, then come lines. */
public final class RenderingTarget implements Target {
    private static final long NOW = 1_700_000_000_000_000_000L;

    @Override
    public void take(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Rendering rendering = new Rendering();
        Counter counter = new Counter();
        rendering.sinks = new Sink[] {counter};
        rendering.stamp = switch (input[0] & 3) {
            case 0, 1 -> Rendering.Stamp.NONE;
            case 2 -> Rendering.Stamp.ISO8601;
            default -> Rendering.Stamp.TAI64N;
        };
        if ((input[0] & 4) != 0) {
            rendering.prefix = RawText.encode("web | ");
        }
        if ((input[0] & 8) != 0) {
            rendering.object = RawText.encode(",\"service\":\"web\"");
        }
        rendering.rateLimit = (input[0] & 16) != 0 ? 3 : 0;
        int start = 1;
        for (int i = 1; i < input.length; i++) {
            // Parts of a line, too, as a full buffer makes them.
            if (input[i] == '\n' || i - start == 100) {
                rendering.add(input, start, i, input[i] == '\n', NOW);
                start = i + 1;
            }
        }
        rendering.flush();
        if (rendering.rateLimit == 0 && start > 1 && counter.written == 0) {
            throw new IllegalStateException("lines are lost");
        }
    }

    private static final class Counter implements Sink {
        private long written;

        @Override
        public void write(byte[] bytes, int offset, int length) {
            written += length;
        }

        @Override
        public boolean open() {
            return true;
        }

        @Override
        public void reopen() {}

        @Override
        public String trouble() {
            return "";
        }

        @Override
        public void rotate() {}

        @Override
        public boolean work() {
            return false;
        }

        @Override
        public void close() {}
    }
}
