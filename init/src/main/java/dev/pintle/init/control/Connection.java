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

    private static final int FIRST_BUFFER = 512;

    private final Server server;
    private final Requests requests;
    private byte[] input = new byte[FIRST_BUFFER];
    private int inputSize;
    private byte[] output = new byte[0];
    private int outputAt;
    /** What the client waits for; while there is something, its next request is not looked at. */
    private @Nullable Goal goal;

    Connection(Server server, int descriptor) {
        super(descriptor);
        this.server = server;
        this.requests = new Requests(server);
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
        if (outputAt < output.length) {
            return PollSet.WRITABLE;
        }
        return goal == null ? PollSet.READABLE : 0;
    }

    /** Requests that came together with the last one are answered in later turns. */
    @Override
    protected boolean eager() {
        return goal == null && outputAt >= output.length && lineEnd() >= 0;
    }

    @Override
    protected void ready() {
        if (outputAt < output.length) {
            flush();
        } else if (eager()) {
            answerNext();
        } else {
            read();
        }
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

    private void answer(String line) {
        Message request;
        try {
            request = Message.parse(line);
        } catch (Json.MalformedException e) {
            send(Message.refused("malformed", "cannot read the request: " + e.getMessage()));
            return;
        }
        Requests.Answer answer = requests.answer(request);
        Goal awaited = answer.goal();
        if (awaited == null) {
            send(answer.reply());
        } else {
            goal = awaited;
            stateChanged();
        }
    }

    /** Something has changed: the client may have what it waits for. */
    void stateChanged() {
        Goal awaited = goal;
        if (awaited == null) {
            return;
        }
        Message reply = awaited.reply(server.supervisor());
        if (reply != null) {
            goal = null;
            send(reply);
        }
    }

    private void send(Message message) {
        byte[] line = RawText.encode(message.line() + "\n");
        int unread = output.length - outputAt;
        if (unread + line.length > MOST_UNREAD) {
            server.close(this);
            return;
        }
        byte[] all = new byte[unread + line.length];
        System.arraycopy(output, outputAt, all, 0, unread);
        System.arraycopy(line, 0, all, unread, line.length);
        output = all;
        outputAt = 0;
        flush();
    }

    private void flush() {
        while (outputAt < output.length) {
            int result = server.sys().write(descriptor(), output, outputAt, output.length - outputAt);
            if (result == -Errno.EAGAIN || result == -Errno.EINTR) {
                return;
            }
            if (result <= 0) {
                server.close(this);
                return;
            }
            outputAt += result;
        }
        output = new byte[0];
        outputAt = 0;
    }
}
