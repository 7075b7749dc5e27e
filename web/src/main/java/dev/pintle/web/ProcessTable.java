package dev.pintle.web;

import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.text.Ascii;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What proc(5) tells of the processes of each process group. Where there is no {@code /proc}, or that of another pid namespace, or
 * more processes than are looked at, it is empty: a part of them would be a wrong sum.
 */
final class ProcessTable {
    /** Processes that are looked at. */
    private static final int MOST = 8_192;

    private static final int LARGEST_FILE = 1_024;
    /** Of {@code /proc/stat}, whose long line of interrupts stands before the time of boot. */
    private static final int LARGEST_SYSTEM_FILE = 256 * 1024;
    /** Ticks of a second in proc(5), USER_HZ: 100 on every architecture that Linux and musl share. */
    private static final int TICKS = 100;

    // Fields of /proc/PID/stat behind the name, whose own end is the last parenthesis.
    private static final int GROUP = 2;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int USER_TICKS_OF_CHILDREN = 13;
    private static final int SYSTEM_TICKS_OF_CHILDREN = 14;
    private static final int START = 19;
    private static final int PAGES = 21;
    private static final int FIELDS = 22;

    /** Processes of one group. */
    static final class Group {
        /** Milliseconds since 1970 at which its first process began; 0 where that is not known. */
        long start;
        /** Milliseconds of CPU time of all, and of all that have ended and were waited for by one of them. */
        long cpu;
        /** Bytes in memory; what several share counts for each. */
        long memory;
        /** How many there are. */
        int processes;
    }

    private final Sys sys;
    private final Map<Integer, Group> groups = new HashMap<>();
    private final long boot;
    private final long page;

    /** Looks at the processes that there are now. */
    ProcessTable(Sys sys) {
        this.sys = sys;
        boot = number("/proc/stat", "\nbtime ", LARGEST_SYSTEM_FILE);
        page = number("/proc/self/smaps", "\nKernelPageSize:", LARGEST_FILE) * 1024;
        List<String> names =
                text("/proc/self/stat", LARGEST_FILE).startsWith(sys.pid() + " ") ? sys.list("/proc", MOST) : null;
        for (String name : names == null || names.size() >= MOST ? List.<String>of() : names) {
            if (Ascii.isNumber(name)) {
                add(name);
            }
        }
    }

    /** The group of a service's process; null where there is none or nothing is known of it. Group 0 is the kernel's. */
    @Nullable
    Group group(long leader) {
        return leader > 0 ? groups.get((int) leader) : null;
    }

    /** Milliseconds since 1970 at which a process began, which may be in any group; 0 where that is not known. */
    long startOf(long process) {
        long[] fields = groups.isEmpty() ? new long[0] : fields(Long.toString(process));
        return fields.length == 0 ? 0 : start(fields);
    }

    private long start(long[] fields) {
        return boot == 0 ? 0 : boot * 1000 + fields[START] * (1000 / TICKS);
    }

    private void add(String process) {
        long[] fields = fields(process);
        if (fields.length == 0) {
            return;
        }
        Group group = groups.computeIfAbsent((int) fields[GROUP], unused -> new Group());
        group.processes++;
        group.cpu += (fields[USER_TICKS]
                        + fields[SYSTEM_TICKS]
                        + fields[USER_TICKS_OF_CHILDREN]
                        + fields[SYSTEM_TICKS_OF_CHILDREN])
                * (1000 / TICKS);
        group.memory += fields[PAGES] * page;
        if (process.equals(Long.toString(fields[GROUP]))) {
            group.start = start(fields);
        }
    }

    private long[] fields(String process) {
        String stat = text("/proc/" + process + "/stat", LARGEST_FILE);
        return fields(stat, stat.lastIndexOf(')') + 1);
    }

    /** The fields of a line from a place on; none where there are too few. What is no number counts 0. */
    private static long[] fields(String line, int from) {
        long[] fields = new long[FIELDS];
        int count = 0;
        int at = from + 1;
        while (count < FIELDS && at > 0 && at < line.length()) {
            int space = line.indexOf(' ', at);
            int end = space < 0 ? line.length() : space;
            fields[count++] = number(line, at, end);
            at = end + 1;
        }
        return count == FIELDS ? fields : new long[0];
    }

    private static long number(String text, int from, int end) {
        boolean fits = end - from > 0 && end - from < 19 && Ascii.isNumber(text.substring(from, end));
        return fits ? Long.parseLong(text.substring(from, end)) : 0;
    }

    /** The number behind the first place of some text in a file; 0 where there is none. */
    private long number(String path, String before, int limit) {
        String text = text(path, limit);
        int found = text.indexOf(before);
        int at = found + before.length();
        while (found >= 0 && at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        int end = at;
        while (found >= 0 && end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return found < 0 ? 0 : number(text, at, end);
    }

    private String text(String path, int limit) {
        String text = Files.read(sys, path, limit).text();
        return text == null ? "" : text;
    }
}
