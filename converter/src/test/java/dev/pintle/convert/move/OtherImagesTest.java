package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are not the moved one, and that the same build context speaks of. */
class OtherImagesTest {

    private static final String PODS = """
            kind: Deployment
            spec:
              containers:
              - name: web
                image: registry.example.com/team/app:1.2
                command: ["supervisord", "-n"]
                livenessProbe: {exec: {command: [supervisorctl, status, web]}}
              - image: registry.example.com/team/queue:1.2
                command: ["supervisord", "-n"]
                livenessProbe: {exec: {command: [supervisorctl, status, other]}}
              - name: files
                command: [supervisord]
                image: nextcloud:29
            """;

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild build() {
        return MovedBuild.supervisord(directory, MovedBuild.START);
    }

    @Test
    void manifestsAreJudgedByTheImageThatTheyRun() throws IOException {
        MovedBuild build =
                build().with("k8s/app.yaml", PODS).with("Makefile", """
                        image:
                        \tdocker build --pull \\
                        \t  -t registry.example.com/team/app:$(TAG) .
                        queue:
                        \tdocker build -t registry.example.com/team/queue queue
                        """).move();
        assertEquals(
                PODS.replaceFirst("command: \\[\"supervisord\", \"-n\"\\]", "command: [\"/init\"]")
                        .replace("[supervisorctl, status, web]", "[\"pintle\", \"status\", \"web\"]"),
                build.file("k8s/app.yaml"),
                build::all);
        assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
        assertFalse(build.all().contains("\"fate\": \"approximated\", \"places\""), build::all);
        for (int line : List.of(8, 11)) {
            assertTrue(build.fates("k8s/app.yaml", line).toString().contains("it runs another image"), build::all);
        }
    }

    @Test
    void filesOfComposeTellNamesToo() throws IOException {
        MovedBuild build =
                build().with("k8s.yml", PODS).with("compose.yaml", """
                        services:
                          app:
                            image: team/app
                            build: .
                            command: supervisord
                          queue:
                            build:
                              context: ./queue
                            image: team/queue
                        """).move();
        assertTrue(build.file("k8s.yml").contains("app:1.2\n    command: [\"/init\"]\n"), build::all);
        assertTrue(build.file("k8s.yml").contains("queue:1.2\n    command: [\"supervisord\", \"-n\"]\n"), build::all);
        assertTrue(build.file("compose.yaml").contains("command: [\"/init\"]"), build::all);
    }

    /** Of a name that nothing else has, either may be true: it is said. */
    @Test
    void aNameThatNothingElseHasIsSaid() throws IOException {
        MovedBuild alone = build().with("k8s/app.yaml", PODS).move();
        assertTrue(alone.file("k8s/app.yaml").contains("command: [\"/init\"]"), alone::all);
        assertTrue(
                alone.fates("k8s/app.yaml", 6).toString().contains("taken that registry.example.com/team/app:1.2"),
                alone::all);
        assertTrue(alone.file("k8s/app.yaml").contains("command: [supervisord]\n    image: nextcloud"), alone::all);
        MovedBuild named = build().with("k8s/app.yaml", PODS)
                .with("ci.yml", "run: docker build . --tag ghcr.io/me/portal:latest\n")
                .move();
        assertEquals(PODS, named.file("k8s/app.yaml"), named::all);
        String fates = named.fates("k8s/app.yaml", 4).toString();
        assertTrue(fates.contains("\"approximated\"") && fates.contains("is called portal"), named::all);
    }

    /** An image that is built by another Dockerfile gets the edited script, and has no init. */
    @Test
    void filesOfOtherDockerfilesAreSaid() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .with("supervisord.conf", MovedBuild.CONFIGURATION)
                .with("start.sh", "#!/bin/sh\nexec supervisord -n\n")
                .with("other.sh", "#!/bin/sh\ntrue\n")
                .with("docker/Dockerfile.dev", "FROM debian:12\n\nCOPY start.sh /start.sh\nCMD /start.sh\n")
                .with("worker.Dockerfile", "FROM debian:12\nCOPY other.sh /\n")
                .with(
                        "Dockerfile",
                        "FROM debian:12\nRUN apt-get install -y supervisor\nCOPY supervisord.conf /etc/\nCOPY start.sh other.sh /\nCMD [\"/start.sh\"]\n")
                .move();
        assertTrue(
                build.fates("docker/Dockerfile.dev", 3).toString().contains("gets " + directory + "/start.sh too"),
                build::all);
        assertFalse(build.all().contains("worker.Dockerfile"), build::all);
    }

    /** A word between the entrypoint's script and CMD is a program that has to run the rest. */
    @Test
    void programsBetweenTheEntrypointAndInitAreSaid() throws IOException {
        for (List<String> each : List.of(
                List.of("[\"/entry.sh\", \"/usr/local/bin/render\"]", "approximated"),
                List.of("[\"sh\", \"/entry.sh\", \"render\"]", "approximated"),
                List.of("[\"/entry.sh\", \"gosu\", \"app\"]", "changed"),
                List.of("[\"/bin/sh\", \"/entry.sh\"]", "changed"))) {
            MovedBuild build = MovedBuild.supervisord(
                            directory, "COPY entry.sh /\nENTRYPOINT " + each.get(0) + "\n" + MovedBuild.START)
                    .with("entry.sh", "#!/bin/sh\nexec \"$@\"\n")
                    .move();
            assertTrue(build.fates("Dockerfile", 6).toString().contains("\"" + each.get(1) + "\""), build::all);
        }
    }
}
