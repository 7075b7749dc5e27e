package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile.Stage;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.Vocabulary.Mention;
import dev.pintle.convert.move.WriteCommands.Unit;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The stages that files are copied from: what their commands do for the supervisor gets into the image with these files. */
final class InputStages {

    private final Build build;
    private final Vocabulary vocabulary;
    private final Advice advice;
    private final Path output;
    private final Set<Integer> lines = new HashSet<>();

    /** {@code output}: what the move writes, which is no file of the context. */
    InputStages(Build build, Vocabulary vocabulary, Path output) {
        this.build = build;
        this.vocabulary = vocabulary;
        this.advice = new Advice(build.supervisor());
        this.output = output;
    }

    void apply() {
        for (Stage stage : build.stages().inputs()) {
            BuildContext context = build.contextOf(stage);
            ContextFiles files = new ContextFiles(build.directory(), output);
            files.add(context);
            Set<String> places = files.places().keySet();
            Harmless harmless = new Harmless(vocabulary, build.supervisor(), places, context::makes);
            stage.instructions().stream()
                    .filter(instruction -> instruction.keyword().equals("RUN"))
                    .forEach(instruction -> run(instruction, stage, harmless));
        }
    }

    private void run(Instruction instruction, Stage stage, Harmless harmless) {
        commands(instruction, instruction.arguments(), stage, harmless);
        instruction.heredocs().forEach(heredoc -> commands(instruction, heredoc.body(), stage, harmless));
    }

    private void commands(Instruction instruction, Excerpt excerpt, Stage stage, Harmless harmless) {
        for (ShellCommand command : ShellScript.commands(excerpt)) {
            if (harmless.why(command).isPresent()) {
                continue;
            }
            Set<String> written = WriteCommands.targets(new Unit(
                    Optional.of(instruction),
                    excerpt,
                    List.of(command),
                    build.dockerfile().file(),
                    build.edits()));
            String text = excerpt.text().substring(command.start(), command.end());
            vocabulary.mentions(text, true).stream()
                    .filter(mention -> isOpen(excerpt.offset(command.start() + mention.start()), mention))
                    .forEach(mention -> say(
                            excerpt.offset(command.start() + mention.start()),
                            mention,
                            written.contains(mention.word())
                                    ? Advice.written(mention.word())
                                    : Fate.notCarried(
                                            "in the stage " + stage.name() + ", which files are copied from: "
                                                    + advice.why(mention.word()),
                                            advice.of(mention.word()))));
        }
    }

    private boolean isOpen(int offset, Mention mention) {
        return !build.edits().touches(offset, offset + mention.length())
                && !build.findings().isUnderstood(build.dockerfile().file(), offset);
    }

    /** Once for each line. */
    private void say(int offset, Mention mention, Fate fate) {
        SourceFile file = build.dockerfile().file();
        if (lines.add(file.position(offset).line())) {
            build.findings().add(file, offset, mention.word(), fate);
        }
    }
}
