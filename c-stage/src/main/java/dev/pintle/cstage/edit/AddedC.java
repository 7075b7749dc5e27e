package dev.pintle.cstage.edit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The C of our own that rewrites add: the files of {@code c-stage/src/main/c}. */
public final class AddedC {
    private AddedC() {}

    /** The text of a file, by its name. */
    public static String read(String name) {
        try (InputStream file = AddedC.class.getResourceAsStream("c/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the C stage was built without its " + name);
            }
            return new String(file.readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
