package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pintle-web says of itself, and of words that make no sense. */
class CommandsIT {
    @TempDir
    private Path directory = Path.of("/nonexistent");

    private void says(int code, String output, String words) throws IOException, InterruptedException {
        Installed.Said said = Installed.without(directory).addWeb().web(words);
        assertEquals(code, said.code(), said.output());
        assertTrue(said.output().contains(output), said.output());
    }

    @Test
    void helpAndVersionArePrinted() throws IOException, InterruptedException {
        says(0, "Usage: pintle-web serve", "--help");
    }

    @Test
    void theVersionIsThePoms() throws IOException, InterruptedException {
        says(0, "pintle-web " + System.getProperty("pintle.version") + " (", "--version");
    }

    @Test
    void wordsThatMakeNoSenseAreNamed() throws IOException, InterruptedException {
        says(2, "pintle-web: there is no command explode; see pintle-web --help", "explode");
    }

    @Test
    void anAddressIsNumeric() throws IOException, InterruptedException {
        says(2, "--listen takes a numeric address and a port", "serve --listen example.com:80");
    }

    @Test
    void aPortIsOne() throws IOException, InterruptedException {
        says(2, "--listen takes a numeric address and a port", "serve --listen 127.0.0.1:65536");
    }

    @Test
    void aUserHasAPassword() throws IOException, InterruptedException {
        says(2, "--user and --password-file belong together", "serve --listen 1 --user me");
    }

    @Test
    void aPasswordIsThere() throws IOException, InterruptedException {
        says(
                1,
                "pintle-web: cannot read a password in the first line of /nonexistent",
                "serve --listen 1 --user me --password-file /nonexistent");
    }
}
