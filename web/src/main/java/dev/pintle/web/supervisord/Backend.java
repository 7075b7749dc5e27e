package dev.pintle.web.supervisord;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client.NoReplyException;
import dev.pintle.layout.ServiceDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the interface knows of the init and of the machine. */
interface Backend {
    /** Asks the init, which answers at once. */
    Message ask(Message request) throws NoReplyException;

    /** The services of the layout as it is on the disk; empty where it has errors. */
    List<ServiceDefinition> definitions();

    /** Milliseconds since 1970. */
    long now();

    /** Why a service's program cannot be executed; null where it can. */
    @Nullable
    Refusal refusal(ServiceDefinition definition);

    /**
     * Why a program cannot be executed.
     *
     * @param fault what supervisord calls it
     * @param why   in words
     */
    record Refusal(Fault fault, String why) {}

    /** The user id of a service, by the account that it names; -1 where it names none, or none that there is. */
    int userId(ServiceDefinition definition);

    /** The size of a log file; -1 where there is none, or none that may be read. */
    long size(String path);

    /** Reads of a log file from a place on, no more than {@code length} bytes; as {@link dev.pintle.init.sys.RawText}. */
    String read(String path, long from, int length);

    /** Empties a log file; whether that was possible. */
    boolean truncate(String path);

    /** Writes to the pipe that a process has as its standard input; whether it could be. */
    boolean send(long pid, String text);
}
