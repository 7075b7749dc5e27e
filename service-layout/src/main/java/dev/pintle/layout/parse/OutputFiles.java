package dev.pintle.layout.parse;

import dev.pintle.layout.Output;
import dev.pintle.layout.ProcessSettings.Streams;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files that services write their output to. One that is set aside while another service writes to it loses its order. */
final class OutputFiles {
    private static final String FILE = "--to=file:";
    private static final String NEVER_SET_ASIDE = "--max-size=0";

    /**
     * A service that writes to a file.
     *
     * @param setAside whether it sets the file aside when that has grown
     * @param position where the file is named
     */
    private record Writer(String service, boolean setAside, Position position) {}

    private final Diagnostics diagnostics;
    private final Map<String, Writer> writers = new HashMap<>();
    /** A path that many services write to is told of once. */
    private final Set<String> reported = new HashSet<>();

    OutputFiles(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** The files among the destinations of a stream. */
    static List<String> paths(Output output) {
        List<String> paths = new ArrayList<>();
        if (output instanceof Output.ToFile file) {
            paths.add(file.path());
        } else if (output instanceof Output.ToLogger logger) {
            for (String option : logger.options()) {
                if (option.startsWith(FILE)) {
                    paths.add(option.substring(FILE.length()));
                }
            }
        }
        return paths;
    }

    /** Whether its files are set aside when they have grown. */
    static boolean isSetAside(Output output) {
        if (!(output instanceof Output.ToLogger logger)) {
            return false;
        }
        for (String option : logger.options()) {
            if (option.equals(NEVER_SET_ASIDE)) {
                return false;
            }
        }
        return true;
    }

    /** Warns of files that several of these services write to, where one of them sets the file aside. */
    void check(Iterable<Draft> drafts) {
        for (Draft draft : drafts) {
            ServiceDefinition service = draft.service();
            Streams streams = service.process().streams();
            check(service.name(), streams.output(), draft.stdout());
            check(service.name(), streams.error(), draft.stderr());
        }
    }

    private void check(String service, Output output, Position position) {
        boolean setAside = isSetAside(output);
        for (String path : paths(output)) {
            Writer writer = new Writer(service, setAside, position);
            Writer first = writers.putIfAbsent(path, writer);
            if (first != null && !first.service.equals(service) && (first.setAside || setAside)) {
                report(path, first, writer);
            } else if (first != null && setAside) {
                writers.put(path, writer);
            }
        }
    }

    private void report(String path, Writer first, Writer second) {
        if (reported.add(path)) {
            diagnostics.warning(
                    second.position,
                    "shared-file",
                    "set aside " + path + " in one piece",
                    first.service + " and " + second.service + " write to it, each through a logger of its own",
                    "give each a file of its own, as file:…/${PINTLE_SERVICE}.log, or set max_size = 0 for both");
        }
    }
}
