package dev.pintle.archive.boot;

import dev.pintle.init.launch.Environment;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.ToolSys;
import java.util.ArrayList;
import java.util.List;

/** {@code S6_STAGE2_HOOK}: a program that runs before the trees are read, and may change them. */
final class Hook {
    private static final int NOT_FOUND = 127;

    private final ToolSys sys;
    private boolean stopped;

    Hook(ToolSys sys) {
        this.sys = sys;
    }

    /** Whether somebody wanted the container to stop meanwhile. */
    boolean stopped() {
        return stopped;
    }

    /**
     * Runs it to its end; a signal that stops the container goes to it.
     *
     * @param line its words, between blanks; quotes mean nothing
     * @param path where programs are looked for, and all that it has for an environment
     * @return its exit code
     */
    int run(String line, String path) {
        ChildSpec spec = new ChildSpec();
        spec.arguments = words(line);
        spec.programs = Environment.placesOf(spec.arguments.get(0), path);
        spec.environment = List.of("PATH=" + path);
        spec.directory = "/";
        spec.stdin = 0;
        int signals = sys.openSignals();
        int pid = sys.spawn(spec);
        if (pid < 0) {
            return NOT_FOUND;
        }
        PollSet report = new PollSet();
        report.add(spec.statusDescriptor, PollSet.READABLE);
        sys.poll(report, -1);
        // It ends without a report once the program is executed.
        boolean executed = sys.read(spec.statusDescriptor, new byte[1], 0, 1) == 0;
        sys.close(spec.statusDescriptor);
        ExitStatus status = await(pid, signals);
        sys.close(signals);
        return executed ? status.shellCode() : NOT_FOUND;
    }

    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= line.length(); i++) {
            boolean blank =
                    i == line.length() || line.charAt(i) == ' ' || line.charAt(i) == '\t' || line.charAt(i) == '\n';
            if (blank && start >= 0) {
                words.add(line.substring(start, i));
                start = -1;
            } else if (!blank && start < 0) {
                start = i;
            }
        }
        return words;
    }

    /** Waits for one child; others that end are the init's orphans, and are reaped. */
    private ExitStatus await(int pid, int signals) {
        EndedChild ended = new EndedChild();
        PollSet set = new PollSet();
        set.add(signals, PollSet.READABLE);
        while (true) {
            int found = sys.peekEnded(ended);
            while (found == 1) {
                sys.release(ended.pid);
                if (ended.pid == pid) {
                    return ended.status;
                }
                found = sys.peekEnded(ended);
            }
            if (found < 0) {
                return ExitStatus.ofCode(NOT_FOUND);
            }
            sys.poll(set, -1);
            for (int signal = sys.nextSignal(signals); signal > 0; signal = sys.nextSignal(signals)) {
                if (signal == Signal.TERM || signal == Signal.INT || signal == Signal.QUIT) {
                    stopped = true;
                    sys.kill(pid, Signal.TERM);
                }
            }
        }
    }
}
