package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.Vocabulary.Mention;
import dev.pintle.convert.move.WriteCommands.Unit;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The files that go into the image, or deploy it: calls are translated, and what still speaks of the supervisor is said. */
final class FileRule {

    /** Of one file that many lines speak of. */
    private static final int MAX_LINES = 25;

    /** Files of a configuration, and the directories of these. */
    private static final Pattern CONFIGURATION = Pattern.compile("(?:\\.conf|\\.ini|\\.d|/supervisor)/?$");

    private static final Fate MOUNTED = Fate.notCarried(
            "nothing reads a configuration of the supervisor any more: what is put there has no effect",
            "convert that file too, and mount its services below /etc/pintle/services; or set the variables that a"
                    + " service.conf reads, ${VARIABLE}");

    private static final Fate LOGS = Fate.changed(
            "a place for log files: those of the services are written there as before, and supervisord's own is not");

    private final Build build;
    private final Vocabulary vocabulary;
    private final ControlRule control;
    private final Advice advice;
    private final Set<Path> converted;
    private final Set<String> places;
    private final Harmless harmless;
    private final UneditedFiles unedited;
    private final ConvertedFilesRule changes;

    /**
     * Knows what is not to be looked at.
     *
     * @param converted the files whose contents the converted tree has
     * @param places    the files that the image still gets from the context
     * @param changes   tells which commands change what was converted
     */
    FileRule(
            Build build,
            Vocabulary vocabulary,
            ControlRule control,
            Set<Path> converted,
            Set<String> places,
            ConvertedFilesRule changes) {
        this.changes = changes;
        this.places = places;
        this.harmless = new Harmless(vocabulary, build.supervisor(), places, build::makes);
        this.build = build;
        this.unedited = new UneditedFiles(build, vocabulary);
        this.vocabulary = vocabulary;
        this.control = control;
        this.advice = new Advice(build.supervisor());
        this.converted = converted;
    }

    void apply(ContextFiles files, Path dockerfile, ImageNames names) {
        Set<Path> own = Set.of(dockerfile.toAbsolutePath().normalize());
        files.files().forEach((path, place) -> {
            if (!converted.contains(path) && !own.contains(path)) {
                deploys(path, names);
                firstProcess(path, names);
                file(path, place);
            }
        });
        if (!files.isComplete()) {
            build.findings()
                    .add(
                            build.dockerfile().file(),
                            0,
                            "COPY",
                            Fate.approximated(
                                    "the build context has so many files that not all were looked at",
                                    "leave what the image does not need out of it, by .dockerignore"));
        }
        for (Path path : files.deploying()) {
            if (!converted.contains(path) && !own.contains(path)) {
                deployment(path, names);
                firstProcess(path, names);
            }
        }
        for (Path path : files.outside()) {
            if (!converted.contains(path) && !own.contains(path)) {
                build.other(path).ifPresent(this::outside);
                firstProcess(path, names);
            }
        }
        files.documents().forEach(path -> firstProcess(path, names));
    }

    /** Also in texts for people, who start the image as these say. */
    private void firstProcess(Path path, ImageNames names) {
        build.other(path)
                .filter(edits -> FirstProcessRule.isSuspicious(edits.file().text()))
                .ifPresent(edits -> new FirstProcessRule(build, names, control::ownerOf).apply(edits));
    }

    /** A script that the image does not have: it matters where it runs something in a container. */
    private void outside(Edits edits) {
        SourceFile file = edits.file();
        if (!isSuspicious(file.text())) {
            return;
        }
        control.outside(file.whole(), edits);
        Set<Integer> lines = new TreeSet<>();
        for (Mention mention : vocabulary.mentions(file.text(), false)) {
            int at = mention.start();
            boolean open = Containers.isCalledOn(before(file.text(), at))
                    && !edits.touches(at, mention.end())
                    && !build.findings().isUnderstood(file, at)
                    && !Comments.isOne(file, at);
            if (open && lines.add(file.position(at).line())) {
                build.findings()
                        .add(
                                file,
                                at,
                                mention.word(),
                                Fate.notCarried(
                                        "it is told to a container from outside: " + advice.why(mention.word()),
                                        "where the container is of this image: " + advice.of(mention.word())));
            }
        }
    }

    /** What stands before a place on its line, and on the lines that this one continues. */
    private static String before(String text, int at) {
        int start = text.lastIndexOf('\n', at - 1);
        while (start > 0 && text.charAt(start - 1) == '\\') {
            start = text.lastIndexOf('\n', start - 1);
        }
        return text.substring(start + 1, at);
    }

    private void file(Path path, String place) {
        Optional<Edits> edits = Archive.is(path.toString()) ? Optional.empty() : build.other(path);
        if (edits.isEmpty()) {
            unedited.apply(path, place);
            return;
        }
        String text = edits.get().file().text();
        boolean configuration = Instruction.isConfiguration(text)
                && build.supervisor() == Supervisor.SUPERVISORD
                && !text.startsWith("#!");
        if (place.startsWith("/etc/pintle/")) {
            return;
        }
        boolean commands = build.isScript(path) || FileKind.of(place, text) == FileKind.COMMANDS;
        if (commands && build.supervisor() != Supervisor.S6) {
            changes.file(edits.get(), path, place);
        }
        if (!(configuration || isSuspicious(text))) {
            return;
        }
        SourceFile file = edits.get().file();
        if (configuration && FileKind.of(place, text) == FileKind.OTHER) {
            build.findings()
                    .add(
                            file,
                            0,
                            "file",
                            Fate.notCarried(
                                    "a configuration of supervisord that the one that was converted does not include",
                                    "if the image needs it, include it; else do not copy it"));
            return;
        }
        FileKind kind = build.isScript(path) ? FileKind.COMMANDS : FileKind.of(place, text);
        if (kind == FileKind.DOCUMENT) {
            document(file);
            return;
        }
        if (kind == FileKind.COMMANDS) {
            control.shell(file.whole(), edits.get(), "control");
            harmless(edits.get());
        }
        report(edits.get(), kind);
    }

    private void harmless(Edits edits) {
        SourceFile file = edits.file();
        for (ShellCommand command : ShellScript.commands(file.whole())) {
            Optional<String> why = harmless.why(command);
            String text = file.text().substring(command.start(), command.end());
            boolean open = why.isPresent()
                    && !edits.touches(command.start(), command.end())
                    && !build.findings().isUnderstood(file, command.start())
                    && !vocabulary.mentions(text, true).isEmpty();
            if (open) {
                build.findings().understand(file, command.start(), command.end());
                build.findings().add(file, command.start(), "command", Fate.kept(why.orElseThrow()));
            }
        }
    }

    /** Most files speak of no supervisor: that is seen fast. */
    private boolean isSuspicious(String text) {
        return !vocabulary.mentions(text, true).isEmpty();
    }

    /** Nothing runs it. */
    private void document(SourceFile file) {
        Set<Integer> lines = new TreeSet<>();
        vocabulary
                .mentions(file.text(), false)
                .forEach(mention -> lines.add(file.position(mention.start()).line()));
        if (!lines.isEmpty()) {
            build.findings()
                    .add(
                            file,
                            0,
                            "document",
                            new Fate(
                                    Fate.Kind.KEPT,
                                    "a text for people, which nothing runs",
                                    "bring it up to date: line "
                                            + lines.stream()
                                                    .map(String::valueOf)
                                                    .limit(10)
                                                    .reduce((a, b) -> a + ", " + b)
                                                    .orElse("")));
        }
    }

    private void report(Edits edits, FileKind kind) {
        SourceFile file = edits.file();
        List<Mention> open = new ArrayList<>();
        Set<Integer> lines = new TreeSet<>();
        for (Mention mention : vocabulary.mentions(file.text(), kind == FileKind.COMMANDS)) {
            int at = mention.start();
            boolean stays = places.contains(mention.word())
                    && (kind == FileKind.COMMANDS || !changes.isChanged(mention.word(), file, at));
            boolean accounted = stays
                    || build.isInLogDirectory(mention.word())
                    || edits.touches(at, mention.end())
                    || build.findings().isUnderstood(file, at)
                    || Comments.isOne(file, at);
            if (!accounted && lines.add(file.position(at).line())) {
                open.add(mention);
            }
        }
        Set<String> written = kind == FileKind.COMMANDS && !open.isEmpty() ? written(edits) : Set.of();
        for (Mention mention : open.subList(0, Math.min(open.size(), MAX_LINES))) {
            String word = mention.word();
            Fate fate = written.contains(word)
                    ? Advice.written(word)
                    : control.isOfTheBase(word)
                            ? ControlRule.ofTheBase(Invocation.baseName(word))
                            : Fate.notCarried(advice.why(word), advice.of(word));
            build.findings().add(file, mention.start(), word, fate);
        }
        if (open.size() > MAX_LINES) {
            build.findings()
                    .add(
                            file,
                            open.get(MAX_LINES).start(),
                            "and more",
                            Fate.notCarried(
                                    (open.size() - MAX_LINES) + " more lines of this file speak of the supervisor",
                                    null));
        }
    }

    private static Set<String> written(Edits edits) {
        Excerpt whole = edits.file().whole();
        return WriteCommands.targets(
                new Unit(Optional.empty(), whole, ShellScript.commands(whole), edits.file(), edits));
    }

    /** A file that deploys the image may be copied into it, with all the rest. */
    private void deploys(Path path, ImageNames names) {
        if (path.toString().matches(".*\\.ya?ml")) {
            build.other(path)
                    .filter(edits ->
                            DeploymentStart.speaksOfFirstProcess(edits.file().text()))
                    .ifPresent(edits -> new DeploymentStart(build, path, edits, control, names).firstProcess());
        }
    }

    /** Of Compose, Kubernetes and CI: what it starts, asks or mounts. */
    private void deployment(Path path, ImageNames names) {
        Optional<Edits> edits = build.other(path);
        String text = edits.map(each -> each.file().text()).orElse("");
        if (edits.isPresent() && (isSuspicious(text) || DeploymentStart.speaksOfFirstProcess(text))) {
            new DeploymentStart(build, path, edits.get(), control, names).apply();
            control.shell(edits.get().file().whole(), edits.get(), "control");
            mounts(edits.get());
            report(edits.get(), FileKind.OTHER);
        }
    }

    /** A configuration that is mounted over the image's is read by nobody. */
    private void mounts(Edits edits) {
        SourceFile file = edits.file();
        List<Mention> mentions = vocabulary.mentions(file.text(), false);
        for (Mention mention : mentions) {
            int line = file.lineStart(mention.start());
            int end = file.lineEnd(mention.start());
            boolean alone = mentions.stream()
                    .filter(other -> other.start() >= line && other.start() < end)
                    .allMatch(other -> CONFIGURATION.matcher(other.word()).find());
            boolean open = alone
                    && !edits.touches(line, end)
                    && !build.findings().isUnderstood(file, mention.start())
                    && !Comments.isOne(file, mention.start());
            if (open) {
                build.findings().understand(file, line, end);
                boolean logs = mentions.stream()
                        .filter(other -> other.start() >= line && other.start() < end)
                        .reduce((first, second) -> second)
                        .filter(last -> LogDirectory.is(last.word()))
                        .isPresent();
                build.findings().add(file, mention.start(), mention.word(), logs ? LOGS : MOUNTED);
            }
        }
    }
}
