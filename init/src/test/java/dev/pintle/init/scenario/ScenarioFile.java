package dev.pintle.init.scenario;

import dev.pintle.layout.text.BadValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a file of a scenario; the package's page has the format. */
final class ScenarioFile {
    private static final Path DIRECTORY = Path.of("src/test/scenarios");
    private static final String EXTENSION = ".scenario";
    private static final String SECTION = "--- ";

    private final Path path;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> later = new LinkedHashMap<>();
    private final Map<String, Puppet> puppets = new LinkedHashMap<>();
    private final List<String> environment = new ArrayList<>();
    private final List<String> command = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    private ScenarioFile(Path path) {
        this.path = path;
    }

    /** All scenarios, in the order of their names. */
    static List<Scenario> readAll() throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        try (Stream<Path> paths = Files.list(DIRECTORY)) {
            for (Path path : paths.sorted().toList()) {
                scenarios.add(new ScenarioFile(path).read());
            }
        }
        return scenarios;
    }

    private Scenario read() throws IOException {
        List<String> lines = Files.readAllLines(path);
        List<Integer> heads = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(SECTION)) {
                heads.add(i);
            }
        }
        heads.add(lines.size());
        for (int i = 0; i + 1 < heads.size(); i++) {
            int head = heads.get(i);
            readSection(lines.get(head).substring(SECTION.length()), lines, head + 1, heads.get(i + 1));
        }
        String name = path.getFileName().toString();
        if (!name.endsWith(EXTENSION)
                || steps.stream().noneMatch(step -> step.line().startsWith("ends "))) {
            throw new IOException(
                    path + ": a scenario's name ends with " + EXTENSION + ", and one of its steps is ends");
        }
        String shows = String.join(" ", lines.subList(0, heads.get(0))).strip();
        return new Scenario(
                name.substring(0, name.length() - EXTENSION.length()),
                shows,
                files,
                later,
                puppets,
                environment,
                command,
                steps);
    }

    private void readSection(String head, List<String> lines, int from, int to) throws IOException {
        String[] words = head.split(" ", 2);
        String text = String.join("\n", lines.subList(from, to)).strip() + "\n";
        int line = from;
        try {
            switch (words[0]) {
                case "process" -> puppets.put(words[1], Puppet.read(words[1], withoutBlanks(lines.subList(from, to))));
                case "later" -> later.put(words[1], text);
                case "environment" -> environment.addAll(withoutBlanks(lines.subList(from, to)));
                case "command" -> command.addAll(List.of(text.strip().split(" ", -1)));
                case "steps" -> {
                    for (; line < to; line++) {
                        if (!withoutBlanks(List.of(lines.get(line))).isEmpty()) {
                            steps.add(Steps.read(lines.get(line).strip()));
                        }
                    }
                }
                default -> files.put(head, text);
            }
        } catch (BadValueException e) {
            throw new IOException(path + ":" + (line + 1) + ": " + e.getMessage(), e);
        }
    }

    private static List<String> withoutBlanks(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }
}
