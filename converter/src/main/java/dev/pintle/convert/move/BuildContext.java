package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.read.GlobPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where an image's files come from: what COPY and ADD take out of the build's context. */
final class BuildContext {

    /** Where a program without a path is looked for. */
    private static final List<String> PATH =
            List.of("/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/", "/");

    private final Path directory;
    private final Dockerfile dockerfile;
    private final List<Copy> copies = new ArrayList<>();
    private String workDirectory = "/";

    /**
     * A source of a COPY or an ADD.
     *
     * @param instruction that it stands in
     * @param word        the source there
     * @param files       what it names in the context; several for a pattern, none where nothing is there
     * @param destination in the image, absolute
     * @param into        whether the destination is a directory that files are put into
     */
    record Copy(Instruction instruction, Word word, List<Path> files, String destination, boolean into) {

        /** Where a file that is copied by its own name lands: in one place, or in one of two. */
        List<String> places(Path file) {
            String inside = below(destination, String.valueOf(file.getFileName()));
            return into ? List.of(inside) : List.of(destination, inside);
        }
    }

    /** Follows the instructions of an image. */
    BuildContext(Path directory, Dockerfile dockerfile, List<Instruction> instructions) {
        this.directory = directory;
        this.dockerfile = dockerfile;
        Variables variables = new Variables(dockerfile);
        for (Instruction instruction : instructions) {
            switch (instruction.keyword()) {
                case "ARG", "ENV" -> variables.declare(dockerfile, instruction);
                case "WORKDIR" -> workDirectory = absolute(variables.expand(unquoted(instruction)));
                case "COPY", "ADD" -> copy(instruction, variables);
                default -> {
                    // Others put no files of the context anywhere.
                }
            }
        }
    }

    private String unquoted(Instruction instruction) {
        List<Word> words = dockerfile.words(instruction);
        return words.isEmpty() ? "/" : words.get(0).value();
    }

    private void copy(Instruction instruction, Variables variables) {
        List<Word> words = instruction.exec().orElseGet(() -> dockerfile.words(instruction));
        if (words.size() < 2 || instruction.flag("from").isPresent()) {
            return;
        }
        String target = variables.expand(words.get(words.size() - 1).value());
        for (Word word : words.subList(0, words.size() - 1)) {
            List<Path> files = find(variables.expand(word.value()));
            boolean into = target.endsWith("/") || target.endsWith(".") || words.size() > 2 || files.size() > 1;
            copies.add(new Copy(instruction, word, files, absolute(target), into));
        }
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

    /** The file of the context that an image has as {@code path}; the last instruction that puts one there decides. */
    Optional<Path> file(String path) {
        String wanted = absolute(path);
        for (int i = copies.size() - 1; i >= 0; i--) {
            Copy copy = copies.get(i);
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

    /** Where the image has a file: the last place that it is copied to. */
    Optional<String> place(Path file) {
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
        if (program.contains("/")) {
            return file(program);
        }
        return PATH.stream().flatMap(prefix -> file(prefix + program).stream()).findFirst();
    }

    /** The names of the files of the context that an image has in a directory, sorted. */
    List<String> names(String imageDirectory) {
        TreeSet<String> names = new TreeSet<>();
        String prefix = below(absolute(imageDirectory), "");
        for (Copy copy : copies) {
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
        return directory.resolve(directory.relativize(file)).normalize().toString();
    }
}
