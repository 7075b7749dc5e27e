package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.source.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Where an image's files come from: what COPY and ADD take out of the build's context. */
final class BuildContext {

    /** Where a program without a path is looked for. */
    private static final List<String> PATH =
            List.of("/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/", "/");

    private final Path directory;
    private final Dockerfile dockerfile;
    private final Function<String, Optional<BuildContext>> stages;
    private final List<Copy> copies = new ArrayList<>();
    /** What commands of the build see, and the image does not have by that alone. */
    private final List<Copy> mounts = new ArrayList<>();

    private final Map<String, String> aliases = new LinkedHashMap<>();
    /** Of the commands that made them. */
    private final Map<String, Integer> aliasOffsets = new HashMap<>();

    private final Directories directories = new Directories();
    private final Variables variables;
    /** Whether an image has nothing but files of the context: what a base and commands bring is not known. */
    private final boolean plain;

    private String workDirectory = "/";

    /**
     * A source of a COPY or an ADD.
     *
     * @param instruction that it stands in
     * @param word        the source there
     * @param files       what it names in the context; several for a pattern, none where nothing is there
     * @param destination in the image, absolute
     * @param into        whether the destination is a directory that files are put into; absent where that is not known
     * @param whole       whether the source has nothing but these files, as far as instructions tell
     */
    record Copy(
            Instruction instruction,
            Word word,
            List<Path> files,
            String destination,
            Optional<Boolean> into,
            boolean whole) {

        /** Where a file that is copied by its own name lands: in one place, or in one of two. */
        List<String> places(Path file) {
            String inside = below(destination, String.valueOf(file.getFileName()));
            return into.map(in -> List.of(in ? inside : destination)).orElse(List.of(destination, inside));
        }
    }

    /**
     * Follows the instructions of an image.
     *
     * @param stages what other stages have, by the names that {@code COPY --from} uses
     */
    BuildContext(
            Path directory,
            Dockerfile dockerfile,
            List<Instruction> instructions,
            Function<String, Optional<BuildContext>> stages) {
        this.directory = directory;
        this.dockerfile = dockerfile;
        this.stages = stages;
        this.variables = new Variables(dockerfile);
        this.plain = instructions.stream().allMatch(BuildContext::isPlain);
        for (Instruction instruction : instructions) {
            switch (instruction.keyword()) {
                case "ARG", "ENV" -> variables.declare(dockerfile, instruction);
                case "WORKDIR" -> {
                    workDirectory = absolute(variables.expand(unquoted(instruction)));
                    directories.add(workDirectory);
                }
                case "COPY", "ADD" -> copy(instruction, variables);
                case "RUN" -> {
                    mount(instruction);
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

    private void made(Instruction instruction) {
        made(instruction.arguments());
        for (Instruction.Heredoc heredoc : instruction.heredocs()) {
            if (instruction.arguments().text().startsWith("<<")) {
                made(heredoc.body());
            }
        }
    }

    private void made(Excerpt commands) {
        new CopyCommands(
                        variables::expand,
                        directories,
                        this::names,
                        (from, to, at) -> copied(from, to, commands.offset(at)))
                .read(ShellScript.commands(commands), workDirectory);
    }

    /** A command of the build puts a file of the image, or a whole directory, into another place. */
    private void copied(String from, String to, int offset) {
        Map<String, String> files = CopiedFiles.below(from, seen());
        for (Map.Entry<String, String> alias : aliases.entrySet()) {
            if (alias.getKey().startsWith(below(from, ""))) {
                files.put(alias.getKey().substring(below(from, "").length()), alias.getValue());
            }
        }
        if (files.isEmpty()) {
            alias(to, aliases.getOrDefault(from, from), offset);
            return;
        }
        directories.add(to);
        files.forEach((rest, origin) -> alias(below(to, rest), origin, offset));
    }

    private void alias(String place, String origin, int offset) {
        aliases.put(place, origin);
        aliasOffsets.put(place, offset);
    }

    /** Where in the Dockerfile the command begins that put a file into its new place. */
    int aliasOffset(String place) {
        return aliasOffsets.getOrDefault(place, 0);
    }

    /** In which the image's last commands are run. */
    String workDirectory() {
        return absolute(".");
    }

    /** Whether a command of the build makes a directory. */
    boolean makes(String path) {
        return directories.isMade(path);
    }

    /** Files that commands put into another place, by the new one. */
    Map<String, String> aliases() {
        return aliases;
    }

    private String unquoted(Instruction instruction) {
        List<Word> words = dockerfile.words(instruction);
        return words.isEmpty() ? "/" : words.get(0).value();
    }

    private void copy(Instruction instruction, Variables variables) {
        List<Word> words = instruction.exec().orElseGet(() -> dockerfile.words(instruction));
        if (words.size() < 2) {
            return;
        }
        String target = variables.expand(words.get(words.size() - 1).value());
        Optional<String> from = instruction.flag("from");
        for (Word word : words.subList(0, words.size() - 1)) {
            String source = variables.expand(word.value());
            if (from.isPresent()) {
                stages.apply(variables.expand(from.get()))
                        .ifPresent(stage -> copiesFrom(stage, instruction, word, source, target)
                                .forEach(this::add));
                continue;
            }
            List<Path> files = find(source);
            boolean many = words.size() > 2 || files.size() > 1;
            add(new Copy(instruction, word, files, absolute(target), into(target, many, files), true));
        }
    }

    private void add(Copy copy) {
        copies.add(copy);
        boolean directory = copy.into().orElse(false) || copy.files().stream().anyMatch(Files::isDirectory);
        if (directory) {
            directories.add(copy.destination());
        }
    }

    /** A name with an ending is taken for a file's, where nothing else tells. */
    private Optional<Boolean> into(String target, boolean many, List<Path> files) {
        String path = absolute(target);
        if (target.endsWith("/") || target.endsWith("/.") || target.equals(".") || many || directories.has(path)) {
            return Optional.of(true);
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean same = files.stream()
                .anyMatch(file -> String.valueOf(file.getFileName()).equals(name));
        return same || name.lastIndexOf('.') > 0 || name.equals("run") ? Optional.of(false) : Optional.empty();
    }

    /** What another stage has taken from the context, and this one takes from it. */
    private List<Copy> copiesFrom(
            BuildContext stage, Instruction instruction, Word word, String source, String target) {
        String from = stage.absolute(source);
        String into = absolute(target);
        Optional<Path> one = stage.file(from);
        if (one.isPresent()) {
            String name = from.substring(from.lastIndexOf('/') + 1);
            boolean inside = into(target, false, List.of(Path.of(name))).orElse(false);
            String place = inside ? below(into, name) : into;
            return List.of(new Copy(instruction, word, List.of(one.get()), place, Optional.of(false), true));
        }
        List<Copy> found = new ArrayList<>();
        String prefix = below(from, "");
        for (Copy copy : stage.copies()) {
            for (Path file : copy.files()) {
                moved(copy, file, prefix)
                        .forEach((path, rest) -> found.add(new Copy(
                                instruction,
                                word,
                                List.of(path),
                                rest.isEmpty() ? into : below(into, rest),
                                Optional.of(false),
                                stage.plain)));
            }
        }
        return found;
    }

    /** What {@code RUN --mount=type=bind} lets a command see. */
    private void mount(Instruction instruction) {
        for (Mount mount : Mount.of(instruction)) {
            String source = variables.expand(mount.source());
            String target = variables.expand(mount.target());
            Word word = new Word(source, 0, 0);
            if (mount.from().isPresent()) {
                stages.apply(variables.expand(mount.from().get()))
                        .ifPresent(stage -> mounts.addAll(copiesFrom(stage, instruction, word, "/" + source, target)));
            } else {
                mounts.add(new Copy(instruction, word, find(source), absolute(target), Optional.of(false), true));
            }
        }
    }

    private List<Copy> seen() {
        List<Copy> seen = new ArrayList<>(mounts);
        seen.addAll(copies);
        return seen;
    }

    /** The part of a copied file or directory that lies below {@code prefix}, by its path from there. */
    private static Map<Path, String> moved(Copy copy, Path file, String prefix) {
        if (!Files.isDirectory(file)) {
            String place = copy.places(file).get(0);
            return place.startsWith(prefix) ? Map.of(file, place.substring(prefix.length())) : Map.of();
        }
        String own = below(copy.destination(), "");
        if (own.startsWith(prefix)) {
            String rest = own.substring(prefix.length());
            return Map.of(file, rest.isEmpty() ? "" : rest.substring(0, rest.length() - 1));
        }
        Path inner = prefix.startsWith(own) ? file.resolve(prefix.substring(own.length())) : file;
        return prefix.startsWith(own) && Files.isDirectory(inner) ? Map.of(inner, "") : Map.of();
    }

    private String absolute(String path) {
        Path resolved = Path.of("/")
                .resolve(workDirectory)
                .resolve(path.isEmpty() ? "." : path)
                .normalize();
        return resolved.toString();
    }

    private static String below(String directory, String name) {
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }

    /** What a source names; patterns are expanded, and nothing outside the context is reached. */
    private List<Path> find(String source) {
        if (source.contains("://") || source.startsWith("<<") || source.indexOf('\0') >= 0) {
            return List.of();
        }
        List<Path> found = List.of(directory);
        for (String component : source.split("/", -1)) {
            if (component.isEmpty() || component.equals(".")) {
                continue;
            }
            List<Path> next = new ArrayList<>();
            for (Path at : found) {
                next.addAll(
                        GlobPattern.isPattern(component) ? matching(at, component) : List.of(at.resolve(component)));
            }
            found = next;
        }
        Path root = directory.toAbsolutePath().normalize();
        return found.stream()
                .filter(path -> path.toAbsolutePath().normalize().startsWith(root) && Files.exists(path))
                .toList();
    }

    private static List<Path> matching(Path in, String pattern) {
        try (Stream<Path> children = Files.list(in)) {
            return children.filter(child -> GlobPattern.matches(pattern, String.valueOf(child.getFileName())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            // What is no readable directory has no matches.
            return List.of();
        }
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
                        ? inside(file, copy.destination(), wanted)
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
                if (wanted.startsWith(path)) {
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
                    list(file, copy.destination(), prefix, names);
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

    private static void list(Path directory, String destination, String prefix, Set<String> names) {
        String own = below(destination, "");
        if (own.startsWith(prefix) && !own.equals(prefix)) {
            String rest = own.substring(prefix.length());
            names.add(rest.substring(0, rest.indexOf('/')));
        } else if (prefix.startsWith(own)) {
            matching(directory.resolve(prefix.substring(own.length())), "*")
                    .forEach(child -> names.add(String.valueOf(child.getFileName())));
        }
    }

    /** How messages name a file of the context. */
    String name(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path root = directory.toAbsolutePath().normalize();
        return directory
                .resolve(absolute.startsWith(root) ? root.relativize(absolute) : absolute)
                .normalize()
                .toString();
    }
}
