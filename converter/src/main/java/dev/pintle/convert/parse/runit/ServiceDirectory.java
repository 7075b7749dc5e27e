package dev.pintle.convert.parse.runit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service directory with all that is in it.
 *
 * @param name  by which {@code sv} knows it: that of its entry in the scan directory
 * @param shown how messages name it
 * @param paths that lead to it in the container: its entry's, and the directory's that the entry links to
 * @param files by their paths below it, sorted
 */
public record ServiceDirectory(String name, String shown, List<String> paths, Map<String, ServiceFile> files) {

    /** A file that has a content. */
    public Optional<ServiceFile> regular(String path) {
        return Optional.ofNullable(files.get(path)).filter(ServiceFile::isRegular);
    }

    /** Whether anything is there under a path. */
    public boolean has(String path) {
        return files.containsKey(path);
    }

    /** Whether anything is in a directory. */
    public boolean hasDirectory(String directory) {
        return files.keySet().stream().anyMatch(path -> path.startsWith(directory + "/"));
    }
}
