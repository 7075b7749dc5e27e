package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that list what a project needs, and have the supervisor among it: pyproject.toml, Pipfile and others. */
final class ManifestRule {

    /** The lock that stands beside each, and what makes it anew. */
    private static final Map<String, List<String>> LOCKS = Map.of(
            "pyproject.toml", List.of("poetry.lock", "uv.lock", "pdm.lock"),
            "Pipfile", List.of("Pipfile.lock"));

    private static final Map<String, String> COMMANDS = Map.of(
            "poetry.lock", "poetry lock", "uv.lock", "uv lock", "pdm.lock", "pdm lock", "Pipfile.lock", "pipenv lock");

    private static final List<String> NAMES =
            List.of("pyproject.toml", "Pipfile", "setup.cfg", "setup.py", "environment.yml", "environment.yaml");

    /** A line that is one package: {@code supervisor = "^4"}, {@code "supervisor>=4",}, {@code - supervisor=4}. */
    private static final Pattern LINE = Pattern.compile(
            "(?m)^[ \\t]*(?:-[ \\t]*)?[\"']?(?<name>[A-Za-z][\\w.-]*)[\"']?(?<rest>[ \\t]*[=<>~!;\\[{@].*|[\"']?,?[ \\t]*)$\\R?");

    /** A package in a list of several. */
    private static final Pattern ITEM = Pattern.compile(
            "[\"'](?<name>[A-Za-z][\\w.-]*)(?:\\[[^\\]]*\\])?[ \\t]*(?:[=<>~!;][^\"']*)?[\"'][ \\t]*,?[ \\t]*");

    private final Build build;
    private final Requirements requirements;

    ManifestRule(Build build, Requirements requirements) {
        this.build = build;
        this.requirements = requirements;
    }

    /** Whether a package of the supervisor was found, and is removed. */
    boolean apply(ContextFiles files) {
        boolean found = false;
        if (build.supervisor() == Supervisor.SUPERVISORD) {
            for (Path path : files.files().keySet()) {
                String name = String.valueOf(path.getFileName());
                found |= Requirements.isOne(path) && requirements.edit(path);
                Optional<Edits> edits = NAMES.contains(name) ? build.other(path) : Optional.empty();
                found |= edits.isPresent() && manifest(path, name, edits.get());
            }
        }
        return found;
    }

    private boolean manifest(Path path, String name, Edits edits) {
        SourceFile file = edits.file();
        boolean found = false;
        Matcher line = LINE.matcher(file.text());
        while (line.find()) {
            if (build.supervisor().isPackage(line.group("name"))
                    && !line.group("rest").contains("[")) {
                edits.delete(line.start(), line.end());
                say(edits, line.start("name"), line.group("name"));
                found = true;
            }
        }
        Matcher item = ITEM.matcher(file.text());
        while (item.find()) {
            boolean value =
                    file.text().substring(0, item.start()).stripTrailing().endsWith("=");
            if (!value
                    && build.supervisor().isPackage(item.group("name"))
                    && !edits.touches(item.start(), item.end())) {
                edits.delete(item.start(), item.end());
                say(edits, item.start(), item.group("name"));
                found = true;
            }
        }
        if (found) {
            LOCKS.getOrDefault(name, List.of()).forEach(lock -> lock(path.resolveSibling(lock), lock));
        }
        return found;
    }

    private void say(Edits edits, int offset, String name) {
        build.findings().add(edits.file(), offset, "package", Fate.changed(name + " is not installed any more"));
    }

    private void lock(Path lock, String name) {
        if (Files.isRegularFile(lock)) {
            build.findings()
                    .add(
                            new SourceFile(build.context().name(lock), ""),
                            0,
                            "lock",
                            Fate.notCarried(
                                    "it still has the supervisor, and does not fit the file that it locks any more",
                                    "make it anew: " + COMMANDS.get(name)));
        }
    }
}
