package dev.pintle.convert.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion that {@code generate-completion} prints, in a real bash. */
class CompletionTest {

    @TempDir
    private Path directory = Path.of("");

    private List<String> complete(String... words) throws Exception {
        StringWriter script = new StringWriter();
        assertEquals(
                0,
                PintleConvert.run(
                        new PrintWriter(script), new PrintWriter(new StringWriter()), false, "generate-completion"));
        Path file = Files.writeString(directory.resolve("completion"), script.toString());
        String line = "source " + file + "; COMP_WORDS=(pintle-convert " + String.join(" ", words) + "); COMP_CWORD="
                + words.length + "; _complete_pintle-convert; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process process =
                new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().map(String::strip).toList();
    }

    @Test
    void knowsCommandsAndTheirOptions() throws Exception {
        assertEquals(List.of("supervisord"), complete("superv"));
        List<String> options = complete("supervisord", "--d");
        assertTrue(options.containsAll(List.of("--dockerfile", "--dry-run", "--diff")), options::toString);
        assertTrue(complete("runit", "--ph").contains("--phusion"));
    }

    @Test
    void doesNotOfferWhatIsForTheLauncher() throws Exception {
        assertTrue(complete("arch").stream().noneMatch(word -> word.startsWith("archive")));
    }
}
