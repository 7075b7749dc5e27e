package dev.pintle.init;

import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The native programs in a directory of their own, with a layout and a control socket beside them. */
public final class LaidOut {
    private final Path directory;
    private final Programs programs;

    /** Copies the programs of these names into the directory; the layout is empty. */
    public LaidOut(Path directory, String... names) {
        this.directory = directory;
        programs = Programs.ours(directory.resolve("bin"), names);
    }

    /** The programs. */
    public Programs programs() {
        return programs;
    }

    /** Adds a service with this service.conf. */
    public void service(String name, String conf) {
        try {
            Path service =
                    Files.createDirectories(directory.resolve("layout/services").resolve(name));
            Files.writeString(service.resolve("service.conf"), conf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a file of the layout. */
    public void file(String name, String text) {
        try {
            Path layout = Files.createDirectories(directory.resolve("layout"));
            Files.writeString(layout.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What tells the programs of layout and control socket, and more variables. */
    public String[] variables(String... more) {
        List<String> variables = new ArrayList<>(
                List.of("PINTLE_DIR=" + directory.resolve("layout"), "PINTLE_CONTROL=" + directory.resolve("control")));
        variables.addAll(List.of(more));
        return variables.toArray(new String[0]);
    }

    /** Runs a script in the directory to its end. */
    public Result run(String script, String... more) {
        return programs.run(directory, script, variables(more));
    }
}
