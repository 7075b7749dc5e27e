package dev.pintle.layout.parse;

import dev.pintle.layout.LayoutSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A layout in memory. */
final class MapSource implements LayoutSource {

    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> executables = new HashSet<>();
    private final Set<String> unreadable = new HashSet<>();

    /** Adds a file below /etc/pintle. */
    MapSource file(String path, String text) {
        texts.put("/etc/pintle/" + path, text);
        return this;
    }

    /** Adds the service.conf of a service. */
    MapSource service(String name, String conf) {
        return file("services/" + name + "/service.conf", conf);
    }

    /** Adds a file that may be executed. */
    MapSource executable(String path, String text) {
        executables.add("/etc/pintle/" + path);
        return file(path, text);
    }

    /** Adds a file that cannot be read. */
    MapSource unreadable(String path) {
        unreadable.add("/etc/pintle/" + path);
        return file(path, "");
    }

    @Override
    public List<String> directories(String path) {
        return children(path, true);
    }

    @Override
    public List<String> files(String path) {
        return children(path, false);
    }

    private List<String> children(String path, boolean directories) {
        Set<String> names = new TreeSet<>();
        for (String file : texts.keySet()) {
            if (file.startsWith(path + "/")) {
                String rest = file.substring(path.length() + 1);
                int slash = rest.indexOf('/');
                if (directories == slash >= 0) {
                    names.add(slash < 0 ? rest : rest.substring(0, slash));
                }
            }
        }
        return new ArrayList<>(names);
    }

    @Override
    public @Nullable String read(String path, int limit) throws UnreadableException {
        if (unreadable.contains(path)) {
            throw new UnreadableException("EACCES: permission denied");
        }
        String text = texts.get(path);
        return text == null ? null : text.substring(0, Math.min(limit, text.length()));
    }

    @Override
    public boolean isExecutable(String path) {
        return executables.contains(path);
    }
}
