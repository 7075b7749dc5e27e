package dev.pintle.init.helper;

import dev.pintle.init.launch.Accounts;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.launch.LaunchException;
import dev.pintle.init.program.Execution;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import java.util.List;
import java.util.Map;

/** {@code pintle-setuser}: becomes a user and runs a program, as a service with {@code user =} does. */
public final class SetUser {
    private SetUser() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        Options options = new Options(call.words, "k", "keep-environment=k");
        boolean keep = false;
        while (options.next() != Options.END) {
            keep = true;
        }
        List<String> operands = options.operands();
        if (operands.size() < 2) {
            throw new UsageException("name a user and a command");
        }
        Accounts.Identity identity = identify(call, operands.get(0));
        Map<String, String> environment = call.environment();
        if (!keep) {
            Environment.addLogin(environment, identity);
        }
        become(call, identity);
        return Execution.become(call.sys, operands.subList(1, operands.size()), environment);
    }

    private static Accounts.Identity identify(Invocation call, String user) throws FailureException {
        try {
            return new Accounts(call.sys).identify(user, null);
        } catch (LaunchException e) {
            throw cannot(user, String.valueOf(e.getMessage()));
        }
    }

    /** Nothing is to be done for who is that user already and could not change a thing. */
    private static void become(Invocation call, Accounts.Identity identity) throws FailureException {
        int own = call.sys.userId();
        if (own != 0) {
            if (own != identity.userId()) {
                throw cannot(identity.name(), "this is uid " + Accounts.text(own) + ", and only root can");
            }
            return;
        }
        int result = call.sys.setGroups(Accounts.numbers(identity.groups()));
        if (result == 0) {
            result = call.sys.setGroup(identity.groupId());
        }
        if (result == 0) {
            result = call.sys.setUser(identity.userId());
        }
        if (result < 0) {
            throw cannot(identity.name(), Errno.describe(-result));
        }
    }

    private static FailureException cannot(String user, String cause) {
        return new FailureException(ExitCode.NOT_PREPARED, "cannot become user " + user + ": " + cause);
    }
}
