package dev.pintle.convert.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.layout.PintleVersion;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a Java that only tells how it was called. */
class LauncherTest {

    @TempDir
    private Path directory = Path.of("");

    private Path launcher = Path.of("");

    @BeforeEach
    void install() throws IOException {
        Path home = Files.createDirectories(directory.resolve("opt/with a blank"));
        launcher = Files.copy(Path.of("src/main/launcher/pintle-convert"), home.resolve("pintle-convert"));
        Files.writeString(home.resolve("pintle-convert.jar"), "");
    }

    private Path java(String version) throws IOException {
        Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\nif [ \"$1\" = -version ]; then\n  echo '" + version
                        + "' >&2\nelse\n  printf '<%s>' \"$@\"\nfi\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory.resolve("jdk");
    }

    private record Ran(int code, String output) {}

    private static Ran run(Path program, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_HOME"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }

    @Test
    void runsTheJarBesideItThroughLinks() throws Exception {
        Path jdk = java("openjdk version \"17.0.15\" 2025-04-15");
        Path link = Files.createSymbolicLink(directory.resolve("absolute"), launcher);
        Path second = Files.createSymbolicLink(directory.resolve("relative"), Path.of("absolute"));
        for (Path program : List.of(launcher, link, second)) {
            Ran ran = run(program, Map.of("JAVA_HOME", jdk.toString()), "supervisord", "a b");
            assertEquals(0, ran.code(), ran::output);
            String jar =
                    launcher.toRealPath().resolveSibling("pintle-convert.jar").toString();
            assertTrue(ran.output().endsWith("<-jar><" + jar + "><supervisord><a b>"), ran::output);
            assertTrue(ran.output().contains("<-Dpintle.colour=false>"), ran::output);
        }
    }

    @Test
    void findsJavaInPath() throws Exception {
        Path jdk = java("openjdk version \"21\" 2023-09-19");
        Ran ran = run(launcher, Map.of("PATH", jdk + "/bin:" + System.getenv("PATH")), "--version");
        assertEquals(0, ran.code(), ran::output);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Path old = java("java version \"1.8.0_412\"");
        Ran ran = run(launcher, Map.of("JAVA_HOME", old.toString()));
        assertEquals(2, ran.code());
        assertTrue(ran.output().contains("its version is 1, and 17 or later is needed"), ran::output);
        ran = run(launcher, Map.of("JAVA_HOME", "/no/such/jdk"));
        assertEquals(2, ran.code());
        assertTrue(ran.output().contains("cannot run /no/such/jdk/bin/java: JAVA_HOME is /no/such/jdk"), ran::output);
        Files.delete(launcher.resolveSibling("pintle-convert.jar"));
        ran = run(launcher, Map.of());
        assertEquals(2, ran.code());
        assertTrue(ran.output().contains("cannot find pintle-convert.jar"), ran::output);
    }

    @Test
    void takesTheArchiveOfClassesWhereThereIsOne() throws Exception {
        Map<String, String> home =
                Map.of("JAVA_HOME", java("openjdk version \"17\"").toString());
        String archive =
                launcher.toRealPath().resolveSibling("pintle-convert.jsa").toString();
        Ran without = run(launcher, home, "--version");
        assertFalse(without.output().contains(archive), without::output);
        Ran making = run(launcher, home, "archive-classes");
        assertTrue(making.output().contains("<-XX:ArchiveClassesAtExit=" + archive + ">"), making::output);
        assertTrue(making.output().endsWith("<archive-classes>"), making::output);
        Files.writeString(Path.of(archive), "");
        Ran with = run(launcher, home, "--version");
        assertTrue(with.output().contains("<-XX:SharedArchiveFile=" + archive + ">"), with::output);
    }

    /** With the Java that runs this test, and the classes as they have been compiled. */
    @Test
    void brokenArchiveIsPassedOverInSilence() throws Exception {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, PintleConvert.class.getName());
        main.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(launcher.resolveSibling("pintle-convert.jar"))) {
            new JarOutputStream(out, manifest).close();
        }
        Files.writeString(launcher.resolveSibling("pintle-convert.jsa"), "no archive");
        Ran ran = run(launcher, Map.of("JAVA_HOME", System.getProperty("java.home")), "--version");
        assertEquals("pintle-convert " + PintleVersion.text() + "\n", ran.output());
        assertEquals(0, ran.code());
    }
}
