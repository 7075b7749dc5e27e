package dev.pintle.convert.emit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;

/** A file that is no text, as git writes it into a patch: compressed, in base 85. */
final class BinaryPatch {

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + "!#$%&()*+-;<=>?@^_`{|}~";

    private static final int LINE = 52;

    private BinaryPatch() {}

    /** What makes a new file of {@code bytes}. */
    static String of(byte[] bytes) {
        StringBuilder out = new StringBuilder("GIT binary patch\nliteral " + bytes.length + "\n");
        lines(out, deflated(bytes));
        out.append("\nliteral 0\n");
        lines(out, deflated(new byte[0]));
        return out.append('\n').toString();
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Each line begins with its length in bytes, A for 1, and a for 27. */
    private static void lines(StringBuilder out, byte[] bytes) {
        for (int start = 0; start < bytes.length; start += LINE) {
            int length = Math.min(LINE, bytes.length - start);
            out.append((char) (length <= 26 ? 'A' + length - 1 : 'a' + length - 27));
            for (int i = start; i < start + length; i += 4) {
                group(out, bytes, i, start + length);
            }
            out.append('\n');
        }
    }

    private static void group(StringBuilder out, byte[] bytes, int from, int end) {
        long value = 0;
        for (int i = from; i < from + 4; i++) {
            value = value << 8 | (i < end ? bytes[i] & 0xff : 0);
        }
        char[] digits = new char[5];
        for (int i = 4; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (value % 85));
            value /= 85;
        }
        out.append(digits);
    }
}
