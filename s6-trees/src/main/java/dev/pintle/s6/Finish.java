package dev.pintle.s6;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a finish script is for, as it shows when it is tried on every end that a service can have.
 *
 * @param kind  of script
 * @param goOns the codes after which the service is started again, where others end the container
 */
record Finish(Kind kind, Set<Integer> goOns) {

    /** Kinds of script. */
    enum Kind {
        /** It says something, and does nothing. */
        NOTHING,
        /** It ends the container, however the service ended. */
        ALWAYS_STOPS,
        /** It ends the container, but after a few codes. */
        STOPS_ON_FAILURE,
        /** Something else. */
        UNKNOWN
    }

    /** What the first argument is where a signal has ended the service. */
    private static final int BY_SIGNAL = 256;

    private static final int HIGHEST_SIGNAL = 64;

    /** The exit code that has s6 give the service up. */
    private static final int GIVE_UP = 125;

    /** More than that are no list of successes. */
    private static final int MOST_GO_ONS = 4;

    private static final Finish OTHER = new Finish(Kind.UNKNOWN, Set.of());

    /** What a script did when it was tried. */
    static final class Trial {
        final int code;
        final int signal;
        boolean halted;
        boolean stored;
        int exit;

        Trial(int code, int signal) {
            this.code = code;
            this.signal = signal;
        }
    }

    /** Plays a script; false where it has something that cannot be played. */
    @FunctionalInterface
    interface Player {
        boolean play(Trial trial);
    }

    /** Looks at the script of a service. */
    static Finish of(TreeFile script) {
        String interpreter = script.interpreter();
        if (interpreter == null || !script.isText()) {
            return OTHER;
        }
        if (Interpreters.isExecline(interpreter)) {
            return classify(new FinishExecline(script.text())::play);
        }
        return Interpreters.isShell(Interpreters.withoutContenv(interpreter))
                ? classify(new FinishShell(script.text())::play)
                : OTHER;
    }

    private static Finish classify(Player player) {
        Set<Integer> goOns = new TreeSet<>();
        boolean halts = false;
        boolean stores = false;
        boolean everySignalHalts = true;
        for (int i = 0; i < BY_SIGNAL + HIGHEST_SIGNAL; i++) {
            boolean signal = i >= BY_SIGNAL;
            Trial trial = signal ? new Trial(BY_SIGNAL, i - BY_SIGNAL + 1) : new Trial(i, 0);
            if (!player.play(trial) || trial.exit == GIVE_UP) {
                return OTHER;
            }
            halts |= trial.halted;
            stores |= trial.stored;
            everySignalHalts &= !signal || trial.halted;
            if (!signal && !trial.halted && goOns.size() <= MOST_GO_ONS) {
                goOns.add(i);
            }
        }
        if (!halts && !stores) {
            return new Finish(Kind.NOTHING, Set.of());
        }
        if (goOns.isEmpty() && everySignalHalts) {
            return new Finish(Kind.ALWAYS_STOPS, Set.of());
        }
        boolean few = !goOns.isEmpty() && goOns.size() <= MOST_GO_ONS;
        return few ? new Finish(Kind.STOPS_ON_FAILURE, goOns) : OTHER;
    }

    /** The codes as the layout writes them. */
    String successes() {
        List<String> codes = new ArrayList<>();
        for (int code : goOns) {
            codes.add("" + code);
        }
        return Text.join(codes, ", ");
    }
}
