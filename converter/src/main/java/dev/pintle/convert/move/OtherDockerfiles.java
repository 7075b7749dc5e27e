package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.DockerfileParser;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dockerfiles of the context that build other images, and copy what a move edits: these images have no init to start. */
final class OtherDockerfiles {

    private final Build build;

    OtherDockerfiles(Build build) {
        this.build = build;
    }

    void apply(ContextFiles files, Path own) {
        Path moved = own.toAbsolutePath().normalize();
        List<Map.Entry<Path, Edits>> edited = build.others().entrySet().stream()
                .filter(other -> !other.getValue().isEmpty())
                .toList();
        for (Path path : files.dockerfiles()) {
            if (!path.equals(moved)) {
                build.other(path).map(Edits::file).ifPresent(file -> other(path, file, edited));
            }
        }
    }

    private void other(Path path, SourceFile file, List<Map.Entry<Path, Edits>> edited) {
        Optional<Dockerfile> dockerfile = DockerfileParser.parse(file).dockerfile();
        if (dockerfile.isEmpty() || file.text().contains("pintle-overlay")) {
            return;
        }
        List<Instruction> instructions = dockerfile.get().stages().stream()
                .flatMap(stage -> stage.instructions().stream())
                .toList();
        List<BuildContext> contexts = new ArrayList<>();
        List<Path> directories = new ArrayList<>(List.of(build.directory()));
        Optional.ofNullable(path.getParent()).ifPresent(directories::add);
        for (Path directory : directories) {
            ContextFolder folder = new ContextFolder(directory, IgnorePatterns.ofContext(directory, path));
            contexts.add(new BuildContext(folder, dockerfile.get(), instructions, name -> Optional.empty()));
        }
        for (BuildContext context : contexts) {
            for (Copy copy : context.copies()) {
                edited.stream()
                        .filter(other -> copy.files().stream()
                                .anyMatch(source -> other.getKey()
                                        .startsWith(source.toAbsolutePath().normalize())))
                        .filter(other -> copy.brings(other.getKey()))
                        .filter(other -> !other.getKey().equals(path))
                        .forEach(other -> say(
                                file,
                                copy.instruction(),
                                other.getValue().file().name()));
            }
        }
    }

    private void say(SourceFile file, Instruction instruction, String name) {
        int at = instruction.start();
        while (at < instruction.end() && Character.isWhitespace(file.text().charAt(at))) {
            at++;
        }
        build.findings()
                .add(
                        file,
                        at,
                        instruction.keyword(),
                        Fate.approximated(
                                "another image gets " + name + " too, as it is edited for the moved one",
                                "move that image as well, or give each a file of its own"));
    }
}
