package dev.pintle.convert.emit;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Lowered;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of a layout. */
public final class LayoutFiles {

    /** The layout's directory below the root that it is written to. */
    public static final String DIRECTORY = "etc/pintle";

    private LayoutFiles() {}

    /**
     * Texts by their paths, in a fixed order.
     *
     * @param source the main file of the input, for the comments at the heads of the files
     */
    public static Map<String, String> render(Lowered lowered, String source) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(DIRECTORY + "/pintle.conf", text(lowered.container(), source));
        for (Draft service : lowered.services()) {
            files.put(DIRECTORY + "/services/" + service.name() + "/service.conf", text(service, source));
        }
        return files;
    }

    private static String text(Draft draft, String source) {
        return Templating.fill("conf.ftl", Map.of("draft", draft, "source", source));
    }
}
