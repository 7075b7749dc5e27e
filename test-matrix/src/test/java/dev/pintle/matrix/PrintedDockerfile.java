package dev.pintle.matrix;

import java.util.List;
import java.util.stream.Collectors;

/** A Dockerfile that users read or copy, for the images that there are here. */
final class PrintedDockerfile {

    private static final String MADE = "pintle-test-base:";

    private PrintedDockerfile() {}

    /**
     * The file as it is printed where a registry answers. The image that is made where none does has the packages already, and
     * no way to others; on another architecture than amd64 the tarball has another name, as the page says.
     */
    static String here(List<String> lines, Distribution distribution) {
        String base = BaseImage.of(distribution).reference();
        return lines.stream().map(line -> here(line, base)).collect(Collectors.joining("\n"))
                + "\nLABEL dev.pintle.test=services\n";
    }

    private static String here(String line, String base) {
        boolean made = base.startsWith(MADE);
        if (made && line.startsWith("FROM ")) {
            return "FROM " + base;
        }
        if (made && (line.startsWith("RUN apt-get ") || line.startsWith("RUN apk "))) {
            return "# " + line;
        }
        return line.startsWith("ADD ") ? line.replace("-amd64.", "-" + Repository.architecture() + ".") : line;
    }
}
