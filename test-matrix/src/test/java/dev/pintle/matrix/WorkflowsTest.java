package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The workflows of GitHub: what they take in is pinned, what they call is here, and a tag is of this version. */
class WorkflowsTest {

    private static final Pattern PINNED = Pattern.compile("[\\w-]+/[\\w/-]+@[0-9a-f]{40}");
    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w./-])(scripts/[\\w/-]+|\\.ci/run)");

    private static List<Json> steps() throws IOException {
        List<Json> steps = new ArrayList<>();
        try (Stream<Path> files = Files.list(Repository.path(".github/workflows"))) {
            for (Path file : files.toList()) {
                Json workflow = Json.parse(Files.readString(file));
                for (Object job : workflow.object("jobs").members().values()) {
                    steps.addAll(new Json((Map<?, ?>) job).objects("steps"));
                }
            }
        }
        return steps;
    }

    @Test
    void actionsArePinned() throws IOException {
        List<String> used = steps().stream()
                .filter(step -> step.members().containsKey("uses"))
                .map(step -> step.text("uses"))
                .toList();
        assertTrue(!used.isEmpty());
        for (String action : used) {
            assertTrue(PINNED.matcher(action).matches(), action);
        }
    }

    @Test
    void scriptsThatTheyCallAreHere() throws IOException {
        int calls = 0;
        for (Json step : steps()) {
            Object run = step.members().get("run");
            Matcher script = SCRIPT.matcher(run == null ? "" : run.toString());
            for (; script.find(); calls++) {
                assertTrue(Files.isRegularFile(Repository.path(script.group())), script.group());
            }
        }
        assertTrue(calls >= 3, "calls found: " + calls);
    }

    private static String script(String name, String argument) {
        return Command.run(Repository.path("scripts/release/" + name).toString(), argument);
    }

    @Test
    void aTagIsOfThisVersion() {
        assertThrows(IllegalStateException.class, () -> script("check-tag", "v99.0.0"));
    }

    @Test
    void theNotesOfAVersionAreItsSectionOfTheChangelog() {
        String notes = script("notes", "Unreleased");
        assertTrue(notes.contains("### "), notes);
        assertEquals(-1, notes.indexOf("## ["), notes);
        assertThrows(IllegalStateException.class, () -> script("notes", "99.0.0"));
    }
}
