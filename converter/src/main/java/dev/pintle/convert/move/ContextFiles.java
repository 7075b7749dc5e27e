package dev.pintle.convert.move;

import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The files of the build context that the image gets, each by where it has it. */
final class ContextFiles {

    /** More are not looked at, and that is said. */
    private static final int MAX_FILES = 20_000;

    /** Bytes of a file that is looked into for words. */
    private static final long MAX_SEARCHED = 1L << 20;

    private static final Set<String> PASSED_OVER = Set.of(".git", ".hg", ".svn");

    /** What others have written deploys nothing of this image, and may be thousands of files. */
    private static final Set<String> OF_OTHERS = Set.of(".git", ".hg", ".svn", "node_modules", "vendor", ".venv");

    /** Depth of the context in which files that deploy the image are looked for. */
    private static final int DEPTH = 4;

    /** Compose, Kubernetes, Helm, Terraform, Nomad, fly.io, ECS, CI, make; and variables of these. */
    private static final Pattern DEPLOYS = Pattern.compile(
            ".*\\.(?:ya?ml|json|toml|tpl|tf|hcl|nomad|env)|\\.env(?:\\..*)?|Jenkinsfile|Makefile|Procfile");

    private static final Pattern SCRIPT = Pattern.compile(".*\\.(?:sh|bash|mk|service|ps1|bat|cmd)|[Jj]ustfile");

    private static final Pattern DOCUMENT = Pattern.compile(".*\\.(?:md|markdown|rst|adoc)|README");

    private static final Pattern DOCKERFILE =
            Pattern.compile("(?:Dockerfile|Containerfile)(?:[._-][\\w.-]*)?|.*\\.(?:dockerfile|Dockerfile)");

    private final Path directory;
    private final Path output;
    private final Map<Path, String> files = new LinkedHashMap<>();
    private final Map<Path, String> links = new LinkedHashMap<>();
    /** A file may be copied to several places; of several files that are copied to one, the last is there. */
    private final Map<String, Path> places = new LinkedHashMap<>();

    private boolean all = true;

    /**
     * @param directory the context
     * @param output    what the move writes, which is not looked at
     */
    ContextFiles(Path directory, Path output) {
        this.directory = directory.toAbsolutePath().normalize();
        this.output = output.toAbsolutePath().normalize();
    }

    /** Adds what an image copies. */
    void add(BuildContext context) {
        for (Copy copy : context.copies()) {
            for (Path source : copy.files()) {
                Path path = source.toAbsolutePath().normalize();
                if (Files.isDirectory(path)) {
                    walk(path, copy);
                } else {
                    put(path, copy.places(source).get(0));
                }
            }
        }
        context.mounts().forEach(mount -> mounted(context, mount));
        for (String alias : context.aliases().keySet()) {
            context.file(alias)
                    .map(file -> file.toAbsolutePath().normalize())
                    .filter(file -> !files.containsKey(file))
                    .ifPresent(file -> put(file, alias));
        }
    }

    /** Of what a command of the build sees: all of a directory that is for it, and of the whole context what it names. */
    private void mounted(BuildContext context, Copy mount) {
        for (Path source : mount.files()) {
            Path path = source.toAbsolutePath().normalize();
            if (path.equals(directory)) {
                String prefix = mount.destination().replaceFirst("/*$", "/");
                ShellScript.commands(mount.instruction().arguments()).stream()
                        .flatMap(command -> command.words().stream())
                        .map(ShellWord::value)
                        .filter(word -> word.startsWith(prefix))
                        .forEach(word -> context.file(word)
                                .ifPresent(file -> put(file.toAbsolutePath().normalize(), word)));
            } else if (Files.isDirectory(path)) {
                walk(path, mount);
            } else {
                put(path, mount.destination());
            }
        }
    }

    private void walk(Path source, Copy copy) {
        Path top = target(source);
        String prefix = BuildContext.below(copy.destination(), "");
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    boolean over = PASSED_OVER.contains(String.valueOf(path.getFileName())) || path.equals(output);
                    return over ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    boolean kept = copy.kept().test(path);
                    if (kept && attributes.isRegularFile()) {
                        put(path, prefix + top.relativize(path));
                    } else if (kept && attributes.isSymbolicLink()) {
                        links.putIfAbsent(path, prefix + top.relativize(path));
                    }
                    return all ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path path, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A source that is a link to a directory brings what is in that. */
    private static Path target(Path source) {
        try {
            return Files.isSymbolicLink(source)
                    ? source.resolveSibling(Files.readSymbolicLink(source)).normalize()
                    : source;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(Path path, String place) {
        if (places.size() >= MAX_FILES) {
            all = false;
            return;
        }
        if (path.startsWith(directory) && !path.startsWith(output)) {
            files.putIfAbsent(path, place);
            places.put(place, path);
        }
    }

    /** The image's path of each file. */
    Map<Path, String> files() {
        return files;
    }

    /** The file at each path of the image. */
    Map<String, Path> places() {
        return places;
    }

    /** The image's path of each symbolic link. */
    Map<Path, String> links() {
        return links;
    }

    /** Whether there were not more than are looked at. */
    boolean isComplete() {
        return all;
    }

    /** The files that deploy the image or are run on its host: of Compose, Kubernetes, CI, and make. */
    List<Path> deploying() {
        return find(path -> deploys(path) && !files.containsKey(path));
    }

    /** Scripts that the image does not have: they may run something in its containers. */
    List<Path> outside() {
        return find(path -> SCRIPT.matcher(String.valueOf(path.getFileName())).matches() && !files.containsKey(path));
    }

    /** Texts for people that go with the image, and are not in it. */
    List<Path> documents() {
        return find(path -> DOCUMENT.matcher(String.valueOf(path.getFileName())).matches() && !files.containsKey(path));
    }

    /** The files that images are built by. */
    List<Path> dockerfiles() {
        return find(
                path -> DOCKERFILE.matcher(String.valueOf(path.getFileName())).matches());
    }

    private List<Path> find(Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        try (var tree = Files.walk(directory, DEPTH)) {
            tree.filter(path -> !path.startsWith(output) && !inside(directory.relativize(path), OF_OTHERS))
                    .filter(Files::isRegularFile)
                    .filter(wanted)
                    .sorted()
                    .limit(1000)
                    .forEach(found::add);
        } catch (IOException | UncheckedIOException e) {
            // A directory that cannot be read has none that could be edited.
            return found;
        }
        return found;
    }

    /** A file's bytes as characters, for who looks for a word in it; nothing of a large file, or of what is no file. */
    static String searched(Path path) {
        try {
            return Files.isRegularFile(path) && Files.size(path) <= MAX_SEARCHED
                    ? Files.readString(path, StandardCharsets.ISO_8859_1)
                    : "";
        } catch (IOException e) {
            // What cannot be read is said by whoever looks for mentions.
            return "";
        }
    }

    private static boolean inside(Path path, Set<String> names) {
        for (Path name : path) {
            if (names.contains(name.toString())) {
                return true;
            }
        }
        return false;
    }

    private static boolean deploys(Path path) {
        String name = String.valueOf(path.getFileName());
        Path parent = path.getParent();
        boolean notes = name.endsWith(".txt") && parent != null && parent.endsWith("templates");
        return notes || DEPLOYS.matcher(name).matches();
    }
}
