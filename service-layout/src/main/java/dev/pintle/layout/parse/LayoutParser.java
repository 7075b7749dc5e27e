package dev.pintle.layout.parse;

import dev.pintle.layout.ContainerSettings;
import dev.pintle.layout.Key;
import dev.pintle.layout.Layout;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.LayoutSource.UnreadableException;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.Section;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.text.ConfText;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Interpolation;
import dev.pintle.layout.text.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads and checks a layout. */
public final class LayoutParser {

    private LayoutParser() {}

    /**
     * Reads {@code ROOT/pintle.conf} and {@code ROOT/services}; neither need exist.
     *
     * @param source      the tree of texts
     * @param root        absolute path, such as {@code /etc/pintle}
     * @param environment the container's, from which values are interpolated and which overrides pintle.conf
     */
    public static ParseResult parse(LayoutSource source, String root, Map<String, String> environment) {
        Diagnostics diagnostics = new Diagnostics();
        Interpolation interpolation = new Interpolation(environment);
        Conf container = container(source, root + "/pintle.conf", diagnostics);
        String services = root + "/services";
        List<String> names = names(source, services, diagnostics);
        List<Draft> drafts = new ArrayList<>();
        Set<String> disabled = new HashSet<>();
        Set<String> broken = new HashSet<>();
        for (String name : names) {
            if (name.startsWith(".")) {
                continue;
            }
            List<Draft> read = ServiceDirectory.read(
                    source, services + "/" + name, name, container.defaults(), interpolation, diagnostics);
            if (read == null) {
                broken.add(name);
            } else if (read.isEmpty()) {
                disabled.add(name);
            } else {
                drafts.addAll(read);
            }
        }
        Graph graph = new Graph(drafts, disabled, broken, diagnostics);
        List<ServiceDefinition> linked = graph.link();
        ContainerSettings settings = new ContainerReader(container, environment, graph, diagnostics).read();
        Layout draft = new Layout(settings, List.copyOf(linked));
        return new ParseResult(diagnostics.hasErrors() ? null : draft, diagnostics.sorted(), draft);
    }

    /** Where the value of a key of a service stands: in its service.conf, where that has it, else the directory itself. */
    public static Position locate(LayoutSource source, ServiceDefinition service, Key key) {
        String file = service.directory() + "/service.conf";
        try {
            String text = ConfFiles.read(source, file);
            Conf conf =
                    text == null ? Conf.empty() : Conf.read(Section.File.SERVICE_CONF, file, text, new Diagnostics());
            ConfText.Entry entry = conf.keys().get(key);
            return entry == null
                    ? Position.of(service.directory())
                    : entry.value().start();
        } catch (UnreadableException e) {
            return Position.of(file);
        }
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

    private static Conf container(LayoutSource source, String file, Diagnostics diagnostics) {
        try {
            String text = ConfFiles.read(source, file);
            return text == null ? Conf.empty() : Conf.read(Section.File.PINTLE_CONF, file, text, diagnostics);
        } catch (UnreadableException e) {
            diagnostics.unreadable(file, e);
            return Conf.empty();
        }
    }
}
