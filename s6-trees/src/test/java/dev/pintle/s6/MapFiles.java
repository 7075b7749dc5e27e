package dev.pintle.s6;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An image in memory. */
final class MapFiles implements ImageFiles {

    private static final String RC = "/etc/s6-overlay/s6-rc.d/";

    private final Map<String, TreeFile> files = new TreeMap<>();

    MapFiles file(String path, String text) {
        files.put(path, new TreeFile(path, TreeFile.Kind.REGULAR, text, text.startsWith("#!")));
        return this;
    }

    MapFiles longrun(String name, String run) {
        return file(RC + name + "/type", "longrun\n")
                .file(RC + name + "/run", run)
                .user(name);
    }

    MapFiles oneshot(String name, String up) {
        return file(RC + name + "/type", "oneshot\n")
                .file(RC + name + "/up", up)
                .user(name);
    }

    MapFiles user(String name) {
        return file(RC + "user/contents.d/" + name, "");
    }

    MapFiles dependency(String name, String on) {
        return file(RC + name + "/dependencies.d/" + on, "");
    }

    Translation translate(String... variables) {
        Map<String, String> environment = new TreeMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return Translator.translate(this, new Translator.Options(environment, List.of()));
    }

    @Override
    public List<String> names(String directory) {
        TreeSet<String> names = new TreeSet<>();
        for (String path : files.keySet()) {
            if (path.startsWith(directory + "/")) {
                String rest = path.substring(directory.length() + 1);
                names.add(rest.indexOf('/') < 0 ? rest : rest.substring(0, rest.indexOf('/')));
            }
        }
        return List.copyOf(names);
    }

    @Override
    public boolean isDirectory(String path) {
        return !names(path).isEmpty();
    }

    @Override
    public @Nullable TreeFile file(String path) {
        return files.get(path);
    }

    Map<String, TreeFile> all() {
        return files;
    }
}
