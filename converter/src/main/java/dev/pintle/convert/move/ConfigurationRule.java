package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.source.SourceFile;
import dev.pintle.layout.text.LayoutText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The second step: the overlay and the converted tree take the place of the configuration that was copied. */
final class ConfigurationRule {

    private final Build build;
    private final Set<Path> converted;
    private final List<String> lines;
    private final Set<String> gone = new TreeSet<>();
    private final Set<String> stays = new TreeSet<>();
    private final Set<Integer> conditions = new HashSet<>();
    private Optional<Instruction> place = Optional.empty();

    /**
     * @param converted the files that were converted, absolute
     * @param lines     the instructions that bring the overlay and the converted tree into the image
     */
    ConfigurationRule(Build build, Set<Path> converted, List<String> lines) {
        this.build = build;
        this.converted = converted;
        this.lines = lines;
    }

    /** The places in the image that the configuration is not at any more. */
    Set<String> gone() {
        return gone;
    }

    /** The places in the image that it still is at, beside other files. */
    Set<String> stays() {
        return stays;
    }

    /** The instruction that gave way to the new ones. */
    Optional<Instruction> place() {
        return place;
    }

    /** Edits the instructions of an image that copy, but for some; returns whether the new ones have found a place. */
    boolean apply(BuildContext context, List<Instruction> butFor) {
        Map<Instruction, List<Copy>> byInstruction = new LinkedHashMap<>();
        for (Copy copy : context.copies()) {
            if (butFor.contains(copy.instruction())) {
                continue;
            }
            byInstruction
                    .computeIfAbsent(copy.instruction(), i -> new ArrayList<>())
                    .add(copy);
        }
        boolean placed = false;
        for (Map.Entry<Instruction, List<Copy>> entry : byInstruction.entrySet()) {
            boolean here = apply(entry.getKey(), entry.getValue(), placed);
            if (here && !placed) {
                place = Optional.of(entry.getKey());
            }
            placed |= here;
        }
        for (String alias : context.aliases().keySet()) {
            boolean ours = context.file(alias)
                    .map(file -> file.toAbsolutePath().normalize())
                    .filter(converted::contains)
                    .isPresent();
            if (ours) {
                forget(alias);
                decided(context, alias);
            }
        }
        return placed;
    }

    /** What a condition of the build decides was converted as if it were true. */
    private void decided(BuildContext context, String alias) {
        int offset = context.aliasOffset(alias);
        if (context.isConditional(alias) && conditions.add(offset)) {
            build.findings()
                    .add(
                            build.dockerfile().file(),
                            offset,
                            "condition",
                            Fate.notCarried(
                                    "a condition of the build decides what is put to " + alias + ": "
                                            + context.file(alias)
                                                    .map(build.context()::name)
                                                    .orElse(alias)
                                            + " was converted as if it always were",
                                    "remove the services that the image shall not have; enabled = ${VARIABLE} in a service.conf is"
                                            + " a switch that is read when the container starts"));
        }
    }

    /** Files that the build does not write any more are gone too. */
    void written(List<String> places) {
        places.forEach(this::forget);
    }

    private boolean apply(Instruction instruction, List<Copy> copies, boolean placed) {
        // A directory of another stage is several copies of one word.
        List<Copy> ours = copies.stream()
                .filter(copy -> copies.stream()
                        .filter(other -> other.word().equals(copy.word()))
                        .allMatch(this::isConfiguration))
                .toList();
        copies.stream().filter(copy -> !ours.contains(copy)).forEach(this::staying);
        if (ours.isEmpty()) {
            if (copies.stream().anyMatch(this::holdsSome)) {
                build.say(
                        instruction,
                        Fate.kept("the directory has other files too; the old configuration is"
                                + " in the image for no use"));
            }
            return false;
        }
        ours.forEach(this::forget);
        String names = LayoutText.list(ours.stream()
                .flatMap(copy -> copy.files().stream())
                .map(build.context()::name)
                .distinct()
                .toList());
        if (ours.size() < copies.size()) {
            Set<Word> words = new LinkedHashSet<>();
            ours.stream().filter(copy -> words.add(copy.word())).forEach(copy -> removeSource(instruction, copy));
            split(instruction, names, placed);
            return true;
        }
        if (placed || lines.isEmpty()) {
            build.remove(instruction);
            build.say(instruction, Fate.changed(names + " is a part of what was converted"));
            return false;
        }
        int end = instruction.arguments().offsetAfter(instruction.arguments().length());
        int start = build.keywordOffset(instruction);
        SourceFile file = build.dockerfile().file();
        String indentation = file.text().substring(file.lineStart(start), start);
        build.edits().replace(start, end, String.join(newline() + indentation, lines));
        build.say(instruction, Fate.changed("the overlay and the converted tree instead of " + names));
        return true;
    }

    /** Of an instruction that copies other files too, these stay; the new instructions follow it. */
    private void split(Instruction instruction, String names, boolean placed) {
        if (!placed) {
            boolean open = !build.dockerfile()
                    .file()
                    .text()
                    .substring(0, instruction.end())
                    .endsWith("\n");
            build.edits()
                    .insert(
                            instruction.end(),
                            (open ? newline() : "") + String.join(newline(), lines) + (open ? "" : newline()));
        }
        build.say(
                instruction,
                Fate.changed("without " + names + ", which is converted"
                        + (placed ? "" : "; the overlay and the converted tree follow")));
    }

    private String newline() {
        return build.dockerfile().file().newline();
    }

    private void removeSource(Instruction instruction, Copy copy) {
        var arguments = instruction.arguments();
        int end = copy.word().end();
        String text = arguments.text();
        // With the comma of the exec form and the blanks behind it; a source is never the last word.
        while (end < text.length() && (Character.isWhitespace(text.charAt(end)) || text.charAt(end) == ',')) {
            end++;
        }
        build.edits().delete(arguments.offset(copy.word().start()), arguments.offset(end));
    }

    private void staying(Copy copy) {
        copy.files().forEach(file -> staying(copy, file));
    }

    private void staying(Copy copy, Path source) {
        if (!Files.isDirectory(source)) {
            if (converted.contains(source.toAbsolutePath().normalize())) {
                stays.addAll(copy.places(source));
            }
            return;
        }
        Path directory = source.toAbsolutePath().normalize();
        String destination = copy.destination().replaceFirst("/+$", "");
        converted.stream()
                .filter(file -> file.startsWith(directory) && !file.equals(directory) && copy.brings(file))
                .forEach(file -> stays.add(destination + "/" + directory.relativize(file)));
    }

    /** A file is gone from where it was copied to, and so are the directories that only its COPY made. */
    private void forget(Copy copy) {
        for (Path source : copy.files()) {
            if (!Files.isDirectory(source)) {
                forget(copy.places(source).get(0));
                continue;
            }
            Path directory = source.toAbsolutePath().normalize();
            String destination = copy.destination().replaceFirst("/+$", "");
            converted.stream()
                    .filter(file -> file.startsWith(directory) && copy.brings(file))
                    .forEach(file -> forget(destination, directory.relativize(file)));
        }
    }

    private void forget(String place) {
        gone.add(place);
        for (String at = parent(place); Directories.goes(at); at = parent(at)) {
            gone.add(at);
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private void forget(String destination, Path file) {
        for (Path at = file; at != null; at = at.getParent()) {
            goneDirectory(destination + "/" + at);
        }
        goneDirectory(destination);
    }

    private void goneDirectory(String path) {
        if (!path.isEmpty() && !Directories.stays(path)) {
            gone.add(path);
        }
    }

    private boolean isConfiguration(Copy copy) {
        List<Path> files = files(copy);
        return copy.whole() && !files.isEmpty() && converted.containsAll(files);
    }

    private boolean holdsSome(Copy copy) {
        return copy.files().stream()
                .map(file -> file.toAbsolutePath().normalize())
                .anyMatch(top -> converted.stream().anyMatch(file -> file.startsWith(top) && copy.brings(file)));
    }

    /** All files that a source brings; of a large directory not all, which then are not all the configuration's. */
    private List<Path> files(Copy copy) {
        List<Path> files = new ArrayList<>();
        for (Path path : copy.files()) {
            try (Stream<Path> tree = Files.walk(path)) {
                tree.filter(Files::isRegularFile)
                        .filter(copy.kept())
                        .limit(converted.size() + 1L)
                        .map(file -> file.toAbsolutePath().normalize())
                        .forEach(files::add);
            } catch (IOException e) {
                // Not all can be read, so it is not known to be only the configuration.
                return List.of();
            }
        }
        return files;
    }
}
