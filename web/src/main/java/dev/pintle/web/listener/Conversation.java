package dev.pintle.web.listener;

import dev.pintle.init.sys.RawText;
import dev.pintle.layout.text.Ascii;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocol: a listener says that it is ready, gets one event, and says what came of it. One that says anything else gets no more.
 * Events that it has no time for are kept, up to a number of them; then the oldest goes.
 */
final class Conversation {
    /** What a listener does. */
    private enum State {
        ACKNOWLEDGED,
        READY,
        BUSY,
        UNKNOWN
    }

    /**
     * An event that is to be told.
     *
     * @param serial     its number among all
     * @param poolSerial its number among those of this listener
     * @param name       such as PROCESS_STATE_RUNNING
     */
    private record Event(long serial, long poolSerial, String name, String payload) {}

    private static final String READY = "READY\n";
    private static final String RESULT = "RESULT ";
    /** Bytes that a listener may say at once. */
    private static final int LONGEST = 64 * 1024;

    private final String pool;
    private final int room;
    private final List<Event> waiting = new ArrayList<>();
    private State state = State.ACKNOWLEDGED;
    private @Nullable Event told;
    private byte[] said = new byte[0];
    /** Bytes of a result that are to come; -1 before its line. */
    private int resultLength = -1;

    private long serial;
    private long poolSerial;
    /** What is wrong, to be said once; empty for nothing. */
    private String trouble = "";

    /**
     * A conversation that begins.
     *
     * @param room events that are kept
     */
    Conversation(String pool, int room) {
        this.pool = pool;
        this.room = room;
    }

    /** Something happened. */
    void add(String name, String payload) {
        if (waiting.size() >= room) {
            trouble = "event " + waiting.remove(0).serial + " is lost: " + pool + " is too slow";
        }
        waiting.add(new Event(serial++, poolSerial++, name, payload));
    }

    /** What is to be written to the listener now; empty for nothing. */
    byte[] next() {
        if (state != State.READY || waiting.isEmpty()) {
            return new byte[0];
        }
        Event event = waiting.remove(0);
        told = event;
        state = State.BUSY;
        byte[] payload = RawText.encode(event.payload);
        return RawText.encode("ver:3.0 server:supervisor serial:" + event.serial + " pool:" + pool + " poolserial:"
                + event.poolSerial + " eventname:" + event.name + " len:" + payload.length + "\n" + event.payload);
    }

    /** What is wrong since this was asked last; empty for nothing. */
    String trouble() {
        String told = trouble;
        trouble = "";
        return told;
    }

    /** The listener has said something. */
    void hear(byte[] bytes, int size) {
        int before = said.length;
        said = Arrays.copyOf(said, before + size);
        System.arraycopy(bytes, 0, said, before, size);
        boolean more = true;
        while (more && said.length > 0) {
            more = step();
        }
        if (said.length > LONGEST) {
            giveUp("it says too much");
        }
    }

    /** Takes what is there; whether there may be more to take. */
    private boolean step() {
        switch (state) {
            case ACKNOWLEDGED -> {
                if (said.length < READY.length()) {
                    return false;
                }
                if (!text(READY.length()).equals(READY)) {
                    giveUp("it does not say READY");
                    return false;
                }
                drop(READY.length());
                state = State.READY;
                return true;
            }
            case READY -> {
                giveUp("it says something without being asked");
                return false;
            }
            case BUSY -> {
                return resultLength < 0 ? takeLine() : takeResult();
            }
            case UNKNOWN -> {
                said = new byte[0];
                return false;
            }
        }
        return false;
    }

    private boolean takeLine() {
        int end = 0;
        while (end < said.length && said[end] != '\n') {
            end++;
        }
        if (end == said.length) {
            return false;
        }
        String line = text(end);
        String digits = line.startsWith(RESULT) ? line.substring(RESULT.length()) : "";
        if (!Ascii.isNumber(digits) || digits.length() > 4) {
            reject();
            giveUp("it says " + line + " for a result");
            return false;
        }
        resultLength = Integer.parseInt(digits);
        drop(end + 1);
        return true;
    }

    private boolean takeResult() {
        if (said.length < resultLength) {
            return false;
        }
        String result = text(resultLength);
        drop(resultLength);
        resultLength = -1;
        state = State.ACKNOWLEDGED;
        if (!result.equals("OK")) {
            reject();
        }
        told = null;
        return true;
    }

    /** An event that was not taken is told again, before all others. */
    private void reject() {
        Event event = told;
        if (event != null) {
            waiting.add(0, event);
            told = null;
        }
    }

    private void giveUp(String why) {
        trouble = "no more events for " + pool + ": " + why;
        state = State.UNKNOWN;
        said = new byte[0];
    }

    private String text(int length) {
        return RawText.decode(said, 0, length);
    }

    private void drop(int length) {
        said = Arrays.copyOfRange(said, length, said.length);
    }
}
