package dev.pintle.convert.read.image;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layer of an image. Paths are the container's and absolute; no link is followed. */
interface Layer extends Closeable {

    /** What is at a path itself, or null. */
    @Nullable
    Entry entry(String path);

    /** The names in a directory of the layer. */
    List<String> names(String directory);

    /** What a regular file holds. */
    byte[] read(String path) throws IOException;

    /** How messages name a path. */
    String shown(String path);

    /**
     * What is at a path.
     *
     * @param kind       of file
     * @param link       where it leads, for a symbolic link; else empty
     * @param executable whether it has an execute bit
     * @param size       in bytes
     */
    record Entry(Kind kind, String link, boolean executable, long size) {}

    /** Kinds of file. */
    enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        OTHER
    }
}
