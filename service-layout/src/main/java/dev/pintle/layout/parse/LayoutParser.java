package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.LayoutSource.UnreadableException;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.Section;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.text.ConfText;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Interpolation;
import dev.pintle.layout.text.Position;
import java.util.Map;

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
        return LayoutReading.of(source, root, environment).whole();
    }

    /** As {@link #parse}, before a start: variables that the start will require may be missing, which is a warning. */
    public static ParseResult parseBeforeStart(LayoutSource source, String root, Map<String, String> environment) {
        Interpolation interpolation = new Interpolation(environment).undemanding();
        return new LayoutReading(source, root, environment, interpolation).whole();
    }

    /**
     * Where a key is set.
     *
     * @param position of its value
     * @param shared   whether that is in [defaults], for many services
     */
    public record Place(Position position, boolean shared) {}

    /**
     * Where the value of a key of a service stands: in its service.conf, else in pintle.conf, else nowhere, which is the directory
     * itself.
     *
     * @param root of the layout
     */
    public static Place locate(LayoutSource source, String root, ServiceDefinition service, Key key) {
        ConfText.Entry own = conf(source, Section.File.SERVICE_CONF, service.directory())
                .keys()
                .get(key);
        if (own != null) {
            return new Place(own.value().start(), false);
        }
        ConfText.Entry shared =
                conf(source, Section.File.PINTLE_CONF, root).defaults().get(key);
        return shared != null
                ? new Place(shared.value().start(), true)
                : new Place(Position.of(service.directory()), false);
    }

    /** Where the value of a key of pintle.conf is; the whole file where that does not have it. */
    public static Position locate(LayoutSource source, String root, Key key) {
        ConfText.Entry entry =
                conf(source, Section.File.PINTLE_CONF, root).keys().get(key);
        return entry != null ? entry.value().start() : Position.of(root + "/" + Section.File.PINTLE_CONF.text());
    }

    private static Conf conf(LayoutSource source, Section.File kind, String directory) {
        String file = directory + "/" + kind.text();
        try {
            String text = ConfFiles.read(source, file);
            return text == null ? Conf.empty() : Conf.read(kind, file, text, new Diagnostics());
        } catch (UnreadableException e) {
            // It has been reported.
            return Conf.empty();
        }
    }
}
