package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.text.ConfText.Entry;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Interpolation;
import dev.pintle.layout.text.Position;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a service directory, one instance after the other: there may be thousands. */
final class ServiceReading {
    private final LayoutSource source;
    private final Interpolation interpolation;
    /** Takes what is wrong with it; it does not count where the service is not enabled. */
    private final Diagnostics found = new Diagnostics();

    private final Diagnostics diagnostics;
    private final List<Draft> drafts = new ArrayList<>();
    private Map<Key, Entry> defaults;
    private @Nullable ServiceDirectory directory;
    private @Nullable Integer instances;
    private int count;
    private int read;

    /**
     * Opens a service directory.
     *
     * @param defaults    entries of [defaults]
     * @param diagnostics takes what is wrong; nothing where the service is not enabled
     */
    ServiceReading(
            LayoutSource source,
            String path,
            String name,
            Map<Key, Entry> defaults,
            Interpolation interpolation,
            Diagnostics diagnostics) {
        this.source = source;
        this.defaults = defaults;
        this.interpolation = interpolation;
        this.diagnostics = diagnostics;
        if (!ServiceDirectory.checkName(name, path, diagnostics)) {
            return;
        }
        boolean done = false;
        try {
            directory = ServiceDirectory.open(source, path, name, interpolation.budget(), found);
            if (directory != null) {
                begin(directory);
            }
            done = true;
        } finally {
            if (!done || directory == null) {
                diagnostics.addAll(found);
            }
        }
    }

    private void begin(ServiceDirectory opened) {
        if (opened.log() != null) {
            defaults = LogService.defaults(defaults);
        }
        Map<String, String> variables = opened.ownVariables(interpolation, found);
        Settings shared = new Settings(opened.conf().keys(), defaults, interpolation.with(variables), found);
        if (!shared.bool(Key.ENABLED)) {
            return;
        }
        instances = shared.optional(Key.INSTANCES, text -> Values.count(text, ServiceDirectory.MAX_INSTANCES));
        count = instances == null ? 1 : instances;
        Position counted = instances == null ? Position.of(opened.path()) : shared.position(Key.INSTANCES);
        interpolation.budget().addServices(opened.log() == null ? count : 2 * count, counted, found);
    }

    /** Whether there is nothing to make a service of. */
    boolean broken() {
        return directory == null;
    }

    /** Whether all instances have been read. */
    boolean over() {
        return read == count;
    }

    /** A draft of each instance that has been read; none where the service is not enabled. */
    List<Draft> drafts() {
        return drafts;
    }

    /** Reads the next instance. */
    void step() {
        ServiceDirectory opened = directory;
        boolean done = false;
        try {
            if (opened != null) {
                readInstance(opened, instances == null ? null : String.valueOf(read + 1));
            }
            read++;
            done = true;
        } finally {
            if (!done || over()) {
                diagnostics.addAll(found);
            }
        }
    }

    private void readInstance(ServiceDirectory opened, @Nullable String number) {
        Map<String, String> own = opened.variables(number, interpolation, found);
        Settings settings = new Settings(opened.conf().keys(), defaults, interpolation.with(own), found);
        Draft draft = new ServiceReader(source, opened, settings, own, number, found).read();
        ServiceDirectory log = opened.log();
        if (log == null) {
            drafts.add(draft);
            return;
        }
        Map<String, String> logs = log.variables(number, interpolation, found);
        Settings its = new Settings(log.conf().keys(), defaults, interpolation.with(logs), found);
        Draft reader = new ServiceReader(source, log, its, logs, number, found).read();
        new LogService(draft, settings, reader, its, found).addTo(drafts);
    }
}
