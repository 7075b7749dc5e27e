package dev.pintle.convert.command;

import dev.pintle.convert.move.FileCommands;
import dev.pintle.convert.move.Move;
import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.read.ImageTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The service directories that an image gets from its build context, put together as the image has them: where COPY puts
 * each file, with the execute bits and the links that commands of the build make.
 */
final class RunitImage implements AutoCloseable {

    /** Where runsvdir looks: phusion/baseimage and Debian, daemontools' habit, Void. */
    private static final List<String> SCANNED =
            List.of("/etc/service", "/service", "/var/service", "/etc/runit/runsvdir/default");

    /** The directory that links lead to. */
    private static final String AVAILABLE = "/etc/sv";

    private static final List<String> OTHERS = List.of(
            "/etc/my_init.d",
            "/etc/my_init.pre_shutdown.d",
            "/etc/my_init.post_shutdown.d",
            "/etc/container_environment");

    private static final String NOWHERE = "no COPY puts one into " + String.join(", ", SCANNED) + ", " + AVAILABLE;

    private final Move move;
    private final Map<String, Path> files;
    private final Map<String, String> written;
    private final FileCommands commands;
    private final List<String> scanned = new ArrayList<>(SCANNED);
    private final Path root;

    RunitImage(Move move, Path output) throws IOException {
        this.move = move;
        this.files = move.files(output);
        this.written = move.writtenTexts();
        this.commands = move.fileCommands();
        move.arguments().stream()
                .filter(word -> word.startsWith("/"))
                .map(word -> word.replaceFirst("(?<=.)/+$", ""))
                .filter(word -> !scanned.contains(word))
                .forEach(scanned::add);
        this.root = Files.createTempDirectory("pintle-convert").toRealPath();
        try {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                if (isNeeded(file.getKey()) && !isBehindLink(file.getKey())) {
                    put(file.getKey(), file.getValue());
                }
            }
            for (Map.Entry<String, String> file : written.entrySet()) {
                if (isNeeded(file.getKey())) {
                    Path target = target(file.getKey());
                    Files.writeString(target, file.getValue());
                    mode(target, commands.isExecutable(file.getKey(), false));
                }
            }
            for (Map.Entry<String, String> link : commands.links().entrySet()) {
                if (isNeeded(link.getKey())) {
                    link(link.getKey(), Path.of(link.getValue()));
                }
            }
            for (Map.Entry<String, Boolean> down : commands.switches().entrySet()) {
                for (Path place : places(down.getKey())) {
                    down(place, down.getValue());
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** A path, or those that a pattern of directories stands for. */
    private List<Path> places(String path) {
        if (!GlobPattern.isPattern(path)) {
            return List.of(Path.of(path));
        }
        String[] pattern = path.split("/", -1);
        return Stream.of(files.keySet(), written.keySet(), commands.links().keySet())
                .flatMap(Set::stream)
                .flatMap(place -> matching(pattern, place.split("/", -1)).stream())
                .distinct()
                .map(Path::of)
                .toList();
    }

    /** The path with a pattern's names for directories, as a file's place has them. */
    private static Optional<String> matching(String[] pattern, String[] place) {
        int directories = pattern.length - 1;
        boolean matches = place.length >= directories
                && IntStream.range(0, directories).allMatch(i -> GlobPattern.matches(pattern[i], place[i]));
        return matches && !GlobPattern.isPattern(pattern[directories])
                ? Optional.of(String.join("/", List.of(place).subList(0, directories)) + "/" + pattern[directories])
                : Optional.empty();
    }

    /** Links on the way are followed as the image would follow them: none leads out of it. */
    private void down(Path place, boolean there) throws IOException {
        Optional<String> directory =
                new ImageTree(root, path -> Optional.empty()).resolve(String.valueOf(place.getParent()));
        if (directory.isEmpty() || !isNeeded(directory.get())) {
            return;
        }
        Path file = root.resolve(directory.get().substring(1)).resolve("down");
        if (!there) {
            Files.deleteIfExists(file);
        } else if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(file);
        }
    }

    private boolean isNeeded(String place) {
        return place.equals("/etc/rc.local")
                || Stream.of(scanned, OTHERS, List.of(AVAILABLE))
                        .flatMap(List::stream)
                        .anyMatch(directory -> place.startsWith(directory + "/"));
    }

    /** Whether a directory that a place is in is another name for one that has files: the link leads there. */
    private boolean isBehindLink(String place) {
        return commands.links().entrySet().stream()
                .filter(link -> place.startsWith(link.getKey() + "/"))
                .map(link -> Path.of(link.getKey())
                        .resolveSibling(link.getValue())
                        .normalize()
                        .resolve(place.substring(link.getKey().length() + 1)))
                .anyMatch(original -> files.containsKey(original.toString()) && isNeeded(original.toString()));
    }

    private void put(String place, Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            link(place, Files.readSymbolicLink(file));
            return;
        }
        Path target = target(place);
        Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
        mode(target, commands.isExecutable(place, Files.isExecutable(file)));
    }

    private static void mode(Path target, boolean executable) throws IOException {
        if (!target.toFile().setExecutable(executable, false)) {
            throw new IOException("cannot set the mode of " + target);
        }
    }

    private void link(String place, Path to) throws IOException {
        try {
            Files.createSymbolicLink(target(place), to);
        } catch (FileAlreadyExistsException e) {
            // Whatever is there already is what the image has.
            return;
        }
    }

    private Path target(String place) throws IOException {
        Path target = root.resolve(place.substring(1)).normalize();
        if (!target.startsWith(root)) {
            throw new IOException(place + " is outside the image");
        }
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return target;
    }

    /** Whether commands of the build take the execute bits of a file. */
    boolean isSwitchedOff(String place) {
        return !commands.executable(place).orElse(true);
    }

    /** The files, each by the name that it has in the build context. */
    ImageTree tree() {
        return new ImageTree(root, this::original);
    }

    private Optional<Path> original(String place) {
        Path file = files.get(place);
        if (file != null) {
            return Optional.of(move.named(file));
        }
        if (written.containsKey(place)) {
            return Optional.of(Path.of(place));
        }
        String prefix = place + "/";
        for (Map.Entry<String, Path> each : files.entrySet()) {
            String rest = each.getKey().startsWith(prefix) ? each.getKey().substring(prefix.length()) : "";
            if (!rest.isEmpty() && each.getValue().endsWith(rest)) {
                Path at = move.named(each.getValue());
                int names = at.getNameCount() - Path.of(rest).getNameCount();
                if (names > 0) {
                    Path above = at.subpath(0, names);
                    return Optional.of(at.isAbsolute() ? Path.of("/").resolve(above) : above);
                }
            }
        }
        return Optional.empty();
    }

    /** The directories that runsvdir would look into; where there are none, the one that links would lead to. */
    List<Path> scanned() {
        List<Path> found = existing(scanned);
        return found.isEmpty() ? existing(List.of(AVAILABLE)) : found;
    }

    /** What there is not, where no directory has services. */
    String missing() {
        boolean scripts = Stream.of(files.keySet(), written.keySet())
                .flatMap(Set::stream)
                .anyMatch(place -> place.startsWith("/etc/my_init.d/"));
        return scripts ? NOWHERE + "; there are nothing but scripts of my_init, which run beside services" : NOWHERE;
    }

    private List<Path> existing(List<String> places) {
        Set<Path> seen = new HashSet<>();
        return places.stream()
                .map(place -> root.resolve(place.substring(1)))
                .filter(this::hasServices)
                // One may be another name for the next.
                .filter(directory -> seen.add(real(directory)))
                .toList();
    }

    /** Where an absolute link leads is in the image, too. */
    private Path inside(Path directory) {
        Path real = real(directory);
        return real.startsWith(root) ? real : root.resolve(real.toString().substring(1));
    }

    private Path real(Path directory) {
        return new ImageTree(root, path -> Optional.empty())
                .resolve("/" + root.relativize(directory))
                .map(Path::of)
                .orElse(directory);
    }

    private boolean hasServices(Path directory) {
        try (Stream<Path> children = Files.list(inside(directory))) {
            return children.anyMatch(child -> Files.isSymbolicLink(child) || Files.exists(child.resolve("run")));
        } catch (IOException e) {
            // What is not there has none.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
