package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.RawText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.interop.Address;

/** Strings between the heap and C. */
final class NativeStrings {
    /** The null pointer. */
    static final Address NULL = Address.fromInt(0);

    /** Bytes of the longest path with its terminator (PATH_MAX of limits.h). */
    private static final int PATH_SIZE = 4096;

    private static final Address PATH = StdlibH.malloc(PATH_SIZE);

    private NativeStrings() {}

    /**
     * A path as C takes it, until the next call; null where it is too long for the kernel. A path with a NUL in it names
     * no file and becomes the empty path, which names none either.
     */
    static @Nullable Address path(String path) {
        byte[] bytes = RawText.encode(path);
        if (bytes.length >= PATH_SIZE) {
            return null;
        }
        copy(holdsNul(bytes) ? new byte[0] : bytes, PATH);
        return PATH;
    }

    /** Copies bytes out of the heap and appends a NUL. */
    static void copy(byte[] bytes, Address to) {
        Address.moveMemoryBlock(Address.ofData(bytes), to, bytes.length);
        to.add(bytes.length).putByte((byte) 0);
    }

    static boolean holdsNul(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    /** Reads a NUL-terminated string. */
    static String read(Address text) {
        int length = 0;
        while (text.add(length).getByte() != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        Address.moveMemoryBlock(text, Address.ofData(bytes), length);
        return RawText.decode(bytes, 0, length);
    }

    /** How many strings an array has that ends with a null pointer. */
    static int count(Address strings) {
        int count = 0;
        while (strings.add(count * Address.sizeOf()).getLong() != 0) {
            count++;
        }
        return count;
    }

    /** Reads an array of strings that ends with a null pointer. */
    static List<String> readAll(Address strings) {
        List<String> texts = new ArrayList<>();
        Address next = strings;
        while (next.getLong() != 0) {
            texts.add(read(next.getAddress()));
            next = next.add(Address.sizeOf());
        }
        return texts;
    }
}
