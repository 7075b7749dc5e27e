package dev.pintle.convert.lower;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A file to be.
 *
 * @param text       its content
 * @param charset    that makes bytes of the text; for a file that is carried over, the one that made a text of its bytes
 * @param executable whether it has execute bits
 */
public record OutputFile(String text, Charset charset, boolean executable) {

    /** The name of the file below etc/pintle that has the status page's password; it is never shown. */
    public static final String WEB_PASSWORD = "web-password";

    /** A configuration file. */
    public static OutputFile of(String text) {
        return new OutputFile(text, StandardCharsets.UTF_8, false);
    }

    /** What is written. */
    public byte[] bytes() {
        return text.getBytes(charset);
    }
}
