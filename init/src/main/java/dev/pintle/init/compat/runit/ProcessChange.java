package dev.pintle.init.compat.runit;

import dev.pintle.init.launch.Accounts;
import dev.pintle.init.launch.Accounts.Ids;
import dev.pintle.init.launch.EnvironmentDirectory;
import dev.pintle.init.program.Execution;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.ToolSys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What chpst and the programs of daemontools that it stands in for do to their own process (chpst(8)). */
final class ProcessChange {
    /** Of the originals: anything that could not be done. */
    private static final int FATAL = 111;

    /** Where programs are looked for without a PATH. */
    private static final String DEFAULT_PATH = "/bin:/usr/bin";

    private final Invocation call;
    private final ToolSys sys;
    private final Map<String, String> environment;
    private final String path;

    ProcessChange(Invocation call) {
        this.call = call;
        this.sys = call.sys;
        this.environment = call.environment();
        this.path = environment.getOrDefault("PATH", DEFAULT_PATH);
    }

    /** Ends with what the originals say. They all call themselves chpst. */
    static FailureException fatal(String what) {
        return FailureException.verbatim(FATAL, "chpst: fatal: " + what + "\n");
    }

    private static void check(int result, String what) throws FailureException {
        if (result < 0) {
            throw fatal(what + ": " + ErrorWords.of(-result));
        }
    }

    void beginSession() {
        sys.newSession();
    }

    /** Sets variables from the files of a directory. */
    void readEnvironment(String directory, boolean directoriesAreSkipped, boolean verbose) throws FailureException {
        FileFacts facts = new FileFacts();
        int errno = -sys.stat(directory, facts);
        if (errno == 0 && !facts.directory) {
            errno = Errno.ENOTDIR;
        }
        check(-errno, "unable to switch to directory: " + directory);
        List<String> names = sys.list(directory);
        if (names == null) {
            throw fatal("unable to open directory: " + directory + ": " + ErrorWords.of(Errno.EACCES));
        }
        for (String name : names) {
            if (name.startsWith(".")) {
                continue;
            }
            int failed = EnvironmentDirectory.readVariable(sys, directory, name, environment);
            if (failed == Errno.ENOENT) {
                // A link that leads nowhere is an empty file to the original.
                environment.remove(name);
                continue;
            }
            String trouble = "unable to read " + directory + "/" + name + ": " + ErrorWords.of(failed);
            if (failed == Errno.EISDIR && directoriesAreSkipped) {
                if (verbose) {
                    call.output.printError("chpst: warning: " + trouble + "\n");
                }
            } else if (failed != 0) {
                throw fatal(trouble);
            }
        }
    }

    void changeRoot(String root) throws FailureException {
        changeDirectory(root);
        check(sys.changeRoot("."), "unable to change root directory");
    }

    void changeDirectory(String directory) throws FailureException {
        check(sys.changeDirectory(directory), "unable to change directory: " + directory);
    }

    void addNice(int increment) throws FailureException {
        if (increment != 0) {
            check(sys.addNice(increment), "unable to set nice level");
        }
    }

    /** Sets UID and GID as variables only. */
    void noteUser(String user, boolean withGroups) throws FailureException {
        Ids ids = ids(user, withGroups);
        environment.put("GID", Accounts.text(ids.groups().get(0)));
        environment.put("UID", Accounts.text(ids.userId()));
    }

    void becomeUser(String user, boolean withGroups) throws FailureException {
        Ids ids = ids(user, withGroups);
        check(sys.setGroups(Accounts.numbers(ids.groups())), "unable to setgroups");
        check(sys.setGroup(ids.groups().get(0)), "unable to setgid");
        check(sys.setUser(ids.userId()), "unable to setuid");
    }

    private Ids ids(String user, boolean withGroups) throws FailureException {
        Accounts accounts = new Accounts(sys);
        if (withGroups && user.startsWith(":")) {
            Ids ids = Ids.parse(user.substring(1));
            if (ids == null) {
                throw fatal("invalid uid/gids: " + user.substring(1));
            }
            return ids;
        }
        Ids ids = withGroups ? accounts.namedWithGroups(user) : accounts.named(user);
        if (ids == null) {
            throw fatal((withGroups ? "unknown user/group: " : "unknown account: ") + user);
        }
        return ids;
    }

    /**
     * Takes a lock that the program keeps.
     *
     * @return whether it was taken; without it the originals end, and with {@code silent} they say nothing
     */
    boolean lock(String file, boolean wait, boolean silent) throws FailureException {
        int descriptor = sys.open(file, ToolSys.WRITE | ToolSys.APPEND | ToolSys.CREATE, 0600);
        int result = descriptor < 0 ? descriptor : sys.lock(descriptor, wait);
        if (result < 0 && !silent) {
            check(result, (descriptor < 0 ? "unable to open lock: " : "unable to lock: ") + file);
        }
        return result >= 0 && sys.keepOpen(descriptor) >= 0;
    }

    void close(int descriptor, String name) throws FailureException {
        check(sys.close(descriptor), "unable to close " + name);
    }

    /**
     * Sets a soft limit, but not above the hard one.
     *
     * @param value -1 for the hard limit
     */
    void limit(int resource, long value) throws FailureException {
        long[] limit = new long[2];
        check(sys.limit(resource, limit), "unable to getrlimit()");
        boolean above = limit[1] >= 0 && value > limit[1];
        check(sys.setLimit(resource, value < 0 || above ? limit[1] : value, limit[1]), "unable to setrlimit()");
    }

    /** Becomes a program; never returns but by its failure. */
    int execute(List<String> command, @Nullable String name) throws FailureException {
        List<String> arguments = new ArrayList<>(command);
        if (name != null) {
            arguments.set(0, name);
        }
        int errno = -Execution.execute(sys, arguments, command.get(0), environment, path);
        throw fatal("unable to run: " + arguments.get(0) + ": " + ErrorWords.of(errno));
    }
}
