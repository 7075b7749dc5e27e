package dev.pintle.init.control;

import dev.pintle.init.launch.Environment;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ProcFiles;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which init it is that serves a control socket: whose layout, in which container. */
public final class Identity {
    /** One that does not answer in this time, in milliseconds, is not believed to live. */
    private static final long PATIENCE = 1_000;

    /** Of FNV-1a: a name has no room for a path. */
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;

    private static final long FNV_PRIME = 0x100000001b3L;

    private Identity() {}

    /** What an init says of itself. */
    static Message of(Sys sys) {
        return Message.done()
                .with("pid", (long) sys.pid())
                .withRaw("layout", layout(sys))
                .with("directory", directory(sys))
                .with("root", file(sys, "/"));
    }

    private static String layout(Sys sys) {
        return Environment.layoutDirectory(Environment.asMap(sys.environment()));
    }

    /** The directory of the layout whatever its path; empty where there is none. */
    private static String directory(Sys sys) {
        return file(sys, layout(sys));
    }

    /** Which file a path leads to. Containers that share a directory or a network have a root of their own each. */
    private static String file(Sys sys, String path) {
        FileFacts facts = new FileFacts();
        return sys.stat(path, facts) < 0 ? "" : facts.device + ":" + facts.inode;
    }

    /**
     * Makes this the init of this layout in this container, unless another one is. It takes abstract names for that: a control
     * socket is in a directory that other users do not see, and serves root and its own user alone. The first process of a pid
     * namespace is the first init there, whoever has the names.
     *
     * @param path where the layout has its control socket, or null
     * @return the pid of the other one; 0 where there is none
     */
    public static long claim(Sys sys, @Nullable String path) {
        int holder = 0;
        for (String name : names(sys)) {
            int result = sys.listenLocal(name, 0, -1, -1);
            if (result == -Errno.EADDRINUSE && holder == 0 && sys.pid() != 1) {
                holder = new InitFinder(sys).holder(name);
            }
        }
        if (sys.pid() == 1) {
            return 0;
        }
        return holder != 0 ? holder : ofAnother(sys, path);
    }

    /**
     * Names for the layout of this container; none where there is no /proc to tell which container this is. One is for its path
     * as it was given, the other for the directory that the path leads to: a layout has many paths, and one path has many
     * directories over time. Where the layers of an image are on several file systems, a directory's inode can change as well.
     */
    private static List<String> names(Sys sys) {
        long pids = ProcFiles.namespace(sys, "pid");
        long mounts = ProcFiles.namespace(sys, "mnt");
        if (pids == 0 || mounts == 0) {
            return List.of();
        }
        String container = "@pintle-init-" + pids + "-" + mounts + "-";
        String root = file(sys, "/");
        String directory = directory(sys);
        List<String> names = new ArrayList<>();
        names.add(container + hash(root + " " + layout(sys)));
        if (!directory.isEmpty()) {
            names.add(container + hash(root + " " + directory));
        }
        return names;
    }

    private static String hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return Long.toHexString(hash);
    }

    private static long ofAnother(Sys sys, @Nullable String path) {
        int connection = new InitFinder(sys).connect(path);
        if (connection < 0) {
            return 0;
        }
        Message reply = ask(sys, connection);
        sys.close(connection);
        return reply != null && isOurs(sys, reply) ? reply.number("pid", 0) : 0;
    }

    /** Whether who says this of itself is an init of this layout in this container. */
    private static boolean isOurs(Sys sys, Message reply) {
        String directory = directory(sys);
        boolean layout = reply.raw("layout").equals(layout(sys))
                || (!directory.isEmpty() && reply.text("directory").equals(directory));
        return layout && reply.text("root").equals(file(sys, "/"));
    }

    private static @Nullable Message ask(Sys sys, int connection) {
        byte[] request = RawText.encode(Message.request("init").line() + "\n");
        PollSet set = new PollSet();
        set.add(connection, PollSet.READABLE);
        byte[] reply = new byte[1024];
        if (sys.write(connection, request, 0, request.length) != request.length || sys.poll(set, PATIENCE) <= 0) {
            return null;
        }
        int size = sys.read(connection, reply, 0, reply.length);
        try {
            return size <= 0 ? null : Message.parse(RawText.decode(reply, 0, size));
        } catch (Json.MalformedException e) {
            return null;
        }
    }
}
