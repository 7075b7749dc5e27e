package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.source.SourceFile;
import java.util.List;
import java.util.Optional;

/** How an image of s6-overlay is started: its {@code /init} is ours when the overlay is in the image. */
final class KeptStart {

    private final Build build;
    private final Start start;
    private final Base base;
    private final boolean installed;

    /** {@code installed}: whether the Dockerfile itself installs s6-overlay. */
    KeptStart(Build build, Start start, Base base, boolean installed) {
        this.build = build;
        this.start = start;
        this.base = base;
        this.installed = installed;
    }

    /** Says what becomes of it, and adds what is missing; returns whether something starts init. */
    boolean apply() {
        Optional<Start.Line> init = start.init();
        if (init.isPresent()) {
            Instruction instruction = init.get().instruction();
            build.say(instruction, Fate.kept("/init is Pintle's: it starts the services"));
            start.command()
                    .filter(line -> !line.instruction().equals(instruction))
                    .ifPresent(this::command);
            return true;
        }
        if (start.entrypoint().isEmpty() && baseStarts()) {
            start.command().ifPresent(this::command);
            return true;
        }
        if (start.isEmpty()) {
            atTheEnd();
            return true;
        }
        return false;
    }

    /** The base's ENTRYPOINT is /init, as far as it is known. */
    private boolean baseStarts() {
        return base.kind() == Base.Kind.S6 || (base.kind() == Base.Kind.UNKNOWN && !installed);
    }

    private void command(Start.Line line) {
        build.understand(line.instruction());
        build.say(
                line.instruction(), Fate.kept("init starts it when all services are up, and ends with its exit code"));
    }

    private void atTheEnd() {
        SourceFile file = build.dockerfile().file();
        List<Instruction> instructions = build.stages().target().instructions();
        int end = instructions.get(instructions.size() - 1).end();
        boolean open = !file.text().substring(0, end).endsWith("\n");
        build.edits()
                .insert(end, (open ? file.newline() : "") + "ENTRYPOINT [\"/init\"]" + (open ? "" : file.newline()));
        build.findings()
                .add(
                        file,
                        instructions.get(0).start(),
                        "FROM",
                        Fate.approximated(
                                "ENTRYPOINT [\"/init\"] at its end: nothing here started s6-overlay",
                                "leave it out where the images that are built on this one have it"));
    }
}
