package dev.pintle.init.sys;

import dev.pintle.layout.text.Ascii;

/**
 * What {@code /proc/PID/stat} says of a process (proc_pid_stat(5)). Where there is no such process, or no {@code /proc}, it says nothing:
 * every number is 0.
 */
public final class ProcStat {
    // Fields behind the name.
    /** Of {@link #number}: the parent. */
    public static final int PARENT = 1;
    /** Of {@link #number}: the process group. */
    public static final int GROUP = 2;
    /** Of {@link #number}: the session. */
    public static final int SESSION = 3;
    /** Of {@link #number}: ticks of CPU time in user mode, then in the kernel, then the same of the children that were waited for. */
    public static final int TICKS = 11;
    /** Of {@link #number}: ticks after the system's boot at which it began. */
    public static final int START = 19;
    /** Of {@link #number}: pages in memory. */
    public static final int PAGES = 21;

    private static final int FLAGS = 6;
    /** Of the flags: it has begun to exit. */
    private static final int EXITING = 4;

    private static final int FIELDS = 22;
    private static final int LARGEST = 1024;

    private final String text;
    /** Where the name ends: it may hold anything, parentheses and spaces too, so the last one counts. 0 where nothing is said. */
    private final int end;

    private final long[] numbers = new long[FIELDS];

    /** What a line says. */
    public ProcStat(String text) {
        this.text = text;
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        end = open > 0 && close > open && close + 2 < text.length() ? close : 0;
        int at = end + 2;
        for (int i = 0; i < FIELDS && end > 0; i++) {
            int space = text.indexOf(' ', at);
            int stop = space < 0 ? text.length() : space;
            numbers[i] = number(at, stop);
            at = stop + 1;
        }
    }

    private long number(int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            if (!Ascii.isDigit(text.charAt(i))) {
                return 0;
            }
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    /**
     * What is said of a process now.
     *
     * @param process its pid, or {@code self}
     */
    public static ProcStat of(Sys sys, String process) {
        String text = Files.read(sys, "/proc/" + process + "/stat", LARGEST).text();
        return new ProcStat(text == null ? "" : text);
    }

    /** Whether anything is said. */
    public boolean known() {
        return end > 0;
    }

    /** Whether it is said of the process with this pid: {@code /proc} may be that of another pid namespace. */
    public boolean isOf(int pid) {
        return text.startsWith(pid + " ");
    }

    /** The name of its program, at most 15 bytes. */
    public String name() {
        return end > 0 ? text.substring(text.indexOf('(') + 1, end) : "";
    }

    /** Its state, such as {@code T} where a signal has stopped it; a space where nothing is said. */
    public char state() {
        return end > 0 ? text.charAt(end + 2) : ' ';
    }

    /** Whether it is a zombie, or becomes one: it has no variables any more. */
    public boolean ended() {
        return state() == 'Z' || state() == 'X' || (numbers[FLAGS] & EXITING) != 0;
    }

    /** A field, such as {@link #GROUP}; 0 for what is less. */
    public long number(int field) {
        return numbers[field];
    }
}
