package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.source.Edits;
import dev.pintle.layout.text.LayoutText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the new instructions take from the build context must not be left out of it by {@code .dockerignore}. The last
 * pattern that matches a path, or a directory that it is in, decides; {@code !} takes it in again.
 */
final class IgnoreRule {

    private final Build build;
    private final Path directory;
    private final Path dockerfile;

    IgnoreRule(Build build, Path directory, Path dockerfile) {
        this.build = build;
        this.directory = directory;
        this.dockerfile = dockerfile;
    }

    /** Takes paths of the context in where they are left out. */
    void apply(List<String> paths) {
        Optional<Edits> file = file().flatMap(build::other);
        if (file.isEmpty()) {
            return;
        }
        String text = file.get().file().text();
        List<String> excluded =
                paths.stream().filter(path -> isExcluded(text, path)).toList();
        if (excluded.isEmpty()) {
            return;
        }
        String newline = file.get().file().newline();
        StringBuilder lines = new StringBuilder(text.isEmpty() || text.endsWith("\n") ? "" : newline);
        excluded.forEach(path -> lines.append('!').append(path).append(newline));
        file.get().insert(text.length(), lines.toString());
        build.findings()
                .add(
                        file.get().file(),
                        text.length(),
                        "patterns",
                        Fate.changed("the build context has " + LayoutText.list(excluded) + " in it"));
    }

    /** One beside the Dockerfile that is named after it goes before the context's. */
    private Optional<Path> file() {
        Path own = dockerfile.resolveSibling(dockerfile.getFileName() + ".dockerignore");
        Path common = directory.resolve(".dockerignore");
        return Files.isRegularFile(own) ? Optional.of(own) : Optional.of(common).filter(Files::isRegularFile);
    }

    static boolean isExcluded(String text, String path) {
        boolean excluded = false;
        List<String> names = List.of(path.split("/", -1));
        for (String line : text.lines().map(String::strip).toList()) {
            boolean comment = line.isEmpty() || line.startsWith("#");
            boolean again = line.startsWith("!");
            if (!comment && matches(again ? line.substring(1) : line, names)) {
                excluded = !again;
            }
        }
        return excluded;
    }

    private static boolean matches(String pattern, List<String> names) {
        List<String> components = List.of(pattern.strip().split("/", -1)).stream()
                .filter(component -> !component.isEmpty() && !component.equals("."))
                .toList();
        for (int length = 1; length <= names.size() && !components.isEmpty(); length++) {
            if (matches(components, names.subList(0, length))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(List<String> pattern, List<String> names) {
        if (pattern.isEmpty()) {
            return names.isEmpty();
        }
        if (pattern.get(0).equals("**")) {
            for (int skipped = 0; skipped <= names.size(); skipped++) {
                if (matches(pattern.subList(1, pattern.size()), names.subList(skipped, names.size()))) {
                    return true;
                }
            }
            return pattern.size() == 1;
        }
        return !names.isEmpty()
                && GlobPattern.matches(pattern.get(0), names.get(0))
                && matches(pattern.subList(1, pattern.size()), names.subList(1, names.size()));
    }
}
