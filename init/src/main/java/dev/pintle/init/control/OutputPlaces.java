package dev.pintle.init.control;

import dev.pintle.init.launch.LogPipes;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ProcessSettings.Output;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ServiceDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the output of services can be read: the client reads it there itself, so the init is not in its way. */
final class OutputPlaces {
    private static final String UNTIL_IT_FAILED =
            "no lines of it are kept so far: those of the run that failed first went to the container's own, which the engine"
                    + " shows (docker logs), and those of later runs are kept";

    private final Server server;
    private final List<@Nullable Object> streams;

    /** Adds an object for each stream to {@code streams}. */
    OutputPlaces(Server server, List<@Nullable Object> streams) {
        this.server = server;
        this.streams = streams;
    }

    /**
     * Adds what a service writes: for each stream the path to read, or where it is instead, or both where the path has only
     * what came after a failure. One that leads to the other has no place of its own.
     *
     * @param asked whether it was named; loggers are left out otherwise
     */
    void add(ServiceDefinition service, boolean asked) {
        if (service.process().stdin() == Stdin.LOGGED && !asked) {
            return;
        }
        Output output = service.process().stdout();
        Output error = service.process().stderr();
        if (output.to() != Output.To.STDERR) {
            add(service, false, output, error.to() == Output.To.INHERIT || error.to() == Output.To.STDOUT);
        }
        if (error.to() != Output.To.STDOUT) {
            add(service, true, error, output.to() == Output.To.INHERIT || output.to() == Output.To.STDERR);
        }
    }

    /** Adds a stream; {@code alike} is whether the other one goes to the container's own as well. */
    private void add(ServiceDefinition service, boolean error, Output output, boolean alike) {
        Message entry = Message.part().with("service", service.name()).with("stream", error ? "stderr" : "stdout");
        streams.add(entry.members());
        String file = file(output);
        if (!file.isEmpty()) {
            entry.withRaw("path", file);
            return;
        }
        boolean inherits = output.to() == Output.To.INHERIT;
        int hold = server.held(service.name(), error);
        if (hold >= 0) {
            entry.with("path", "/proc/" + server.sys().pid() + "/fd/" + hold).with("kept", LogPipes.kept(output));
        }
        if (hold < 0 || inherits) {
            entry.with("elsewhere", hold >= 0 ? UNTIL_IT_FAILED : elsewhere(service, error, output, alike));
        }
        boolean later = output.to() == Output.To.LOGGER || LogPipes.mayBeHeard(server.sys(), service, error);
        if (hold < 0 && later) {
            entry.with("later", true);
        }
    }

    private static String file(Output output) {
        if (output.to() == Output.To.FILE) {
            return output.path().startsWith("/dev/") ? "" : output.path();
        }
        for (String option : output.logger()) {
            if (option.startsWith(LogPipes.FILE)) {
                return option.substring(LogPipes.FILE.length());
            }
        }
        return "";
    }

    private static String elsewhere(ServiceDefinition service, boolean error, Output output, boolean alike) {
        return switch (output.to()) {
            case LOG_SERVICE -> "its log service " + service.name() + Layout.LOG + " has it";
            case NULL -> "it is thrown away";
            case FILE -> "it goes to " + output.path();
            case LOGGER -> "nothing is kept of it while it does not run";
            case INHERIT, STDOUT, STDERR ->
                "it goes to the container's own, which the engine shows (docker logs); with "
                        + (service.process().stdout().to() == Output.To.LOG_SERVICE
                                ? "to = stdout under [stderr] its log service has it"
                                : "keep = 64k under "
                                        + (alike ? "[stdout] and [stderr]" : error ? "[stderr]" : "[stdout]")
                                        + " a logger keeps the last lines");
        };
    }
}
