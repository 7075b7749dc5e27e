package dev.pintle.init.compat.runit;

import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.layout.ProcessSettings.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** runit's {@code chpst}: runs a program with a changed process state (chpst(8)). */
public final class Chpst {
    private static final String OPTIONS = "u:U:b:e:m:d:o:p:f:c:r:t:/:C:n:l:L:vP012V";
    private static final String USAGE = "usage: chpst [-vVP012] [-u user[:group]] [-U user[:group]] [-b argv0] [-e dir]"
            + " [-/ root] [-C pwd] [-n nice] [-l|-L lock] [-m n] [-d n] [-o n] [-p n] [-f n] [-c n] [-r n] [-t n] prog\n\n";

    /** Beyond what the kernel tells apart. */
    private static final int MOST_NICE = 1000;

    private final Invocation call;
    private final SoftLimits limits = new SoftLimits();
    private @Nullable String user;
    private @Nullable String notedUser;
    private @Nullable String argv0;
    private @Nullable String environment;
    private @Nullable String root;
    private @Nullable String directory;
    private @Nullable String lock;
    private boolean waitForLock;
    private int nice;
    private boolean verbose;
    private boolean session;
    private final boolean[] closed = new boolean[3];

    private Chpst(Invocation call) {
        this.call = call;
    }

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        return new Chpst(call).run();
    }

    private int run() throws FailureException {
        Options options = new Options(call.words, OPTIONS);
        for (int letter = next(options); letter != Options.END; letter = next(options)) {
            take((char) letter, options.value());
        }
        List<String> command = options.operands();
        if (command.isEmpty()) {
            throw usage();
        }
        return change(command);
    }

    static FailureException usage() {
        return FailureException.verbatim(Runit.USAGE, USAGE);
    }

    private int next(Options options) throws FailureException {
        return Runit.next(options, call.name, Runit.USAGE, USAGE);
    }

    private void take(char letter, String value) throws FailureException {
        switch (letter) {
            case 'u' -> user = value;
            case 'U' -> notedUser = value;
            case 'b' -> argv0 = value;
            case 'e' -> environment = value;
            case '/' -> root = value;
            case 'C' -> directory = value;
            case 'n' -> nice = niceness(value);
            case 'l', 'L' -> takeLock(letter, value);
            case 'v' -> verbose = true;
            case 'P' -> session = true;
            case '0', '1', '2' -> closed[letter - '0'] = true;
            case 'V' -> throw usage();
            case 'm' -> limits.memory(number(value));
            default -> limits.set(resource(letter), number(value));
        }
    }

    private static Resource resource(char letter) {
        return switch (letter) {
            case 'd' -> Resource.DATA;
            case 'o' -> Resource.NOFILE;
            case 'p' -> Resource.NPROC;
            case 'f' -> Resource.FSIZE;
            case 'c' -> Resource.CORE;
            case 'r' -> Resource.RSS;
            default -> Resource.CPU;
        };
    }

    private void takeLock(char letter, String file) throws FailureException {
        if (lock != null) {
            throw usage();
        }
        lock = file;
        waitForLock = letter == 'l';
    }

    private static long number(String text) throws FailureException {
        long number = Runit.number(text);
        if (number < 0) {
            throw usage();
        }
        return number;
    }

    private static int niceness(String text) throws FailureException {
        boolean sign = text.startsWith("-") || text.startsWith("+");
        int number = (int) Math.min(number(sign ? text.substring(1) : text), MOST_NICE);
        return text.startsWith("-") ? -number : number;
    }

    /** In the order of the original. */
    private int change(List<String> command) throws FailureException {
        ProcessChange change = new ProcessChange(call);
        if (session) {
            change.beginSession();
        }
        if (environment != null) {
            change.readEnvironment(environment, true, verbose);
        }
        if (root != null) {
            change.changeRoot(root);
        }
        if (directory != null) {
            change.changeDirectory(directory);
        }
        change.addNice(nice);
        if (notedUser != null) {
            change.noteUser(notedUser, true);
        }
        if (user != null) {
            change.becomeUser(user, true);
        }
        if (lock != null) {
            change.lock(lock, waitForLock, false);
        }
        String[] names = {"stdin", "stdout", "stderr"};
        for (int i = 0; i < closed.length; i++) {
            if (closed[i]) {
                change.close(i, names[i]);
            }
        }
        limits.apply(change);
        return change.execute(command, argv0);
    }
}
