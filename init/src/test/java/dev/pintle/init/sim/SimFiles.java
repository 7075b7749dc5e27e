package dev.pintle.init.sim;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files in memory. */
final class SimFiles {
    private enum Kind {
        REGULAR,
        DIRECTORY,
        SOCKET
    }

    private record Node(
            Kind kind,
            int mode,
            int userId,
            String content,
            @Nullable SimListener listener) {}

    private final TreeMap<String, Node> nodes = new TreeMap<>();
    /** By path: the number of the last write of all. */
    private final Map<String, Long> written = new HashMap<>();

    private long writes;

    SimFiles() {
        nodes.put("/", new Node(Kind.DIRECTORY, 0755, 0, "", null));
    }

    /** Puts a regular file there, with the directories above it. */
    void put(String path, String content, int mode, int userId) {
        makeParents(path);
        nodes.put(path, new Node(Kind.REGULAR, mode, userId, content, null));
        written.put(path, ++writes);
    }

    /** Puts a directory there, with those above it. */
    void putDirectory(String path, int mode, int userId) {
        makeParents(path);
        nodes.put(path, new Node(Kind.DIRECTORY, mode, userId, "", null));
    }

    private void makeParents(String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            nodes.putIfAbsent(path.substring(0, slash), new Node(Kind.DIRECTORY, 0755, 0, "", null));
        }
    }

    /** Takes a file away, or a directory with all that is in it. */
    void takeAway(String path) {
        nodes.remove(path);
        nodes.keySet().removeIf(name -> name.startsWith(path + "/"));
    }

    int stat(String path, FileFacts facts) {
        Node node = nodes.get(path);
        if (node == null) {
            return missing(path);
        }
        facts.mode = node.mode;
        facts.userId = node.userId;
        facts.modified = written.getOrDefault(path, 0L);
        facts.regular = node.kind == Kind.REGULAR;
        facts.directory = node.kind == Kind.DIRECTORY;
        return 0;
    }

    /** ENOENT, or ENOTDIR where something above is no directory. */
    private int missing(String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            Node above = nodes.get(path.substring(0, slash));
            if (above != null && above.kind != Kind.DIRECTORY) {
                return -Errno.ENOTDIR;
            }
        }
        return -Errno.ENOENT;
    }

    @Nullable
    List<String> list(String path) {
        Node node = nodes.get(path);
        if (node == null || node.kind != Kind.DIRECTORY) {
            return null;
        }
        String prefix = path.equals("/") ? path : path + "/";
        List<String> names = new ArrayList<>();
        for (String name : nodes.tailMap(prefix, false).keySet()) {
            if (!name.startsWith(prefix)) {
                break;
            }
            if (name.indexOf('/', prefix.length()) < 0) {
                names.add(name.substring(prefix.length()));
            }
        }
        return names;
    }

    int mayExecute(String path, int userId) {
        Node node = nodes.get(path);
        if (node == null) {
            return missing(path);
        }
        int bits = userId == 0 ? 0111 : node.userId == userId ? 0100 : 0001;
        return node.kind == Kind.REGULAR && (node.mode & bits) != 0 ? 0 : -Errno.EACCES;
    }

    /** The content of a regular file, or null. */
    @Nullable
    String read(String path) {
        Node node = nodes.get(path);
        return node == null || node.kind != Kind.REGULAR ? null : node.content;
    }

    /** Why {@code path} cannot be opened for reading; 0 where it can. */
    int mayRead(String path, int userId) {
        Node node = nodes.get(path);
        if (node == null) {
            return missing(path);
        }
        int bits = userId == 0 ? 0777 : node.userId == userId ? 0400 : 0004;
        return (node.mode & bits) != 0 || userId == 0 ? 0 : -Errno.EACCES;
    }

    int makeDirectory(String path, int mode, int userId) {
        if (nodes.containsKey(path)) {
            return -Errno.EEXIST;
        }
        int denied = mayWriteAbove(path, userId);
        if (denied == 0) {
            nodes.put(path, new Node(Kind.DIRECTORY, mode, userId, "", null));
        }
        return denied;
    }

    /** Gives a listener its name: a path or an abstract name; it is free again once nobody listens. */
    int bind(String path, int mode, int userId, SimListener listener) {
        Node there = nodes.get(path);
        boolean isAbstract = path.startsWith("@");
        boolean isDead = there != null && there.listener != null && there.listener.isClosed();
        if (there != null && !isDead) {
            return -Errno.EADDRINUSE;
        }
        int denied = isAbstract ? 0 : mayWriteAbove(path, userId);
        if (denied == 0) {
            nodes.put(path, new Node(Kind.SOCKET, mode, userId, "", listener));
        }
        return denied;
    }

    @Nullable
    SimListener listener(String path) {
        Node node = nodes.get(path);
        return node == null ? null : node.listener;
    }

    boolean exists(String path) {
        return nodes.containsKey(path);
    }

    int remove(String path, int userId) {
        Node node = nodes.get(path);
        if (node == null) {
            return missing(path);
        }
        if (node.kind == Kind.DIRECTORY) {
            return -21; // EISDIR
        }
        int denied = mayWriteAbove(path, userId);
        if (denied == 0) {
            nodes.remove(path);
        }
        return denied;
    }

    private int mayWriteAbove(String path, int userId) {
        int slash = path.lastIndexOf('/');
        Node above = nodes.get(slash <= 0 ? "/" : path.substring(0, slash));
        if (above == null) {
            return missing(path);
        }
        if (above.kind != Kind.DIRECTORY) {
            return -Errno.ENOTDIR;
        }
        int bits = above.userId == userId ? 0200 : 0002;
        return userId == 0 || (above.mode & bits) != 0 ? 0 : -Errno.EACCES;
    }
}
