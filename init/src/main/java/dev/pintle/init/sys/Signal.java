package dev.pintle.init.sys;

import dev.pintle.layout.text.Signals;

/** The numbers of Linux's signals on amd64 and arm64 (signal(7)), as far as the init speaks of them. */
public final class Signal {
    /** Hang-up. */
    public static final int HUP = 1;
    /** Interrupt. */
    public static final int INT = 2;
    /** Quit. */
    public static final int QUIT = 3;
    /** Kill, which cannot be caught. */
    public static final int KILL = 9;
    /** User-defined 1. */
    public static final int USR1 = 10;
    /** User-defined 2. */
    public static final int USR2 = 12;
    /** A write to a pipe that nobody reads. */
    public static final int PIPE = 13;
    /** Alarm. */
    public static final int ALRM = 14;
    /** Terminate. */
    public static final int TERM = 15;
    /** A child ended. */
    public static final int CHLD = 17;
    /** Continue. */
    public static final int CONT = 18;
    /** Stop, which cannot be caught. */
    public static final int STOP = 19;
    /** A background process reads the terminal. */
    public static final int TTIN = 21;
    /** A background process writes to the terminal. */
    public static final int TTOU = 22;
    /** Something urgent, which a process ignores unless it says otherwise. */
    public static final int URG = 23;
    /** Power failure. */
    public static final int PWR = 30;
    /** The largest number of a signal. */
    public static final int MAX = Signals.MAX;

    /** Signals from here on, the real-time ones, have no name of their own. */
    private static final int FIRST_UNNAMED = 32;

    private Signal() {}

    /** {@code SIGTERM} for 15; the bare number where a signal has no name. */
    public static String name(int number) {
        return number > 0 && number < FIRST_UNNAMED ? "SIG" + Signals.name(number) : "signal " + number;
    }
}
