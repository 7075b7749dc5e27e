package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A health check asks of init what it asked of supervisord, or the report says that it does not. */
class HealthChecksTest {

    private static final String ALL = "CMD [\"pintle\", \"health\"]";

    @TempDir
    private Path directory = Path.of("");

    private void becomes(String check, String after, String fate) throws IOException {
        MovedBuild build = MovedBuild.supervisord(
                        Files.createTempDirectory(directory, "health"),
                        "HEALTHCHECK CMD " + check + "\n" + MovedBuild.START)
                .move();
        String text = build.file("Dockerfile");
        assertTrue(text.contains("HEALTHCHECK " + after + "\n"), () -> check + text + build.all());
        assertTrue(build.has("Dockerfile", 4, fate), () -> check + build.all());
    }

    @Test
    void oneService() throws IOException {
        String wait = "CMD [\"pintle\", \"wait\", \"--timeout\", \"1s\", \"web\"]";
        for (String check : List.of(
                "supervisorctl status | grep web | grep -q RUNNING",
                "supervisorctl status | grep -E 'web +RUNNING' || exit 1",
                "supervisorctl status all | grep -q '^web.*RUNNING'",
                "[\"sh\", \"-c\", \"supervisorctl status | grep web | grep RUNNING\"]")) {
            becomes(check, wait, "changed");
        }
        for (String check : List.of(
                "supervisorctl status | grep web", "supervisorctl status | grep web | grep -v RUNNING && exit 1")) {
            becomes(check, "CMD [\"pintle\", \"status\", \"web\"]", "approximated");
        }
    }

    @Test
    void allServices() throws IOException {
        for (String check : List.of(
                "supervisorctl status",
                "supervisorctl status || exit 1",
                "supervisorctl status | grep -v RUNNING && exit 1 || exit 0",
                "! supervisorctl status | grep -qv RUNNING")) {
            becomes(check, ALL, "changed");
        }
    }

    @Test
    void anyServiceOrACountIsNotAll() throws IOException {
        for (String check : List.of(
                "supervisorctl status | grep -q RUNNING",
                "supervisorctl status | grep RUNNING || exit 1",
                "! supervisorctl status | grep -q FATAL",
                "supervisorctl status | grep -c RUNNING",
                "supervisorctl status | awk '/RUNNING/ {n++} END {exit n != 2}'",
                "supervisorctl status | grep nobody")) {
            becomes(check, ALL, "approximated");
        }
    }

    @Test
    void whetherTheSupervisorLives() throws IOException {
        for (String check : List.of("pgrep supervisord", "pidof supervisord || exit 1", "supervisorctl pid")) {
            becomes(check, "CMD [\"pintle\", \"health\", \"--live\"]", "changed");
        }
    }
}
