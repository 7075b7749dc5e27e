package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Finds what COPY, ADD and {@code RUN --mount} take out of the build's context, or out of another stage. */
final class CopySources {

    private final Dockerfile dockerfile;
    private final ContextFolder folder;
    private final Variables variables;
    private final Directories directories;
    private final Function<String, Optional<BuildContext>> stages;

    /**
     * @param variables   as they are where the next instruction stands
     * @param directories that the image has there
     * @param stages      what other stages have, by the names that {@code COPY --from} uses
     */
    CopySources(
            Dockerfile dockerfile,
            ContextFolder folder,
            Variables variables,
            Directories directories,
            Function<String, Optional<BuildContext>> stages) {
        this.dockerfile = dockerfile;
        this.folder = folder;
        this.variables = variables;
        this.directories = directories;
        this.stages = stages;
    }

    /** The sources of a COPY or an ADD, in order. */
    List<Copy> copied(Instruction instruction, String directory) {
        List<Word> words = instruction.exec().orElseGet(() -> dockerfile.words(instruction));
        if (words.size() < 2) {
            return List.of();
        }
        List<Copy> copies = new ArrayList<>();
        String target = variables.expand(words.get(words.size() - 1).value());
        Optional<String> from = instruction.flag("from");
        for (Word word : words.subList(0, words.size() - 1)) {
            String source = variables.expand(word.value());
            if (from.isPresent()) {
                stages.apply(variables.expand(from.get()))
                        .ifPresent(
                                stage -> copies.addAll(ofStage(stage, instruction, word, source, target, directory)));
                continue;
            }
            copies.addAll(found(instruction, word, source, target, directory, words.size() > 2));
        }
        return copies;
    }

    /** What a source names in the context; each file by itself where {@code --exclude} or {@code --parents} ask for its path. */
    private List<Copy> found(
            Instruction instruction, Word word, String source, String target, String workDirectory, boolean many) {
        List<Copy> copies = new ArrayList<>();
        List<Path> files = folder.find(source);
        boolean several = many || files.size() > 1;
        boolean parents = instruction.flags().contains("--parents");
        IgnorePatterns excluded = excluded(instruction);
        if (excluded.isEmpty() && !parents) {
            List<Path> kept =
                    files.stream().filter(file -> keeps(folder::has, file)).toList();
            Optional<Boolean> into = into(target, workDirectory, several, kept);
            String place = BuildContext.absolute(workDirectory, target);
            return List.of(new Copy(instruction, word, kept, folder::has, place, into, true));
        }
        for (Path file : files) {
            boolean directory = Files.isDirectory(file);
            Path base = directory ? file : file.resolveSibling(".");
            Predicate<Path> kept = ContextFolder.without(folder::has, excluded, base, "");
            if (keeps(kept, file)) {
                String place = parents ? BuildContext.below(target, folder.parents(source, base)) : target;
                Optional<Boolean> into =
                        parents ? Optional.of(true) : into(target, workDirectory, several, List.of(file));
                copies.add(new Copy(
                        instruction,
                        word,
                        List.of(file),
                        kept,
                        BuildContext.absolute(workDirectory, place),
                        into,
                        true));
            }
        }
        if (copies.isEmpty()) {
            String place = BuildContext.absolute(workDirectory, target);
            copies.add(new Copy(instruction, word, List.of(), folder::has, place, Optional.of(true), true));
        }
        return copies;
    }

    private static boolean keeps(Predicate<Path> kept, Path file) {
        return Files.isDirectory(file) || kept.test(file);
    }

    private static IgnorePatterns excluded(Instruction instruction) {
        return IgnorePatterns.of(instruction.flags("exclude"));
    }

    /** A name with an ending is taken for a file's, where nothing else tells. */
    private Optional<Boolean> into(String target, String workDirectory, boolean many, List<Path> files) {
        String path = BuildContext.absolute(workDirectory, target);
        if (target.endsWith("/") || target.endsWith("/.") || target.equals(".") || many || directories.has(path)) {
            return Optional.of(true);
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean same = files.stream()
                .anyMatch(file -> String.valueOf(file.getFileName()).equals(name));
        return same || name.lastIndexOf('.') > 0 || name.equals("run") ? Optional.of(false) : Optional.empty();
    }

    /** What another stage has taken from the context, and this one takes from it. */
    private List<Copy> ofStage(
            BuildContext stage,
            Instruction instruction,
            Word word,
            String source,
            String target,
            String workDirectory) {
        String from = stage.fromRoot(source);
        String into = BuildContext.absolute(workDirectory, target);
        IgnorePatterns excluded = excluded(instruction);
        Optional<Path> one = stage.file(from);
        if (one.isPresent()) {
            String name = from.substring(from.lastIndexOf('/') + 1);
            boolean inside =
                    into(target, workDirectory, false, List.of(Path.of(name))).orElse(false);
            String place = inside ? BuildContext.below(into, name) : into;
            List<Path> files = excluded.excludes(name) ? List.of() : List.of(one.get());
            return List.of(new Copy(instruction, word, files, file -> true, place, Optional.of(false), true));
        }
        List<Copy> found = new ArrayList<>();
        String prefix = BuildContext.below(from, "");
        for (Copy copy : stage.copies()) {
            for (Path file : copy.files()) {
                moved(copy, file, prefix).forEach((path, rest) -> {
                    boolean directory = Files.isDirectory(path);
                    Predicate<Path> kept = directory
                            ? ContextFolder.without(
                                    copy.kept(), excluded, path, rest.isEmpty() ? "" : BuildContext.below(rest, ""))
                            : any -> !excluded.excludes(rest);
                    if (keeps(kept, path)) {
                        found.add(new Copy(
                                instruction,
                                word,
                                List.of(path),
                                kept,
                                rest.isEmpty() ? into : BuildContext.below(into, rest),
                                Optional.of(false),
                                stage.isPlain()));
                    }
                });
            }
        }
        found.addAll(putThere(stage, instruction, word, prefix, into, excluded));
        return found;
    }

    /** What commands of another stage have put below a directory that is copied. */
    private static List<Copy> putThere(
            BuildContext stage,
            Instruction instruction,
            Word word,
            String prefix,
            String into,
            IgnorePatterns excluded) {
        List<Copy> found = new ArrayList<>();
        for (String place : stage.aliases().keySet()) {
            String rest = place.startsWith(prefix) ? place.substring(prefix.length()) : "";
            if (!rest.isEmpty() && !excluded.excludes(rest)) {
                stage.file(place)
                        .map(path -> new Copy(
                                instruction,
                                word,
                                List.of(path),
                                file -> true,
                                BuildContext.below(into, rest),
                                Optional.of(false),
                                false))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** What {@code RUN --mount=type=bind} lets a command see. */
    List<Copy> mounted(Instruction instruction, String workDirectory) {
        List<Copy> mounts = new ArrayList<>();
        for (Mount mount : Mount.of(instruction)) {
            String source = variables.expand(mount.source());
            String target = variables.expand(mount.target());
            Word word = new Word(source, 0, 0);
            if (mount.from().isPresent()) {
                stages.apply(variables.expand(mount.from().get()))
                        .ifPresent(stage ->
                                mounts.addAll(ofStage(stage, instruction, word, "/" + source, target, workDirectory)));
            } else {
                List<Path> files = folder.find(source).stream()
                        .filter(file -> keeps(folder::has, file))
                        .toList();
                mounts.add(new Copy(
                        instruction,
                        word,
                        files,
                        folder::has,
                        BuildContext.absolute(workDirectory, target),
                        Optional.of(false),
                        true));
            }
        }
        return mounts;
    }

    /** The part of a copied file or directory that lies below {@code prefix}, by its path from there. */
    private static Map<Path, String> moved(Copy copy, Path file, String prefix) {
        if (!Files.isDirectory(file)) {
            String place = copy.places(file).get(0);
            return place.startsWith(prefix) ? Map.of(file, place.substring(prefix.length())) : Map.of();
        }
        String own = BuildContext.below(copy.destination(), "");
        if (own.startsWith(prefix)) {
            String rest = own.substring(prefix.length());
            return Map.of(file, rest.isEmpty() ? "" : rest.substring(0, rest.length() - 1));
        }
        Path inner = prefix.startsWith(own) ? file.resolve(prefix.substring(own.length())) : file;
        return prefix.startsWith(own) && Files.isDirectory(inner) ? Map.of(inner, "") : Map.of();
    }
}
