package dev.pintle.init.compat.runit;

import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.layout.ProcessSettings.Resource;
import java.util.List;

/** The programs of daemontools that chpst is too when it is called by their names (chpst(8), "DAEMONTOOLS"). */
public final class Daemontools {
    private Daemontools() {}

    /** {@code setuidgid account child}. */
    public static int setuidgid(Invocation call) throws FailureException {
        ProcessChange change = prepare(call, " account child");
        change.becomeUser(call.words.get(0), false);
        return change.execute(child(call), null);
    }

    /** {@code envuidgid account child}. */
    public static int envuidgid(Invocation call) throws FailureException {
        ProcessChange change = prepare(call, " account child");
        change.noteUser(call.words.get(0), false);
        return change.execute(child(call), null);
    }

    /** {@code envdir dir child}. */
    public static int envdir(Invocation call) throws FailureException {
        ProcessChange change = prepare(call, " dir child");
        change.readEnvironment(call.words.get(0), false, false);
        return change.execute(child(call), null);
    }

    private static ProcessChange prepare(Invocation call, String usage) throws FailureException {
        if (call.words.size() < 2) {
            throw usage(call, usage);
        }
        return new ProcessChange(call);
    }

    private static List<String> child(Invocation call) {
        return call.words.subList(1, call.words.size());
    }

    /** {@code pgrphack child}. */
    public static int pgrphack(Invocation call) throws FailureException {
        if (call.words.isEmpty()) {
            throw usage(call, " child");
        }
        ProcessChange change = new ProcessChange(call);
        change.beginSession();
        return change.execute(call.words, null);
    }

    /** {@code setlock [-nNxX] file program}; as runit has it, {@code -n} waits. */
    public static int setlock(Invocation call) throws FailureException {
        String usage = " [ -nNxX ] file program [ arg ... ]";
        Options options = new Options(call.words, "nNxX");
        boolean wait = false;
        boolean silent = false;
        for (int letter = next(call, options, usage); letter != Options.END; letter = next(call, options, usage)) {
            switch (letter) {
                case 'n' -> wait = true;
                case 'N' -> wait = false;
                case 'x' -> silent = true;
                default -> silent = false;
            }
        }
        List<String> operands = options.operands();
        if (operands.size() < 2) {
            throw usage(call, usage);
        }
        ProcessChange change = new ProcessChange(call);
        if (!change.lock(operands.get(0), wait, silent)) {
            return 0;
        }
        try {
            return change.execute(operands.subList(1, operands.size()), null);
        } catch (FailureException e) {
            if (silent) {
                return 0;
            }
            throw e;
        }
    }

    /** {@code softlimit [-a n] … child}. */
    public static int softlimit(Invocation call) throws FailureException {
        String usage = " [-a allbytes] [-c corebytes] [-d databytes] [-f filebytes] [-l lockbytes] [-m membytes]"
                + " [-o openfiles] [-p processes] [-r residentbytes] [-s stackbytes] [-t cpusecs] child";
        Options options = new Options(call.words, "a:c:d:f:l:m:o:p:r:s:t:");
        SoftLimits limits = new SoftLimits();
        for (int letter = next(call, options, usage); letter != Options.END; letter = next(call, options, usage)) {
            boolean hard = options.value().equals("=");
            long value = hard ? SoftLimits.HARD : Runit.number(options.value());
            if (value < 0 && !hard) {
                throw Chpst.usage();
            }
            if (letter == 'm') {
                limits.memory(value);
            } else {
                limits.set(resource((char) letter), value);
            }
        }
        if (options.operands().isEmpty()) {
            throw usage(call, usage);
        }
        ProcessChange change = new ProcessChange(call);
        limits.apply(change);
        return change.execute(options.operands(), null);
    }

    private static Resource resource(char letter) {
        return switch (letter) {
            case 'a' -> Resource.AS;
            case 'c' -> Resource.CORE;
            case 'd' -> Resource.DATA;
            case 'f' -> Resource.FSIZE;
            case 'l' -> Resource.MEMLOCK;
            case 'o' -> Resource.NOFILE;
            case 'p' -> Resource.NPROC;
            case 'r' -> Resource.RSS;
            case 's' -> Resource.STACK;
            default -> Resource.CPU;
        };
    }

    private static int next(Invocation call, Options options, String usage) throws FailureException {
        return Runit.next(options, call.name, Runit.USAGE, text(call, usage));
    }

    private static FailureException usage(Invocation call, String usage) {
        return FailureException.verbatim(Runit.USAGE, text(call, usage));
    }

    private static String text(Invocation call, String usage) {
        return "usage: " + call.name + usage + "\n\n";
    }
}
