package dev.pintle.layout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree of texts that a layout is read from. Paths are absolute within the layout's file system and use {@code /}.
 *
 * <p>The init implements this on the kernel, the converter on what it is about to write, tests on a map.
 */
public interface LayoutSource {

    /**
     * The names of the directories directly inside {@code path}, in any order; empty where there is no such directory.
     *
     * @throws UnreadableException where something is there that cannot be listed
     */
    List<String> directories(String path) throws UnreadableException;

    /**
     * The names of the regular files directly inside {@code path}, in any order; empty where there is no such directory.
     *
     * @throws UnreadableException where something is there that cannot be listed
     */
    List<String> files(String path) throws UnreadableException;

    /**
     * The first {@code limit} bytes of a file, or all where it has no more, decoded as UTF-8 with every undecodable byte
     * kept as a lone surrogate (U+DC00 + byte); null where there is no such file. The limit is there because what looks
     * like a script may be a binary of any size.
     *
     * @throws UnreadableException where the file is there but cannot be read
     */
    @Nullable
    String read(String path, int limit) throws UnreadableException;

    /** Whether {@code path} is a regular file that this process may execute. */
    boolean isExecutable(String path);

    /** A file or directory that exists and cannot be read. */
    final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String cause;

        /** Carries the cause in a user's words, such as {@code EACCES: permission denied}. */
        public UnreadableException(String cause) {
            super(cause);
            this.cause = cause;
        }

        /** The cause in a user's words. */
        public String cause() {
            return cause;
        }
    }
}
