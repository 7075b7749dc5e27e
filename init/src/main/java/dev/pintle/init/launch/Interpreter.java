package dev.pintle.init.launch;

import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.text.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * The file that the kernel needs to execute another one: what follows {@code #!} in a script, and the loader of a program that
 * is linked to libraries (elf(5), PT_INTERP). Where it is missing, execve(2) says ENOENT, as if the script or program were.
 */
public final class Interpreter {
    /** Program headers and the loader's name come early in a file. */
    private static final int BEGINNING = 4096;

    private static final int PT_INTERP = 3;
    private static final int LONGEST_HEADER_TABLE = 64;

    private final byte[] bytes = new byte[BEGINNING];
    private int size;

    private Interpreter() {}

    /** The interpreter or loader of {@code program}, as it is written there; null where it needs none or cannot be read. */
    public static @Nullable String of(Sys sys, String program) {
        Interpreter file = new Interpreter();
        file.read(sys, program);
        if (file.startsWith('#', '!')) {
            return file.afterShebang();
        }
        return file.startsWith(0x7f, 'E') && file.startsWith(2, 'L', 'F') ? file.loader() : null;
    }

    /** Why the first of these programs that is there cannot be executed though it is, to follow its name; else empty. */
    public static String whatIsMissing(Sys sys, Iterable<String> programs) {
        FileFacts facts = new FileFacts();
        for (String program : programs) {
            if (program.startsWith("/") && sys.stat(program, facts) >= 0) {
                String interpreter = of(sys, program);
                return interpreter == null || sys.stat(interpreter, facts) >= 0
                        ? ""
                        : ", whose " + kind(interpreter) + " " + interpreter + " is not there";
            }
        }
        return "";
    }

    /** What a message calls the file. */
    public static String kind(String interpreter) {
        int slash = interpreter.lastIndexOf('/');
        return interpreter.startsWith("ld", slash + 1) ? "loader" : "interpreter";
    }

    private void read(Sys sys, String program) {
        int descriptor = sys.openForReading(program);
        if (descriptor < 0) {
            return;
        }
        int got = 1;
        while (size < BEGINNING && got > 0) {
            got = sys.read(descriptor, bytes, size, BEGINNING - size);
            size += Math.max(got, 0);
        }
        sys.close(descriptor);
    }

    private boolean startsWith(int first, int second) {
        return size >= 2 && bytes[0] == first && bytes[1] == second;
    }

    private boolean startsWith(int from, int first, int second) {
        return size >= from + 2 && bytes[from] == first && bytes[from + 1] == second;
    }

    private @Nullable String afterShebang() {
        int start = 2;
        while (start < size && Ascii.isBlank((char) bytes[start])) {
            start++;
        }
        int end = start;
        while (end < size && bytes[end] != '\n' && !Ascii.isBlank((char) bytes[end])) {
            end++;
        }
        return end == start ? null : RawText.decode(bytes, start, end - start);
    }

    /** Both architectures that there are binaries for are little-endian; 32-bit programs run there too. */
    private @Nullable String loader() {
        if (size < LONGEST_HEADER_TABLE || bytes[5] != 1) {
            return null;
        }
        boolean wide = bytes[4] == 2;
        long table = wide ? number(32, 8) : number(28, 4);
        long entrySize = number(wide ? 54 : 42, 2);
        long count = Math.min(number(wide ? 56 : 44, 2), LONGEST_HEADER_TABLE);
        for (long i = 0; i < count; i++) {
            long at = table + i * entrySize;
            if (at < 0 || at + 40 > size) {
                return null;
            }
            if (number((int) at, 4) == PT_INTERP) {
                long from = wide ? number((int) at + 8, 8) : number((int) at + 4, 4);
                long length = wide ? number((int) at + 32, 8) : number((int) at + 16, 4);
                boolean there = from > 0 && length > 1 && length <= BEGINNING && from <= size - length;
                return there ? RawText.decode(bytes, (int) from, (int) length - 1) : null;
            }
        }
        return null;
    }

    private long number(int at, int length) {
        long number = 0;
        for (int i = length - 1; i >= 0; i--) {
            number = number << 8 | (bytes[at + i] & 0xff);
        }
        return number;
    }
}
