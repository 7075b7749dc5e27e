package dev.pintle.init.boot;

import dev.pintle.init.launch.Environment;
import dev.pintle.init.loop.LayoutLoader;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.parse.LayoutReading;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the layout of a container that runs. Where it has services, a directory of services that is not there any more is an
 * error and not an empty layout: a volume may be on its way, and nothing runs any more after a mistake.
 */
final class NextLayout implements LayoutLoader {
    private final Sys sys;
    private final List<String> command;
    private final FileFacts facts = new FileFacts();
    private boolean hasServices;

    /**
     * For a container whose layout has been taken over.
     *
     * @param command     the CMD; empty for none
     * @param hasServices whether that layout has services
     */
    NextLayout(Sys sys, List<String> command, boolean hasServices) {
        this.sys = sys;
        this.command = command;
        this.hasServices = hasServices;
    }

    @Override
    public Reading begin() {
        Map<String, String> environment = Environment.asMap(sys.environment());
        String directory = LayoutReader.directory(environment);
        return new Next(LayoutReading.of(new KernelLayoutSource(sys), directory, environment), directory);
    }

    /** What is done at the end takes a turn each too. */
    private final class Next implements Reading {
        private final LayoutReading reading;
        private final String directory;
        private @Nullable ParseResult read;
        private @Nullable ParseResult complete;

        Next(LayoutReading reading, String directory) {
            this.reading = reading;
            this.directory = directory;
        }

        @Override
        public @Nullable ParseResult step() {
            ParseResult whole = read;
            if (complete != null) {
                return complete;
            }
            if (whole != null) {
                complete = complete(whole, directory);
            } else {
                read = reading.step();
            }
            return null;
        }
    }

    private ParseResult complete(ParseResult read, String directory) {
        Layout layout = read.layout();
        if (layout == null) {
            return read;
        }
        String services = directory + "/services";
        int found = layout.services().isEmpty() && hasServices ? sys.stat(services, facts) : 0;
        if (found < 0) {
            return vanished(read, services, found);
        }
        hasServices = !layout.services().isEmpty();
        return WebService.checked(sys, read).with(Init.complete(sys, Loggers.addTo(layout), command));
    }

    private static ParseResult vanished(ParseResult read, String services, int error) {
        Diagnostics added = new Diagnostics();
        added.error(
                Position.of(services),
                "no-services",
                "read " + services,
                Errno.describe(-error),
                "to remove all services, leave the directory empty");
        List<Diagnostic> diagnostics = new ArrayList<>(read.diagnostics());
        diagnostics.addAll(added.sorted());
        return new ParseResult(null, diagnostics, read.draft(), read.disabled());
    }
}
