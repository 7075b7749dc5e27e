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

    /** Adds a file or directory that cannot be read. */
    MapSource unreadable(String path) {
        unreadable.add("/etc/pintle/" + path);
        return file(path, "");
    }

    @Override
    public List<String> directories(String path) throws UnreadableException {
        return children(path, true);
    }

    @Override
    public List<String> files(String path) throws UnreadableException {
        return children(path, false);
    }

    private List<String> children(String path, boolean directories) throws UnreadableException {
        requireReadable(path);
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
        requireReadable(path);
        String text = texts.get(path);
        return text == null ? null : text.substring(0, Math.min(limit, text.length()));
    }

    private void requireReadable(String path) throws UnreadableException {
        if (unreadable.contains(path)) {
            throw new UnreadableException("EACCES: permission denied");
        }
    }

    @Override
    public boolean isExecutable(String path) {
        return executables.contains(path);
    }
}
