package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Where an image's files come from: what COPY and ADD take out of the build's context. */
final class BuildContext {

    /** Where a program without a path is looked for. */
    private static final List<String> PATH =
            List.of("/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/", "/");

    private final ContextFolder folder;
    private final Dockerfile dockerfile;
    private final List<Copy> copies = new ArrayList<>();
    /** What commands of the build see, and the image does not have by that alone. */
    private final List<Copy> mounts = new ArrayList<>();

    private final Map<String, String> aliases = new LinkedHashMap<>();
    /** Of the commands that made them. */
    private final Map<String, Integer> aliasOffsets = new HashMap<>();
    /** Those that a condition decides on. */
    private final Set<String> conditional = new HashSet<>();

    /** Of the context, that RUN carries out. */
    private final Set<Path> scripts = new HashSet<>();

    private final Directories directories = new Directories();
    private final Variables variables;
    /** Whether an image has nothing but files of the context: what a base and commands bring is not known. */
    private final boolean plain;

    private String workDirectory = "/";

    /**
     * Follows the instructions of an image.
     *
     * @param stages what other stages have, by the names that {@code COPY --from} uses
     */
    BuildContext(
            ContextFolder folder,
            Dockerfile dockerfile,
            List<Instruction> instructions,
            Function<String, Optional<BuildContext>> stages) {
        this.folder = folder;
        this.dockerfile = dockerfile;
        this.variables = new Variables(dockerfile);
        this.plain = instructions.stream().allMatch(BuildContext::isPlain);
        CopySources sources = new CopySources(dockerfile, folder, variables, directories, stages);
        for (Instruction instruction : instructions) {
            switch (instruction.keyword()) {
                case "ARG", "ENV" -> variables.declare(dockerfile, instruction);
                case "WORKDIR" -> {
                    workDirectory = workDirectory(instruction, workDirectory);
                    directories.add(workDirectory);
                }
                case "COPY", "ADD" -> sources.copied(instruction, workDirectory).forEach(this::add);
                case "RUN" -> {
                    mounts.addAll(sources.mounted(instruction, workDirectory));
                    made(instruction);
                }
                default -> {
                    // Others put no files of the context anywhere.
                }
            }
        }
    }

    private static boolean isPlain(Instruction instruction) {
        return switch (instruction.keyword()) {
            case "FROM" -> instruction.arguments().text().strip().startsWith("scratch");
            case "COPY" ->
                instruction.flag("from").isEmpty() && instruction.heredocs().isEmpty();
            case "ADD", "RUN", "ONBUILD" -> false;
            default -> true;
        };
    }

    /** A text with the variables that ENV and ARG have set at the end of the image. */
    String expand(String text) {
        return variables.expand(text);
    }

    /** What RUN carries out where the image is complete; while it is read, where that is. */
    BuildCommands commands() {
        return new BuildCommands(variables, this::names, this::program, scripts);
    }

    /** Whether a command of the build runs a file. */
    boolean isRun(Path script) {
        return scripts.contains(script.toAbsolutePath().normalize());
    }

    private void made(Instruction instruction) {
        CopyCommands copying = new CopyCommands(directories, this::names, this::copied);
        for (RunText text : RunText.of(instruction)) {
            copying.begin(workDirectory);
            commands().read(text, workDirectory, copying::take);
        }
    }

    /** A command of the build puts a file of the image, or a whole directory, into another place. */
    private void copied(String from, String to, int offset, boolean always) {
        Map<String, String> files = CopiedFiles.below(from, seen());
        for (Map.Entry<String, String> alias : aliases.entrySet()) {
            if (alias.getKey().startsWith(below(from, ""))) {
                files.put(alias.getKey().substring(below(from, "").length()), alias.getValue());
            }
        }
        if (files.isEmpty()) {
            alias(to, aliases.getOrDefault(from, from), offset, always);
            return;
        }
        directories.add(to);
        files.forEach((rest, origin) -> alias(below(to, rest), origin, offset, always));
    }

    private void alias(String place, String origin, int offset, boolean always) {
        aliases.put(place, origin);
        aliasOffsets.put(place, offset);
        if (always) {
            conditional.remove(place);
        } else {
            conditional.add(place);
        }
    }

    /** Where in the Dockerfile the command begins that put a file into its new place. */
    int aliasOffset(String place) {
        return aliasOffsets.getOrDefault(place, 0);
    }

    /** Whether a condition of the build decides what is put into a place. */
    boolean isConditional(String place) {
        return conditional.contains(place);
    }

    /** Whether the image has nothing but files of the context: what a base and commands bring is not known. */
    boolean isPlain() {
        return plain;
    }

    /** A path of the image as it is from the root, at its end. */
    String fromRoot(String path) {
        return absolute("/", path);
    }

    /** In which the image's last commands are run. */
    String workDirectory() {
        return absolute(".");
    }

    /** Whether a command of the build makes a directory. */
    boolean makes(String path) {
        return directories.isMade(path);
    }

    /** Whether an image is known to have a directory. */
    boolean hasDirectory(String path) {
        return directories.has(path);
    }

    /** Files that commands put into another place, by the new one. */
    Map<String, String> aliases() {
        return aliases;
    }

    /** The directory that a WORKDIR leads to from another one. */
    String workDirectory(Instruction instruction, String before) {
        List<Word> words = dockerfile.words(instruction);
        return WorkingDirectory.behind(
                before, words.isEmpty() ? "/" : expand(words.get(0).value()));
    }

    private void add(Copy copy) {
        copies.add(copy);
        boolean directory = copy.into().orElse(false) || copy.files().stream().anyMatch(Files::isDirectory);
        if (directory) {
            directories.add(copy.destination());
        }
    }

    private List<Copy> seen() {
        List<Copy> seen = new ArrayList<>(mounts);
        seen.addAll(copies);
        return seen;
    }

    private String absolute(String path) {
        return absolute(workDirectory, path);
    }

    /** A path of the image that stands in a directory of it. */
    static String absolute(String directory, String path) {
        return Path.of("/")
                .resolve(directory)
                .resolve(path.isEmpty() ? "." : path)
                .normalize()
                .toString();
    }

    /** The path of a name, or of a path, in a directory of the image. */
    static String below(String directory, String name) {
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }

    /** The sources, in order. */
    List<Copy> copies() {
        return copies;
    }

    /** What commands of the build see by mounts, in order. */
    List<Copy> mounts() {
        return mounts;
    }

    /** The file of the context that an image has as {@code path}; the last instruction that puts one there decides. */
    Optional<Path> file(String path) {
        String wanted = absolute(path);
        String from = aliases.get(wanted);
        return file(wanted, -1)
                .or(() -> from == null || from.equals(wanted) || aliases.containsKey(from)
                        ? Optional.empty()
                        : file(from));
    }

    /** The same, where only instructions behind an offset of the Dockerfile count. */
    Optional<Path> file(String path, int offset) {
        String wanted = absolute(path);
        List<Copy> seen = seen();
        for (int i = seen.size() - 1; i >= 0; i--) {
            Copy copy = seen.get(i);
            if (copy.instruction().start() <= offset) {
                continue;
            }
            for (Path file : copy.files()) {
                Optional<Path> found = Files.isDirectory(file)
                        ? inside(file, copy.destination(), wanted).filter(copy.kept())
                        : copy.places(file).contains(wanted) ? Optional.of(file) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> inside(Path directory, String destination, String wanted) {
        String prefix = below(destination, "");
        if (!wanted.startsWith(prefix) || wanted.equals(prefix)) {
            return Optional.empty();
        }
        return Optional.of(directory.resolve(wanted.substring(prefix.length()))).filter(Files::isRegularFile);
    }

    /** Where the image has a file: where a command of the build has put it, else the last place that it is copied to. */
    Optional<String> place(Path file) {
        Optional<String> copied = copiedPlace(file);
        return aliases.entrySet().stream()
                .filter(alias -> copied.filter(alias.getValue()::equals).isPresent())
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> copied);
    }

    private Optional<String> copiedPlace(Path file) {
        Path wanted = file.toAbsolutePath().normalize();
        for (int i = copies.size() - 1; i >= 0; i--) {
            for (Path source : copies.get(i).files()) {
                Path path = source.toAbsolutePath().normalize();
                if (path.equals(wanted)) {
                    return Optional.of(copies.get(i).places(source).get(0));
                }
                if (wanted.startsWith(path) && copies.get(i).brings(wanted)) {
                    return Optional.of(below(
                            copies.get(i).destination(), path.relativize(wanted).toString()));
                }
            }
        }
        return Optional.empty();
    }

    /** The file of a program, by its path or by its name. */
    Optional<Path> program(String program) {
        return places(program).stream().flatMap(place -> file(place).stream()).findFirst();
    }

    /** Where a program may be, by its path or by its name. */
    List<String> places(String program) {
        return program.contains("/")
                ? List.of(absolute(program))
                : PATH.stream().map(prefix -> prefix + program).toList();
    }

    /** The names of the files of the context that an image has in a directory, sorted. */
    List<String> names(String imageDirectory) {
        TreeSet<String> names = new TreeSet<>();
        String prefix = below(absolute(imageDirectory), "");
        for (Copy copy : seen()) {
            for (Path file : copy.files()) {
                if (Files.isDirectory(file)) {
                    list(copy, file, prefix, names);
                } else {
                    copy.places(file).stream()
                            .filter(place -> place.startsWith(prefix))
                            .map(place -> place.substring(prefix.length()))
                            .map(rest -> rest.indexOf('/') < 0 ? rest : rest.substring(0, rest.indexOf('/')))
                            .forEach(names::add);
                }
            }
        }
        for (String place : aliases.keySet()) {
            if (place.startsWith(prefix) && file(place).isPresent()) {
                String rest = place.substring(prefix.length());
                names.add(rest.indexOf('/') < 0 ? rest : rest.substring(0, rest.indexOf('/')));
            }
        }
        return List.copyOf(names);
    }

    private static void list(Copy copy, Path directory, String prefix, Set<String> names) {
        String own = below(copy.destination(), "");
        if (own.startsWith(prefix) && !own.equals(prefix)) {
            String rest = own.substring(prefix.length());
            names.add(rest.substring(0, rest.indexOf('/')));
        } else if (prefix.startsWith(own)) {
            ContextFolder.children(directory.resolve(prefix.substring(own.length())), "*").stream()
                    .filter(copy::brings)
                    .forEach(child -> names.add(String.valueOf(child.getFileName())));
        }
    }

    /** How messages name a file of the context. */
    String name(Path file) {
        return folder.name(file);
    }
}
