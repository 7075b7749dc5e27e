package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.source.SourceFile;
import dev.pintle.layout.text.Signals;
import java.util.List;
import java.util.Set;

/**
 * What stands at the end of each moved image: the layout is checked when it is built, and it is stopped by SIGTERM,
 * whatever its base has been stopped by.
 */
final class ClosingRule {

    private static final String CHECK = "RUN [\"pintle\", \"check\"]";

    /** What changes the files, the user or the variables that the check sees. */
    private static final Set<String> BEFORE =
            Set.of("RUN", "COPY", "ADD", "USER", "ENV", "ARG", "WORKDIR", "SHELL", "FROM");

    private final Build build;

    private final StageChain image;

    ClosingRule(Build build, StageChain image) {
        this.build = build;
        this.image = image;
    }

    /**
     * Adds it.
     *
     * @param behind  where the overlay is put into the image, if that is not in the place of another instruction
     * @param signals whether the image is built on one that has got its STOPSIGNAL already
     */
    void apply(int behind, boolean signals) {
        List<Instruction> stage = image.target().instructions();
        for (Instruction instruction : image.all()) {
            if (instruction.keyword().equals("STOPSIGNAL")) {
                stopSignal(instruction);
            }
        }
        Instruction last = stage.get(0);
        boolean checked = false;
        for (Instruction instruction : stage) {
            boolean closes = BEFORE.contains(instruction.keyword()) && !instruction.onBuild();
            last = closes ? instruction : last;
            checked |= instruction.arguments().text().contains("pintle")
                    && instruction.arguments().text().contains("check");
        }
        boolean signal =
                !signals && image.all().stream().noneMatch(i -> i.keyword().equals("STOPSIGNAL") && !i.onBuild());
        insert(last, Math.max(last.end(), behind), checked, signal);
    }

    private void insert(Instruction last, int offset, boolean checked, boolean signal) {
        SourceFile file = build.dockerfile().file();
        String lines = (checked ? "" : CHECK + file.newline()) + (signal ? "STOPSIGNAL SIGTERM" + file.newline() : "");
        if (lines.isEmpty()) {
            return;
        }
        boolean open = !file.text().substring(0, offset).endsWith("\n");
        build.edits().insert(offset, (open ? file.newline() : "") + lines);
        if (signal) {
            build.findings()
                    .add(
                            file,
                            last.start(),
                            "STOPSIGNAL",
                            Fate.changed("SIGTERM, whatever the base has: at that init stops all services"));
        }
        if (!checked) {
            build.findings()
                    .add(
                            file,
                            last.start(),
                            "RUN",
                            Fate.changed("pintle check: a layout that init could not read does not become an image"));
        }
    }

    private void stopSignal(Instruction instruction) {
        int signal = Signals.number(instruction.arguments().text().strip());
        if (signal > 0 && Signals.name(signal).equals("TERM")) {
            build.say(instruction, Fate.kept("init stops at it"));
            return;
        }
        build.replace(instruction, "STOPSIGNAL", "SIGTERM");
        build.say(instruction, Fate.changed("SIGTERM: at that init stops all services"));
    }
}
