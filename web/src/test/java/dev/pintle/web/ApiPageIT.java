package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the API's page do what it says. */
class ApiPageIT {
    private static final String TOKEN = "token of the page";

    @TempDir
    private Path layout = Path.of("/nonexistent");

    @Test
    void everyExampleDoesWhatThePageSays() throws IOException, InterruptedException {
        byte[] salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        Files.writeString(
                layout.resolve("users"),
                "deploy operate " + PasswordHash.of(TOKEN, salt, 1_000).text() + "\n");
        PageLayout.service(layout, "db", "command = sh -c 'echo listening; exec sleep 1000'\n[stdout]\nkeep = 64k\n");
        PageLayout.service(layout, "app", "command = sleep 1000\ndepends_on = db\n");
        try (PageLayout page = new PageLayout(layout, "users = " + layout + "/users\n")) {
            List<String> wrong = new ArrayList<>();
            int examples = 0;
            for (Example example : examples()) {
                examples++;
                String output = run(example.command.replace("127.0.0.1:9001", "127.0.0.1:" + page.port()));
                if (!output.equals(example.output)) {
                    wrong.add(example.command + "\nsays\n" + output + "and not\n" + example.output);
                }
            }
            assertEquals(List.of(), wrong);
            assertTrue(examples > 6, "the examples are gone");
        }
    }

    private record Example(String command, String output) {}

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        String command = "";
        StringBuilder output = new StringBuilder();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("../docs/http-api.md"))) {
            boolean ends = inside && line.equals("```");
            if (!command.isEmpty() && (ends || (inside && line.startsWith("$ ")))) {
                examples.add(new Example(command, output.toString()));
                command = "";
                output.setLength(0);
            }
            inside = !ends && (inside || line.equals("```console"));
            if (inside && line.startsWith("$ ")) {
                command = line.substring(2);
            } else if (inside && !command.isEmpty()) {
                output.append(line).append('\n');
            }
        }
        return examples;
    }

    private static String run(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
        builder.environment().put("TOKEN", TOKEN);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
