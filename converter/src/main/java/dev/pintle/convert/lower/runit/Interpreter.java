package dev.pintle.convert.lower.runit;

import dev.pintle.convert.parse.runit.ServiceFile;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a script names after {@code #!}.
 *
 * @param program the interpreter's own name, without directory; with {@code env} the one that it looks for
 * @param options single letters that a shell gets
 * @param plain   whether it is a POSIX shell that gets nothing but such options
 */
record Interpreter(String program, String options, boolean plain) {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "mksh", "busybox");

    /** Of a script's text. */
    static Interpreter of(String text) {
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        if (!line.startsWith("#!")) {
            return new Interpreter("", "", false);
        }
        List<String> words =
                Arrays.stream(line.substring(2).strip().split("\\s+", -1)).toList();
        int at = Paths.baseName(words.get(0)).equals("env") && words.size() > 1 ? 1 : 0;
        String program = Paths.baseName(words.get(at));
        StringBuilder options = new StringBuilder();
        boolean plain = SHELLS.contains(program) && !program.equals("busybox");
        for (String word : words.subList(at + 1, words.size())) {
            plain &= word.startsWith("-") && !word.startsWith("--") && word.length() > 1;
            options.append(plain ? word.substring(1) : "");
        }
        return new Interpreter(program, options.toString(), plain);
    }

    /** Whether the kernel would execute a file; it takes a carriage return for a part of the interpreter's name. */
    static boolean isProgram(ServiceFile file) {
        return file.isRegular() && refusal(file.text()).isEmpty();
    }

    /** Why the kernel would not execute a text; empty where it would. */
    static Optional<String> refusal(String text) {
        if (text.startsWith("\u007fELF")) {
            return Optional.empty();
        }
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        if (!line.startsWith("#!") || line.substring(2).isBlank()) {
            return Optional.of("it has no interpreter (#!), so that the kernel does not execute it");
        }
        return line.endsWith("\r")
                ? Optional.of("its lines end with CR LF, and there is no interpreter whose name ends with CR")
                : Optional.empty();
    }

    boolean isBash() {
        return program.equals("bash");
    }
}
