package dev.pintle.convert.emit;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Lowered;
import dev.pintle.convert.lower.OutputFile;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of a layout. */
public final class LayoutFiles {

    /** The layout's directory below the root that it is written to. */
    public static final String DIRECTORY = "etc/pintle";

    private LayoutFiles() {}

    /**
     * Files by their paths, in a fixed order.
     *
     * @param source the main file of the input, for the comments at the heads of the files
     */
    public static Map<String, OutputFile> render(Lowered lowered, String source) {
        Map<String, OutputFile> files = new LinkedHashMap<>();
        files.put(DIRECTORY + "/pintle.conf", text(lowered.container(), source));
        lowered.container().files().forEach((name, file) -> files.put(DIRECTORY + "/" + name, file));
        for (Draft service : lowered.services()) {
            add(files, DIRECTORY + "/services/", service, source);
        }
        return files;
    }

    private static void add(Map<String, OutputFile> files, String parent, Draft service, String source) {
        String directory = parent + service.name() + "/";
        files.put(directory + "service.conf", text(service, source));
        service.files().forEach((name, file) -> files.put(directory + name, file));
        service.nested().forEach(nested -> add(files, directory, nested, source));
    }

    private static OutputFile text(Draft draft, String source) {
        return OutputFile.of(Templating.fill("conf.ftl", Map.of("draft", draft, "source", source)));
    }
}
