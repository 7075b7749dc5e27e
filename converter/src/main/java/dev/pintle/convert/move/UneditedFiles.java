package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.Vocabulary.Mention;
import dev.pintle.convert.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files of the image that are not edited: texts in other encodings than UTF-8, archives, and what is no text. What speaks of
 * the supervisor in the former two is said; of the last, the name is looked at.
 */
final class UneditedFiles {

    /** Larger files are none that people write. */
    private static final long MAX_BYTES = 1L << 20;

    /** Of an archive, named in its report. */
    private static final int MAX_NAMES = 3;

    private final Build build;
    private final Vocabulary vocabulary;
    private final Advice advice;

    UneditedFiles(Build build, Vocabulary vocabulary) {
        this.build = build;
        this.vocabulary = vocabulary;
        this.advice = new Advice(build.supervisor());
    }

    /** Looks at a file that the image has at {@code place}. */
    void apply(Path path, String place) {
        if (!Files.isRegularFile(path)) {
            return;
        }
        SourceFile file = new SourceFile(build.context().name(path), "");
        if (Archive.is(file.name())) {
            archive(path, file);
            return;
        }
        Optional<OtherEncoding> text = text(path);
        if (text.isPresent()) {
            text(new SourceFile(file.name(), text.get().text()), place, text.get());
        } else if (!vocabulary.mentions(place, false).isEmpty()) {
            say(
                    file,
                    Fate.notCarried(
                            "it is no text, or too large to be looked into, and has the supervisor's name",
                            "see whether the image still needs it"));
        }
    }

    private static Optional<OtherEncoding> text(Path path) {
        try {
            return Files.size(path) > MAX_BYTES ? Optional.empty() : OtherEncoding.of(Files.readAllBytes(path));
        } catch (IOException e) {
            // The build could not read it either.
            return Optional.empty();
        }
    }

    private void text(SourceFile file, String place, OtherEncoding text) {
        for (Mention mention : mentions(file, place)) {
            build.findings()
                    .add(
                            file,
                            mention.start(),
                            mention.word(),
                            Fate.notCarried(
                                    advice.why(mention.word()) + "; the file is not edited, since it is in "
                                            + text.name(),
                                    "convert it to UTF-8, and move again; or by hand: " + advice.of(mention.word())));
        }
    }

    /** The first one of each line that something reads. */
    private List<Mention> mentions(SourceFile file, String place) {
        FileKind kind = FileKind.of(place, file.text());
        boolean commands = kind == FileKind.COMMANDS || place.contains("requirements");
        Set<Integer> lines = new TreeSet<>();
        List<Mention> mentions = new ArrayList<>();
        for (Mention mention : vocabulary.mentions(file.text(), commands)) {
            int at = mention.start();
            boolean read = kind != FileKind.DOCUMENT && !Comments.isOne(file, at);
            if (read && lines.add(file.position(at).line())) {
                mentions.add(mention);
            }
        }
        return mentions;
    }

    private void archive(Path path, SourceFile file) {
        List<String> names = new ArrayList<>();
        boolean all = Archive.read(path, (name, content) -> {
            if (speaksOfIt(name, content)) {
                names.add(name);
            }
        });
        if (!names.isEmpty()) {
            String more = names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "";
            String some = String.join(", ", names.subList(0, Math.min(names.size(), MAX_NAMES)));
            say(
                    file,
                    Fate.notCarried(
                            "files in it speak of " + build.supervisor().program() + ", and archives are not edited: "
                                    + some + more,
                            "unpack it into the build context, COPY that, and move again; or change it by hand"));
        } else if (!all) {
            say(
                    file,
                    Fate.approximated(
                            "not looked into: what is in it may speak of "
                                    + build.supervisor().program(),
                            "look into it; what it has for the supervisor has no effect any more"));
        }
    }

    private boolean speaksOfIt(String name, byte[] content) {
        String place = "/" + name;
        if (!vocabulary.mentions(place, false).isEmpty() && FileKind.of(place, "") != FileKind.DOCUMENT) {
            return true;
        }
        String utf8 = new String(content, StandardCharsets.UTF_8);
        String text = utf8.indexOf('\uFFFD') < 0 && utf8.indexOf('\0') < 0
                ? utf8
                : OtherEncoding.of(content).map(OtherEncoding::text).orElse("");
        return !mentions(new SourceFile(name, text), place).isEmpty();
    }

    private void say(SourceFile file, Fate fate) {
        build.findings().add(file, 0, "file", fate);
    }
}
