package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.source.Edits;
import dev.pintle.layout.text.LayoutText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the new instructions take from the build context must not be left out of it by {@code .dockerignore}: a line takes it
 * in again.
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
        Optional<Edits> file = IgnorePatterns.file(directory, dockerfile).flatMap(build::other);
        if (file.isEmpty()) {
            return;
        }
        String text = file.get().file().text();
        IgnorePatterns patterns = IgnorePatterns.of(text);
        List<String> excluded = paths.stream().filter(patterns::excludes).toList();
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
}
