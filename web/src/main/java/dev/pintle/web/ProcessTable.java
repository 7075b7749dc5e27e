package dev.pintle.web;

import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.ProcStat;
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
    /** In user mode and in the kernel, its own and of children. */
    private static final int KINDS_OF_TICKS = 4;

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
        List<String> names = ProcStat.of(sys, "self").isOf(sys.pid()) ? sys.list("/proc", MOST) : null;
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
        return groups.isEmpty() ? 0 : start(ProcStat.of(sys, Long.toString(process)));
    }

    private long start(ProcStat stat) {
        return boot == 0 || !stat.known() ? 0 : boot * 1000 + stat.number(ProcStat.START) * (1000 / TICKS);
    }

    private void add(String process) {
        ProcStat stat = ProcStat.of(sys, process);
        if (!stat.known()) {
            return;
        }
        long leader = stat.number(ProcStat.GROUP);
        Group group = groups.computeIfAbsent((int) leader, unused -> new Group());
        group.processes++;
        for (int kind = 0; kind < KINDS_OF_TICKS; kind++) {
            group.cpu += stat.number(ProcStat.TICKS + kind) * (1000 / TICKS);
        }
        group.memory += stat.number(ProcStat.PAGES) * page;
        if (process.equals(Long.toString(leader))) {
            group.start = start(stat);
        }
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
