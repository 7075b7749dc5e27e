package dev.pintle.convert.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S6CommandTest {

    private static final String RC = "etc/s6-overlay/s6-rc.d/";

    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private void file(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertTrue(file.toFile().setExecutable(text.startsWith("#!"), false));
    }

    private void web(String root) throws IOException {
        file(root + "/" + RC + "web/type", "longrun\n");
        file(root + "/" + RC + "web/run", "#!/usr/bin/with-contenv sh\nexec 2>&1\nexec s6-setuidgid app web\n");
        file(root + "/" + RC + "user/contents.d/web", "");
    }

    private Path at(String path) {
        return directory.resolve(path);
    }

    private int run(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] texts = Stream.of(arguments).map(String::valueOf).toArray(String[]::new);
        return PintleConvert.run(new PrintWriter(out), new PrintWriter(err), false, texts);
    }

    private String conf(String service) throws IOException {
        return Files.readString(at("out/etc/pintle/services/" + service + "/service.conf"));
    }

    @Test
    void writesALayout() throws IOException {
        web("root");
        assertEquals(0, run("s6", at("root"), "-o", at("out")), err::toString);
        assertTrue(
                conf("web").contains("command = web\nuser = app\n")
                        || conf("web").contains("user = app"),
                conf("web"));
        assertEquals(2, run("s6", at("root"), "-o", at("out")));
        assertEquals(0, run("s6", at("root"), "-o", at("out"), "--force", "--json"));
        assertTrue(out.toString().startsWith("{"), out::toString);
        assertEquals(0, run("s6", at("root"), "--diff"));
        assertTrue(out.toString().contains("+command = web"), out::toString);
    }

    @Test
    void strictFailsWhereSomethingDiffersAndWritesNothing() throws IOException {
        web("root");
        assertEquals(0, run("s6", at("root"), "--dry-run", "--strict"), out::toString);
        file("root/" + RC + "web/finish", "#!/bin/sh\nexec /run/s6/basedir/bin/halt\n");
        assertEquals(1, run("s6", at("root"), "-o", at("out"), "--strict"));
        assertFalse(Files.exists(at("out")));
    }

    @Test
    void whatIsNoDockerfileIsRefused() throws IOException {
        web("root");
        assertEquals(3, run("s6", at("root"), "--dockerfile", at("Dockerfile"), "-o", at("out")));
        assertTrue(err.toString().contains("there is no such file"), err::toString);
        assertEquals(2, run("s6", at("root"), "--write", "-o", at("out")));
        assertEquals(0, run("s6", "--help"));
        assertTrue(out.toString().contains("--dockerfile"), out::toString);
        assertFalse(out.toString().contains("--root "), out::toString);
    }

    @Test
    void everyErrorIsToldAtOnceAndNothingIsWritten() throws IOException {
        file("root/" + RC + "a/type", "longrun\n");
        file("root/" + RC + "b/type", "two-shot\n");
        file("root/" + RC + "c/type", "oneshot\n");
        assertEquals(3, run("s6", at("root"), "-o", at("out")));
        String said = err.toString();
        assertTrue(
                said.contains("there is no run")
                        && said.contains("'two-shot' is none")
                        && said.contains("there is no up"),
                said);
        assertFalse(Files.exists(at("out")));
        assertEquals(2, run("s6", "-o", at("out")));
        assertEquals(3, run("s6", at("nowhere"), at("neither"), "-o", at("out")));
        assertTrue(err.toString().contains("nowhere") && err.toString().contains("neither"), err::toString);
        assertEquals(2, run("s6", at("root"), "--scan", "etc/s6", "--dry-run"));
    }

    @Test
    void laterRootsLieOnEarlierOnes() throws IOException {
        web("base");
        file("app/" + RC + "web/run", "#!/bin/sh\nexec other\n");
        file("app/" + RC + "more/type", "oneshot\n");
        file("app/" + RC + "more/up", "");
        file("app/" + RC + "web/dependencies.d/more", "");
        assertEquals(0, run("s6", at("base"), at("app"), "-o", at("out")), err::toString);
        assertTrue(conf("web").contains("command = other\n"), conf("web"));
        assertTrue(conf("web").contains("depends_on = more\n"), conf("web"));
        assertEquals(
                "# Converted from s6: /etc/s6-overlay/s6-rc.d/more\ntype = oneshot\non_failed = ignore\n",
                conf("more"));
        // By itself the second one only adds to the first, which has the type.
        assertEquals(1, run("s6", at("app"), "--dry-run", "--strict"));
        assertTrue(out.toString().contains("web is another image's"), out::toString);
    }

    @Test
    void aLinkStaysWithinTheRoot() throws IOException {
        web("root");
        Files.delete(at("root/" + RC + "web/run"));
        Files.createSymbolicLink(at("root/" + RC + "web/run"), Path.of("/../../web"));
        file("root/web", "#!/bin/sh\nexec linked\n");
        assertEquals(0, run("s6", at("root"), "-o", at("out")), err::toString);
        assertTrue(conf("web").contains("command = linked\n"), conf("web"));
        Files.createSymbolicLink(at("root/" + RC + "web/finish"), Path.of("finish"));
        assertEquals(0, run("s6", at("root"), "-o", at("out"), "--force"), err::toString);
    }

    @Test
    void aTarIsReadAsADirectoryIs() throws Exception {
        web("root");
        String deep = "a".repeat(90);
        file("root/etc/s6-overlay/scripts/" + deep + "/" + deep, "#!/bin/sh\ntrue\n");
        Files.createSymbolicLink(at("root/etc/services.d"), Path.of("/old"));
        file("root/old/legacy/run", "#!/bin/sh\nexec legacy\n");
        Files.createLink(at("root/old/legacy/finish"), at("root/old/legacy/run"));
        assertEquals(0, run("s6", at("root"), "-o", at("out"), "--report", at("directory.txt")), err::toString);
        for (String format : new String[] {"gnu", "pax"}) {
            Process tar = new ProcessBuilder(
                            "tar",
                            "--format=" + format,
                            "-C",
                            at("root").toString(),
                            "-cf",
                            at(format + ".tar").toString(),
                            ".")
                    .inheritIO()
                    .start();
            assertEquals(0, tar.waitFor());
            assertEquals(
                    0,
                    run("s6", at(format + ".tar"), "-o", at("out-" + format), "--report", at(format + ".txt")),
                    err::toString);
            assertEquals(dev.pintle.convert.Trees.read(at("out")), dev.pintle.convert.Trees.read(at("out-" + format)));
            assertEquals(
                    Files.readString(at("directory.txt"))
                            .replace(at("root").toString(), "ROOT")
                            .replace(at("out").toString(), "OUT"),
                    Files.readString(at(format + ".txt"))
                            .replace(at(format + ".tar") + ":", "ROOT")
                            .replace(at(format + ".tar").toString(), "ROOT")
                            .replace(at("out-" + format).toString(), "OUT"));
        }
    }

    @Test
    void whatIsNoTarIsSaid() throws IOException {
        Files.write(at("image.tar.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0});
        assertEquals(3, run("s6", at("image.tar.gz"), "--dry-run"));
        assertTrue(err.toString().contains("gunzip"), err::toString);
        Files.writeString(at("image.tar"), "no tar at all");
        assertEquals(3, run("s6", at("image.tar"), "--dry-run"));
        assertTrue(err.toString().contains("it is no tar"), err::toString);
    }

    @Test
    void aCutTarIsRefusedOrReadAsFarAsItGoes() throws Exception {
        web("root");
        Process tar = new ProcessBuilder(
                        "tar",
                        "--format=pax",
                        "-C",
                        at("root").toString(),
                        "-cf",
                        at("whole.tar").toString(),
                        ".")
                .inheritIO()
                .start();
        assertEquals(0, tar.waitFor());
        byte[] whole = Files.readAllBytes(at("whole.tar"));
        java.util.Random random = new java.util.Random(16);
        for (int i = 0; i < 300; i++) {
            byte[] broken = java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
            for (int j = 0; j < 3 && broken.length > 0; j++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            Files.write(at("broken.tar"), broken);
            int code = run("s6", at("broken.tar"), "--dry-run");
            assertTrue(code == 0 || code == 3, err::toString);
            assertFalse(err.toString().contains("internal error"), err::toString);
        }
    }
}
