package dev.pintle.init.program;

import dev.pintle.init.boot.LayoutReader;
import dev.pintle.init.control.InitFinder;
import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Layout;
import org.jspecify.annotations.Nullable;

/** Asks the init of this container. */
public final class Client {
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
            return exchange(connection, request, timeout);
        } finally {
            sys.close(connection);
        }
    }

    /**
     * Sends a request that ends the container. The connection stays open until this process ends: the init waits for that, so
     * that the process can end by itself.
     *
     * @param timeout milliseconds
     */
    public Message askForTheEnd(Message request, long timeout) throws NoReplyException {
        return exchange(connect(), request, timeout);
    }

    private Message exchange(int connection, Message request, long timeout) throws NoReplyException {
        send(connection, RawText.encode(request.line() + "\n"));
        String line = new LineReader(sys, connection).next(sys.monotonicMillis() + timeout);
        if (line == null) {
            throw new NoReplyException(ExitCode.FAILED, "cannot read the init's reply: it closed the connection");
        }
        try {
            return Message.parse(line);
        } catch (Json.MalformedException e) {
            throw new NoReplyException(ExitCode.FAILED, "cannot read the init's reply: " + e.getMessage());
        }
    }

    /** What hears of events. */
    public interface Listener {
        /** One has come. */
        void heard(Message event);
    }

    /**
     * Subscribes and passes events on until the init ends the connection.
     *
     * @param timeout milliseconds until the first reply
     * @return the first reply
     */
    public Message follow(Message request, long timeout, Listener listener) throws NoReplyException {
        int connection = connect();
        try {
            send(connection, RawText.encode(request.line() + "\n"));
            LineReader lines = new LineReader(sys, connection);
            String first = lines.next(sys.monotonicMillis() + timeout);
            Message reply = first == null ? Message.refused("gone", "the init has gone") : Message.parse(first);
            String line = reply.ok() ? lines.next(LineReader.FOR_EVER) : null;
            while (line != null) {
                listener.heard(Message.parse(line));
                line = lines.next(LineReader.FOR_EVER);
            }
            return reply;
        } catch (Json.MalformedException e) {
            throw new NoReplyException(ExitCode.FAILED, "cannot read the init's reply: " + e.getMessage());
        } finally {
            sys.close(connection);
        }
    }

    /**
     * Sends a request and does not wait: the reply is a line on the connection, whose descriptor blocks.
     *
     * @return the connection
     */
    public int begin(Message request) throws NoReplyException {
        int connection = connect();
        try {
            send(connection, RawText.encode(request.line() + "\n"));
            return connection;
        } catch (NoReplyException e) {
            sys.close(connection);
            throw e;
        }
    }

    private int connect() throws NoReplyException {
        InitFinder finder = new InitFinder(sys);
        String given = Environment.asMap(sys.environment()).get("PINTLE_CONTROL");
        int connection = finder.connect(given);
        if (connection < 0 && given == null) {
            String configured = configuredPath();
            if (configured != null) {
                connection = finder.connect(configured);
            }
        }
        if (connection < 0) {
            String distrust = finder.distrust();
            throw new NoReplyException(
                    ExitCode.NO_INIT,
                    "cannot reach the init: "
                            + (distrust.isEmpty()
                                    ? Errno.describe(-connection)
                                            + "; is /init the container's entry point, and are you its user or root?"
                                    : distrust + "; is /init the entry point of this container?"));
        }
        return connection;
    }

    private @Nullable String configuredPath() {
        Layout layout = LayoutReader.read(sys).layout();
        return layout == null ? null : layout.container().control().path();
    }

    /** An init that turns us away may have hung up before it could be asked: why is there to read all the same. */
    private void send(int connection, byte[] bytes) throws NoReplyException {
        int result = Output.write(sys, connection, bytes, bytes.length);
        if (result < 0 && result != -Errno.EPIPE) {
            throw new NoReplyException(ExitCode.FAILED, "cannot ask the init: " + Errno.describe(-result));
        }
    }
}
