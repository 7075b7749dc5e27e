package dev.pintle.init.sys.teavm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.MuslCompiler;
import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The constants of every class {@code XyzH} are those of the C header {@code xyz.h}, says the C compiler. */
final class HeadersIT {
    /** The one that the binary under test is compiled with. */
    private static final String COMPILER = System.getProperty("pintle.compiler", MuslCompiler.name());

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    @Test
    void constantsAreThoseOfTheHeaders() throws Exception {
        StringBuilder source = new StringBuilder("#define _GNU_SOURCE\n");
        int constants = 0;
        File classes =
                new File("target/classes/" + UnistdH.class.getPackageName().replace('.', '/'));
        for (File file : Objects.requireNonNull(classes.listFiles())) {
            if (file.getName().endsWith("H.class")) {
                String name = file.getName().substring(0, file.getName().length() - ".class".length());
                source.append("#include <").append(header(name)).append(">\n");
                constants += appendAssertions(source, Class.forName(UnistdH.class.getPackageName() + "." + name));
            }
        }
        assertTrue(constants > 40, () -> "only few constants found: " + source);
        Path test = scratch.resolve("constants.c");
        Files.writeString(test, source);
        Process compiler = new ProcessBuilder(COMPILER, "-fsyntax-only", test.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, compiler.waitFor(), said);
    }

    private static int appendAssertions(StringBuilder source, Class<?> header) throws IllegalAccessException {
        int count = 0;
        for (Field field : header.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
                String name = field.getName();
                source.append("_Static_assert(").append(name).append(" == ").append(field.getInt(null));
                source.append(", \"")
                        .append(header.getSimpleName())
                        .append('.')
                        .append(name)
                        .append("\");\n");
                count++;
            }
        }
        return count;
    }

    /** {@code SysStatH} is {@code sys/stat.h}. */
    private static String header(String name) {
        String stem = name.substring(0, name.length() - 1);
        for (String directory : List.of("Sys", "Netinet")) {
            if (stem.startsWith(directory)) {
                stem = directory + "/" + stem.substring(directory.length());
            }
        }
        return stem.toLowerCase(Locale.ROOT) + ".h";
    }
}
