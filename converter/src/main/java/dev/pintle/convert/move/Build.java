package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.Dockerfile.Stage;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.SourceFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of one build, with what is to be changed in them and what is to be said of them. */
final class Build {

    /** Larger files are none that people write. */
    private static final long MAX_BYTES = 1L << 20;

    /** Programs that run a file of commands. */
    static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");

    /** Main files of packages, which include what was converted. */
    private static final Set<String> PACKAGED = Set.of("/etc/supervisord.conf", "/etc/supervisor/supervisord.conf");

    private final Dockerfile dockerfile;
    private final StageChain stages;
    private final BuildContext context;
    private final List<StageChain> siblings;
    private final Map<String, Optional<BuildContext>> contexts = new HashMap<>();
    private final Path directory;
    private final ContextFolder folder;
    private final Set<Path> scripts = new HashSet<>();
    private final Supervisor supervisor;
    private final Edits edits;
    private final Findings findings = new Findings();
    private final Map<Path, Edits> others = new LinkedHashMap<>();
    private @Nullable WrittenFiles written;
    private Optional<String> configuration = Optional.empty();
    private Set<String> converted = Set.of();
    private final Set<Stage> moved = new HashSet<>();
    private boolean logDirectory;

    Build(Dockerfile dockerfile, StageChain stages, Path directory, Path file, Supervisor supervisor) {
        this.dockerfile = dockerfile;
        this.stages = stages;
        this.supervisor = supervisor;
        this.directory = directory;
        this.folder = new ContextFolder(directory, IgnorePatterns.ofContext(directory, file));
        this.siblings = stages.siblings(dockerfile);
        this.context = new BuildContext(folder, dockerfile, stages.instructions(), this::contextOf);
        this.edits = new Edits(dockerfile.file());
        findings.open(dockerfile.file());
    }

    /** What a stage has of the context, for those that copy from it. */
    private Optional<BuildContext> contextOf(String name) {
        Optional<BuildContext> known = contexts.get(name);
        if (known != null) {
            return known;
        }
        // A stage that copies from itself gets nothing.
        contexts.put(name, Optional.empty());
        boolean stage = dockerfile.stages().stream().anyMatch(s -> s.name().equals(name.toLowerCase(Locale.ROOT)));
        boolean number = !name.isEmpty() && name.length() < 4 && name.chars().allMatch(Character::isDigit);
        Optional<BuildContext> fresh = (stage || number
                        ? StageChain.of(dockerfile, Optional.of(name))
                        : Optional.<StageChain>empty())
                .map(chain -> new BuildContext(folder, dockerfile, chain.instructions(), this::contextOf));
        contexts.put(name, fresh);
        return fresh;
    }

    /** Whether Pintle is in the image, or in its base, already. */
    boolean isOfPintle() {
        return dockerfile.file().text().contains("pintle");
    }

    /** The instruction that brings the overlay, where that is there without us. */
    Optional<Instruction> overlay() {
        return stages.all().stream()
                .filter(instruction -> Set.of("ADD", "COPY").contains(instruction.keyword())
                        && instruction.arguments().text().contains("pintle-overlay"))
                .findFirst();
    }

    /** Notes the last stages of images that are moved with this one. */
    void moved(Set<Stage> others) {
        moved.addAll(others);
    }

    /** Whether the image of a stage, by its name or its number, is moved: then it has the converted tree, and init starts it. */
    boolean isMoved(String stage) {
        return StageChain.of(dockerfile, Optional.of(stage))
                .map(StageChain::target)
                .filter(target -> target.equals(stages.target()) || moved.contains(target))
                .isPresent();
    }

    /** What an image of the build has of the context. */
    BuildContext contextOf(StageChain image) {
        return new BuildContext(folder, dockerfile, image.instructions(), this::contextOf);
    }

    /** What the image of a stage has of the context. */
    BuildContext contextOf(Stage stage) {
        return contextOf(StageChain.of(dockerfile, stage));
    }

    /** The user that the image runs as; empty for root. */
    String user() {
        String user = "";
        for (Instruction instruction : stages.instructions()) {
            if (instruction.keyword().equals("USER")) {
                user = context.expand(instruction.arguments().text().strip());
            }
        }
        boolean root = user.equals("root") || user.equals("0") || user.startsWith("root:") || user.startsWith("0:");
        return root ? "" : user;
    }

    /** The build's context. */
    Path directory() {
        return directory;
    }

    /** The other images that are built on a stage of this one. */
    List<StageChain> siblings() {
        return siblings;
    }

    /** The instructions of the image and of those that share stages with it, each once, those behind ONBUILD too. */
    List<Instruction> instructions() {
        Set<Instruction> instructions = new LinkedHashSet<>(stages.all());
        siblings.forEach(image -> instructions.addAll(image.all()));
        return List.copyOf(instructions);
    }

    Dockerfile dockerfile() {
        return dockerfile;
    }

    StageChain stages() {
        return stages;
    }

    BuildContext context() {
        return context;
    }

    /** The files that the commands of the build write. */
    WrittenFiles written() {
        WrittenFiles known = written;
        if (known == null) {
            known = new WrittenFiles(this);
            written = known;
        }
        return known;
    }

    Supervisor supervisor() {
        return supervisor;
    }

    Findings findings() {
        return findings;
    }

    /**
     * Takes note of what was converted.
     *
     * @param main   the configuration that the image starts the supervisor with, where that is named
     * @param places of the files that were converted
     */
    void converted(Optional<String> main, Set<String> places) {
        configuration = main;
        converted = places;
    }

    /** Whether a supervisor is started with another configuration than the one that was converted. */
    boolean startsAnother(Invocation invocation) {
        return isAnother(invocation.arguments().stream().map(ShellWord::value).toList());
    }

    /** Whether arguments name another configuration than the one that was converted. */
    boolean isAnother(List<String> arguments) {
        Optional<String> other = configuration(arguments).map(context::expand);
        return other.isPresent()
                && !other.get().contains("$")
                && !other.get().contains("`")
                && !other.equals(configuration)
                && (configuration.isPresent() || !PACKAGED.contains(other.get()))
                && converted.stream()
                        .noneMatch(place -> place.equals(other.get()) || place.endsWith("/" + other.get()));
    }

    /** What is said of such a start. */
    Fate another(Invocation invocation) {
        String other = configuration(
                        invocation.arguments().stream().map(ShellWord::value).toList())
                .orElse("");
        return Fate.notCarried(
                "it starts " + supervisor.program() + " with " + other + ", and "
                        + configuration.orElse("the configuration that the image starts it with") + " was converted",
                "convert that too, into a directory of its own, and start it with PINTLE_DIR=DIRECTORY /init; or make"
                        + " one layout of both, with enabled = ${VARIABLE} in the services");
    }

    /** The configuration that arguments of supervisord name. */
    static Optional<String> configuration(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (Set.of("-c", "--configuration").contains(word) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
            if (word.startsWith("--configuration=")) {
                return Optional.of(word.substring(word.indexOf('=') + 1));
            }
            if (word.startsWith("-c") && word.length() > 2) {
                return Optional.of(word.substring(2));
            }
        }
        return Optional.empty();
    }

    /** Those of the Dockerfile. */
    Edits edits() {
        return edits;
    }

    /** Those of other files, by what they are in the context. */
    Map<Path, Edits> others() {
        return others;
    }

    /** Tells whether the image has the directory of log files that the package of supervisor brings. */
    void logDirectory(boolean there) {
        this.logDirectory = there;
    }

    /** Whether a path is there because that directory is. */
    boolean isInLogDirectory(String path) {
        return logDirectory && LogDirectory.isFile(path);
    }

    /** Whether a path is a directory that the build makes. */
    boolean makes(String path) {
        return context.makes(path) || (logDirectory && LogDirectory.is(path));
    }

    /** Whether the Dockerfile reads a variable in what stays, or a file of the image names it. */
    boolean reads(String name) {
        Pattern named = Pattern.compile("(?<![A-Za-z0-9_])(?:ENV_)?" + Pattern.quote(name) + "(?![A-Za-z0-9_])");
        return expands(name)
                || others.values().stream()
                        .anyMatch(other -> named.matcher(other.file().text()).find());
    }

    private boolean expands(String name) {
        Matcher matcher = Pattern.compile("\\$\\{?" + Pattern.quote(name) + "(?![A-Za-z0-9_])")
                .matcher(edits.file().text());
        while (matcher.find()) {
            if (!edits.touches(matcher.start(), matcher.end())) {
                return true;
            }
        }
        return false;
    }

    /** The file of the context that a command runs: as a program, or as a shell's script. */
    Optional<Path> script(Invocation invocation) {
        return program(invocation).flatMap(context::program);
    }

    /** What a heredoc of the build writes, and a command runs. */
    Optional<WrittenFiles.Source> writtenScript(Invocation invocation) {
        return program(invocation).stream()
                .flatMap(program -> context.places(program).stream())
                .flatMap(place -> written().source(place).stream())
                .findFirst();
    }

    /** The program that a command runs, or the script of a shell. */
    static Optional<String> program(Invocation invocation) {
        boolean shell = SHELLS.contains(invocation.program())
                || invocation.program().equals(".")
                || invocation.program().equals("source");
        String program = shell
                ? invocation.arguments().stream()
                        .map(ShellWord::value)
                        .filter(word -> !word.startsWith("-"))
                        .findFirst()
                        .orElse("")
                : invocation.word();
        return program.isEmpty() || program.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(program);
    }

    /** Whether a file is known to be run by a shell. */
    boolean isScript(Path path) {
        return scripts.contains(path.toAbsolutePath().normalize());
    }

    /** Takes note that a shell runs a file. */
    void script(Path path) {
        scripts.add(path.toAbsolutePath().normalize());
    }

    /** Takes note that an instruction has been understood, though it stays. */
    void understand(Instruction instruction) {
        findings.understand(dockerfile.file(), instruction.start(), instruction.end());
    }

    /** Says what became of an instruction. */
    void say(Instruction instruction, Fate fate) {
        findings.add(dockerfile.file(), keywordOffset(instruction), instruction.keyword(), fate);
    }

    /** Where the keyword of an instruction begins. */
    int keywordOffset(Instruction instruction) {
        int at = instruction.start();
        while (Character.isWhitespace(dockerfile.file().text().charAt(at))) {
            at++;
        }
        return at;
    }

    /** Puts another instruction in the place of one; what follows it on its last line stays. */
    void replace(Instruction instruction, String keyword, String arguments) {
        int start = keywordOffset(instruction);
        boolean lower = Character.isLowerCase(dockerfile.file().text().charAt(start));
        int end = instruction.arguments().offsetAfter(instruction.arguments().length());
        String onBuild = instruction.onBuild() ? "ONBUILD " : "";
        String words = onBuild + keyword;
        edits.replace(start, end, (lower ? words.toLowerCase(Locale.ROOT) : words) + " " + arguments);
    }

    /** Removes an instruction with its lines, and one of two blank lines that would be left. */
    void remove(Instruction instruction) {
        SourceFile file = dockerfile.file();
        int end = instruction.end();
        boolean blankBefore = instruction.start() == 0
                || file.text()
                        .substring(file.lineStart(instruction.start() - 1), instruction.start())
                        .isBlank();
        int next = end < file.text().length() ? file.lineEnd(end) : end;
        boolean blankAfter = next > end && file.text().substring(end, next).isBlank();
        edits.delete(instruction.start(), blankBefore && blankAfter ? next : end);
    }

    /** The edits of a file of the context; absent where it is no text that could be edited. */
    Optional<Edits> other(Path file) {
        Path path = file.toAbsolutePath().normalize();
        Edits known = others.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > MAX_BYTES) {
                return Optional.empty();
            }
            String text = Files.readString(path, StandardCharsets.UTF_8);
            if (text.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            Edits fresh = new Edits(new SourceFile(context.name(path), text));
            others.put(path, fresh);
            return Optional.of(fresh);
        } catch (CharacterCodingException e) {
            // A binary.
            return Optional.empty();
        } catch (IOException e) {
            // What cannot be read cannot be edited; whoever wants it says so.
            return Optional.empty();
        }
    }
}
