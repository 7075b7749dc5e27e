package dev.pintle.init.control;

import dev.pintle.init.launch.LogPipes;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ProcessSettings.Output;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ServiceDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the output of services can be read: the client reads it there itself, so the init is not in its way. */
final class OutputPlaces {
    private final Server server;
    private final List<@Nullable Object> streams = new ArrayList<>();

    OutputPlaces(Server server) {
        this.server = server;
    }

    /** One object for each stream. */
    List<@Nullable Object> streams() {
        return streams;
    }

    /**
     * Adds what a service writes.
     *
     * @param asked whether it was named: then it is said where its output is if it cannot be read
     */
    void add(ServiceDefinition service, boolean asked) {
        if (service.process().stdin() == Stdin.LOGGED && !asked) {
            return;
        }
        Output output = service.process().stdout();
        Output error = service.process().stderr();
        boolean readable = add(service, "stdout", output);
        readable |= add(service, "stderr", error);
        if (asked && !readable) {
            Map<String, @Nullable Object> entry = entry(service, "stdout");
            entry.put("elsewhere", "cannot show the output of " + service.name() + ": " + elsewhere(service));
        }
    }

    private Map<String, @Nullable Object> entry(ServiceDefinition service, String stream) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("service", service.name());
        entry.put("stream", stream);
        streams.add(entry);
        return entry;
    }

    /** Whether a stream can be read somewhere. */
    private boolean add(ServiceDefinition service, String stream, Output output) {
        String file = file(output);
        if (!file.isEmpty()) {
            entry(service, stream).put("path", file);
            return true;
        }
        int hold = server.held(service.name(), stream.equals("stderr"));
        if (hold >= 0) {
            Map<String, @Nullable Object> entry = entry(service, stream);
            entry.put("path", "/proc/" + server.sys().pid() + "/fd/" + hold);
            entry.put("kept", LogPipes.kept(output));
        }
        return hold >= 0 || output.to() == Output.To.LOGGER;
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

    private static String elsewhere(ServiceDefinition service) {
        return switch (service.process().stdout().to()) {
            case LOG_SERVICE -> "its log service " + service.name() + Layout.LOG + " has it";
            case NULL -> "it is thrown away";
            case FILE -> "it goes to " + service.process().stdout().path();
            case INHERIT, STDOUT, STDERR, LOGGER ->
                "it goes to the container's own, which the engine shows (docker logs); with keep = 64k under [stdout]"
                        + " a logger keeps the last lines";
        };
    }
}
