package dev.pintle.init.compat.runit;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.ToolSys;
import java.util.List;

/**
 * What a log directory puts its old files through: a shell command that reads {@code @….u} and writes {@code @….t}, which
 * becomes {@code @….s}; the state of its last run is on descriptor 4, and its own goes to descriptor 5. Works in the
 * directory.
 */
final class LogProcessor {
    private static final String SHELL = "/bin/sh";
    private static final String REDIRECTED =
            ": >>state; exec " + SHELL + " -c \"$1\" sh <\"$2\" >\"$3\" 4<state 5>newstate";
    private static final int PROCESSED_MODE = 0744;

    private final LogReport report;
    private final ToolSys sys;
    private final String name;
    private String command = "";
    private int pid;
    private String input = "";

    /** For the directory of a name. */
    LogProcessor(LogReport report, String name) {
        this.report = report;
        this.sys = report.sys();
        this.name = name;
    }

    void setCommand(String command) {
        this.command = command;
    }

    boolean isRunning() {
        return pid != 0;
    }

    /** Begins to process a file, if there is a command to do it. */
    void start(String file) {
        if (command.isEmpty()) {
            return;
        }
        input = file;
        report.inform("processing: " + name + "/" + file);
        ChildSpec child = new ChildSpec();
        child.programs = List.of(SHELL);
        child.arguments = List.of("sh", "-c", REDIRECTED, "sh", command, file, as('t'));
        child.environment = sys.environment();
        do {
            pid = sys.spawn(child);
        } while (report.hasFailed(pid, "unable to fork for processor", name));
        // What could not be executed ends as what failed.
        sys.close(child.statusDescriptor);
    }

    private String as(char kind) {
        return input.substring(0, input.length() - 1) + kind;
    }

    /** Whether it was this one that has ended. */
    boolean forget(int ended) {
        boolean mine = pid != 0 && pid == ended;
        pid = mine ? 0 : pid;
        return mine;
    }

    /** Puts what it wrote in place of what it read; or runs it again, where it failed. */
    void conclude(boolean well) {
        if (!well) {
            report.warn("processor failed, restart: " + name);
            sys.remove(as('t'));
            start(input);
            return;
        }
        String output = as('t');
        String processed = as('s');
        while (report.hasFailed(sys.rename(output, processed), "unable to rename processed", name)) {}
        while (report.hasFailed(sys.changeMode(processed, PROCESSED_MODE), "unable to set mode of processed", name)) {}
        if (sys.remove(input) < 0) {
            report.warn("unable to unlink: " + name + "/" + input);
        }
        while (report.hasFailed(sys.rename("newstate", "state"), "unable to rename state", name)) {}
        report.inform("processed: " + name + "/" + processed);
    }
}
