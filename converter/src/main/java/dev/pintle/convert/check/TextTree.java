package dev.pintle.convert.check;

import dev.pintle.layout.LayoutSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tree of texts in memory.
 *
 * @param files by their paths, without a slash at the beginning
 */
record TextTree(Map<String, String> files) implements LayoutSource {

    @Override
    public List<String> directories(String path) {
        return below(path)
                .filter(rest -> rest.indexOf('/') > 0)
                .map(rest -> rest.substring(0, rest.indexOf('/')))
                .distinct()
                .toList();
    }

    @Override
    public List<String> files(String path) {
        return below(path).filter(rest -> rest.indexOf('/') < 0).toList();
    }

    private Stream<String> below(String path) {
        String prefix = path.substring(1) + "/";
        return files.keySet().stream()
                .filter(file -> file.startsWith(prefix))
                .map(file -> file.substring(prefix.length()));
    }

    @Override
    public @Nullable String read(String path, int limit) {
        String text = files.get(path.substring(1));
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= limit ? text : new String(bytes, 0, limit, StandardCharsets.UTF_8);
    }

    @Override
    public boolean isExecutable(String path) {
        return false;
    }
}
