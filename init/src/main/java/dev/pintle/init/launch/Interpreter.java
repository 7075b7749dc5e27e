package dev.pintle.init.launch;

import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Files;
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

    /** {@code #!}, and 7f and {@code ELF}, as numbers. */
    private static final long SHEBANG = 0x2123;

    private static final long ELF = 0x464C_457F;

    private static final int PT_INTERP = 3;
    private static final int LONGEST_HEADER_TABLE = 64;

    private final byte[] bytes;
    private final int size;

    private Interpreter(Files.Reading beginning) {
        bytes = beginning.bytes();
        size = beginning.size();
    }

    /** The interpreter or loader of {@code program}, as it is written there; null where it needs none or cannot be read. */
    public static @Nullable String of(Sys sys, String program) {
        Interpreter file = new Interpreter(Files.read(sys, program, BEGINNING));
        long magic = file.size < 4 ? 0 : file.number(0, 4);
        if ((magic & 0xffff) == SHEBANG) {
            return file.afterShebang();
        }
        return magic == ELF ? file.loader() : null;
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
        int word = wide ? 8 : 4;
        long table = number(wide ? 32 : 28, word);
        long entrySize = number(wide ? 54 : 42, 2);
        long count = Math.min(number(wide ? 56 : 44, 2), LONGEST_HEADER_TABLE);
        for (long i = 0; i < count; i++) {
            long at = table + i * entrySize;
            if (at < 0 || at + 40 > size) {
                return null;
            }
            if (number((int) at, 4) == PT_INTERP) {
                long from = number((int) at + word, word);
                long length = number((int) at + 4 * word, word);
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
