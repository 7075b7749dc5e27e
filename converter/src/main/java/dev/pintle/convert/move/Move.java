package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.DockerfileParser;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.SourceFile;
import dev.pintle.layout.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The move of one image, from its Dockerfile's text to what is to be written. */
public final class Move {

    private final Build build;
    private final Start start;
    private final Path directory;
    private final Path dockerfile;

    /**
     * What a move is made from.
     *
     * @param name       of the Dockerfile, as the user gave it
     * @param dockerfile where it is
     * @param directory  the build's context
     * @param target     the stage of the image; the last one where absent
     */
    public record Source(String name, Path dockerfile, Path directory, Optional<String> target) {}

    /**
     * A Dockerfile that has been read.
     *
     * @param move     absent where it cannot be
     * @param problems why
     */
    public record Opened(Optional<Move> move, List<Diagnostic> problems) {}

    /**
     * A file that is to be changed.
     *
     * @param path   where it is
     * @param before its name and its text
     * @param after  its text to be
     */
    public record Change(Path path, SourceFile before, String after) {}

    /**
     * All that is to be changed.
     *
     * @param changes  the Dockerfile's first
     * @param sections for the report, one for each file
     */
    public record Plan(List<Change> changes, List<Report.Section> sections) {}

    private Move(Build build, Source source) {
        this.build = build;
        this.start = Start.of(build);
        this.directory = source.directory();
        this.dockerfile = source.dockerfile();
    }

    /** Reads a Dockerfile's text. */
    public static Opened open(Source source, String text, Supervisor supervisor) {
        DockerfileParser.Result parsed = DockerfileParser.parse(new SourceFile(source.name(), text));
        if (parsed.dockerfile().isEmpty()) {
            return new Opened(Optional.empty(), parsed.problems());
        }
        Dockerfile file = parsed.dockerfile().get();
        Optional<StageChain> chain = StageChain.of(file, source.target());
        if (chain.isEmpty()) {
            String names = file.stages().stream().map(Dockerfile.Stage::name).collect(Collectors.joining(", "));
            return new Opened(
                    Optional.empty(),
                    List.of(new Diagnostic(
                            Diagnostic.Severity.ERROR,
                            "no-such-stage",
                            source.name(),
                            0,
                            0,
                            "cannot find the stage " + source.target().orElse("") + ": no FROM has that name",
                            "the stages are " + names)));
        }
        Build build = new Build(file, chain.get(), source.directory(), supervisor);
        return new Opened(Optional.of(new Move(build, source)), List.of());
    }

    /** The arguments that the image starts the supervisor with; none where it is not known to. */
    public List<String> arguments() {
        return start.arguments();
    }

    /** Where in the Dockerfile that is said. */
    public int startLine() {
        return start.entrypoint()
                .or(start::command)
                .map(line -> build.dockerfile()
                        .file()
                        .position(build.keywordOffset(line.instruction()))
                        .line())
                .orElse(1);
    }

    /** The line of the first instruction that has a configuration written out behind it. */
    public Optional<Integer> embeddedConfiguration() {
        return build.stages().instructions().stream()
                .filter(Instruction::writesConfiguration)
                .findFirst()
                .map(instruction -> build.dockerfile()
                        .file()
                        .position(build.keywordOffset(instruction))
                        .line());
    }

    /** How messages name the Dockerfile. */
    public String name() {
        return build.dockerfile().file().name();
    }

    /** Where the image has a file of the build's context, if it has it. */
    public Optional<String> place(Path file) {
        return build.context().place(file);
    }

    /** The file of the build's context that the image has as {@code path}, if there is one. */
    public Optional<Path> file(String path) {
        return build.context().file(path);
    }

    /** The names of the files of the build's context that the image has in a directory. */
    public List<String> names(String path) {
        return build.context().names(path);
    }

    /**
     * What to change. To be called once.
     *
     * @param converted  the files whose contents the converted tree has
     * @param output     the directory that becomes the image's {@code /}
     * @param overlay    the name of the overlay's tarball
     * @param foreground whether the old configuration keeps the supervisor in the foreground
     */
    public Plan plan(Set<Path> converted, Path output, String overlay, boolean foreground) {
        new PackageRule(build).apply();
        Path root = directory.toAbsolutePath().normalize();
        Path tree = output.toAbsolutePath().normalize();
        boolean inside = tree.startsWith(root) && !tree.equals(root);
        String source = inside ? root.relativize(tree) + "/" : output.getFileName() + "/";
        List<String> lines = List.of("ADD " + overlay + " /", "COPY " + source + " /");
        ConfigurationRule configuration = new ConfigurationRule(build, converted, lines);
        boolean placed = configuration.apply();
        Optional<Instruction> started = new StartRule(build, start, foreground).apply();
        if (!placed) {
            place(lines, started);
        }
        if (!inside) {
            build.findings()
                    .add(
                            build.dockerfile().file(),
                            0,
                            "COPY",
                            Fate.approximated(
                                    output + " is outside the build context " + directory,
                                    "copy it to " + directory.resolve(source) + ", or name an output inside with -o"));
        }
        new IgnoreRule(build, directory, dockerfile).apply(List.of(overlay, source.substring(0, source.length() - 1)));
        new HealthRule(build).apply();
        new StopSignalRule(build).apply();
        new LeftoverRule(build, configuration.gone()).apply();
        return new Plan(changes(), build.findings().sections());
    }

    /** Where no COPY has given way, the new instructions come before what starts the image, or at the end of its stage. */
    private void place(List<String> lines, Optional<Instruction> started) {
        SourceFile file = build.dockerfile().file();
        List<Instruction> stage = build.stages().target().instructions();
        Instruction last = stage.get(stage.size() - 1);
        Optional<Instruction> before = started.filter(stage::contains);
        int offset = before.map(Instruction::start).orElse(last.end());
        boolean open = offset > 0 && file.text().charAt(offset - 1) != '\n';
        String text = lines.stream().map(line -> line + file.newline()).collect(Collectors.joining());
        build.edits().insert(offset, (open ? file.newline() : "") + text);
        build.findings()
                .add(
                        file,
                        before.map(build::keywordOffset).orElse(last.start()),
                        "ADD, COPY",
                        Fate.changed(
                                "the overlay and the converted tree; nothing that copied a configuration of its own"
                                        + " has been found"));
    }

    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        add(changes, dockerfile, build.edits());
        for (Map.Entry<Path, Edits> other : build.others().entrySet()) {
            add(changes, other.getKey(), other.getValue());
        }
        return changes;
    }

    private static void add(List<Change> changes, Path path, Edits edits) {
        if (!edits.isEmpty()) {
            changes.add(new Change(path, edits.file(), edits.apply()));
        }
    }
}
