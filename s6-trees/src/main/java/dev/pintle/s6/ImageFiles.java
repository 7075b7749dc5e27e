package dev.pintle.s6;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of an image. Paths are the container's; links are followed as the container would follow them. */
public interface ImageFiles {

    /** The names in a directory, sorted; none where there is no such directory. */
    List<String> names(String directory);

    /** Whether there is such a directory. */
    boolean isDirectory(String path);

    /** The file at a path; null where there is none, and where it is a directory. */
    @Nullable
    TreeFile file(String path);
}
