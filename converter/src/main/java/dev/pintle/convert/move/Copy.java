package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A source of a COPY or an ADD.
 *
 * @param instruction that it stands in
 * @param word        the source there
 * @param files       what it names in the context; several for a pattern, none where nothing is there
 * @param kept        of the files below these, those that neither an ignore file nor {@code --exclude} leaves out
 * @param destination in the image, absolute
 * @param into        whether the destination is a directory that files are put into; absent where that is not known
 * @param whole       whether the source has nothing but these files, as far as instructions tell
 */
record Copy(
        Instruction instruction,
        Word word,
        List<Path> files,
        Predicate<Path> kept,
        String destination,
        Optional<Boolean> into,
        boolean whole) {

    /** Larger directories are taken to have a file that is kept. */
    private static final int LOOKED_AT = 10_000;

    /** Where a file that is copied by its own name lands: in one place, or in one of two. */
    List<String> places(Path file) {
        String inside = BuildContext.below(destination, String.valueOf(file.getFileName()));
        return into.map(in -> List.of(in ? inside : destination)).orElse(List.of(destination, inside));
    }

    /** Whether the image gets a file that is, or is below, one of the sources; or anything that is in a directory. */
    boolean brings(Path file) {
        return Files.isDirectory(file) ? bringsSome(file) : kept.test(file);
    }

    private boolean bringsSome(Path directory) {
        if (kept.test(directory)) {
            return true;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.limit(LOOKED_AT).anyMatch(file -> !Files.isDirectory(file) && kept.test(file));
        } catch (IOException | UncheckedIOException e) {
            // What cannot be read is not copied.
            return false;
        }
    }
}
