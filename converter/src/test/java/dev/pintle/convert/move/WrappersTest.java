package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that run the supervisor: those that it takes the place of stay before init where they have an effect. */
class WrappersTest {

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild move(String start) throws IOException {
        return MovedBuild.supervisord(Files.createTempDirectory(directory, "wrapper"), start + "\n")
                .move();
    }

    private void becomes(String start, String after, String fate) throws IOException {
        MovedBuild build = move(start);
        String text = build.file("Dockerfile");
        assertEquals(0, build.code(), () -> start + build.all());
        assertTrue(text.endsWith("\n" + after + "\n"), () -> start + text + build.all());
        assertTrue(build.has("Dockerfile", 4, fate), () -> start + build.all());
    }

    @Test
    void wrappersThatBecomeWhatTheyRunStay() throws IOException {
        for (String words : List.of(
                "\"wait-for-it.sh\", \"db:5432\", \"-t\", \"30\", \"--\"",
                "\"env\", \"X=y\"",
                "\"env\", \"-u\", \"HOME\"",
                "\"nice\", \"-n\", \"5\"",
                "\"ionice\", \"-c\", \"2\", \"-n\", \"3\"",
                "\"stdbuf\", \"-o\", \"L\"",
                "\"setpriv\", \"--reuid\", \"1000\", \"--clear-groups\", \"--\"",
                "\"gosu\", \"app\"",
                "\"su-exec\", \"app:app\"")) {
            becomes("CMD [" + words + ", \"supervisord\", \"-n\"]", "CMD [" + words + ", \"/init\"]", "changed");
        }
    }

    @Test
    void smallInitsGo() throws IOException {
        for (String words : List.of(
                "\"tini\", \"-g\", \"--\"",
                "\"/sbin/tini\", \"-s\", \"-e\", \"143\", \"-p\", \"SIGTERM\", \"--\"",
                "\"dumb-init\", \"--rewrite\", \"15:3\", \"--\"",
                "\"dumb-init\", \"-r\", \"15:3\", \"-c\"",
                "\"catatonit\", \"-g\", \"--\"")) {
            becomes("ENTRYPOINT [" + words + ", \"supervisord\", \"-n\"]", "ENTRYPOINT [\"/init\"]", "changed");
        }
    }

    @Test
    void interpretersGoWithTheirOptions() throws IOException {
        for (String words : List.of(
                "\"python3\", \"-u\"", "\"/usr/bin/python3\", \"-W\", \"ignore\"", "\"python3\", \"-X\", \"utf8\"")) {
            becomes("CMD [" + words + ", \"/usr/bin/supervisord\", \"-n\"]", "CMD [\"/init\"]", "changed");
        }
        becomes("CMD [\"python\", \"-u\", \"-m\", \"supervisor.supervisord\", \"-n\"]", "CMD [\"/init\"]", "changed");
    }

    @Test
    void wrappersThatStayBesideInitAreSaid() throws IOException {
        for (String words : List.of(
                "\"dockerize\", \"-wait\", \"tcp://db:5432\", \"-timeout\", \"60s\"",
                "\"xvfb-run\", \"-a\"",
                "\"timeout\", \"3600\"",
                "\"sudo\", \"-E\"")) {
            becomes("CMD [" + words + ", \"supervisord\", \"-n\"]", "CMD [" + words + ", \"/init\"]", "approximated");
        }
        MovedBuild build = MovedBuild.script(
                        Files.createTempDirectory(directory, "script"), "#!/bin/sh\nexec sudo supervisord -n\n")
                .move();
        assertTrue(build.has("start.sh", 2, "approximated"), build::all);
    }

    /** uv stays the parent of what it runs; poetry and pipenv become it. */
    @Test
    void runnersOfEnvironmentsStayBeforeInit() throws IOException {
        becomes(
                "CMD [\"poetry\", \"run\", \"supervisord\", \"-n\"]",
                "CMD [\"poetry\", \"run\", \"/init\"]",
                "changed");
        for (String words :
                List.of("\"pipenv\", \"run\"", "\"poetry\", \"-C\", \"/app\", \"run\"", "\"rye\", \"run\"")) {
            becomes("CMD [" + words + ", \"supervisord\", \"-n\"]", "CMD [" + words + ", \"/init\"]", "changed");
        }
        for (String words : List.of(
                "\"uv\", \"run\"",
                "\"uv\", \"--directory\", \"/app\", \"run\", \"--no-sync\", \"--extra\", \"web\", \"--\"",
                "\"pdm\", \"run\"",
                "\"conda\", \"run\", \"--no-capture-output\", \"-n\", \"app\"")) {
            becomes("CMD [" + words + ", \"supervisord\", \"-n\"]", "CMD [" + words + ", \"/init\"]", "approximated");
        }
        MovedBuild build = MovedBuild.script(
                        Files.createTempDirectory(directory, "script"),
                        "#!/bin/sh\npoetry run migrate\nexec poetry run supervisord -n\n")
                .move();
        assertTrue(build.file("start.sh").endsWith("\npoetry run migrate\nexec poetry run /init\n"), build::all);
    }

    /** A module may be anything, and another word than run starts nothing. */
    @Test
    void otherWordsOfRunnersAreNotStarts() throws IOException {
        for (String words : List.of("\"uv\", \"run\", \"-m\"", "\"poetry\", \"add\"", "\"uv\", \"pip\", \"install\"")) {
            assertEquals(3, move("CMD [" + words + ", \"supervisord\", \"-n\"]").code(), words);
        }
    }

    @Test
    void shellThatRunsAShellBecomesInit() throws IOException {
        for (Map.Entry<String, String> each : Map.of(
                        "CMD bash -c \"migrate && supervisord -n\"",
                                "CMD [\"bash\", \"-c\", \"migrate && exec /init\"]",
                        "CMD exec /bin/sh -c 'sleep 1; exec supervisord -n'",
                                "CMD [\"/bin/sh\", \"-c\", \"sleep 1; exec /init\"]")
                .entrySet()) {
            becomes(each.getKey(), each.getValue(), "changed");
        }
    }
}
