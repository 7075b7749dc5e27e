package dev.pintle.web;

import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import dev.pintle.init.sys.RawText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A line of the init's. What it has to tell of thousands of services is passed on without taking it apart. */
final class Reply {
    private static final byte[] DONE = RawText.encode("{\"pintle\":1,\"ok\":true");

    private final byte[] line;
    private final int size;
    private @Nullable Message message;

    /** The first bytes of a buffer that is not used for anything else. */
    Reply(byte[] buffer, int size) {
        this.line = buffer;
        this.size = size;
    }

    /** One that the init did not give itself. */
    Reply(Message message) {
        this.line = RawText.encode(message.line());
        this.size = line.length;
        this.message = message;
    }

    /** Whether what was asked has been done. */
    boolean ok() {
        return size > DONE.length && Arrays.equals(Arrays.copyOf(line, DONE.length), DONE);
    }

    /** All of it. */
    Pieces all() {
        return new Pieces().add(Arrays.copyOf(line, size)).add("\n");
    }

    /** The object without what every reply has. */
    Pieces body() {
        int at = !ok() ? 1 : line[DONE.length] == ',' ? DONE.length + 1 : DONE.length;
        return new Pieces().add("{").add(Arrays.copyOfRange(line, at, size)).add("\n");
    }

    /** Taken apart. */
    Message message() {
        Message parsed = message;
        if (parsed == null) {
            try {
                parsed = Message.parse(RawText.decode(line, 0, size));
            } catch (Json.MalformedException e) {
                parsed = Message.refused("malformed", "cannot read the init's reply: " + e.getMessage());
            }
            message = parsed;
        }
        return parsed;
    }
}
