package dev.pintle.init.helper;

import dev.pintle.init.launch.Accounts;
import dev.pintle.init.launch.LaunchException;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import java.util.List;

/** {@code pintle-chown}: gives trees to a user, and touches only what is not that user's yet. */
public final class Chown {
    private Chown() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        Options options = new Options(call.words, "nvx", "dry-run=n", "verbose=v", "one-file-system=x");
        boolean dry = false;
        boolean verbose = false;
        boolean oneFileSystem = false;
        for (int letter = options.next(); letter != Options.END; letter = options.next()) {
            dry |= letter == 'n';
            verbose |= letter != 'x';
            oneFileSystem |= letter == 'x';
        }
        List<String> operands = options.operands();
        if (operands.size() < 2) {
            throw new UsageException("name an owner and a path");
        }
        int[] owner = owner(call, operands.get(0));
        TreeOwner tree = new TreeOwner(call.sys, call.output, owner[0], owner[1]);
        tree.dry = dry;
        tree.verbose = verbose;
        tree.oneFileSystem = oneFileSystem;
        for (String path : operands.subList(1, operands.size())) {
            tree.give(path);
        }
        return tree.failures() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    /** {@code USER[:GROUP]} or {@code :GROUP}; -1 for what stays. A user alone brings its primary group. */
    private static int[] owner(Invocation call, String text) throws FailureException {
        Accounts accounts = new Accounts(call.sys);
        try {
            if (text.startsWith(":")) {
                return new int[] {-1, accounts.groupId(text.substring(1))};
            }
            Accounts.Identity identity = accounts.identify(text, null);
            return new int[] {identity.userId(), identity.groupId()};
        } catch (LaunchException e) {
            throw new FailureException(ExitCode.FAILED, "cannot give files to " + text + ": " + e.getMessage());
        }
    }
}
