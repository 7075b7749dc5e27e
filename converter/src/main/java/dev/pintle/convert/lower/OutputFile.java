package dev.pintle.convert.lower;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A file to be.
 *
 * @param text       its content
 * @param charset    that makes bytes of the text; for a file that is carried over, the one that made a text of its bytes
 * @param executable whether it has execute bits
 * @param secret     whether only its owner may read it
 */
public record OutputFile(String text, Charset charset, boolean executable, boolean secret) {

    /** The name of the file below etc/pintle that has the status page's password; it is never shown. */
    public static final String WEB_PASSWORD = "web-password";

    /** One that all may read. */
    public OutputFile(String text, Charset charset, boolean executable) {
        this(text, charset, executable, false);
    }

    /** A configuration file. */
    public static OutputFile of(String text) {
        return new OutputFile(text, StandardCharsets.UTF_8, false);
    }

    /** A file that only its owner may read. */
    public static OutputFile secret(String text) {
        return new OutputFile(text, StandardCharsets.UTF_8, false, true);
    }

    /** Its permissions: a secret is its owner's alone. */
    public String mode() {
        return secret ? "600" : executable ? "755" : "644";
    }

    /** What is written. */
    public byte[] bytes() {
        return text.getBytes(charset);
    }
}
