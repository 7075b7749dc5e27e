package dev.pintle.init.compat.s6;

import dev.pintle.init.launch.Accounts;
import dev.pintle.init.launch.Accounts.Ids;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import java.util.List;
import java.util.Map;

/**
 * {@code s6-setuidgid}: becomes a user with all of its groups, or {@code uid:gid}, and runs a program. The original is a chain
 * of programs; its messages name the one of them that speaks.
 */
public final class S6SetUidGid {
    private static final String APPLY = "s6-applyuidgid";

    private S6SetUidGid() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        if (call.words.size() < 2) {
            throw S6.usage("s6-setuidgid", "username prog...");
        }
        Ids ids = ids(call);
        become(call, ids);
        Map<String, String> environment = call.environment();
        environment.remove("UID");
        environment.remove("GID");
        environment.remove("GIDLIST");
        List<String> command = call.words.subList(1, call.words.size());
        return S6.execute(call, APPLY, command, environment);
    }

    private static Ids ids(Invocation call) throws FailureException {
        String user = call.words.get(0);
        if (user.indexOf(':') >= 0) {
            Ids ids = Ids.parse(user);
            if (ids == null) {
                throw S6.usage(APPLY, "[ -z ] [ -u uid ] [ -g gid ] [ -G gidlist ] [ -U ] prog...");
            }
            return ids;
        }
        Ids ids = new Accounts(call.sys).namedWithMemberships(user);
        if (ids == null) {
            throw S6.fatal(1, "s6-envuidgid", "unknown user: " + user);
        }
        return ids;
    }

    private static void become(Invocation call, Ids ids) throws FailureException {
        check(call.sys.setGroups(Accounts.numbers(ids.groups())), "set supplementary group list");
        check(call.sys.setGroup(ids.groups().get(0)), "setgid");
        check(call.sys.setUser(ids.userId()), "setuid");
    }

    private static void check(int result, String what) throws FailureException {
        if (result < 0) {
            throw S6.fatal(S6.FATAL, APPLY, "unable to " + what + ": " + ErrorWords.of(-result));
        }
    }
}
