package dev.pintle.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commit a build names: git's, an archive's, or the one that it was given. */
final class PintleVersionTest {
    private static final String COMMIT = "commit [0-9a-f]{12}, \\d{4}-\\d\\d-\\d\\d";

    @TempDir
    private Path tree = Path.of("/nonexistent");

    @BeforeEach
    void copyScripts() throws IOException {
        Path scripts = Files.createDirectories(tree.resolve("scripts"));
        for (String name : List.of("commit", "archived-commit")) {
            Files.copy(Path.of("../scripts").resolve(name), scripts.resolve(name));
        }
        Files.copy(Path.of("../.gitattributes"), tree.resolve(".gitattributes"));
    }

    private String run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(tree.toFile());
        builder.environment().remove("PINTLE_COMMIT");
        builder.environment().putAll(environment);
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.strip();
    }

    private String commit() throws IOException, InterruptedException {
        return run(Map.of(), "scripts/commit");
    }

    private void git(String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 5];
        List<String> start = List.of("git", "-c", "user.name=Test", "-c", "user.email=test@example.org");
        for (int i = 0; i < command.length; i++) {
            command[i] = i < start.size() ? start.get(i) : words[i - start.size()];
        }
        run(Map.of(), command);
    }

    private void commitAll() throws IOException, InterruptedException {
        git("init", "-q");
        git("add", ".");
        git("commit", "-q", "-m", "First");
    }

    @Test
    void thisBuildHasANumberAndACommit() {
        assertTrue(PintleVersion.number().matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), PintleVersion.number());
        assertTrue(PintleVersion.text().startsWith(PintleVersion.number() + " ("), PintleVersion.text());
    }

    @Test
    void whatIsGivenIsTaken() throws IOException, InterruptedException {
        assertEquals("mine", run(Map.of("PINTLE_COMMIT", "mine"), "scripts/commit"));
    }

    @Test
    void gitKnowsTheCommitAndWhetherTheTreeHasChanges() throws IOException, InterruptedException {
        commitAll();
        String clean = commit();
        assertTrue(clean.matches(COMMIT), clean);
        Files.writeString(tree.resolve("scripts/archived-commit"), "changed\n");
        assertEquals(clean + " and changes", commit());
    }

    @Test
    void anArchiveHasTheCommitOfItsRepository() throws IOException, InterruptedException {
        commitAll();
        String ofGit = commit();
        git("archive", "--prefix=unpacked/", "-o", "archive.tar", "HEAD");
        run(Map.of(), "tar", "xf", "archive.tar");
        assertEquals(ofGit, run(Map.of(), "unpacked/scripts/commit"));
    }

    @Test
    void aTreeWithoutGitIsOfAnUnknownCommit() throws IOException, InterruptedException {
        assertEquals("unknown commit", commit());
    }
}
