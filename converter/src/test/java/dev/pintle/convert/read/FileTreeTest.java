package dev.pintle.convert.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

    @TempDir
    private Path root = Path.of("");

    private FileTree tree(String... files) throws IOException {
        for (String file : files) {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "[s]\n");
        }
        return new FileTree(root.resolve("etc/main.conf"), root);
    }

    @Test
    void rootIsTheContainersSlash() throws Exception {
        FileTree tree = tree("etc/main.conf", "etc/conf.d/a.conf", "opt/b.conf");
        assertEquals("/etc", tree.mainDirectory());
        assertEquals(root + "/etc/conf.d/a.conf", tree.nameOf("/etc/conf.d/a.conf"));
        assertEquals(root + "/opt/b.conf", tree.nameOf("/opt/b.conf"));
        assertEquals("s", tree.read("/opt/b.conf").sections().get(0).name());
    }

    @Test
    void fileOutsideTheRootIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new FileTree(Path.of("/etc/x.conf"), root));
    }

    @Test
    void globFollowsPython() throws IOException {
        FileTree tree = tree("d/b.conf", "d/a.conf", "d/.hidden.conf", "d/a.txt", "e/a.conf", "d/sub/c.conf");
        assertEquals(List.of("/d/a.conf", "/d/b.conf"), tree.glob("/d/*.conf"));
        assertEquals(List.of("/d/a.conf", "/e/a.conf"), tree.glob("/[d-e]/a.conf"));
        assertEquals(List.of("/d/sub/c.conf"), tree.glob("/d/**/*.conf"));
        assertEquals(List.of("/d/.hidden.conf"), tree.glob("//d/.h*"));
        assertEquals(List.of("/d/a.txt"), tree.glob("/d/[!b]?t[x]t"));
        assertEquals(List.of(), tree.glob("/none/*.conf"));
        assertEquals(
                List.of("/d/a.conf"),
                tree.glob("/d/../d/a.conf").stream()
                        .map(p -> p.replace("/d/..", ""))
                        .toList());
    }

    @Test
    void badBytesAreReportedWhereTheyAre() throws IOException {
        Path main = root.resolve("main.conf");
        Files.write(main, "[s]\na=é\nb=\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        ReadException e = assertThrows(ReadException.class, () -> new FileTree(main, null).readMain());
        assertEquals(2, e.diagnostic().line());
        assertEquals(3, e.diagnostic().column());
        assertEquals(
                "cannot read " + main + ": byte 0xe9 is not UTF-8",
                e.diagnostic().message());
    }

    @Test
    void missingFileIsReported() {
        ReadException e = assertThrows(ReadException.class, () -> new FileTree(Path.of("/no/x"), null).readMain());
        assertEquals("cannot read /no/x: there is no such file", e.diagnostic().message());
    }

    @Test
    void directoryIsReported() {
        ReadException e = assertThrows(ReadException.class, () -> new FileTree(root, null).readMain());
        assertEquals(
                "cannot read " + root + ": it is a directory", e.diagnostic().message());
    }
}
