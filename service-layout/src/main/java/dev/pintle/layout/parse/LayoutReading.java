package dev.pintle.layout.parse;

import dev.pintle.layout.ContainerSettings;
import dev.pintle.layout.Layout;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.LayoutSource.UnreadableException;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.Section;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.text.Budget;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Interpolation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks a layout a piece at a time: thousands of services take longer than PID 1 may be away from those that run.
 */
public final class LayoutReading {
    /** Steps of reading services that are taken at once. */
    private static final int SLICE = 64;
    /** What is read at once, but for the last step: less than a few milliseconds' work (see {@link Budget#work}). */
    private static final int SLICE_OF_WORK = 64 * 1024;

    /** What is done next. */
    private enum Phase {
        CONTAINER,
        NAMES,
        SERVICES,
        LINK,
        CHECK,
        SETTINGS
    }

    private final LayoutSource source;
    private final String root;
    private final Map<String, String> environment;
    private final Interpolation interpolation;
    private final Diagnostics diagnostics = new Diagnostics();
    private final List<Draft> drafts = new ArrayList<>();
    private final Set<String> disabled = new HashSet<>();
    private final Set<String> broken = new HashSet<>();
    private Phase phase = Phase.CONTAINER;
    private Conf container = Conf.empty();
    private List<String> names = List.of();
    private int next;
    private @Nullable ServiceReading current;
    private Graph graph = Graph.empty();
    private List<ServiceDefinition> linked = List.of();

    LayoutReading(LayoutSource source, String root, Map<String, String> environment, Interpolation interpolation) {
        this.source = source;
        this.root = root;
        this.environment = environment;
        this.interpolation = interpolation;
    }

    /** Begins; for the parameters see {@link LayoutParser#parse}. */
    public static LayoutReading of(LayoutSource source, String root, Map<String, String> environment) {
        return new LayoutReading(source, root, environment, new Interpolation(environment));
    }

    /** Reads all that is left. */
    public ParseResult whole() {
        ParseResult result = step();
        while (result == null) {
            result = step();
        }
        return result;
    }

    /** Reads a piece; the result once there is no more to do, else null. */
    public @Nullable ParseResult step() {
        try {
            return advance();
        } catch (Budget.ExceededException e) {
            // What it was has been reported.
            Interpolation none = new Interpolation(Map.of());
            ContainerSettings nothing =
                    new ContainerReader(Conf.empty(), Map.of(), none, Graph.empty(), new Diagnostics()).read();
            return new ParseResult(null, diagnostics.sorted(), new Layout(nothing, List.of()), List.of());
        }
    }

    private @Nullable ParseResult advance() {
        switch (phase) {
            case CONTAINER -> {
                container = container(source, root + "/pintle.conf", interpolation.budget(), diagnostics);
                phase = Phase.NAMES;
            }
            case NAMES -> {
                names = names(source, services(), diagnostics);
                phase = Phase.SERVICES;
            }
            case SERVICES -> readSlice();
            case LINK -> {
                graph = new Graph(drafts, disabled, broken, diagnostics);
                linked = graph.link(interpolation.budget());
                phase = Phase.CHECK;
            }
            case CHECK -> {
                graph.check();
                phase = Phase.SETTINGS;
            }
            case SETTINGS -> {
                return result();
            }
        }
        return null;
    }

    private String services() {
        return root + "/services";
    }

    private void readSlice() {
        Budget budget = interpolation.budget();
        long end = budget.work() + SLICE_OF_WORK;
        for (int i = 0; i < SLICE && phase == Phase.SERVICES && budget.work() < end; i++) {
            readOn();
        }
    }

    /** Reads an instance, or opens a directory; after the last one, sees to what lies beside them. */
    private void readOn() {
        ServiceReading reading = current;
        if (reading != null && !reading.over()) {
            reading.step();
        } else if (reading != null) {
            conclude(reading, names.get(next - 1));
            current = null;
        } else if (next < names.size() && !diagnostics.isFull()) {
            String name = names.get(next++);
            if (!name.startsWith(".")) {
                current = new ServiceReading(
                        source, services() + "/" + name, name, container.defaults(), interpolation, diagnostics);
            }
        } else {
            if (drafts.isEmpty() && disabled.isEmpty()) {
                Misplaced.report(source, root, diagnostics);
            }
            Misplaced.reportFlatFiles(source, services(), diagnostics);
            phase = Phase.LINK;
        }
    }

    private void conclude(ServiceReading reading, String name) {
        if (reading.broken()) {
            broken.add(name);
        } else if (reading.drafts().isEmpty()) {
            disabled.add(name);
        } else {
            drafts.addAll(reading.drafts());
        }
    }

    private ParseResult result() {
        ContainerSettings settings =
                new ContainerReader(container, environment, interpolation, graph, diagnostics).read();
        Layout draft = new Layout(settings, List.copyOf(linked));
        List<String> off = new ArrayList<>(disabled);
        Collections.sort(off);
        return new ParseResult(diagnostics.hasErrors() ? null : draft, diagnostics.sorted(), draft, off);
    }

    /** One that cannot be listed is an error: a container would run, or go on after a reload, without its services. */
    private static List<String> names(LayoutSource source, String services, Diagnostics diagnostics) {
        List<String> names = new ArrayList<>();
        try {
            names.addAll(source.directories(services));
        } catch (UnreadableException e) {
            diagnostics.unreadable(services, e);
        }
        Collections.sort(names);
        return names;
    }

    private static Conf container(LayoutSource source, String file, Budget budget, Diagnostics diagnostics) {
        try {
            String text = ConfFiles.read(source, file);
            budget.addText(text, file, diagnostics);
            return text == null ? Conf.empty() : Conf.read(Section.File.PINTLE_CONF, file, text, diagnostics);
        } catch (UnreadableException e) {
            diagnostics.unreadable(file, e);
            return Conf.empty();
        }
    }
}
