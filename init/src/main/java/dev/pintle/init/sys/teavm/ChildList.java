package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Sys;
import java.util.ArrayList;
import java.util.List;

/**
 * This process's children by {@code /proc}: from one file where the kernel has it (CONFIG_PROC_CHILDREN), else by asking
 * every process for its parent. Empty without {@code /proc}.
 */
final class ChildList {
    private static final int MOST_BYTES = 1 << 20;

    private final Sys sys;

    ChildList(Sys sys) {
        this.sys = sys;
    }

    List<Integer> read() {
        int pid = sys.pid();
        byte[] text = readFile("/proc/self/task/" + pid + "/children");
        return text != null ? parsePids(text) : scan(pid);
    }

    private List<Integer> scan(int parent) {
        List<Integer> children = new ArrayList<>();
        List<String> names = sys.list("/proc");
        if (names == null) {
            return children;
        }
        for (String name : names) {
            if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
                byte[] text = readFile("/proc/" + name + "/stat");
                if (text != null && parseParent(text) == parent) {
                    children.add(parsePids(text).get(0));
                }
            }
        }
        return children;
    }

    /** The numbers at the beginning of {@code text}, apart by blanks. */
    static List<Integer> parsePids(byte[] text) {
        List<Integer> pids = new ArrayList<>();
        int pid = 0;
        for (byte b : text) {
            if (b >= '0' && b <= '9') {
                pid = pid * 10 + b - '0';
            } else if (b == ' ' || b == '\n') {
                if (pid > 0) {
                    pids.add(pid);
                }
                pid = 0;
            } else {
                break;
            }
        }
        return pids;
    }

    /** The fourth field of proc_pid_stat(5); the second, in parentheses, may hold anything, parentheses too. */
    static int parseParent(byte[] text) {
        int at = text.length - 1;
        while (at >= 0 && text[at] != ')') {
            at--;
        }
        at += 4; // past ") S "
        int parent = 0;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            parent = parent * 10 + text[at++] - '0';
        }
        return parent;
    }

    private byte @org.jspecify.annotations.Nullable [] readFile(String path) {
        int file = sys.openForReading(path);
        if (file < 0) {
            return null;
        }
        byte[] text = new byte[1024];
        int size = 0;
        int read = 0;
        while (size < MOST_BYTES && (read = sys.read(file, text, size, text.length - size)) > 0) {
            size += read;
            if (size == text.length) {
                text = copy(text, size, size * 2);
            }
        }
        sys.close(file);
        return read < 0 ? null : copy(text, size, size);
    }

    private static byte[] copy(byte[] from, int used, int size) {
        byte[] to = new byte[size];
        System.arraycopy(from, 0, to, 0, used);
        return to;
    }
}
