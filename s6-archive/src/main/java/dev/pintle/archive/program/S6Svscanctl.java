package dev.pintle.archive.program;

import dev.pintle.init.compat.s6.S6;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.sys.FileFacts;

/** {@code s6-svscanctl}: commands to what supervises all services. Those that end it stop the container in order. */
public final class S6Svscanctl {
    private static final String NAME = "s6-svscanctl";
    private static final String SYNOPSIS = "[ -zabhitqnN ] svscandir";

    private S6Svscanctl() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        boolean ends = false;
        Options options = new Options(call.words, "zabhitqnN");
        for (int letter = S6.next(options, NAME, SYNOPSIS);
                letter != Options.END;
                letter = S6.next(options, NAME, SYNOPSIS)) {
            ends |= "bitq".indexOf(letter) >= 0;
        }
        if (!options.hasOperand()) {
            throw S6.usage(NAME, SYNOPSIS);
        }
        String directory = options.operand();
        if (call.sys.stat(directory, new FileFacts()) < 0) {
            throw S6.fatal(S6.FATAL, NAME, "unable to control " + directory + ": No such file or directory");
        }
        return ends ? Halt.run(call) : 0;
    }
}
