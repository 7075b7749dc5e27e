package dev.pintle.init.launch;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Sys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Directories in /run that a service needs and an image often lacks, as /run/php. A directory that is there stays as it is: it
 * may be a volume, or another service's.
 */
final class RuntimeDirectories {
    private static final String PARENT = "/run/";
    private static final int MODE = 0755;

    private final Sys sys;

    RuntimeDirectories(Sys sys) {
        this.sys = sys;
    }

    /**
     * Makes those that are missing.
     *
     * @param owner whom they are given to; null for the init's own user
     */
    void make(List<String> names, Accounts.@Nullable Identity owner) throws LaunchException {
        for (String name : names) {
            String path = PARENT + name;
            int made = sys.makeDirectory(path, MODE);
            if (made == -Errno.EEXIST) {
                requireDirectory(path);
            } else if (made < 0) {
                throw new LaunchException("cannot make " + path, -made);
            } else if (owner != null && sys.userId() == 0) {
                // Whoever may write to /run could have put a link in its place: no link is followed.
                int given = sys.changeOwner(path, owner.userId(), owner.groupId());
                if (given < 0) {
                    throw new LaunchException("cannot give " + path + " to " + owner.name(), -given);
                }
            }
        }
    }

    private void requireDirectory(String path) throws LaunchException {
        FileFacts facts = new FileFacts();
        if (sys.stat(path, facts) < 0 || !facts.directory) {
            throw new LaunchException("cannot make " + path + ": something else is there");
        }
    }
}
