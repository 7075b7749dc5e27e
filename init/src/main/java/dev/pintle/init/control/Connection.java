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
    /** Longer ones come after the shorter ones of other clients. */
    private static final int SHORT_REQUEST = 4 * 1024;
    /** Milliseconds: a client whose request has taken longer comes after the others with its next one. */
    private static final long SHORT_WORK = 2;
    /** What is kept for a client that does not read; the status of thousands of services is shorter. */
    private static final int MOST_UNREAD = 4 * 1024 * 1024;
    /** Events that are each sent by themselves in one turn. */
    private static final int SENT_AT_ONCE = 16;
    /** Bytes of further ones that are sent together; they are taken from where they are kept for all when these have gone. */
    private static final int EVENTS_SENT = 16 * 1024;

    /** Milliseconds; a program that asks has its request ready, and an operator types it into another program. */
    private static final long LONGEST_IDLE = 60_000;

    private static final int FIRST_BUFFER = 512;

    private final Server server;
    private final Requests requests;
    private byte[] input = new byte[FIRST_BUFFER];
    private int inputSize;
    private final Outbox outbox = new Outbox();
    /** What is being written to it; while there is something, its next request is not looked at. */
    private @Nullable LongReply reply;
    /** What the client waits for; while there is something, its next request is not looked at. */
    private @Nullable Goal goal;
    /** What it is told about that; in a later turn where that takes time, as many may have waited for the same. */
    private @Nullable Message reached;
    /** What it wants to hear of; null for nothing. */
    private @Nullable Subscription subscription;
    /** Whether it has asked for the container's end, and had that answered. */
    private boolean endAsked;
    /** How many events it was told of in this turn. */
    private int toldNow;
    /** When it last sent or took something. */
    private long active;
    /** Whether its last request has taken long. */
    private boolean slow;

    Connection(Server server, int descriptor) {
        super(descriptor);
        this.server = server;
        this.requests = new Requests(server);
        active = server.sys().monotonicMillis();
    }

    /** Whether nothing is owed to it: it has asked for nothing, or not to the end, or does not take what it was told. */
    boolean isIdle() {
        return goal == null && reached == null && subscription == null && !endAsked;
    }

    /** When it last sent or took something, on the clock that never jumps. */
    long active() {
        return active;
    }

    /** It is closed: nothing is to be sent to it any more. */
    void forgetWhatItWants() {
        goal = null;
        reached = null;
        reply = null;
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
    protected void beginTurn() {
        toldNow = 0;
    }

    @Override
    protected boolean patient() {
        return true;
    }

    /** Whoever asks for much comes after whoever asks for little. */
    @Override
    protected boolean bulky() {
        return reply != null || reached != null || slow || inputSize > SHORT_REQUEST;
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
        if (outbox.size() == 0 && reply == null) {
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
        if (outbox.size() > 0 || owesEvents()) {
            return PollSet.WRITABLE;
        }
        return waits() ? 0 : PollSet.READABLE;
    }

    /** Whether it is still owed an answer, so that its next request is not looked at. */
    private boolean waits() {
        return goal != null || reached != null || reply != null;
    }

    /** The pieces of a reply, and requests that came together with the last one, are seen to in later turns. */
    @Override
    protected boolean eager() {
        return outbox.size() == 0
                && !owesEvents()
                && (reply != null || reached != null || (!waits() && lineEnd() >= 0));
    }

    @Override
    protected void ready() {
        if (outbox.size() > 0) {
            flush();
        } else if (owesEvents()) {
            sendEvents();
            server.forgetEvents();
        } else if (reply != null) {
            withinMemory(this::writeOn);
        } else if (reached != null) {
            withinMemory(this::tellReached);
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
        if (end >= 0 && !waits()) {
            String line = RawText.decode(input, 0, end);
            System.arraycopy(input, end + 1, input, 0, inputSize - end - 1);
            inputSize -= end + 1;
            long begun = server.sys().monotonicMillis();
            withinMemory(() -> answer(line));
            slow = server.sys().monotonicMillis() - begun >= SHORT_WORK;
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

    /** One that asks for more than fits into memory is given up, and told so unless that would be in the middle of a line. */
    private void withinMemory(Runnable work) {
        boolean limited = server.sys().limitMemory(true);
        try {
            work.run();
        } catch (OutOfMemoryError e) {
            server.sys().limitMemory(limited);
            if (reply == null || !reply.begun()) {
                send(Message.refused("too-large", "cannot answer: the request or its reply is too large"));
            }
            server.close(this);
        } finally {
            server.sys().limitMemory(limited);
        }
    }

    private void answer(String line) {
        Message request;
        try {
            request = Message.parse(line);
        } catch (Json.MalformedException e) {
            send(Message.refused("malformed", "cannot read the request: " + e.getMessage()));
            return;
        }
        Requests.Answer answer = requests.answer(request);
        if (answer.subscription() != null) {
            takeEvents(Integer.MAX_VALUE);
            subscription = answer.subscription();
        }
        endAsked |= answer.end();
        Goal awaited = answer.goal();
        reply = answer.longReply();
        if (reply != null) {
            writeOn();
        } else if (awaited == null) {
            send(answer.reply());
        } else {
            goal = awaited;
            lookAtGoal("");
            tellReached();
        }
    }

    /** Writes the next piece of a reply, and after the last one the events that had to wait for it. */
    private void writeOn() {
        LongReply begun = reply;
        if (begun == null) {
            return;
        }
        String piece = begun.piece();
        if (!server.makeRoom(this, piece.length())) {
            server.close(this);
            return;
        }
        if (begun.over()) {
            reply = null;
            outbox.add(piece);
        } else {
            outbox.addPart(piece);
        }
        flush();
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
        Message told = awaited.reply(server.supervisor(), server.sys().monotonicMillis(), changed);
        if (told == null) {
            return;
        }
        goal = null;
        reached = told;
        if (!awaited.unmade()) {
            tellReached();
        }
    }

    private void tellReached() {
        Message told = reached;
        reached = null;
        if (told != null) {
            send(told);
        }
    }

    /**
     * Whether the client wants to hear of an event.
     *
     * @param service the service that it is about; empty for the container
     */
    boolean wants(String service) {
        return subscription != null && subscription.wants(service);
    }

    /** Whether there are events to tell, and now is the time: not in the middle of a reply. */
    private boolean owesEvents() {
        return reply == null && isBehind();
    }

    /** Whether there are events that it has not taken. */
    boolean isBehind() {
        return subscription != null && subscription.behind();
    }

    /** An event has come that the client wants to hear of. */
    void come(Backlog.Entry before, int size) {
        if (subscription != null) {
            subscription.come(before, size);
        }
    }

    /** Tells the client of the event that has just come: at once, or where thousands come in one turn, of many together. */
    void sendFresh() {
        Subscription to = subscription;
        if (to != null && reply == null && to.fresh() > 0 && (toldNow++ < SENT_AT_ONCE || to.fresh() >= EVENTS_SENT)) {
            sendEvents();
        }
    }

    /** An event is no longer kept for those who are behind. */
    void dropped(Backlog.Entry before, Backlog.Entry entry) {
        if (subscription != null) {
            subscription.dropped(before, entry);
        }
    }

    /** Sends as many events as the client takes now. */
    private void sendEvents() {
        do {
            takeEvents(EVENTS_SENT);
            flush();
        } while (outbox.size() == 0 && isBehind());
    }

    /** Takes events to be sent, until so many bytes are. */
    private void takeEvents(int bytes) {
        if (subscription != null) {
            subscription.nextInto(outbox, bytes);
        }
    }

    /** Sends what the client takes now of what it is owed. */
    void sendWaiting() {
        tellReached();
        takeEvents(Integer.MAX_VALUE);
        if (outbox.size() > 0) {
            flush();
        }
    }

    /** Sends a reply, after what has happened before it. */
    private void send(Message message) {
        takeEvents(Integer.MAX_VALUE);
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
            return;
        }
        if (outbox.hasMoved()) {
            active = server.sys().monotonicMillis();
        }
    }
}
