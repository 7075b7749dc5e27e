package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.LaidOut;
import dev.pintle.init.Programs;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shells themselves complete what is typed, by the scripts that the native binary prints. */
final class CompletionIT {
    /** For each shell, a script that completes the command line in {@code $1}; of zsh, what it would call does the telling. */
    private static final String BASH =
            "bash -c 'source <(pintle completion bash); COMP_LINE=$1 COMP_POINT=${#1}; _pintle; "
                    + "printf \"%s\\n\" \"${COMPREPLY[@]}\"' -";

    private static final String FISH = "fish -N -c 'pintle completion fish | source; complete -C $argv[1]'";
    private static final String ZSH =
            "zsh -f -c 'autoload -U compinit; compinit -u -D; source <(pintle completion zsh); "
                    + "compadd() { print -l -- ${(P)2} }; words=(\"${(@s: :)1}\"); CURRENT=$#words; _pintle' -";

    @TempDir
    private Path work = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(work, "init", "pintle");
        container.service("web", "command = sleep 1000\ngroup = front\n");
        container.service("worker", "command = sleep 1000\ninstances = 2\n");
    }

    @ParameterizedTest
    @CsvSource({
        "sto, stop",
        "stop --on, --only",
        "wait --for comp, completed",
        "stop web wor, worker-1 worker-2",
        "signal web HU, HUP",
        "completion z, zsh",
        "stop nothing, ''"
    })
    void aShellCompletesWhatIsTyped(String typed, String completed) {
        String line = " 'pintle " + typed + "'";
        Programs.Result result =
                container.run("init & pid=$!; until pintle wait 2>/dev/null; do kill -0 $pid || exit 1; done; "
                        + BASH + line + "; echo; echo --; " + FISH + line + "; echo --; " + ZSH + line
                        + "; kill $pid; wait $pid");
        String[] shells = result.output().split("--\n", -1);
        assertEquals(3, shells.length, result.output() + result.errors());
        for (String shell : shells) {
            assertEquals(completed, String.join(" ", shell.strip().split("\n")), result.output() + result.errors());
        }
    }

    @Test
    void aShellThatHasNoScriptIsAMistake() {
        Programs.Result result = container.run("pintle completion tcsh");
        assertEquals(2, result.code());
        assertTrue(result.errors().contains("completion takes bash, zsh or fish"), result.errors());
    }

    @Test
    void commandsAreCompletedWithoutAnInit() {
        assertEquals(
                "start\nstatus\nstop\n",
                container.run("pintle completion words -- st | sort").output());
        assertEquals(
                "all\n", container.run("pintle completion words -- start ''").output());
    }
}
