package dev.pintle.convert.move;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text of a file that is not UTF-8: it is looked at, and never edited.
 *
 * @param name of the encoding, as people say it
 * @param text of the file
 */
record OtherEncoding(String name, String text) {

    /** Of a file's bytes; absent where they are none that people write. */
    static Optional<OtherEncoding> of(byte[] bytes) {
        if (startsWith(bytes, 0xff, 0xfe)) {
            return Optional.of(decoded("UTF-16", bytes, StandardCharsets.UTF_16LE));
        }
        if (startsWith(bytes, 0xfe, 0xff)) {
            return Optional.of(decoded("UTF-16", bytes, StandardCharsets.UTF_16BE));
        }
        for (byte each : bytes) {
            if (each == 0) {
                return Optional.empty();
            }
        }
        // Any byte is a letter of Latin-1, and the words that are looked for are ASCII in every encoding of its kind.
        return Optional.of(
                new OtherEncoding("another encoding than UTF-8", new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }

    /** Behind the mark of its byte order. */
    private static OtherEncoding decoded(String name, byte[] bytes, Charset charset) {
        return new OtherEncoding(name, new String(bytes, 2, bytes.length - 2, charset));
    }
}
