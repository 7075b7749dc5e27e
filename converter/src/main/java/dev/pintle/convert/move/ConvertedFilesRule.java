package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile.Stage;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.ConvertedChanges.Change;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Commands that change what was converted stay, since the files may be there still; what they do is not carried. */
final class ConvertedFilesRule {

    private final Build build;
    private final Set<Path> converted;
    private final ConvertedPlaces places;

    /**
     * @param converted the files that were converted, absolute
     * @param places    where the image has them
     */
    ConvertedFilesRule(Build build, Set<Path> converted, ConvertedPlaces places) {
        this.build = build;
        this.converted = converted;
        this.places = places;
    }

    /** Looks at the instructions of the image, and at those of the stages that it copies from. */
    void apply() {
        instructions(build.instructions(), places);
        for (Stage stage : build.stages().inputs()) {
            BuildContext context = build.contextOf(stage);
            instructions(stage.instructions(), new ConvertedPlaces(context, converted, Optional.empty()));
        }
    }

    private void instructions(List<Instruction> instructions, ConvertedPlaces there) {
        String workDirectory = "/";
        for (Instruction instruction : instructions) {
            boolean shell = instruction.exec().isEmpty();
            switch (instruction.keyword()) {
                case "WORKDIR" -> workDirectory = build.context().workDirectory(instruction, workDirectory);
                case "RUN" -> run(instruction, workDirectory, there);
                case "CMD", "ENTRYPOINT" -> {
                    if (shell) {
                        Excerpt text = instruction.arguments();
                        excerpt(text, ShellScript.commands(text), workDirectory, there, Change::atStart);
                    }
                }
                default -> {
                    // Others run nothing.
                }
            }
        }
    }

    private void run(Instruction instruction, String workDirectory, ConvertedPlaces there) {
        for (RunText text : RunText.of(instruction)) {
            excerpt(text.excerpt(), text.commands(), workDirectory, there, Change::atBuild);
        }
    }

    private void excerpt(
            Excerpt excerpt,
            List<ShellCommand> commands,
            String workDirectory,
            ConvertedPlaces there,
            Function<Change, Fate> fate) {
        SourceFile file = build.dockerfile().file();
        ConvertedChanges.of(there, commands, workDirectory, excerpt::offset)
                .forEach(change -> say(build.edits(), file, excerpt, change, fate));
    }

    /** Looks at a file of commands that the image has at a place. */
    void file(Edits edits, Path path, String place) {
        Excerpt whole = edits.file().whole();
        List<ShellCommand> commands = ShellScript.commands(whole);
        OwnDirectory own = new OwnDirectory(place);
        ConvertedChanges.of(places, commands, places.workDirectory(), at -> Integer.MAX_VALUE, own::put)
                .forEach(change -> say(edits, edits.file(), whole, change, each -> fate(each, path)));
    }

    private Fate fate(Change change, Path script) {
        if (!build.context().isRun(script)) {
            return change.atStart();
        }
        return build.context().aliases().containsKey(change.place())
                ? Fate.notCarried(
                        "when the image is built, it puts what was converted to " + change.place()
                                + ", where nothing reads it any more, and fails where that directory is not there",
                        "remove the command: its result is in the converted tree")
                : change.atBuild();
    }

    /** Whether a program that names a place does so in order to change what is there. */
    boolean isChanged(String word, SourceFile file, int offset) {
        return places.contains(word)
                && ConvertedChanges.isWriting(file.text().substring(file.lineStart(offset), file.lineEnd(offset)));
    }

    private void say(Edits edits, SourceFile file, Excerpt excerpt, Change change, Function<Change, Fate> fate) {
        int from = excerpt.offset(change.command().start());
        int to = excerpt.offsetAfter(change.command().end());
        if (!edits.touches(from, to) && !build.findings().isUnderstood(file, from)) {
            build.findings().understand(file, from, to);
            build.findings().add(file, from, change.place(), fate.apply(change));
        }
    }
}
