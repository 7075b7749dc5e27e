package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Instruction.Heredoc;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.FirstProcess;
import dev.pintle.convert.move.Vocabulary.Mention;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import dev.pintle.s6.Translator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The account of mentions: whatever in the Dockerfile still speaks of the supervisor when all rules have been applied, has
 * been edited by none and understood by none, is not carried, and is said so.
 */
final class MentionRule {

    /** What ADD fetches, and what may hold commands, by its ending: archives, repositories, scripts, configurations. */
    private static final Pattern FETCHED = Pattern.compile("^(?:https?://|git@|ssh://).*?(?:"
            + "\\.(?:git|sh|py|conf|ini|zip|whl|deb|rpm|tgz)|\\.tar(?:\\.\\w+)?)(?:[#?].*)?$");

    private static final String DIRECTORY = "it makes a directory, which needs no supervisor";

    /** Where a supervisor's configuration is. */
    private static final Pattern MOUNTED =
            Pattern.compile("/etc/supervisor(?:d?\\.d|d|/.*)?/?|/(?:etc/)?(?:service|sv|runit)(?:/.*)?");

    private final Build build;
    private final Vocabulary vocabulary;
    private final Advice advice;
    private final Set<Instruction> effective;
    private final Set<String> places;
    private final Harmless harmless;
    private final ConvertedFilesRule changes;

    /**
     * Knows what is understood without any rule.
     *
     * @param effective each ENTRYPOINT and CMD that some image is started by
     * @param places    the files that the image still gets from the context
     * @param changes   tells which of them a command changes
     */
    MentionRule(
            Build build,
            Vocabulary vocabulary,
            Set<Instruction> effective,
            Set<String> places,
            ConvertedFilesRule changes) {
        this.changes = changes;
        this.places = places;
        Set<String> touched = FileCommands.of(build).touched();
        this.harmless = new Harmless(
                vocabulary,
                build.supervisor(),
                places,
                path -> build.makes(path) || (build.supervisor() == Supervisor.SUPERVISORD && touched.contains(path)));
        this.build = build;
        this.vocabulary = vocabulary;
        this.advice = new Advice(build.supervisor());
        this.effective = effective;
    }

    void apply() {
        build.instructions().forEach(this::instruction);
        build.stages().others().stream()
                .filter(stage -> build.siblings().stream()
                        .noneMatch(image -> image.chain().contains(stage)))
                .forEach(stage -> stage.instructions().forEach(this::elsewhere));
    }

    private void instruction(Instruction instruction) {
        for (Heredoc heredoc : instruction.heredocs()) {
            Excerpt body = heredoc.body();
            boolean converted = build.edits().touches(body.offset(0), body.offset(body.length()));
            if (!converted && Instruction.isConfiguration(body.text())) {
                build.findings().understand(build.dockerfile().file(), instruction.start(), body.offset(body.length()));
                build.say(
                        instruction,
                        Fate.notCarried(
                                "the configuration that is written out here was not converted",
                                "put it into a file of the build context, COPY that, and convert again"));
            }
        }
        understood(instruction);
        SourceFile file = build.dockerfile().file();
        String text = file.text().substring(instruction.start(), instruction.end());
        Set<Integer> lines = new HashSet<>();
        for (Mention mention : vocabulary.mentions(text, true)) {
            int offset = instruction.start() + mention.start();
            if (!isAccounted(file, offset, mention)
                    && lines.add(file.position(offset).line())) {
                build.findings().add(file, offset, mention.word(), fate(instruction, mention, offset));
            }
        }
    }

    private boolean isAccounted(SourceFile file, int offset, Mention mention) {
        int line = file.lineStart(offset);
        return (places.contains(mention.word()) && !changes.isChanged(mention.word(), file, offset))
                || build.isInLogDirectory(mention.word())
                || build.edits().touches(offset, offset + mention.length())
                || build.findings().isUnderstood(file, offset)
                || file.text().substring(line, offset).stripLeading().startsWith("#");
    }

    /** What stays and works without the supervisor. */
    private void understood(Instruction instruction) {
        switch (instruction.keyword()) {
            case "FROM" -> build.understand(instruction);
            case "LABEL", "MAINTAINER" -> keep(instruction, "text for people");
            case "VOLUME" -> volume(instruction);
            case "WORKDIR" -> keep(instruction, DIRECTORY);
            case "ARG", "ENV" -> variable(instruction);
            case "COPY", "ADD" -> copy(instruction);
            case "CMD", "ENTRYPOINT" -> {
                if (!effective.contains(instruction)) {
                    keep(instruction, "no effect, as before: a later one replaces it");
                }
            }
            case "RUN" -> run(instruction);
            default -> {
                // Others are understood by no rule.
            }
        }
    }

    /** One for log files is as good as before; one for configuration asks for mounts that nothing reads. */
    private void volume(Instruction instruction) {
        boolean configuration = build.dockerfile().words(instruction).stream()
                .map(word -> build.context().expand(word.value()).replaceAll("[\\[\\],\"\\s]", ""))
                .anyMatch(word -> MOUNTED.matcher(word).matches());
        if (configuration && build.supervisor() != Supervisor.S6) {
            build.say(
                    instruction,
                    Fate.approximated(
                            "it makes a directory, as before; but configuration that a container mounts there is not"
                                    + " read any more",
                            "where containers do that, mount services below /etc/pintle/services"));
            build.understand(instruction);
        } else {
            keep(instruction, DIRECTORY);
        }
    }

    private void keep(Instruction instruction, String why) {
        String text = build.dockerfile().file().text().substring(instruction.start(), instruction.end());
        boolean open = vocabulary.mentions(text, true).stream()
                .anyMatch(mention ->
                        !isAccounted(build.dockerfile().file(), instruction.start() + mention.start(), mention));
        if (open) {
            build.say(instruction, Fate.kept(why));
        }
        build.understand(instruction);
    }

    /** A variable that nothing reads any more. */
    private void variable(Instruction instruction) {
        boolean read = false;
        for (Word word : build.dockerfile().words(instruction)) {
            int equals = word.value().indexOf('=');
            String name = equals < 0 ? word.value() : word.value().substring(0, equals);
            boolean ours = !vocabulary.mentions(word.value(), true).isEmpty();
            read |= ours && ((Advice.isSetByIt(name) && instruction.keyword().equals("ENV")) || isRead(name));
        }
        if (build.supervisor() == Supervisor.S6 && ofTheOverlay(instruction)) {
            build.understand(instruction);
        } else if (!read) {
            keep(instruction, "nothing reads it any more");
        }
    }

    /** Whether the variables are s6-overlay's own, whose fates the conversion tells. */
    private boolean ofTheOverlay(Instruction instruction) {
        return instruction.keyword().equals("ENV")
                && build.dockerfile().words(instruction).stream()
                        .map(word -> word.value().replaceFirst("=.*", ""))
                        .filter(name -> name.startsWith("S6_"))
                        .allMatch(Translator::knows);
    }

    /** Whether something that stays names a variable. */
    private boolean isRead(String name) {
        return build.reads(name);
    }

    /** The files that are copied are looked at themselves; others may hold anything. */
    private void copy(Instruction instruction) {
        boolean known = build.context().copies().stream()
                .anyMatch(copy ->
                        copy.instruction().equals(instruction) && !copy.files().isEmpty());
        if (known) {
            build.understand(instruction);
        }
        if (instruction.keyword().equals("ADD") && build.supervisor() != Supervisor.S6) {
            build.dockerfile().words(instruction).stream()
                    .filter(word -> FETCHED.matcher(word.value()).find())
                    .findFirst()
                    .ifPresent(word -> build.say(
                            instruction,
                            Fate.approximated(
                                    "not looked into: " + word.value() + " is fetched when the image is built",
                                    "look into it; what it has for the supervisor has no effect any more")));
        }
    }

    private void run(Instruction instruction) {
        for (RunText run : RunText.of(instruction)) {
            for (ShellCommand command : run.commands()) {
                harmless.there(command)
                        .forEach(word -> build.findings()
                                .understand(
                                        build.dockerfile().file(),
                                        run.excerpt().offset(word.start()),
                                        run.excerpt().offsetAfter(word.end())));
                Optional<String> why =
                        writesConverted(command) ? Optional.of("what it writes was converted") : harmless.why(command);
                why.ifPresent(text -> harmless(instruction, run.excerpt(), command, text));
            }
        }
    }

    /** Whether a command writes a file that stays, and whose text is known. */
    private boolean writesConverted(ShellCommand command) {
        return build.supervisor() == Supervisor.S6
                && Set.of("echo", "printf", "cat", "tee", ":")
                        .contains(Invocation.of(command.arguments()).program())
                && command.words().stream()
                        .map(word -> word.value().replaceFirst("^\\d?>+\\s*", ""))
                        .anyMatch(word -> build.written().file(word).isPresent());
    }

    private void harmless(Instruction instruction, Excerpt arguments, ShellCommand command, String why) {
        int from = arguments.offset(command.start());
        int to = arguments.offsetAfter(command.end());
        boolean mentions = !vocabulary
                .mentions(build.dockerfile().file().text().substring(from, to), true)
                .isEmpty();
        if (mentions
                && !build.edits().touches(from, to)
                && !build.findings().isUnderstood(build.dockerfile().file(), from)) {
            build.findings().understand(build.dockerfile().file(), from, to);
            build.say(instruction, Fate.kept(why));
        }
    }

    /** Whether a place is in a heredoc that a file is made of. */
    private static boolean isWritten(Instruction instruction, int offset) {
        boolean inside = instruction.heredocs().stream()
                .map(Heredoc::body)
                .anyMatch(body -> body.offset(0) <= offset && offset < body.offset(body.length()));
        return inside
                && (!instruction.keyword().equals("RUN")
                        || instruction.arguments().text().contains(">"));
    }

    private Fate fate(Instruction instruction, Mention mention, int offset) {
        if (FirstProcess.isMention(mention.word())) {
            return Fate.notCarried(FirstProcess.WHY, FirstProcess.HINT);
        }
        if (isWritten(instruction, offset)) {
            return Fate.notCarried(advice.why(mention.word()), advice.of(mention.word()));
        }
        String on = instruction.onBuild() ? "in an image that is built on this one, " : "";
        return switch (instruction.keyword()) {
            case "COPY", "ADD" ->
                build.supervisor() == Supervisor.S6
                        ? Fate.notCarried(
                                "what it brings is not in the build context, so that it was not converted",
                                "put it into a file of the build context and COPY that, or export the image ('docker create', 'docker"
                                        + " export') and name the tar as ROOT")
                        : Fate.notCarried(
                                "what it copies was not converted",
                                "remove it if it is for the supervisor alone; if it is configuration that is included, convert the"
                                        + " file that includes it");
            case "HEALTHCHECK" ->
                Fate.notCarried(
                        on + "it asks the supervisor in a way that init does not answer",
                        "write HEALTHCHECK CMD [\"pintle\", \"health\"]: true when all that should be up is ready and"
                                + " healthy");
            case "RUN" -> inRun(mention.word(), on);
            case "ENV", "ARG" ->
                Fate.notCarried(
                        "nothing gives " + mention.word() + " a meaning any more",
                        "see what reads the variable; " + advice.of(mention.word()));
            default -> Fate.notCarried(on + advice.why(mention.word()), advice.of(mention.word()));
        };
    }

    /** An address is found as before; a path is not. */
    private Fate inRun(String word, String on) {
        if (word.startsWith("//")) {
            return Fate.notCarried(
                    on + "the build fetches " + word.substring(2) + ", and nothing starts what comes of it any more",
                    "remove the commands that fetch and install it, where it is the supervisor");
        }
        return build.written().isUnknown(word) && Advice.isConfiguration(word)
                ? Advice.written(word)
                : Fate.notCarried(
                        on + "the build would need " + word + " here, which is not in the image any more",
                        advice.of(word));
    }

    /** A stage that is another image's. */
    private void elsewhere(Instruction instruction) {
        boolean starts = Set.of("CMD", "ENTRYPOINT").contains(instruction.keyword())
                && instruction.arguments().text().contains(build.supervisor().program());
        if (starts) {
            build.say(
                    instruction,
                    Fate.notCarried(
                            "the stage is another image's, and is left as it is", "convert it too, with --target"));
        }
    }
}
