package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of images with s6-overlay: how it gets into them, what starts them, and what speaks of it. */
class S6MoveTest {

    private static final String URL =
            "https://github.com/just-containers/s6-overlay/releases/download/v${S6_OVERLAY_VERSION}/s6-overlay-";

    private static final String END = "COPY rootfs/ /\nENTRYPOINT [\"/init\"]\nCMD [\"app\", \"--all\"]\n";

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild move(String lines) throws IOException {
        return MovedBuild.s6(directory.resolve("build"), "FROM debian:12\n" + lines + END)
                .move();
    }

    /** Ways to install it, each with what has to be left of the lines. */
    private static Map<String, List<String>> installations() {
        Map<String, List<String>> ways = new TreeMap<>();
        ways.put(
                "ADD and tar",
                List.of("ADD " + URL + "noarch.tar.xz /tmp\nRUN tar -C / -Jxpf /tmp/s6-overlay-noarch.tar.xz\n", ""));
        ways.put(
                "ADD to another name",
                List.of(
                        "ADD " + URL
                                + "x86_64.tar.xz /tmp/s6.txz\nRUN tar -C / -Jxpf /tmp/s6.txz && rm /tmp/s6.txz && make\n",
                        "RUN make\n"));
        ways.put(
                "a pipe", List.of("RUN curl -sSL " + URL + "noarch.tar.xz | tar -C / -Jxpf - && make\n", "RUN make\n"));
        ways.put(
                "a pipe behind others",
                List.of("RUN make && wget -qO- " + URL + "noarch.tar.xz | tar -C / -Jx\n", "RUN make\n"));
        ways.put(
                "another archive beside it",
                List.of(
                        "RUN wget -O /tmp/app.tgz https://example.org/app.tgz && wget -O /tmp/o.tgz " + URL
                                + "amd64.tar.gz && tar xzf /tmp/o.tgz -C / && tar xzf /tmp/app.tgz -C /opt\n",
                        "RUN wget -O /tmp/app.tgz https://example.org/app.tgz && tar xzf /tmp/app.tgz -C /opt\n"));
        ways.put(
                "a shell in the shell",
                List.of("RUN sh -c \"wget -q " + URL + "noarch.tar.xz -O /tmp/a.tar.xz\" && make\n", "RUN make\n"));
        ways.put(
                "by architecture",
                List.of(
                        "RUN case \"$(uname -m)\" in x86_64) S6_ARCH=amd64;; *) echo no; exit 1;; esac && cd /tmp && curl -SLO "
                                + URL
                                + "${S6_ARCH}.tar.gz && tar xzf s6-overlay-${S6_ARCH}.tar.gz -C / && rm -rf /tmp/*\n",
                        ""));
        ways.put(
                "by a variable",
                List.of(
                        "RUN URL=" + URL + "noarch.tar.xz; curl -o /tmp/x \"$URL\"; tar -C / -xf /tmp/x; make\n",
                        "RUN make\n"));
        ways.put(
                "the installer of version 2",
                List.of(
                        "ADD " + URL
                                + "amd64-installer /tmp/\nRUN chmod +x /tmp/s6-overlay-amd64-installer && /tmp/s6-overlay-amd64-installer /\n",
                        ""));
        ways.put("apk", List.of("RUN apk add --no-cache nginx s6-overlay\n", "RUN apk add --no-cache nginx\n"));
        ways.put("an image that has it alone", List.of("COPY --from=crazymax/alpine-s6-dist:3.20-3.2 / /\n", ""));
        ways.put(
                "with a checksum",
                List.of(
                        "RUN wget " + URL
                                + "noarch.tar.xz -O /tmp/n.tar.xz && echo \"abc  /tmp/n.tar.xz\" | sha256sum -c && tar -C / -xf /tmp/n.tar.xz\nRUN make\n",
                        "RUN make\n"));
        ways.put(
                "a version of its own line",
                List.of(
                        "# s6-overlay\nARG S6_OVERLAY_VERSION=3.2.0.2\nADD " + URL
                                + "noarch.tar.xz /tmp\nRUN tar -xf /tmp/s6-overlay-noarch.tar.xz\n",
                        ""));
        ways.put(
                "a heredoc",
                List.of(
                        "RUN <<EOF\nset -e\ncurl -L " + URL
                                + "noarch.tar.xz -o /tmp/s6.tar.xz\ntar -C / -Jxf /tmp/s6.tar.xz\nmake\nEOF\n",
                        "RUN <<EOF\nset -e\nmake\nEOF\n"));
        return ways;
    }

    @TestFactory
    List<DynamicTest> itIsNotInstalledAnyMore() {
        List<DynamicTest> tests = new ArrayList<>();
        installations()
                .forEach((name, lines) -> tests.add(DynamicTest.dynamicTest(name, () -> {
                    MovedBuild moved = MovedBuild.s6(directory.resolve(name), "FROM debian:12\n" + lines.get(0) + END)
                            .move();
                    assertEquals(0, moved.code(), moved::all);
                    String text = moved.file("Dockerfile");
                    assertEquals(
                            "FROM debian:12\n" + lines.get(1) + "COPY rootfs/ /\n",
                            text.substring(0, text.indexOf("ADD pintle")));
                    assertFalse(moved.all().contains("\"fate\": \"not carried\""), moved::all);
                })));
        return tests;
    }

    @Test
    void theStartAndTheScriptsStay() throws IOException {
        MovedBuild moved = move("");
        String text = moved.file("Dockerfile");
        assertTrue(text.contains("COPY rootfs/ /\nADD pintle-overlay"), text);
        assertTrue(text.endsWith("ENTRYPOINT [\"/init\"]\nCMD [\"app\", \"--all\"]\n"), text);
        assertFalse(text.contains("/command"), text);
        assertTrue(moved.file("out/etc/pintle/services/web/service.conf").contains("command = web\n"));
    }

    @Test
    void variablesHaveTheirFatesWhereTheyAreSet() throws IOException {
        MovedBuild moved = move("ENV S6_BEHAVIOUR_IF_STAGE2_FAILS=2 OTHER=1\nENV S6_LOGGING=1\n");
        assertTrue(moved.all().contains("\"name\": \"S6_BEHAVIOUR_IF_STAGE2_FAILS\""), moved::all);
        assertTrue(moved.fates("Dockerfile", 3).toString().contains("\"name\": \"S6_LOGGING\""), moved::all);
        assertTrue(moved.all().contains("there is no log that catches all"), moved::all);
    }

    @Test
    void whatTheBuildDoesToTheTreesIsDone() throws IOException {
        MovedBuild moved = move("COPY rootfs/ /\nRUN echo longrun > /etc/s6-overlay/s6-rc.d/job/type"
                + " && printf '#!/bin/sh\\nexec job\\n' > /etc/s6-overlay/s6-rc.d/job/run && chmod +x /etc/s6-overlay/s6-rc.d/job/run"
                + " && touch /etc/s6-overlay/s6-rc.d/user/contents.d/job && rm -r /etc/s6-overlay/s6-rc.d/web"
                + " /etc/s6-overlay/s6-rc.d/user/contents.d/web\nRUN true\n");
        // A later COPY brings the service back.
        assertTrue(moved.file("out/etc/pintle/services/web/service.conf").contains("command = web\n"), moved::all);
        assertTrue(moved.file("out/etc/pintle/services/job/service.conf").contains("command = job\n"), moved::all);
        assertFalse(moved.all().contains("\"fate\": \"not carried\""), moved::all);
    }

    @Test
    void aRemovedServiceIsNone() throws IOException {
        MovedBuild moved = MovedBuild.s6(
                        directory.resolve("build"),
                        "FROM debian:12\n" + END
                                + "RUN rm -r /etc/s6-overlay/s6-rc.d/old /etc/s6-overlay/s6-rc.d/user/contents.d/old\n")
                .with("rootfs/etc/s6-overlay/s6-rc.d/old/type", "longrun\n")
                .with("rootfs/etc/s6-overlay/s6-rc.d/old/run", "#!/bin/sh\nexec old\n")
                .with("rootfs/etc/s6-overlay/s6-rc.d/user/contents.d/old", "")
                .move();
        assertEquals(0, moved.code(), moved::all);
        assertFalse(
                directory.resolve("build/out/etc/pintle/services/old").toFile().exists(), moved::all);
    }

    @Test
    void scriptsThatOthersExecuteGetLinks() throws IOException {
        MovedBuild moved = MovedBuild.s6(directory.resolve("build"), "FROM debian:12\n" + END)
                .with("rootfs/usr/bin/ask", "#!/usr/bin/with-contenv bash\ns6-setuidgid app ask\n")
                .move();
        assertTrue(moved.file("Dockerfile").contains("ln -sf /usr/lib/pintle/compat/s6/* /command/"), moved::all);
        assertFalse(moved.all().contains("\"fate\": \"not carried\""), moved::all);
    }

    @Test
    void whatSpeaksOfItIsReported() throws IOException {
        MovedBuild moved = MovedBuild.s6(
                        directory.resolve("build"),
                        "FROM debian:12\nRUN s6-setuidgid app make\nHEALTHCHECK CMD s6-svstat /run/service/web\n" + END)
                .with("rootfs/usr/bin/again", "#!/bin/sh\ns6-svc -r /run/service/web\n")
                .with("rootfs/etc/cron.d/job", "0 3 * * * root s6-svc -h /run/service/web\n")
                .with("compose.yaml", "services:\n  app:\n    environment:\n      S6_KILL_GRACETIME: 5000\n")
                .move();
        for (String place : List.of(
                "Dockerfile 2",
                "Dockerfile 3",
                "rootfs/usr/bin/again 2",
                "rootfs/etc/cron.d/job 1",
                "compose.yaml 4")) {
            String[] parts = place.split(" ", -1);
            List<String> fates = moved.fates(parts[0], Integer.parseInt(parts[1]));
            assertTrue(fates.stream().anyMatch(fate -> fate.contains("not carried")), () -> place + moved.all());
        }
    }

    @Test
    void theBaseIsNamedWhereItBringsServices() throws IOException {
        String rest = "COPY rootfs/ /\n";
        MovedBuild moved = MovedBuild.s6(
                        directory.resolve("a"), "FROM lscr.io/linuxserver/baseimage-alpine:3.20\n" + rest)
                .move();
        assertEquals(0, moved.code(), moved::all);
        assertTrue(moved.fates("Dockerfile", 1).toString().contains("not carried"), moved::all);
        assertFalse(moved.file("Dockerfile").contains("/init"), moved.file("Dockerfile"));
        MovedBuild bare = MovedBuild.s6(directory.resolve("b"), "FROM crazymax/alpine-s6:3.20\n" + rest)
                .move();
        assertTrue(bare.fates("Dockerfile", 1).toString().contains("kept"), bare::all);
        MovedBuild plain =
                MovedBuild.s6(directory.resolve("c"), "FROM debian:12\n" + rest).move();
        assertTrue(plain.file("Dockerfile").contains("ENTRYPOINT [\"/init\"]\n"), plain.file("Dockerfile"));
    }

    @Test
    void aFileThatIsCopiedTwiceIsInBothPlaces() throws IOException {
        MovedBuild moved = MovedBuild.s6(
                        directory.resolve("build"),
                        "FROM debian:12\nCOPY . /src\nCOPY rootfs /\nENTRYPOINT [\"/init\"]\n")
                .with("rootfs/etc/s6-overlay/s6-rc.d/web/finish", "#!/bin/sh\nexec /run/s6/basedir/bin/halt\n")
                .move();
        assertEquals(0, moved.code(), moved::all);
        assertTrue(moved.file("out/etc/pintle/services/web/service.conf").contains("on_exit = stop_container"));
        assertFalse(moved.all().contains("\"fate\": \"not carried\""), moved::all);
    }
}
