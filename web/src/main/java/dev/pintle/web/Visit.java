package dev.pintle.web;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One connection: one request, one answer. */
final class Visit extends Watched {
    /** Milliseconds until the whole request must be there. */
    private static final long LONGEST_REQUEST = 2_000;
    /** Milliseconds until an answer must have been taken, and for what an overloaded page has no time for. */
    private static final long LONGEST_ANSWER = 5_000;
    /** Milliseconds after which a stream says that it is still there, and within which something of it must have been taken. */
    private static final long HEARTBEAT = 15_000;

    private final Web web;
    /** Somebody who has said no name and comes this way. */
    final Caller unasked;

    /** Null once the request is there. */
    private @Nullable RequestReader reader = new RequestReader();

    private boolean headOnly;
    /** What is still to be written. */
    private final ArrayDeque<byte[]> out = new ArrayDeque<>();
    /** Bytes of the first piece that are. */
    private int written;
    /** Bytes that the answer has. */
    private int answerSize;
    /** Whether there is an answer. */
    private boolean answered;
    /** Where more of it comes from. */
    private @Nullable Stream stream;
    /** What is waited for before there is an answer. */
    @Nullable
    Dialogue dialogue;

    /** Whether it counts as one who follows events. */
    boolean follows;

    Visit(Web web, int descriptor, Caller unasked) {
        super(descriptor);
        this.web = web;
        this.unasked = unasked;
        deadline = web.now() + LONGEST_REQUEST;
    }

    /** Whether its request is not there so far. */
    boolean reads() {
        return reader != null;
    }

    /** Whether it may be ended for another one: it takes its answer slowly, or waits for something long. */
    boolean mayGo() {
        Dialogue asks = dialogue;
        return stream == null && (answered || (asks != null && asks.takesLong()));
    }

    /** Whether it follows something, which takes as long as it likes. */
    boolean streams() {
        return stream != null;
    }

    /** Who has asked for a stream, or for what takes long, is noticed to go; who closes just one direction after a request is not. */
    @Override
    int asked() {
        if (!out.isEmpty()) {
            return PollSet.WRITABLE;
        }
        Dialogue asks = dialogue;
        boolean watched = stream != null || (asks != null && asks.takesLong());
        return reader != null || watched ? PollSet.READABLE : 0;
    }

    @Override
    void ready() {
        if (!out.isEmpty()) {
            write();
        } else if (reader != null) {
            read(reader);
        } else if (web.sys().read(descriptor, new byte[1], 0, 1) != -Errno.EAGAIN) {
            web.end(this);
        }
    }

    private void read(RequestReader from) {
        boolean over = from.read(web.sys(), descriptor);
        HttpRequest request = over ? null : from.request();
        if (request != null) {
            reader = null;
            headOnly = request.method().equals("HEAD");
            deadline = NEVER;
            web.came(this, request);
        } else if (over) {
            web.end(this);
        }
    }

    @Override
    void late() {
        Stream from = stream;
        if (from == null || !out.isEmpty()) {
            web.late(this);
            return;
        }
        deadline = web.now() + HEARTBEAT;
        byte[] heartbeat = from.heartbeat();
        if (heartbeat.length > 0) {
            out.add(heartbeat);
            write();
        }
    }

    /** Bytes of an answer that is kept for one that has not taken all of it. */
    int kept() {
        return answerSize;
    }

    /** Whether an answer has begun. */
    boolean answered() {
        return answered;
    }

    /** It is waited for something to become free that its answer needs. */
    void queued() {
        deadline = web.now() + LONGEST_ANSWER;
    }

    /** Sends the whole response, or its head where that was asked for. */
    void answer(Answer response) {
        begin(response);
        deadline = web.now() + LONGEST_ANSWER;
        write();
    }

    /** Sends what comes from a stream. */
    void follow(String type, Stream from) {
        begin(Answer.stream(type));
        stream = headOnly ? null : from;
        if (headOnly) {
            from.close();
        }
        deadline = web.now() + HEARTBEAT;
        write();
    }

    private void begin(Answer response) {
        answered = true;
        out.add(RawText.encode(response.head()));
        if (!headOnly) {
            out.addAll(response.body().all());
            answerSize = response.body().size();
        }
    }

    /** Takes what its stream has. */
    void pump() {
        if (stream != null && out.isEmpty()) {
            write();
        }
    }

    private void write() {
        while (refill()) {
            byte[] piece = out.element();
            int result = web.sys().write(descriptor, piece, written, piece.length - written);
            if (result == -Errno.EAGAIN) {
                return;
            }
            if (result <= 0) {
                web.end(this);
                return;
            }
            deadline = stream != null ? web.now() + HEARTBEAT : deadline;
            written += result;
            if (written == piece.length) {
                out.remove();
                written = 0;
            }
        }
        if (stream == null || stream.over()) {
            web.end(this);
        }
    }

    /** Whether there is something to write. */
    private boolean refill() {
        Stream from = stream;
        byte[] piece = out.isEmpty() && from != null ? from.next() : null;
        if (piece != null) {
            out.add(piece);
        }
        return !out.isEmpty();
    }

    /** Lets go of what it waited for. */
    void release() {
        Dialogue asks = dialogue;
        Stream from = stream;
        dialogue = null;
        stream = null;
        if (asks != null) {
            asks.cancel();
        }
        if (from != null) {
            from.close();
        }
    }
}
