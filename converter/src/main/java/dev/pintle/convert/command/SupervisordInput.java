package dev.pintle.convert.command;

import dev.pintle.convert.move.Move;
import dev.pintle.convert.parse.supervisord.Arguments;
import dev.pintle.convert.read.FileTree;
import dev.pintle.convert.read.ImageFiles;
import dev.pintle.convert.read.ImageFiles.Written;
import dev.pintle.convert.read.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
                return move.file(path)
                        .map(Path::toString)
                        .or(() -> written(path).map(Written::name))
                        .orElse(path);
            }

            @Override
            public Optional<Written> written(String path) {
                return move.written(path);
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
            Optional<Written> written = move.written(path);
            if (written.isPresent()) {
                return Optional.of(FileTree.ofText(path, written.get().text(), files(move)));
            }
        }
        return PACKAGED.entrySet().stream()
                .filter(entry ->
                        arguments.configuration().map(entry.getValue()::equals).orElse(true))
                .filter(entry -> !move.names(parent(entry.getKey())).isEmpty())
                .findFirst()
                .map(entry -> FileTree.ofText(entry.getValue(), packaged(move, entry.getKey()), files(move)));
    }

    /** As much of the package's main file as matters: its socket only where an included file says more of that. */
    private static String packaged(Move move, String include) {
        boolean socket = move.names(parent(include)).stream()
                .flatMap(name -> move.file(parent(include) + "/" + name).stream())
                .anyMatch(SupervisordInput::hasSocket);
        return (socket ? "[unix_http_server]\nfile = /run/supervisor.sock\n" : "")
                + "[supervisord]\n[include]\nfiles = " + include + "\n";
    }

    private static boolean hasSocket(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains("[unix_http_server]");
        } catch (IOException e) {
            // Whoever reads it says so.
            return false;
        }
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
