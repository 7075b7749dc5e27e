package dev.pintle.init.sys.jnr;

import dev.pintle.init.sys.RawText;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;

/** Text as C has it. */
final class CText {
    private CText() {}

    /** The bytes of a text and a zero. */
    static byte[] path(String text) {
        byte[] bytes = RawText.encode(text);
        byte[] terminated = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, terminated, 0, bytes.length);
        return terminated;
    }

    /** An array of pointers to texts with a null at its end; it holds the memory of the texts. */
    static final class Vector {
        private final List<Pointer> texts = new ArrayList<>();
        private final Pointer array;

        Vector(List<String> words) {
            int width = LibC.RUNTIME.addressSize();
            array = Memory.allocateDirect(LibC.RUNTIME, width * (words.size() + 1), true);
            for (int i = 0; i < words.size(); i++) {
                byte[] bytes = path(words.get(i));
                Pointer text = Memory.allocateDirect(LibC.RUNTIME, bytes.length);
                text.put(0, bytes, 0, bytes.length);
                texts.add(text);
                array.putPointer((long) i * width, text);
            }
        }

        Pointer array() {
            return array;
        }
    }
}
