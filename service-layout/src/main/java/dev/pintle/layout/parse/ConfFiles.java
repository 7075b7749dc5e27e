package dev.pintle.layout.parse;

import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.LayoutSource.UnreadableException;
import org.jspecify.annotations.Nullable;

/** Reads the text of a service.conf or pintle.conf. */
final class ConfFiles {

    /** No such file is longer, and init's heap is small. */
    static final int LIMIT = 1 << 20;

    private ConfFiles() {}

    /**
     * The text of a file, or null where there is none.
     *
     * @throws UnreadableException where it cannot be read, or is too long to be meant
     */
    static @Nullable String read(LayoutSource source, String file) throws UnreadableException {
        String text = source.read(file, LIMIT + 1);
        if (text != null && text.length() > LIMIT) {
            throw new UnreadableException("it is longer than 1 MiB");
        }
        return text;
    }
}
