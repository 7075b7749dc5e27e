package dev.pintle.init.control;

import dev.pintle.init.loop.Watch;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One client of the control socket. */
final class Connection extends Watch {
    /** The longest request; one with every service of a large container by name is far shorter. */
    private static final int LONGEST_REQUEST = 64 * 1024;
    /** What is kept for a client that does not read; the status of thousands of services is shorter. */
    private static final int MOST_UNREAD = 4 * 1024 * 1024;
    /** Events that wait beyond this are counted instead: a subscriber that sleeps must not take the memory. */
    private static final int MOST_UNREAD_EVENTS = 128 * 1024;

    /** Milliseconds; a program that asks has its request ready, and an operator types it into another program. */
    private static final long LONGEST_IDLE = 60_000;

    private static final int FIRST_BUFFER = 512;

    private final Server server;
    private final Requests requests;
    private byte[] input = new byte[FIRST_BUFFER];
    private int inputSize;
    private final Outbox outbox = new Outbox();
    /** What the client waits for; while there is something, its next request is not looked at. */
    private @Nullable Goal goal;
    /** What it wants to hear of; null for nothing. */
    private @Nullable Subscription subscription;
    /** Whether it has asked for the container's end, and had that answered. */
    private boolean endAsked;
    /** Events that it will not hear of, because it did not read. */
    private int missed;
    /** When it last sent or took something. */
    private long active;

    Connection(Server server, int descriptor) {
        super(descriptor);
        this.server = server;
        this.requests = new Requests(server);
        active = server.sys().monotonicMillis();
    }

    /** Whether nothing is owed to it: it has asked for nothing, or not to the end, or does not take what it was told. */
    boolean isIdle() {
        return goal == null && subscription == null && !endAsked;
    }

    /** When it last sent or took something, on the clock that never jumps. */
    long active() {
        return active;
    }

    /** It is closed: nothing is to be sent to it any more. */
    void forgetWhatItWants() {
        goal = null;
        subscription = null;
    }

    /** How many bytes wait for it to read them. */
    int unread() {
        return outbox.size();
    }

    /** How many bytes are kept for it. */
    int held() {
        return outbox.held();
    }

    @Override
    protected boolean patient() {
        return true;
    }

    @Override
    protected long deadline() {
        return isIdle() ? active + LONGEST_IDLE : Long.MAX_VALUE;
    }

    @Override
    protected void late() {
        dismiss("idle", "cannot wait for a request any longer: none has come for " + LONGEST_IDLE / 1000 + " s");
    }

    /** Closes it, and says why if that can be read as a line of its own. */
    void dismiss(String error, String why) {
        if (outbox.size() == 0) {
            outbox.add(Message.refused(error, why).line());
            outbox.flush(server.sys(), descriptor());
        }
        server.close(this);
    }

    /** Tells a client that it is not served, as far as that can be said without waiting. */
    static void turnAway(Sys sys, int descriptor, Message reply) {
        byte[] line = RawText.encode(reply.line() + "\n");
        sys.write(descriptor, line, 0, line.length);
        sys.close(descriptor);
    }

    /** While something is awaited, only whether the client goes is asked: that is always told. */
    @Override
    protected int asked() {
        if (outbox.size() > 0) {
            return PollSet.WRITABLE;
        }
        return goal == null ? PollSet.READABLE : 0;
    }

    /** Requests that came together with the last one are answered in later turns. */
    @Override
    protected boolean eager() {
        return goal == null && outbox.size() == 0 && lineEnd() >= 0;
    }

    @Override
    protected void ready() {
        if (outbox.size() > 0) {
            flush();
        } else if (eager()) {
            answerNext();
        } else {
            read();
        }
    }

    /** Whether it has asked for the container's end. */
    boolean endAsked() {
        return endAsked;
    }

    private void read() {
        if (inputSize >= LONGEST_REQUEST) {
            // Only a client that sends on while it is kept waiting comes here.
            server.close(this);
            return;
        }
        if (inputSize == input.length) {
            input = Arrays.copyOf(input, input.length * 2);
        }
        int got = server.sys().read(descriptor(), input, inputSize, input.length - inputSize);
        if (got == -Errno.EAGAIN || got == -Errno.EINTR) {
            return;
        }
        if (got <= 0) {
            server.close(this);
            return;
        }
        inputSize += got;
        active = server.sys().monotonicMillis();
        answerNext();
    }

    /** Answers one request, if a whole one is there. */
    private void answerNext() {
        int end = lineEnd();
        if (end >= 0 && goal == null) {
            String line = RawText.decode(input, 0, end);
            System.arraycopy(input, end + 1, input, 0, inputSize - end - 1);
            inputSize -= end + 1;
            answer(line);
        } else if (end < 0 && inputSize >= LONGEST_REQUEST) {
            Message reply =
                    Message.refused("too-long", "cannot read the request: it is longer than " + LONGEST_REQUEST);
            send(reply);
            server.close(this);
        }
    }

    private int lineEnd() {
        for (int i = 0; i < inputSize; i++) {
            if (input[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** One that asks for more than fits into memory is given up, with what it was told so far. */
    private void answer(String line) {
        boolean limited = server.sys().limitMemory(true);
        try {
            answerWithinMemory(line);
        } catch (OutOfMemoryError e) {
            server.sys().limitMemory(limited);
            send(Message.refused("too-large", "cannot answer: the request or its reply is too large"));
            server.close(this);
        } finally {
            server.sys().limitMemory(limited);
        }
    }

    private void answerWithinMemory(String line) {
        Message request;
        try {
            request = Message.parse(line);
        } catch (Json.MalformedException e) {
            send(Message.refused("malformed", "cannot read the request: " + e.getMessage()));
            return;
        }
        Requests.Answer answer = requests.answer(request);
        if (answer.subscription() != null) {
            subscription = answer.subscription();
        }
        endAsked |= answer.end();
        Goal awaited = answer.goal();
        if (awaited == null) {
            send(answer.reply());
        } else {
            goal = awaited;
            lookAtGoal("");
        }
    }

    /**
     * Something has changed: the client may have what it waits for.
     *
     * @param changed the service that has; empty where several may have
     */
    void lookAtGoal(String changed) {
        Goal awaited = goal;
        if (awaited == null) {
            return;
        }
        Message reply = awaited.reply(server.supervisor(), server.sys().monotonicMillis(), changed);
        if (reply != null) {
            goal = null;
            send(reply);
        }
    }

    /**
     * Tells the client of an event, if it wants to hear of it.
     *
     * @param service the service that it is about; empty for the container
     */
    void tell(String service, Message event) {
        if (subscription == null || !subscription.wants(service)) {
            return;
        }
        if (outbox.size() >= MOST_UNREAD_EVENTS) {
            missed++;
            return;
        }
        if (missed > 0) {
            outbox.add(Message.empty()
                    .with("event", "missed")
                    .with("count", (long) missed)
                    .line());
            missed = 0;
        }
        send(event);
    }

    private void send(Message message) {
        String line = message.line();
        if (outbox.size() + line.length() > MOST_UNREAD || !server.makeRoom(this, line.length())) {
            server.close(this);
            return;
        }
        outbox.add(line);
        flush();
    }

    private void flush() {
        if (!outbox.flush(server.sys(), descriptor())) {
            server.close(this);
        } else if (outbox.hasMoved()) {
            active = server.sys().monotonicMillis();
        }
    }
}
