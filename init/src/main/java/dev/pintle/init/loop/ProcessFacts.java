package dev.pintle.init.loop;

import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import org.jspecify.annotations.Nullable;

/**
 * What /proc says of a process (proc_pid_stat(5)).
 *
 * @param name    of its program, at most 15 bytes
 * @param ended   whether it is a zombie, or becomes one: it has no variables any more
 * @param group   its process group
 * @param session its session
 */
record ProcessFacts(String name, boolean ended, int group, int session) {
    private static final int LONGEST = 1024;
    /** Bytes of the variables of a process that are looked at: a container has far fewer. */
    private static final int LONGEST_ENVIRONMENT = 1 << 15;

    /** After the name: state, parent, group, session. */
    private static final int GROUP_FIELD = 2;

    private static final int SESSION_FIELD = 3;

    private static final int FLAGS_FIELD = 6;
    /** Of the flags: it has begun to exit. */
    private static final int EXITING = 4;

    /** Reads them; null where there is no such process, or no /proc. */
    static @Nullable ProcessFacts read(Sys sys, int pid) {
        String text = text(sys, "/proc/" + pid + "/stat", LONGEST);
        return text.isEmpty() ? null : parse(text);
    }

    /**
     * A variable that a process was started with; empty where it has none, where it has written over them, or where they are not
     * for us to see: another user's are not, without CAP_SYS_PTRACE.
     */
    static String variable(Sys sys, int pid, String name) {
        String text = text(sys, "/proc/" + pid + "/environ", LONGEST_ENVIRONMENT);
        String start = "\0" + name + "=";
        int at = ("\0" + text).indexOf(start);
        int end = at < 0 ? -1 : text.indexOf('\0', at);
        return end < 0 ? "" : text.substring(at + start.length() - 1, end);
    }

    /** The beginning of a file in /proc, as one read gives it; empty where there is none. */
    private static String text(Sys sys, String path, int longest) {
        int file = sys.openForReading(path);
        if (file < 0) {
            return "";
        }
        byte[] bytes = new byte[longest];
        int size = sys.read(file, bytes, 0, longest);
        sys.close(file);
        return size <= 0 ? "" : RawText.decode(bytes, 0, size);
    }

    /** The name, in parentheses, may hold anything, parentheses too. */
    static @Nullable ProcessFacts parse(String text) {
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        if (open < 0 || close < open || close + 2 >= text.length()) {
            return null;
        }
        int at = close + 2;
        char state = text.charAt(at);
        int group = number(text, at, GROUP_FIELD);
        int session = number(text, at, SESSION_FIELD);
        boolean ended = state == 'Z' || state == 'X' || (number(text, at, FLAGS_FIELD) & EXITING) != 0;
        return new ProcessFacts(text.substring(open + 1, close), ended, group, session);
    }

    /** The number so many fields after a place; 0 where there is none. */
    private static int number(String text, int from, int fields) {
        int at = from;
        for (int field = 0; field < fields && at > 0; field++) {
            at = text.indexOf(' ', at) + 1;
        }
        int number = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            number = number * 10 + (text.charAt(at++) - '0');
        }
        return number;
    }
}
