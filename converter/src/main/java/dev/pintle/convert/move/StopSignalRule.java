package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.layout.text.Signals;
import java.util.Set;

/** A STOPSIGNAL at which init does not stop gives way to the engine's default, which stops every init. */
final class StopSignalRule {

    /** What stops it where no [signals] say otherwise. */
    private static final Set<String> STOP = Set.of("TERM", "INT", "QUIT", "PWR", "USR2");

    private final Build build;

    StopSignalRule(Build build) {
        this.build = build;
    }

    void apply() {
        for (Instruction instruction : build.stages().instructions()) {
            if (instruction.keyword().equals("STOPSIGNAL")) {
                apply(instruction);
            }
        }
    }

    private void apply(Instruction instruction) {
        int signal = Signals.number(instruction.arguments().text().strip());
        if (signal < 0) {
            build.say(
                    instruction,
                    Fate.approximated("not known here: whether init stops at it depends on [signals]", null));
        } else if (STOP.contains(Signals.name(signal))) {
            build.say(instruction, Fate.kept("init stops at it too"));
        } else {
            build.remove(instruction);
            build.say(instruction, Fate.changed("removed: init stops at SIGTERM, which the engine sends by default"));
        }
    }
}
