package dev.pintle.init;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A directory with programs of one binary, a copy under each name, and shell commands that find them in PATH. */
public final class Programs {
    /** The release binary. */
    public static final Path BINARY = Path.of(System.getProperty("pintle.binary", ""));

    private static final long PATIENCE_SECONDS = 60;
    private static final String PATH = "/usr/bin:/bin:/usr/sbin:/sbin";

    private final Path directory;

    private Programs(Path directory) {
        this.directory = directory;
    }

    /**
     * What a command did.
     *
     * @param code   its exit code
     * @param output standard output, bytes as ISO 8859-1
     * @param errors standard error, likewise
     */
    public record Result(int code, String output, String errors) {}

    /** Ours. */
    public static Programs ours(Path directory, String... names) {
        return copied(directory, BINARY, names);
    }

    /** One program under these names. */
    public static Programs copied(Path directory, Path program, String... names) {
        try {
            if (names.length > 0) {
                Files.createDirectories(directory);
            }
            for (String name : names) {
                Files.copy(program, directory.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return new Programs(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the machine. */
    public static Programs installedOnes(Path directory) {
        return new Programs(directory);
    }

    /** Adds a shell script. */
    public Programs with(String name, String script) {
        try {
            Files.createDirectories(directory);
            Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a program that is compiled from {@code src/test/c}. */
    public Programs compiled(String name) {
        try {
            Files.createDirectories(directory);
            String target = directory.resolve(name).toString();
            int code = new ProcessBuilder(
                            MuslCompiler.name(),
                            "-static",
                            "-Os",
                            "-Wall",
                            "-Wextra",
                            "-Werror",
                            "-o",
                            target,
                            "src/test/c/" + name + ".c")
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("cannot compile " + name + ".c: exit code " + code);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a program is installed on this machine. */
    public static boolean installed(String name) {
        for (String place : PATH.split(":", -1)) {
            if (Files.isExecutable(Path.of(place, name))) {
                return true;
            }
        }
        return false;
    }

    /** A shell that runs {@code script} in a directory, with these programs first in its PATH and no variables but {@code
     * variables}. */
    public ProcessBuilder shell(Path workingDirectory, String script, String... variables) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script));
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", directory + ":" + PATH);
        environment.put("HOME", "/");
        environment.put("LC_ALL", "C");
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return builder;
    }

    /**
     * What makes the program that stands after it PID 1 of a pid namespace, with these options of unshare(1) besides; empty
     * where that is refused.
     */
    public String namespace(Path workingDirectory, String... options) {
        for (String user : List.of("", "--user --map-root-user ")) {
            String words = String.join(" ", options) + (options.length == 0 ? "" : " ");
            String prefix = "unshare --pid --fork --mount-proc --kill-child " + user + words;
            if (run(workingDirectory, prefix + "true").code() == 0) {
                return prefix;
            }
        }
        return "";
    }

    /** Runs a script to its end. */
    public Result run(Path workingDirectory, String script, String... variables) {
        try {
            Path output = Files.createTempFile("pintle", ".out");
            Path errors = Files.createTempFile("pintle", ".err");
            try {
                Process process = shell(workingDirectory, script, variables)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw new IOException("'" + script + "' does not end; so far: " + text(output) + text(errors));
                }
                return new Result(process.exitValue(), text(output), text(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
