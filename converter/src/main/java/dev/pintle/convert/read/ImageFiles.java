package dev.pintle.convert.read;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the files of an image are on this machine. Paths in the image are absolute. */
public interface ImageFiles {

    /** Where a file of the image is; some place where nothing is, if it is nowhere. */
    Path locate(String path);

    /** The names in a directory of the image; none where it is none or cannot be read. */
    List<String> names(String directory);

    /** How messages name a file of the image. */
    String nameOf(String path);

    /** A file that is none on this machine, since the build writes it. */
    default Optional<Written> written(String path) {
        return Optional.empty();
    }

    /**
     * A file that is written where the image is made.
     *
     * @param path   that stands for it; nothing is there
     * @param name   of the file that has its text, such as a Dockerfile
     * @param source the text of that file
     * @param text   of the written file, each line of it on the line that it has in {@code source}
     */
    record Written(Path path, String name, String source, String text) {}
}
