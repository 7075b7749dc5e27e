package dev.pintle.init.scenario;

import dev.pintle.init.MuslCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plays scenarios with real processes: an init that is started as a program, and puppets that are programs. */
final class RealEngine implements Engine {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final long LOOK_MILLIS = 5;
    private static final Path PUPPET = Path.of("src/test/c/puppet.c");

    private final Path scratch;
    private final List<String> init;

    /**
     * An engine.
     *
     * @param scratch an empty directory
     * @param init    the words that start the init as PID 1, or as what else it can be
     */
    RealEngine(Path scratch, List<String> init) {
        this.scratch = scratch;
        this.init = init;
    }

    @Override
    public void play(Scenario scenario) {
        try {
            RealContainer container = new RealContainer(scratch, start(scenario));
            try {
                follow(new Course(scenario, container), container);
            } finally {
                container.end();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void follow(Course course, RealContainer container) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        boolean wasOver;
        do {
            wasOver = container.exitCode() >= 0;
            course.goOn();
            if (course.isOver()) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        } while (!wasOver && System.nanoTime() < deadline);
        throw new AssertionError(course.whereItIs());
    }

    private Process start(Scenario scenario) throws IOException, InterruptedException {
        Path interpreter = compilePuppet();
        for (Map.Entry<String, String> file : scenario.files().entrySet()) {
            write(file.getKey(), file.getValue());
        }
        for (Puppet puppet : scenario.puppets().values()) {
            Path path = write(puppet.name(), puppet.script(interpreter.toString()));
            if (!path.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make " + path + " executable");
            }
        }
        List<String> words = new ArrayList<>(init);
        for (int i = 0; i < scenario.command().size(); i++) {
            String word = scenario.command().get(i);
            words.add(i == 0 ? scratch.resolve(word).toString() : word);
        }
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectOutput(RealContainer.output(scratch).toFile())
                .redirectError(RealContainer.messages(scratch).toFile());
        for (String variable : scenario.environment()) {
            String[] parts = variable.split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        }
        builder.environment().putAll(variables());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private Map<String, String> variables() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return Map.of(
                    "DIR", scratch.toString(),
                    "PORT", Integer.toString(free.getLocalPort()),
                    "PINTLE_DIR", scratch.toString(),
                    "PINTLE_CONTROL", RealContainer.socket(scratch).toString(),
                    // This JVM may be outside of the init's pid namespace: whoever is in the group is served all the
                    // same.
                    "PINTLE_CONTROL_GROUP",
                            Files.getAttribute(scratch, "unix:gid").toString(),
                    "PINTLE_LOG_LEVEL", "debug");
        }
    }

    private Path write(String file, String text) throws IOException {
        Path path = scratch.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private static @Nullable Path puppet;

    /** One for all scenarios of this JVM. */
    private static synchronized Path compilePuppet() throws IOException, InterruptedException {
        Path built = puppet;
        if (built == null) {
            built = Files.createTempDirectory("pintle-puppet").resolve("puppet");
            built.toFile().deleteOnExit();
            List<String> compile = List.of(
                    MuslCompiler.name(), "-static", "-Os", "-Wall", "-Wextra", "-Werror", "-o", built.toString());
            List<String> words = new ArrayList<>(compile);
            words.add(PUPPET.toString());
            int code = new ProcessBuilder(words).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IOException(words + " ended with code " + code);
            }
            puppet = built;
        }
        return built;
    }
}
