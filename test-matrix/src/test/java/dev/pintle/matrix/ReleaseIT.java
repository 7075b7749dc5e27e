package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What comes with the files of a release: checksums, a signature, what is in them and of what they were made. */
class ReleaseIT {

    private static final Set<String> NATIVE_PARTS =
            Set.of("teavm-core", "teavm-classlib", "teavm-interop", "musl", "libgcc");
    private static final Set<String> JAVA_PARTS =
            Set.of("freemarker", "picocli", "ini4j", "java-diff-utils", "jspecify");

    /** What has programs of ours in it. */
    private static List<String> artefacts() {
        return Release.names().stream()
                .filter(name -> name.matches("pintle.*\\.(tar\\.gz|docker\\.tar|oci\\.tar|deb|rpm|apk|jar)"))
                .filter(name -> !name.startsWith("pintle-manual-"))
                .toList();
    }

    private static Map<String, String> sums() throws IOException {
        return Files.readAllLines(Release.file("SHA256SUMS")).stream()
                .collect(Collectors.toMap(line -> line.substring(66), line -> line.substring(0, 64)));
    }

    @Test
    void everyFileHasAChecksumThatIsSigned() throws IOException {
        Set<String> files = new TreeSet<>(Release.names());
        files.removeAll(Set.of("SHA256SUMS", "SHA256SUMS.minisig"));
        assertEquals(files, new TreeSet<>(sums().keySet()));
        Path sums = Release.file("SHA256SUMS");
        Command.run("sh", "-c", "cd \"$0\" && sha256sum -c --quiet SHA256SUMS", String.valueOf(sums.getParent()));
        String said = Command.run("minisign", "-V", "-p", Release.publicKey().toString(), "-m", sums.toString());
        assertTrue(said.contains("Trusted comment: Pintle " + Repository.version()), said);
    }

    @Test
    void everyKindIsThere() {
        String version = Repository.version();
        for (Path file : List.of(
                Release.deb(),
                Release.rpm(),
                Release.apk(),
                Release.file("pintle-convert_" + version + "_all.deb"),
                Release.file("pintle-convert-" + version + "-1.noarch.rpm"),
                Release.file("pintle-image-" + version + ".oci.tar"),
                Release.file("pintle-manual-" + version + ".tar.gz"))) {
            assertTrue(Files.isRegularFile(file), file.toString());
        }
    }

    @Test
    void whatIsInAFileIsListedBesideIt() throws IOException {
        Map<String, String> sums = sums();
        for (String name : artefacts()) {
            Json list = Release.json(name + ".cdx.json");
            assertEquals("CycloneDX", list.text("bomFormat"), name);
            Json file = list.object("metadata").object("component");
            assertEquals(sums.get(name), file.objects("hashes").get(0).text("content"), name);
            Set<String> parts = new TreeSet<>();
            for (Json part : list.objects("components")) {
                assertTrue(part.text("version").matches("\\d+\\..*"), part::toString);
                parts.add(part.text("name"));
            }
            assertEquals(new TreeSet<>(name.startsWith("pintle-convert") ? JAVA_PARTS : NATIVE_PARTS), parts, name);
        }
    }

    @Test
    void theProvenanceNamesEveryFileAndTheSources() throws IOException {
        Json statement = Release.json("provenance.json");
        assertEquals("https://in-toto.io/Statement/v1", statement.text("_type"));
        assertEquals("https://slsa.dev/provenance/v1", statement.text("predicateType"));
        Map<String, String> subjects = statement.objects("subject").stream()
                .collect(Collectors.toMap(
                        subject -> subject.text("name"),
                        subject -> subject.object("digest").text("sha256")));
        Map<String, String> sums = sums();
        sums.remove("provenance.json");
        assertEquals(sums, subjects);
        String commit =
                Command.run(Repository.path("scripts/commit").toString()).strip();
        Json definition = statement.object("predicate").object("buildDefinition");
        assertEquals(commit, definition.object("externalParameters").text("commit"));
    }

    @Test
    void licencesAreInEachFile() {
        for (String name : artefacts()) {
            String file = Release.file(name).toString();
            if (name.endsWith(".deb")) {
                hasLicences(name, Command.run("dpkg-deb", "-c", file));
            } else if (name.endsWith(".rpm")) {
                hasLicences(name, Command.run("rpm", "-qlp", file));
            } else if (name.endsWith(".apk") || name.endsWith(".tar.gz")) {
                hasLicences(name, Command.run("tar", "-tzf", file));
            }
        }
    }

    private static void hasLicences(String name, String files) {
        assertTrue(files.contains("/LICENSE\n"), name + ": " + files);
        assertTrue(files.contains("/NOTICE\n") || files.contains("/copyright\n"), name + ": " + files);
    }
}
