package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.SourceFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files of one build, with what is to be changed in them and what is to be said of them. */
final class Build {

    /** Larger files are none that people write. */
    private static final long MAX_BYTES = 1L << 20;

    private final Dockerfile dockerfile;
    private final StageChain stages;
    private final BuildContext context;
    private final Supervisor supervisor;
    private final Edits edits;
    private final Findings findings = new Findings();
    private final Map<Path, Edits> others = new LinkedHashMap<>();

    Build(Dockerfile dockerfile, StageChain stages, Path directory, Supervisor supervisor) {
        this.dockerfile = dockerfile;
        this.stages = stages;
        this.supervisor = supervisor;
        this.context = new BuildContext(directory, dockerfile, stages.instructions());
        this.edits = new Edits(dockerfile.file());
        findings.open(dockerfile.file());
    }

    Dockerfile dockerfile() {
        return dockerfile;
    }

    StageChain stages() {
        return stages;
    }

    BuildContext context() {
        return context;
    }

    Supervisor supervisor() {
        return supervisor;
    }

    Findings findings() {
        return findings;
    }

    /** Those of the Dockerfile. */
    Edits edits() {
        return edits;
    }

    /** Those of other files, by what they are in the context. */
    Map<Path, Edits> others() {
        return others;
    }

    /** Says what became of an instruction. */
    void say(Instruction instruction, Fate fate) {
        findings.add(dockerfile.file(), keywordOffset(instruction), instruction.keyword(), fate);
    }

    /** Where the keyword of an instruction begins. */
    int keywordOffset(Instruction instruction) {
        int at = instruction.start();
        while (Character.isWhitespace(dockerfile.file().text().charAt(at))) {
            at++;
        }
        return at;
    }

    /** Puts another instruction in the place of one; what follows it on its last line stays. */
    void replace(Instruction instruction, String keyword, String arguments) {
        int start = keywordOffset(instruction);
        boolean lower = Character.isLowerCase(dockerfile.file().text().charAt(start));
        int end = instruction.arguments().offsetAfter(instruction.arguments().length());
        edits.replace(start, end, (lower ? keyword.toLowerCase(java.util.Locale.ROOT) : keyword) + " " + arguments);
    }

    /** Removes an instruction with its lines, and one of two blank lines that would be left. */
    void remove(Instruction instruction) {
        SourceFile file = dockerfile.file();
        int end = instruction.end();
        boolean blankBefore = instruction.start() == 0
                || file.text()
                        .substring(file.lineStart(instruction.start() - 1), instruction.start())
                        .isBlank();
        int next = end < file.text().length() ? file.lineEnd(end) : end;
        boolean blankAfter = next > end && file.text().substring(end, next).isBlank();
        edits.delete(instruction.start(), blankBefore && blankAfter ? next : end);
    }

    /** The edits of a file of the context; absent where it is no text that could be edited. */
    Optional<Edits> other(Path path) {
        Edits known = others.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > MAX_BYTES) {
                return Optional.empty();
            }
            String text = Files.readString(path, StandardCharsets.UTF_8);
            if (text.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            Edits fresh = new Edits(new SourceFile(context.name(path), text));
            others.put(path, fresh);
            return Optional.of(fresh);
        } catch (CharacterCodingException e) {
            // A binary.
            return Optional.empty();
        } catch (IOException e) {
            // What cannot be read cannot be edited; whoever wants it says so.
            return Optional.empty();
        }
    }
}
