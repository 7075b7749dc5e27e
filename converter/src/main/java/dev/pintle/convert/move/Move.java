package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.DockerfileParser;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.read.ImageFiles.Written;
import dev.pintle.convert.source.SourceFile;
import dev.pintle.layout.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The move of one image, from its Dockerfile's text to what is to be written. */
public final class Move {

    private final Build build;
    private final Start start;
    private final Start onBuild;
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
     * @param problems why the move cannot be made; nothing is to be written then
     */
    public record Plan(List<Change> changes, List<Report.Section> sections, List<Diagnostic> problems) {}

    /**
     * What a move is made with.
     *
     * @param converted  the files whose contents the converted tree has
     * @param accounted  files of the context that stay, and of which the report says everything
     * @param report     of the conversion
     * @param output     the directory that becomes the image's {@code /}
     * @param archives   the names of the tarballs that the image needs, the overlay's first
     * @param daemon     how the old configuration has the supervisor run
     * @param paths      that the old configuration names as the supervisor's own
     * @param needed     files of the context that the converted tree names, by the image's paths of them
     * @param secrets    files of the converted tree that only their owner may read
     * @param further    instructions that follow those that bring the tree into the image
     * @param exported   whether the image's own files, its base's among them, were converted
     */
    public record Conversion(
            Set<Path> converted,
            Set<Path> accounted,
            Report report,
            Path output,
            List<String> archives,
            Daemon daemon,
            Set<String> paths,
            Map<String, Path> needed,
            List<String> secrets,
            List<String> further,
            boolean exported) {}

    private Move(Build build, Source source) {
        this.build = build;
        this.start = Start.of(build, build.stages());
        this.onBuild = Start.onBuild(build, build.stages());
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
        Build build = new Build(file, chain.get(), source.directory(), source.dockerfile(), supervisor);
        return new Opened(Optional.of(new Move(build, source)), List.of());
    }

    /** The arguments that the image starts the supervisor with; none where it is not known to. */
    public List<String> arguments() {
        List<String> arguments = start.arguments();
        return (arguments.isEmpty() ? onBuild.arguments() : arguments)
                .stream().map(build.context()::expand).toList();
    }

    /** The directory that s6-svscan is told to supervise, where the image starts that. */
    public Optional<String> scanned() {
        return start.init().isPresent()
                ? Optional.empty()
                : arguments().stream().filter(word -> word.startsWith("/")).findFirst();
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

    /** Why there is nothing to convert; {@code missing} says what there is not. */
    public MissingInput.Reason missing(Path output, String missing) {
        ContextFiles files = new ContextFiles(directory, output);
        files.add(build.context());
        return new MissingInput(build, start, new ConfigurationWriters(build).places(files)).reason(missing);
    }

    /** The line that brings Pintle's overlay, where the image has been moved. */
    public Optional<Integer> movedLine() {
        return build.overlay()
                .map(instruction -> build.dockerfile()
                        .file()
                        .position(build.keywordOffset(instruction))
                        .line());
    }

    /** The command that converts what the image is moved from. */
    public String supervisorName() {
        return build.supervisor().name().toLowerCase(Locale.ROOT);
    }

    /** A source of COPY that has the supervisor's name, and that the build's context does not have; with its line. */
    public Optional<String> missingSource() {
        return build.context().copies().stream()
                .filter(copy -> copy.files().isEmpty()
                        && build.supervisor().isMentionedIn(copy.word().value()))
                .findFirst()
                .map(copy -> name() + ", line "
                        + build.dockerfile()
                                .file()
                                .position(build.keywordOffset(copy.instruction()))
                                .line()
                        + ", copies " + copy.word().value());
    }

    /** The archives that the image gets, of which nothing is converted, by their names. */
    public List<String> archives() {
        return build.context().copies().stream()
                .flatMap(copy -> copy.files().stream())
                .map(build.context()::name)
                .filter(Archive::is)
                .distinct()
                .toList();
    }

    /** How messages name the Dockerfile. */
    public String name() {
        return build.dockerfile().file().name();
    }

    /** Whether the image is started by phusion's my_init: it says so, or leaves it to phusion's base to say so. */
    public boolean startsMyInit() {
        List<Instruction> starts = build.stages().instructions().stream()
                .filter(instruction -> Set.of("CMD", "ENTRYPOINT").contains(instruction.keyword()))
                .toList();
        return starts.isEmpty()
                ? build.stages().instructions().stream()
                        .anyMatch(instruction -> instruction.keyword().equals("FROM")
                                && instruction.arguments().text().startsWith("phusion/"))
                : starts.stream()
                        .anyMatch(instruction -> instruction.arguments().text().contains("my_init"));
    }

    /** The variables that the image sets by ENV, with their values as far as the Dockerfile tells. */
    public Map<String, String> environment() {
        Variables variables = new Variables(build.dockerfile());
        Map<String, String> environment = new TreeMap<>();
        for (Instruction instruction : build.stages().instructions()) {
            boolean declares = instruction.keyword().equals("ENV");
            if (declares || instruction.keyword().equals("ARG")) {
                List<String> names = variables.declare(build.dockerfile(), instruction);
                (declares ? names : List.<String>of())
                        .forEach(name -> environment.put(name, variables.expand("${" + name + "}")));
            }
        }
        return environment;
    }

    /** The line of the Dockerfile whose ENV sets a variable last. */
    public Optional<Integer> environmentLine(String name) {
        return build.stages().instructions().stream()
                .filter(instruction -> instruction.keyword().equals("ENV")
                        && new Variables(build.dockerfile())
                                .declare(build.dockerfile(), instruction)
                                .contains(name))
                .reduce((a, b) -> b)
                .map(instruction -> build.dockerfile()
                        .file()
                        .position(build.keywordOffset(instruction))
                        .line());
    }

    /** Whether an instruction behind an offset of the Dockerfile copies a file to a place of the image. */
    public boolean copies(String place, int offset) {
        return build.context().file(place, offset).isPresent();
    }

    /** Where the image has a file of the build's context, if it has it. */
    public Optional<String> place(Path file) {
        return build.context().place(file);
    }

    /** The file of the build's context that the image has as {@code path}, if there is one. */
    public Optional<Path> file(String path) {
        return build.context().file(path);
    }

    /** The names of the files of the build's context that the image has in a directory, and of those that the build writes. */
    public List<String> names(String path) {
        Set<String> names = new TreeSet<>(build.context().names(path));
        names.addAll(build.written().names(path));
        return List.copyOf(names);
    }

    /** A file of the image that the build writes, where its text is plain. */
    public Optional<Written> written(String path) {
        return build.written().file(path);
    }

    /** The texts of the files that the build writes, by the image's paths of them, where they are plain. */
    public Map<String, String> writtenTexts() {
        return build.written().texts();
    }

    /** The files and symbolic links of the context that the image gets, by its paths of them. */
    public Map<String, Path> files(Path output) {
        ContextFiles files = new ContextFiles(directory, output);
        files.add(build.context());
        Map<String, Path> places = new TreeMap<>(files.places());
        files.links().forEach((path, place) -> places.put(place, path));
        build.context()
                .aliases()
                .keySet()
                .forEach(place -> build.context().file(place).ifPresent(path -> places.putIfAbsent(place, path)));
        return places;
    }

    /** How messages name a file of the context. */
    public Path named(Path file) {
        return Path.of(build.context().name(file));
    }

    /** What commands of the build do to files: which they make executable, and which links they make. */
    public FileCommands fileCommands() {
        return FileCommands.of(build);
    }

    /** What to change. To be called once. */
    public Plan plan(Conversion conversion) {
        return new Planner(build, start, onBuild, dockerfile).plan(conversion);
    }
}
