package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that go into the image and are not edited: other encodings, archives, and what ADD fetches. */
class UneditedFilesTest {

    private static final String STARTS = "CMD [\"supervisord\", \"-n\"]\n";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void textsInOtherEncodingsAreLookedAt() throws IOException {
        String script = "#!/bin/sh\n# café: supervisorctl\nsupervisorctl restart web\n";
        MovedBuild build = MovedBuild.supervisord(directory, "COPY files /x/\n" + STARTS)
                .with("files/latin.sh", script.getBytes(StandardCharsets.ISO_8859_1))
                .with("files/little.ps1", "\uFEFF\nsupervisorctl stop web\n".getBytes(StandardCharsets.UTF_16LE))
                .with("files/big.txt", "\uFEFFkill supervisord.pid".getBytes(StandardCharsets.UTF_16BE))
                .with("files/requirements.txt", "\uFEFFflask\nsupervisor==4\n".getBytes(StandardCharsets.UTF_16LE))
                .with("files/README.md", "Bücher: supervisord\n".getBytes(StandardCharsets.ISO_8859_1))
                .with("files/other.txt", "Bücher\n".getBytes(StandardCharsets.ISO_8859_1))
                .move();
        build.notCarried("files/latin.sh", 3);
        build.notCarried("files/little.ps1", 2);
        build.notCarried("files/big.txt", 1);
        build.notCarried("files/requirements.txt", 2);
        assertEquals(List.of(), build.fates("files/latin.sh", 2), build::all);
        assertEquals(List.of(), build.fates("files/README.md", 1), build::all);
        assertEquals(List.of(), build.fates("files/other.txt", 1), build::all);
        assertEquals(
                script,
                Files.readString(directory.resolve("files/latin.sh"), StandardCharsets.ISO_8859_1),
                "it is not edited");
    }

    @Test
    void archivesAreLookedInto() throws IOException {
        String calls = "#!/bin/sh\nsupervisorctl status\n";
        MovedBuild build = MovedBuild.supervisord(directory, """
                        ADD plain.tar packed.tar.gz /
                        COPY tool.zip app.jar lib.whl other.tgz long.tar /x/
                        """ + STARTS)
                .with("plain.tar", tar("bin/x.sh", calls))
                .with("packed.tar.gz", gzip(tar("etc/cron.d/x", "* * * * * root supervisorctl status\n")))
                .with("tool.zip", zip("a.sh", calls))
                .with("app.jar", zip("A.class", "\0supervisorctl"))
                .with("lib.whl", zip("a.py", "from supervisor.xmlrpc import x\n"))
                .with("other.tgz", gzip(tar("README.md", "supervisord\n")))
                .with("long.tar", tar("d".repeat(120) + "/supervisord.conf", "[supervisord]\n"))
                .move();
        for (String name : List.of("plain.tar", "packed.tar.gz", "tool.zip", "lib.whl", "long.tar")) {
            build.notCarried(name, 1);
        }
        assertTrue(build.fates("plain.tar", 1).toString().contains("bin/x.sh"), build::all);
        for (String name : List.of("app.jar", "other.tgz")) {
            assertEquals(List.of(), build.fates(name, 1), build::all);
        }
    }

    @Test
    void whatIsNotLookedIntoIsNamed() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, """
                        COPY files /x/
                        ADD https://example.com/x.tar.gz /y/
                        ADD --checksum=sha256:aa https://example.com/setup.sh /y/
                        ADD https://github.com/example/app.git#v1 /src
                        ADD https://example.com/tini /tini
                        """ + STARTS)
                .with("files/a.deb", "!<arch>\n")
                .with("files/b.tar.xz", "\u00fd7zXZ\0")
                .with("files/c.rpm", "\0rpm")
                .with("files/broken.tar.gz", "no gzip\n")
                .with("files/broken.zip", "no zip\n")
                .with("files/large.tar", large())
                .with("files/cut.tar", Arrays.copyOf(tar("a", "supervisorctl"), 700))
                .move();
        for (String name :
                List.of("a.deb", "b.tar.xz", "c.rpm", "broken.tar.gz", "broken.zip", "cut.tar", "large.tar")) {
            assertTrue(build.has("files/" + name, 1, "approximated"), name + build.all());
        }
        // The lines of the moved Dockerfile are those of the old one.
        for (int line : List.of(5, 6, 7)) {
            assertTrue(build.has("Dockerfile", line, "approximated"), line + build.all());
        }
        assertTrue(!build.has("Dockerfile", 8, "approximated"), build::all);
    }

    /** One file of ustar, with a name of GNU's where it is long. */
    private static byte[] tar(String name, String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (name.length() > 100) {
            entry(out, "././@LongLink", 'L', name);
        }
        entry(out, name.substring(0, Math.min(100, name.length())), '0', text);
        out.write(new byte[1024]);
        return out.toByteArray();
    }

    /** One that says that it has a file of 300 MiB. */
    private static byte[] large() throws IOException {
        byte[] tar = tar("a", "x");
        put(tar, 124, "%011o".formatted(300L << 20));
        return tar;
    }

    private static void entry(ByteArrayOutputStream out, String name, char type, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 124, "%011o".formatted(content.length));
        header[156] = (byte) type;
        put(header, 257, "ustar");
        out.write(header);
        out.write(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] zip(String name, String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
