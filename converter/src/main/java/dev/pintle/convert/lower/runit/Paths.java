package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.LegalName;
import dev.pintle.convert.parse.runit.ServiceDirectory;
import java.util.ArrayDeque;
import java.util.Deque;

/** Paths of the container, which need not be there. */
final class Paths {

    private Paths() {}

    /** The directory that a service is converted to; under runsv its program's working directory was the old one. */
    static String directory(ServiceDirectory service) {
        return "/etc/pintle/services/" + LegalName.of(service.name());
    }

    /** Without {@code .} and {@code ..}, as if no link were in it. */
    static String normal(String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return "/" + String.join("/", names);
    }

    /** The last component. */
    static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
