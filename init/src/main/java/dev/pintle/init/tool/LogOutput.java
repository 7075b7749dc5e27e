package dev.pintle.init.tool;

import dev.pintle.init.program.Output;
import dev.pintle.init.sys.ToolSys;
import org.jspecify.annotations.Nullable;

/** Where lines of logs are shown: standard output and standard error, written in the order in which lines are put. */
final class LogOutput {
    private static final int ROOM = 16_384;

    private final ToolSys sys;
    /** Between services and a terminal; null where there is none. */
    private final @Nullable TerminalFilter[] filters = new @Nullable TerminalFilter[3];

    private final byte[] buffer = new byte[ROOM];
    private int size;
    private int descriptor = 1;

    LogOutput(ToolSys sys) {
        this.sys = sys;
        for (int i = 1; i < filters.length; i++) {
            filters[i] = sys.isTerminal(i) ? new TerminalFilter() : null;
        }
    }

    /** Takes bytes, at most half the room at once. */
    void put(int to, byte[] bytes, int from, int end) {
        if (to != descriptor || size + end - from > ROOM) {
            flush();
            descriptor = to;
        }
        System.arraycopy(bytes, from, buffer, size, end - from);
        size += end - from;
    }

    /** Nothing more comes: colours of a line that was not ended are not left on. */
    void end() {
        flush();
        for (int i = 1; i < filters.length; i++) {
            TerminalFilter filter = filters[i];
            if (filter != null) {
                filter.end();
                Output.write(sys, i, filter.bytes(), filter.size());
            }
        }
    }

    void flush() {
        TerminalFilter filter = filters[descriptor];
        if (size > 0 && filter == null) {
            Output.write(sys, descriptor, buffer, size);
        } else if (size > 0) {
            filter.take(buffer, size);
            Output.write(sys, descriptor, filter.bytes(), filter.size());
        }
        size = 0;
    }
}
