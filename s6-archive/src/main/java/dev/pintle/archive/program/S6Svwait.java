package dev.pintle.archive.program;

import dev.pintle.init.compat.s6.S6;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code s6-svwait}: waits until services are in a state. */
public final class S6Svwait {
    private static final String NAME = "s6-svwait";
    private static final String SYNOPSIS = "[ -U | -u | -d | -D | -r | -R ] [ -a | -o ] [ -t timeout ] servicedir...";

    private S6Svwait() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        char wanted = 'u';
        boolean any = false;
        long timeout = 0;
        Options options = new Options(call.words, "uUdDrRaot:");
        for (int letter = S6.next(options, NAME, SYNOPSIS);
                letter != Options.END;
                letter = S6.next(options, NAME, SYNOPSIS)) {
            switch ((char) letter) {
                case 'a' -> any = false;
                case 'o' -> any = true;
                case 't' -> timeout = S6.number(options.value());
                default -> wanted = (char) letter;
            }
        }
        if (!options.hasOperand() || timeout < 0) {
            throw S6.usage(NAME, SYNOPSIS);
        }
        List<Supervised> services = new ArrayList<>();
        for (String word : options.operands()) {
            services.add(Supervised.of(call, word));
        }
        long[] before = new long[services.size()];
        for (int i = 0; i < before.length; i++) {
            Status status = services.get(i).status();
            if (status == null) {
                throw S6.fatal(
                        S6.FATAL,
                        NAME,
                        "unable to subscribe to events for " + services.get(i).word + ": No such file or directory");
            }
            before[i] = status.starts();
        }
        if (!Objects.requireNonNull(Target.of(wanted)).await(call, services, before, any, timeout)) {
            throw S6.fatal(Target.TIMED_OUT, NAME, "timed out");
        }
        return 0;
    }
}
