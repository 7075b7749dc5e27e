package dev.pintle.convert.read;

import java.nio.file.Path;
import java.util.List;

/** Where the files of an image are on this machine. Paths in the image are absolute. */
public interface ImageFiles {

    /** Where a file of the image is; some place where nothing is, if it is nowhere. */
    Path locate(String path);

    /** The names in a directory of the image; none where it is none or cannot be read. */
    List<String> names(String directory);

    /** How messages name a file of the image. */
    String nameOf(String path);
}
