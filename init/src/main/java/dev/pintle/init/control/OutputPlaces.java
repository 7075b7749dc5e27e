package dev.pintle.init.control;

import dev.pintle.init.launch.LogPipes;
import dev.pintle.layout.Layout;
import dev.pintle.layout.Output;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ProcessSettings.Streams;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.Stream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the output of services can be read: the client reads it there itself, so the init is not in its way. */
final class OutputPlaces {
    private static final String UNTIL_IT_FAILED =
            "no lines of it are kept so far: those of the run that failed first went to the container's own, which the engine"
                    + " shows (docker logs), and those of later runs are kept";

    private final Server server;
    private final List<@Nullable Object> places;

    /** Adds an object for each stream to {@code places}. */
    OutputPlaces(Server server, List<@Nullable Object> places) {
        this.server = server;
        this.places = places;
    }

    /**
     * Adds what a service writes: for each stream the path to read, or where it is instead, or both where the path has only
     * what came after a failure. One that leads to the other has no place of its own.
     *
     * @param asked whether it was named; loggers are left out otherwise
     */
    void add(ServiceDefinition service, boolean asked) {
        Streams streams = service.process().streams();
        if (streams.input() == Stdin.LOGGED && !asked) {
            return;
        }
        for (Stream stream : Stream.values()) {
            if (streams.of(stream) != Output.Fixed.OTHER_STREAM) {
                add(service, stream);
            }
        }
    }

    private void add(ServiceDefinition service, Stream stream) {
        Output output = service.process().streams().of(stream);
        Message entry = Message.part().with("service", service.name()).with("stream", stream.text());
        places.add(entry.members());
        String file = file(output);
        if (!file.isEmpty()) {
            entry.withRaw("path", file);
            return;
        }
        int hold = server.held(service.name(), stream);
        if (hold >= 0) {
            entry.with("path", "/proc/" + server.sys().pid() + "/fd/" + hold).with("kept", LogPipes.kept(output));
        }
        if (hold < 0 || output == Output.Fixed.INHERIT) {
            entry.with("elsewhere", hold >= 0 ? UNTIL_IT_FAILED : elsewhere(service, stream));
        }
        boolean later = output instanceof Output.ToLogger || LogPipes.mayBeHeard(server.sys(), service, stream);
        if (hold < 0 && later) {
            entry.with("later", true);
        }
    }

    private static String file(Output output) {
        if (output instanceof Output.ToFile file) {
            return file.path().startsWith("/dev/") ? "" : file.path();
        }
        return LogPipes.option(output, LogPipes.FILE);
    }

    private static String elsewhere(ServiceDefinition service, Stream stream) {
        Output output = service.process().streams().of(stream);
        if (output == Output.Fixed.LOG_SERVICE) {
            return "its log service " + service.name() + Layout.LOG + " has it";
        }
        if (output == Output.Fixed.NULL) {
            return "it is thrown away";
        }
        if (output instanceof Output.ToFile file) {
            return "it goes to " + file.path();
        }
        return output instanceof Output.ToLogger
                ? "nothing is kept of it while it does not run"
                : "it goes to the container's own, which the engine shows (docker logs); with "
                        + howToKeep(stream, service.process().streams().of(stream.other()));
    }

    /** What keeps a stream that goes to the container's own, as the other one may do, too. */
    private static String howToKeep(Stream stream, Output other) {
        if (other == Output.Fixed.LOG_SERVICE) {
            return "to = stdout under [stderr] its log service has it";
        }
        boolean both = other == Output.Fixed.INHERIT || other == Output.Fixed.OTHER_STREAM;
        return "keep = 64k under " + (both ? "[stdout] and [stderr]" : "[" + stream.text() + "]")
                + " a logger keeps the last lines";
    }
}
