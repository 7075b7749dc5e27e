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

/**
 * Reads a service directory a step at a time: its files, those of its log service, and one instance after the other, of which there
 * may be thousands.
 */
final class ServiceReading {
    /** What is done next. */
    private enum Phase {
        OPEN,
        LOG,
        COUNT,
        INSTANCES,
        OVER
    }

    private final LayoutSource source;
    private final String path;
    private final String name;
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
    private Phase phase = Phase.OPEN;
    /** Whether it is not enabled, so that nothing counts that is wrong with it. */
    private boolean disabled;

    /**
     * For a service directory.
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
        this.path = path;
        this.name = name;
        this.defaults = defaults;
        this.interpolation = interpolation;
        this.diagnostics = diagnostics;
        if (!ServiceDirectory.checkName(name, path, diagnostics)) {
            phase = Phase.OVER;
        }
    }

    private void open() {
        directory = ServiceDirectory.open(source, path, name, interpolation.budget(), found);
        phase = directory == null ? Phase.OVER : Phase.LOG;
    }

    private void openLog(ServiceDirectory opened) {
        directory = opened.withLog(source, interpolation.budget(), found);
        phase = directory == null ? Phase.OVER : Phase.COUNT;
    }

    private void count(ServiceDirectory opened) {
        if (opened.log() != null) {
            defaults = LogService.defaults(defaults);
        }
        Map<String, String> variables = opened.ownVariables(interpolation, found);
        Settings shared = new Settings(opened.conf().keys(), defaults, interpolation.with(variables), found);
        disabled = !shared.bool(Key.ENABLED);
        if (disabled) {
            phase = Phase.OVER;
            return;
        }
        instances = shared.optional(Key.INSTANCES, text -> Values.count(text, ServiceDirectory.MAX_INSTANCES));
        count = instances == null ? 1 : instances;
        disabled = count == 0;
        phase = disabled ? Phase.OVER : Phase.INSTANCES;
        Position counted = instances == null ? Position.of(opened.path()) : shared.position(Key.INSTANCES);
        interpolation.budget().addServices(opened.log() == null ? count : 2 * count, counted, found);
    }

    /** Whether there is nothing to make a service of. */
    boolean broken() {
        return directory == null;
    }

    /** Whether there is nothing more to do. */
    boolean over() {
        return phase == Phase.OVER;
    }

    /** A draft of each instance that has been read; none where the service is not enabled. */
    List<Draft> drafts() {
        return drafts;
    }

    /** Takes the next step. */
    void step() {
        boolean done = false;
        try {
            advance(directory);
            done = true;
        } finally {
            if (!done || (over() && !disabled)) {
                diagnostics.addAll(found);
            }
        }
    }

    private void advance(@Nullable ServiceDirectory opened) {
        if (opened == null) {
            open();
            return;
        }
        switch (phase) {
            case LOG -> openLog(opened);
            case COUNT -> count(opened);
            case INSTANCES -> {
                readInstance(opened, instances == null ? null : String.valueOf(read + 1));
                read++;
                phase = read == count ? Phase.OVER : Phase.INSTANCES;
            }
            case OPEN, OVER -> {}
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
