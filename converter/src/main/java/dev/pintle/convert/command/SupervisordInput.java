package dev.pintle.convert.command;

import dev.pintle.convert.move.Move;
import dev.pintle.convert.parse.supervisord.Arguments;
import dev.pintle.convert.read.FileTree;
import dev.pintle.convert.read.ImageFiles;
import dev.pintle.convert.read.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the configuration of an image by its Dockerfile. */
final class SupervisordInput {

    /** Where supervisord looks without {@code -c}, as far as images are made like that. */
    private static final List<String> SEARCH_PATH = List.of(
            "/usr/etc/supervisord.conf",
            "/usr/supervisord.conf",
            "supervisord.conf",
            "etc/supervisord.conf",
            "/etc/supervisord.conf",
            "/etc/supervisor/supervisord.conf");

    /** The directories that the main files of distributions' packages include, and those main files. */
    private static final Map<String, String> PACKAGED = Map.of(
            "/etc/supervisor/conf.d/*.conf", "/etc/supervisor/supervisord.conf",
            "/etc/supervisor.d/*.ini", "/etc/supervisord.conf",
            "/etc/supervisord.d/*.ini", "/etc/supervisord.conf");

    private SupervisordInput() {}

    /** The arguments that the image starts supervisord with. */
    static Arguments arguments(Move move, String dockerfile) {
        return Arguments.parse(move.arguments(), new Position(dockerfile, move.startLine(), 1));
    }

    /** The files of an image as its Dockerfile tells. */
    static ImageFiles files(Move move) {
        return new ImageFiles() {
            @Override
            public Path locate(String path) {
                return move.file(path).orElse(Path.of("/nowhere").resolve("pintle"));
            }

            @Override
            public List<String> names(String directory) {
                return move.names(directory);
            }

            @Override
            public String nameOf(String path) {
                return move.file(path).map(Path::toString).orElse(path);
            }
        };
    }

    /** The tree of a configuration file that the user names: where the image has it, that decides what it includes. */
    static FileTree named(Move move, Path file) {
        String directory = move.place(file).orElse("/etc/" + file.getFileName());
        return FileTree.of(file, directory.substring(0, Math.max(1, directory.lastIndexOf('/'))), files(move));
    }

    /** The tree of the configuration that the image starts supervisord with; absent where the build has none. */
    static Optional<FileTree> found(Move move, Arguments arguments) {
        List<String> paths = arguments.configuration().map(List::of).orElse(SEARCH_PATH);
        for (String path : paths) {
            Optional<Path> file = move.file(path);
            if (file.isPresent()) {
                return Optional.of(named(move, file.get()));
            }
        }
        return PACKAGED.entrySet().stream()
                .filter(entry ->
                        arguments.configuration().map(entry.getValue()::equals).orElse(true))
                .filter(entry -> !move.names(parent(entry.getKey())).isEmpty())
                .findFirst()
                .map(entry -> FileTree.ofText(
                        entry.getValue(), "[supervisord]\n[include]\nfiles = " + entry.getKey() + "\n", files(move)));
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
