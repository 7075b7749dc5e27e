package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts with so many calls that what grows with the square of their number would not come back. */
class ManyCallsTest {

    private static final int MANY = 20_000;

    /** The difference of two files of lines takes longer than the move. */
    private static final int LINES = 3_000;

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild build(String rest, String script) throws IOException {
        return MovedBuild.supervisord(Files.createTempDirectory(directory, "many"), rest + MovedBuild.START)
                .with("tool.sh", script)
                .move();
    }

    @Test
    void callsOnOneLine() throws IOException {
        MovedBuild build = build("RUN " + "supervisorctl restart web && ".repeat(MANY) + "true\n", "");
        assertEquals(0, build.code());
        assertTrue(build.file("Dockerfile").contains("RUN " + "pintle restart web && ".repeat(MANY) + "true\n"));
    }

    @Test
    void callsOnManyLines() throws IOException {
        MovedBuild build =
                build("COPY tool.sh /tool.sh\n", "#!/bin/sh\n" + "supervisorctl restart web\n".repeat(LINES));
        assertEquals("#!/bin/sh\n" + "pintle restart web\n".repeat(LINES), build.file("tool.sh"));
    }

    @Test
    void wordsThatAreNoCalls() throws IOException {
        MovedBuild build = build("RUN echo " + "supervisorctl ".repeat(MANY) + "\n", "");
        assertEquals(0, build.code());
    }
}
