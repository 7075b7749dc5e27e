package dev.pintle.convert.command;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/** Tells someone at a terminal that a conversion which takes more than a second still goes on. */
final class Progress {

    private static final long SECOND = 1000;

    private final Timer timer = new Timer("progress", true);
    private boolean shown;
    private boolean finished;

    /**
     * Says nothing in the first second.
     *
     * @param terminal null where nobody is there to be told
     */
    Progress(@Nullable PrintStream terminal) {
        if (terminal == null) {
            timer.cancel();
            return;
        }
        long start = System.nanoTime();
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        show(terminal, (System.nanoTime() - start) / 1_000_000_000);
                    }
                },
                SECOND,
                SECOND);
    }

    private synchronized void show(PrintStream terminal, long seconds) {
        if (!finished) {
            shown = true;
            terminal.print("\rpintle-convert: reading and converting, " + seconds + " s");
            terminal.flush();
        }
    }

    /** A writer before whose first text the progress is removed, so that the text begins on a clean line. */
    Writer before(PrintStream stream) {
        return new FilterWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)) {
            @Override
            public void write(int c) throws IOException {
                finish();
                super.write(c);
            }

            @Override
            public void write(char[] text, int from, int length) throws IOException {
                finish();
                super.write(text, from, length);
            }

            @Override
            public void write(String text, int from, int length) throws IOException {
                finish();
                super.write(text, from, length);
            }
        };
    }

    private synchronized void finish() {
        timer.cancel();
        if (shown && !finished) {
            System.err.print("\r\u001B[K");
            System.err.flush();
        }
        finished = true;
    }
}
