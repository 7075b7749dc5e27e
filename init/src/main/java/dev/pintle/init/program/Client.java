package dev.pintle.init.program;

import dev.pintle.init.boot.LayoutReader;
import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import dev.pintle.init.control.SocketPath;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Asks the init of this container. */
public final class Client {
    private static final int LONGEST_REPLY = 16 * 1024 * 1024;

    /** No reply; the code is what the command ends with. */
    public static final class NoReplyException extends Exception {
        private static final long serialVersionUID = 1L;
        /** What a program that asked ends with. */
        public final int code;

        NoReplyException(int code, String message) {
            super(message);
            this.code = code;
        }
    }

    private final Sys sys;

    /** Asks through {@code sys}. */
    public Client(Sys sys) {
        this.sys = sys;
    }

    /**
     * Sends a request and waits for its reply.
     *
     * @param timeout milliseconds
     */
    public Message ask(Message request, long timeout) throws NoReplyException {
        int connection = connect();
        try {
            send(connection, RawText.encode(request.line() + "\n"));
            return Message.parse(receive(connection, sys.monotonicMillis() + timeout));
        } catch (Json.MalformedException e) {
            throw new NoReplyException(ExitCode.FAILED, "cannot read the init's reply: " + e.getMessage());
        } finally {
            sys.close(connection);
        }
    }

    private int connect() throws NoReplyException {
        String given = Environment.asMap(sys.environment()).get("PINTLE_CONTROL");
        int connection = SocketPath.connect(sys, given);
        if (connection < 0 && given == null) {
            String configured = configuredPath();
            if (configured != null) {
                connection = SocketPath.connect(sys, configured);
            }
        }
        if (connection < 0) {
            throw new NoReplyException(
                    ExitCode.NO_INIT,
                    "cannot reach the init: " + Errno.describe(-connection)
                            + "; is /init the container's entry point, and are you its user or root?");
        }
        return connection;
    }

    private @Nullable String configuredPath() {
        Layout layout = LayoutReader.read(sys).layout();
        return layout == null ? null : layout.container().control().path();
    }

    private void send(int connection, byte[] bytes) throws NoReplyException {
        int at = 0;
        while (at < bytes.length) {
            int result = sys.write(connection, bytes, at, bytes.length - at);
            if (result > 0) {
                at += result;
            } else if (result != -Errno.EINTR) {
                throw new NoReplyException(ExitCode.FAILED, "cannot ask the init: " + Errno.describe(-result));
            }
        }
    }

    private String receive(int connection, long deadline) throws NoReplyException {
        byte[] buffer = new byte[4096];
        int size = 0;
        PollSet set = new PollSet();
        while (size < LONGEST_REPLY) {
            awaitInput(set, connection, deadline);
            if (size == buffer.length) {
                buffer = Arrays.copyOf(buffer, size * 2);
            }
            int got = sys.read(connection, buffer, size, buffer.length - size);
            if (got > 0) {
                size += got;
                if (buffer[size - 1] == '\n') {
                    return RawText.decode(buffer, 0, size - 1);
                }
            } else if (got != -Errno.EINTR && got != -Errno.EAGAIN) {
                throw new NoReplyException(ExitCode.FAILED, "cannot read the init's reply: it closed the connection");
            }
        }
        throw new NoReplyException(ExitCode.FAILED, "cannot read the init's reply: it is too long");
    }

    private void awaitInput(PollSet set, int connection, long deadline) throws NoReplyException {
        while (true) {
            long left = deadline - sys.monotonicMillis();
            if (left <= 0) {
                throw new NoReplyException(ExitCode.TIMED_OUT, "timed out; it may still happen: see pintle status");
            }
            set.clear();
            set.add(connection, PollSet.READABLE);
            if (sys.poll(set, left) > 0) {
                return;
            }
        }
    }
}
