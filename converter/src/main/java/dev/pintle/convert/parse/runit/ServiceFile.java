package dev.pintle.convert.parse.runit;

import dev.pintle.convert.read.Position;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * A file of a service directory.
 *
 * @param path       below the service's directory, such as {@code log/run}
 * @param shown      how messages name it
 * @param kind       what it is
 * @param text       its content; empty unless it is a regular file
 * @param charset    by which the text becomes the file's bytes again
 * @param executable whether it has an execute bit
 * @param link       where it is a symbolic link: its target as it is written
 */
public record ServiceFile(
        String path, String shown, Kind kind, String text, Charset charset, boolean executable, Optional<String> link) {

    /** Kinds of file. */
    public enum Kind {
        /** A regular file, or a link to one. */
        REGULAR,
        /** A link that leads nowhere in the tree that is converted. */
        DANGLING,
        /** A socket, a FIFO, a device, or something that is nested too deep. */
        OTHER
    }

    /** Whether its content is known. */
    public boolean isRegular() {
        return kind == Kind.REGULAR;
    }

    /** Its own name. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The place of the character at an index of the text. */
    public Position position(int offset) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < Math.min(offset, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new Position(shown, line, Math.max(1, offset - start + 1));
    }
}
