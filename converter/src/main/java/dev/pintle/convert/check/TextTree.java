package dev.pintle.convert.check;

import dev.pintle.convert.lower.OutputFile;
import dev.pintle.layout.LayoutSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tree of files in memory.
 *
 * @param files by their paths, without a slash at the beginning
 */
record TextTree(Map<String, OutputFile> files) implements LayoutSource {

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
        OutputFile file = files.get(path.substring(1));
        if (file == null) {
            return null;
        }
        byte[] bytes = file.bytes();
        return new String(bytes, 0, Math.min(bytes.length, limit), StandardCharsets.UTF_8);
    }

    @Override
    public boolean isExecutable(String path) {
        OutputFile file = files.get(path.substring(1));
        return file != null && file.executable();
    }
}
