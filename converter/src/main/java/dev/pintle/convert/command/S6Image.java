package dev.pintle.convert.command;

import dev.pintle.convert.move.FileCommands;
import dev.pintle.convert.move.Move;
import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.read.image.AssembledLayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an image's build puts on its base: the files of the context where COPY puts them, those that commands write, make and
 * remove, with the execute bits and the links that commands give them.
 */
final class S6Image {

    private static final List<String> TREES =
            List.of("/etc/s6-overlay/", "/etc/services.d/", "/etc/cont-init.d/", "/etc/cont-finish.d/");

    /** Larger files are none that people write. */
    private static final long MAX_SCRIPT = 1L << 20;

    private final Move move;
    private final FileCommands commands;
    private final AssembledLayer layer;
    private final List<String> scripts = new ArrayList<>();

    private S6Image(Move move) {
        this.move = move;
        this.commands = move.fileCommands();
        this.layer = new AssembledLayer("image of " + move.name());
    }

    /** Puts it together; {@code output}: what the move writes, which is not looked at. */
    static S6Image assemble(Move move, Path output) throws IOException {
        S6Image image = new S6Image(move);
        Map<String, Path> files = move.files(output);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            image.put(file.getKey(), file.getValue());
        }
        // A copy that lies elsewhere is run by nobody that runs the tree's.
        Set<Path> ofTrees = new HashSet<>();
        files.forEach((place, file) -> {
            if (TREES.stream().anyMatch(place::startsWith)) {
                ofTrees.add(file);
            }
        });
        image.scripts.removeIf(place -> ofTrees.contains(files.get(place)));
        image.build();
        return image;
    }

    /** The files. */
    AssembledLayer layer() {
        return layer;
    }

    /** The scripts among those of the context, by the image's paths of them. */
    List<String> scripts() {
        return scripts;
    }

    private void put(String place, Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            layer.link(place, Files.readSymbolicLink(file).toString());
            return;
        }
        boolean executable = commands.isExecutable(place, Files.isExecutable(file));
        layer.file(place, file, move.named(file).toString(), executable);
        if (isScript(file)) {
            scripts.add(place);
        }
    }

    private static boolean isScript(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_SCRIPT) {
            return false;
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            return bytes.read() == '#' && bytes.read() == '!';
        }
    }

    /** What the commands of the build do. */
    private void build() {
        move.writtenTexts()
                .forEach((place, text) -> layer.text(place, text, place, commands.isExecutable(place, false)));
        commands.links().forEach((place, target) -> {
            if (!layer.has(place)) {
                layer.link(place, target);
            }
        });
        commands.removed().forEach(this::remove);
        for (String place : commands.touched()) {
            if (!layer.has(place)) {
                layer.text(place, "", place, false);
            }
        }
    }

    /** What is copied there afterwards is there. */
    private void remove(String path, int at) {
        if (!GlobPattern.isPattern(path)) {
            layer.remove(path, place -> move.copies(place, at));
            return;
        }
        String directory = path.substring(0, Math.max(1, path.lastIndexOf('/')));
        for (String name : layer.names(directory)) {
            String place = (directory.equals("/") ? "" : directory) + "/" + name;
            if (GlobPattern.matches(path, place)) {
                layer.remove(place, each -> move.copies(each, at));
            }
        }
    }
}
