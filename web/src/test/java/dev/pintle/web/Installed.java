package dev.pintle.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An init, the pintle command and pintle-web in a directory that is also the layout's. */
final class Installed {
    private static final Path INIT = Path.of(System.getProperty("pintle.binary", ""));
    /** The program that the build has made. */
    static final Path WEB = Path.of(System.getProperty("pintle.web", ""));

    private final Path directory;

    private Installed(Path directory) throws IOException {
        this.directory = directory;
        copy(INIT, "init");
        copy(INIT, "pintle");
    }

    /** Puts all programs there. */
    static Installed in(Path directory) throws IOException {
        return new Installed(directory).addWeb();
    }

    /** Puts them there except pintle-web. */
    static Installed without(Path directory) throws IOException {
        return new Installed(directory);
    }

    /** Puts pintle-web there. */
    Installed addWeb() throws IOException {
        copy(WEB, "pintle-web");
        return this;
    }

    private void copy(Path program, String name) throws IOException {
        Files.copy(program, directory.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Starts the init with the layout there is; it can be asked then, or has ended. */
    Process start() throws IOException, InterruptedException {
        return awaitControl(builder(List.of(directory.resolve("init").toString()))
                .inheritIO()
                .start());
    }

    /** Starts the init; it and its services write to a file. */
    Process start(Path log) throws IOException, InterruptedException {
        return awaitControl(builder(List.of(directory.resolve("init").toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    private Process awaitControl(Process init) throws InterruptedException {
        for (int i = 0; i < 400 && init.isAlive() && !Files.exists(directory.resolve("control")); i++) {
            Thread.sleep(50);
        }
        return init;
    }

    /**
     * What a command did.
     *
     * @param code   its exit code
     * @param output standard output and error
     */
    record Said(int code, String output) {}

    /** Runs {@code pintle WORDS} to its end. */
    Said pintle(String words) throws IOException, InterruptedException {
        return run("pintle", words);
    }

    /** Runs {@code pintle-web WORDS} to its end. */
    Said web(String words) throws IOException, InterruptedException {
        return run("pintle-web", words);
    }

    /** Starts {@code pintle-web WORDS}. */
    Process startWeb(String words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(directory.resolve("pintle-web").toString()));
        command.addAll(List.of(words.split(" ", -1)));
        return builder(command).inheritIO().start();
    }

    private Said run(String program, String words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(directory.resolve(program).toString()));
        command.addAll(List.of(words.split(" ", -1)));
        Process process = builder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), output);
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("PATH", directory + ":" + environment.get("PATH"));
        environment.put("PINTLE_DIR", directory.toString());
        environment.put("PINTLE_CONTROL", directory.resolve("control").toString());
        return builder;
    }
}
