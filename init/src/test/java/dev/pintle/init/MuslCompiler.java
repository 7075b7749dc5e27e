package dev.pintle.init;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** The C compiler for musl, chosen as the build chooses it: {@code PINTLE_CC}, else musl-gcc, else cc (Alpine). */
public final class MuslCompiler {

    private MuslCompiler() {}

    /** Its name. */
    public static String name() {
        String given = System.getenv("PINTLE_CC");
        if (given != null && !given.isEmpty()) {
            return given;
        }
        for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(directory, "musl-gcc"))) {
                return "musl-gcc";
            }
        }
        return "cc";
    }
}
