package dev.pintle.init.sys;

import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.CapabilityChange;
import dev.pintle.layout.ProcessSettings.ResourceSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a child is to be, with nothing left to look up: after fork only system calls are made.
 *
 * <p>What is not set is inherited.
 */
public final class ChildSpec {
    /** The value of a number that is inherited. */
    public static final int INHERITED = ProcessSettings.INHERITED;

    /** The number in the child of the first of {@link #sockets}. */
    public static final int FIRST_SOCKET = ProcessSettings.ListenSocket.FIRST_DESCRIPTOR;

    private static final int[] NO_SOCKETS = {};

    /** Paths to try to execute in turn, as execvp(3) does; never empty. */
    public List<String> programs = new ArrayList<>();

    /** The argument vector; never empty. */
    public List<String> arguments = new ArrayList<>();

    /** The environment, as {@code K=V}. */
    public List<String> environment = new ArrayList<>();

    /**
     * Whether it has init's own environment, and {@link #environment} is what differs: a {@code K=V} in place of what init
     * has, a {@code K} alone for what it does not have.
     */
    public boolean inheritsEnvironment;

    /** Where to execute; null to stay. */
    public @Nullable String directory;

    /**
     * Whether the child keeps init's session and becomes the foreground process group of the terminal on descriptor 0,
     * rather than leading a session of its own.
     */
    public boolean foreground;

    /**
     * Whether its signals stay blocked when it is executed: one that comes before the program reads its signals then waits, where it
     * would end a program that has no handler yet.
     */
    public boolean blocksSignals;

    /** User, 0 to 4294967294, or {@link #INHERITED}. */
    public long userId = INHERITED;

    /** Group, likewise. */
    public long groupId = INHERITED;

    /** Supplementary groups; null to inherit. */
    public int @Nullable [] groups;

    /** File mode creation mask, or {@link #INHERITED}. */
    public int umask = INHERITED;

    /** Its share of the machine. */
    public ResourceSettings resources = ResourceSettings.INHERITED;

    /** What it can never have, and what it has whatever its user is. */
    public CapabilityChange capabilities = CapabilityChange.NONE;

    /** Whether to set no_new_privs. */
    public boolean noNewPrivileges;

    /** The descriptor that becomes standard input, or -1 for /dev/null. */
    public int stdin = -1;

    /** The descriptor that becomes standard output, or -1 for /dev/null; unused with {@link #stdoutFile}. */
    public int stdout = 1;

    /** The descriptor that becomes standard error, or -1 for /dev/null; unused with {@link #stderrFile}. */
    public int stderr = 2;

    /** File to append standard output to, opened with init's rights; or null. */
    public @Nullable String stdoutFile;

    /** File to append standard error to, opened with init's rights; or null. */
    public @Nullable String stderrFile;

    /** Whether standard error is wherever standard output is; the other two settings of it are unused then. */
    public boolean stderrToStdout;

    /** Has it print to a descriptor and to nothing else: standard output and error are one. */
    public void printTo(int descriptor) {
        stdout = descriptor;
        stdoutFile = null;
        stderr = descriptor;
        stderrFile = null;
        stderrToStdout = true;
    }

    /** The number in the child of one more descriptor, or -1. */
    public int extraTarget = -1;

    /** The descriptor that becomes {@link #extraTarget}. */
    public int extraSource = -1;

    /**
     * Listening sockets that become descriptors 3, 4 and so on. Where there are any, {@code LISTEN_PID} is added to the
     * environment: the child's pid, which nobody knows before (sd_listen_fds(3)).
     */
    public int[] sockets = NO_SOCKETS;

    /**
     * The whole environment.
     *
     * @param own init's own, as {@code K=V}
     */
    public List<String> environmentOver(List<String> own) {
        if (!inheritsEnvironment) {
            return environment;
        }
        Map<String, String> whole = new LinkedHashMap<>();
        for (String word : own) {
            whole.put(nameOf(word), word);
        }
        for (String word : environment) {
            whole.put(nameOf(word), word);
        }
        List<String> words = new ArrayList<>();
        for (String word : whole.values()) {
            if (word.indexOf('=') > 0) {
                words.add(word);
            }
        }
        return words;
    }

    private static String nameOf(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }

    /** Filled by {@link Sys#spawn}: the reading end of the pipe that a failed set-up is reported on. */
    public int statusDescriptor = -1;
}
