package dev.pintle.convert.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunitCommandTest {

    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        script("services/web/run", "#!/bin/sh\nexec 2>&1\nexport SECRET=hunter2\nexec chpst -u app web\n");
    }

    private void script(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(file.toFile().setExecutable(true, false));
    }

    private Path services() {
        return directory.resolve("services");
    }

    private Path output() {
        return directory.resolve("out");
    }

    private int run(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] texts = Stream.of(arguments).map(String::valueOf).toArray(String[]::new);
        return PintleConvert.run(new PrintWriter(out), new PrintWriter(err), false, texts);
    }

    @Test
    void takesADirectoryOfServicesOrOneService() {
        assertEquals(0, run("runit", services(), "-o", output()));
        assertTrue(Files.exists(output().resolve("etc/pintle/services/web/service.conf")));
        assertEquals(0, run("runit", services().resolve("web"), "--dry-run"));
        assertTrue(out.toString().contains("web/run"), out::toString);
    }

    @Test
    void existingLayoutIsReplacedOnlyByForce() throws IOException {
        assertEquals(0, run("runit", services(), "-o", output()));
        assertEquals(2, run("runit", services(), "-o", output()));
        assertEquals(0, run("runit", services(), "-o", output(), "--force"));
    }

    @Test
    void strictFailsWhereSomethingDiffersAndWritesNothing() throws IOException {
        assertEquals(0, run("runit", services(), "--dry-run", "--strict"));
        script("services/web/finish", "#!/bin/sh\necho \"$1\"\n");
        assertEquals(1, run("runit", services(), "-o", output(), "--strict"));
        assertFalse(Files.exists(output()));
    }

    @Test
    void everyErrorIsToldAtOnceAndNothingIsWritten() throws IOException {
        assertEquals(3, run("runit", services().resolve("nowhere"), directory.resolve("neither"), "-o", output()));
        assertTrue(err.toString().contains("services/nowhere: error: cannot read"), err::toString);
        assertTrue(err.toString().contains("neither: error: cannot read"), err::toString);
        assertFalse(Files.exists(output()));
        assertEquals(2, run("runit", "-o", output()));
        assertEquals(2, run("runit", services()));
        assertEquals(3, run("runit", services(), "--phusion", "--root", directory, "--dry-run"));
        assertTrue(err.toString().contains("cannot find phusion's my_init"), err::toString);
    }

    @Test
    void scriptsThatStayAreTheSameBytes() throws IOException {
        String latin = "#!/bin/sh\n# caf\u00e9\nmkdir -p /run/x\nexec x\n";
        script("services/latin/run", latin);
        assertEquals(0, run("runit", services(), "-o", output()));
        Path carried = output().resolve("etc/pintle/services/latin/run");
        assertEquals(latin, new String(Files.readAllBytes(carried), StandardCharsets.ISO_8859_1));
        assertTrue(Files.isExecutable(carried));
    }

    @Test
    void secretsStayOutOfTheReport() {
        assertEquals(0, run("runit", services(), "--dry-run"));
        assertFalse(out.toString().contains("hunter2"), out::toString);
        assertEquals(0, run("runit", services(), "--dry-run", "--json"));
        assertFalse(out.toString().contains("hunter2"), out::toString);
    }

    @Test
    void diffShowsWhatWouldBeWritten() {
        assertEquals(0, run("runit", services(), "--diff"));
        assertTrue(out.toString().contains("+command = web"), out::toString);
    }

    @Test
    void servicesOfOneNameAreRefused() throws IOException {
        script("other/web/run", "#!/bin/sh\nexec web2\n");
        assertEquals(3, run("runit", services(), directory.resolve("other"), "--dry-run"));
        assertTrue(err.toString().contains("has the same name"), err::toString);
    }

    @Test
    void findsTheServicesThatADockerfileCopies() throws IOException {
        Path dockerfile = directory.resolve("Dockerfile");
        Files.writeString(dockerfile, """
                FROM phusion/baseimage
                COPY services/ /etc/service/
                COPY single/db /etc/service/db
                CMD ["/sbin/my_init"]
                """);
        script("single/db/run", "#!/bin/sh\nexec db\n");
        assertEquals(0, run("runit", "--dockerfile", dockerfile, "-o", output()), err::toString);
        assertTrue(Files.exists(output().resolve("etc/pintle/services/web/service.conf")));
        assertTrue(Files.exists(output().resolve("etc/pintle/services/db/service.conf")));
    }

    @Test
    void putsServicesTogetherAsTheImageHasThem() throws IOException {
        Path dockerfile = directory.resolve("Dockerfile");
        Files.writeString(dockerfile, """
                FROM phusion/baseimage
                COPY nginx.sh /etc/service/nginx/run
                COPY sv /etc/sv
                COPY first.sh /etc/my_init.d/10_first.sh
                RUN chmod 755 /etc/service/*/run && find /etc/sv -name run -exec chmod a+x {} + \\
                 && chmod -R +x /etc/my_init.d && ln -s /etc/sv/cache /etc/service/
                CMD ["/sbin/my_init"]
                """);
        Files.writeString(directory.resolve("nginx.sh"), "#!/bin/sh\nexec nginx\n");
        Files.writeString(directory.resolve("first.sh"), "#!/bin/sh\ntrue\n");
        Files.createDirectories(directory.resolve("sv/cache"));
        Files.writeString(directory.resolve("sv/cache/run"), "#!/bin/sh\nexec cache\n");
        assertEquals(0, run("runit", "--dockerfile", dockerfile, "-o", output(), "--write"), err::toString);
        assertTrue(Files.exists(output().resolve("etc/pintle/services/nginx/service.conf")));
        assertTrue(Files.exists(output().resolve("etc/pintle/services/cache/service.conf")));
        assertTrue(Files.readString(output().resolve("etc/pintle/services/10_first.sh/service.conf"))
                .contains("command = /etc/my_init.d/10_first.sh"));
        String after = Files.readString(dockerfile);
        assertTrue(after.contains("COPY first.sh /etc/my_init.d/10_first.sh"), after);
        assertTrue(after.contains("chmod -R +x /etc/my_init.d"), after);
        assertFalse(after.contains("/etc/service"), after);
    }

    /** Without CMD it is the base's my_init that starts; its time to stop is what the image asks for. */
    @Test
    void takesMyInitsOwnRulesWhereTheImageStartsIt() throws IOException {
        Path dockerfile = directory.resolve("Dockerfile");
        Files.writeString(dockerfile, """
                FROM phusion/passenger-ruby31
                ENV KILL_PROCESS_TIMEOUT=60
                ADD variables /etc/container_environment/
                ADD services /etc/service/
                """);
        Files.createDirectories(directory.resolve("variables"));
        Files.writeString(directory.resolve("variables/STAGE"), "test\n");
        assertEquals(0, run("runit", "--dockerfile", dockerfile, "-o", output()), err::toString);
        Path layout = output().resolve("etc/pintle");
        String web = Files.readString(layout.resolve("services/web/service.conf"));
        assertTrue(web.contains("STAGE = ${STAGE-test}\n"), web);
        assertTrue(web.contains("stop_grace_period = ${KILL_PROCESS_TIMEOUT:-9s}\n"), web);
        String container = Files.readString(layout.resolve("pintle.conf"));
        assertTrue(container.contains("shutdown_grace_period = 61s\n"), container);
        assertTrue(out.toString().contains("docker stop -t 62"), out::toString);
        Files.writeString(
                dockerfile, "FROM phusion/baseimage\nCOPY services/ /etc/service/\nCMD [\"/sbin/my_init\"]\n");
        assertEquals(0, run("runit", "--dockerfile", dockerfile, "-o", output(), "--force"), err::toString);
        container = Files.readString(layout.resolve("pintle.conf"));
        assertTrue(container.contains("shutdown_grace_period = ${KILL_PROCESS_TIMEOUT:-9s}\n"), container);
    }

    @Test
    void saysOfAServiceThatTheParentImageHas() throws IOException {
        Path dockerfile = directory.resolve("Dockerfile");
        Files.writeString(
                dockerfile, "FROM example.com/parent\nCOPY services/ /etc/service/\nCMD runsvdir /etc/service\n");
        Files.createDirectories(services().resolve("mail"));
        Files.writeString(services().resolve("mail/run.conf"), "a=b\n");
        assertEquals(1, run("runit", "--dockerfile", dockerfile, "-o", output(), "--strict"), err::toString);
        assertTrue(out.toString().contains("mail/run.conf"), out::toString);
        assertTrue(out.toString().contains("there is no run in the build context"), out::toString);
    }

    @Test
    void saysWhereServicesWouldBeFound() throws IOException {
        Path dockerfile = directory.resolve("Dockerfile");
        Files.writeString(dockerfile, "FROM phusion/baseimage\n");
        assertEquals(3, run("runit", "--dockerfile", dockerfile, "-o", output()));
        assertTrue(err.toString().contains("no COPY puts one into /etc/service"), err::toString);
        assertEquals(2, run("runit", "-o", output()));
        assertTrue(err.toString().contains("name a service directory"), err::toString);
    }
}
