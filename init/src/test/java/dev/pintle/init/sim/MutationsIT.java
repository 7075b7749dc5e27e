package dev.pintle.init.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks the supervisor in one place at a time and plays worlds on it: a break that no world notices is a rule that the
 * simulation lacks.
 */
final class MutationsIT {
    private static final String ROOT = "dev/pintle/init/";
    private static final Path SOURCES = Path.of("src/main/java", ROOT);
    private static final List<Path> CLASSES = List.of(Path.of("target/classes"), Path.of("target/test-classes"));
    private static final long WORLDS = 20_000;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private record Mutation(String file, String before, String after) {
        static Mutation parse(String line) {
            String[] parts = line.split(" ## ", -1);
            assertEquals(3, parts.length, line);
            return new Mutation(parts[0], parts[1].replace("\\n", "\n"), parts[2].replace("\\n", "\n"));
        }

        @Override
        public String toString() {
            return file + ": " + before + " -> " + after;
        }
    }

    @TestFactory
    List<DynamicTest> everyBreakIsNoticed() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/mutations.txt"))) {
            if (!line.startsWith("#")) {
                Mutation mutation = Mutation.parse(line);
                tests.add(DynamicTest.dynamicTest(mutation.toString(), () -> assertNoticed(mutation)));
            }
        }
        return tests;
    }

    private void assertNoticed(Mutation mutation) throws Exception {
        Path broken = compile(mutation);
        try (Loader loader = new Loader(urls(broken))) {
            Object seed = loader.loadClass(Worlds.class.getName())
                    .getMethod("firstFailure", long.class, long.class)
                    .invoke(null, 1L, WORLDS);
            assertTrue((long) seed > 0, () -> "no world of " + WORLDS + " notices " + mutation);
            System.out.println("simulation: world " + seed + " notices "
                    + mutation.toString().replace("\n", " "));
        }
    }

    private Path compile(Mutation mutation) throws IOException {
        String source = Files.readString(SOURCES.resolve(mutation.file));
        int at = source.indexOf(mutation.before);
        assertTrue(
                at >= 0 && source.indexOf(mutation.before, at + 1) < 0,
                () -> "mutations.txt is out of date: " + mutation);
        Path output = Files.createTempDirectory(scratch, "broken");
        Path file = output.resolve(SOURCES.resolve(mutation.file).getFileName());
        Files.writeString(file, source.replace(mutation.before, mutation.after));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = CLASSES.get(0) + ":" + System.getProperty("java.class.path");
        int result = compiler.run(
                null, null, null, "-proc:none", "-nowarn", "-cp", classPath, "-d", output.toString(), file.toString());
        assertEquals(0, result, () -> "cannot compile " + mutation);
        return output;
    }

    private static URL[] urls(Path broken) throws IOException {
        List<URL> urls = new ArrayList<>(List.of(broken.toUri().toURL()));
        for (Path classes : CLASSES) {
            urls.add(classes.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Loads the init and its simulation anew, from the broken classes first. */
    private static final class Loader extends URLClassLoader {
        Loader(URL[] urls) {
            super(urls, MutationsIT.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.pintle.init.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }
    }
}
