package dev.pintle.archive.boot;

import dev.pintle.init.boot.Init;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.program.Execution;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.sys.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /init} of an image of s6-overlay: makes a layout of the trees, and becomes the init that supervises it. */
public final class Boot {
    /** The overlay's. It starts programs of its own by this path where there is no {@code /proc}. */
    private static final String INIT = "/usr/lib/pintle/init";

    private static final String HOOK = "S6_STAGE2_HOOK";
    private static final String FIRST_WORDS = "S6_CMD_ARG0";
    /** Variables that the translation has no use for, and the boot has. */
    private static final Set<String> OBEYED = Set.of(HOOK, FIRST_WORDS, "S6_LOGGING_SCRIPT", "S6_RUNTIME_PROFILE");

    private final Invocation call;
    private final Map<String, String> environment;

    private Boot(Invocation call) {
        this.call = call;
        this.environment = call.environment();
    }

    static boolean obeys(String variable) {
        return OBEYED.contains(variable);
    }

    /** Starts the container; returns only where it cannot be started. */
    public static int run(Invocation call) throws FailureException {
        return new Boot(call).run();
    }

    private int run() throws FailureException {
        environment.put("PATH", path(environment.getOrDefault("PATH", Environment.DEFAULT_PATH)));
        RunDirectory directory = new RunDirectory(call.sys);
        LayoutStore store = prepare(directory);
        int hook = runHook();
        if (hook != ExitCode.OK) {
            return hook;
        }
        if (stopped) {
            return ExitCode.OK;
        }
        Reading reading = Reading.of(call.sys, environment);
        if (reading.isEmpty() && !call.words.isEmpty()) {
            call.output.complain("there are no services of s6-overlay, only a command");
        } else if (reading.sayProblems(call.output)) {
            call.output.complain("cannot start the container: its trees have errors");
            return Init.BAD_LAYOUT;
        }
        if (!environment.getOrDefault("S6_VERBOSITY", "").equals("0")) {
            reading.sayLosses(call.output, false);
        }
        store.write(reading.translation());
        if (store.isInRun()) {
            directory.services(reading.translation());
        }
        environment.put(LayoutStore.VARIABLE, store.layout());
        List<String> arguments = new ArrayList<>(List.of(INIT));
        if (!call.words.isEmpty()) {
            arguments.addAll(Hook.words(environment.getOrDefault(FIRST_WORDS, "")));
        }
        arguments.addAll(call.words);
        int errno = -Execution.execute(call.sys, arguments, INIT, environment, "");
        call.output.complain("cannot become " + INIT + ": " + Errno.describe(errno));
        return Init.SYSTEM_ERROR;
    }

    /** Makes what scripts find in {@code /run}. A user who cannot write there does without. */
    private LayoutStore prepare(RunDirectory directory) throws FailureException {
        try {
            directory.prepare(environment);
            return LayoutStore.inRun(call.sys);
        } catch (FailureException e) {
            if (call.sys.userId() == 0) {
                throw e;
            }
            call.output.complain(
                    "warning: " + e.getMessage() + ": scripts find neither variables nor services in /run, and store"
                            + " no exit code; mount a tmpfs for this user (docker run --tmpfs /run:exec,uid="
                            + call.sys.userId() + ")");
            return LayoutStore.inTemporary(call.sys);
        }
    }

    private boolean stopped;

    /** The exit code of the container where the hook has failed and that matters; else 0. */
    private int runHook() {
        String line = environment.getOrDefault(HOOK, "");
        if (Hook.words(line).isEmpty()) {
            return ExitCode.OK;
        }
        Hook hook = new Hook(call.sys);
        int code = hook.run(line, environment.getOrDefault("PATH", ""));
        stopped = hook.stopped();
        if (code == ExitCode.OK || stopped) {
            return ExitCode.OK;
        }
        call.output.complain("warning: " + HOOK + " (" + line + ") has ended with code " + code);
        return environment.getOrDefault("S6_BEHAVIOUR_IF_STAGE2_FAILS", "").equals("2") ? code : ExitCode.OK;
    }

    /** As s6-overlay makes it: its own programs first, and at the end the system's, where they are missing. */
    static String path(String given) {
        StringBuilder path = new StringBuilder("/command:").append(given);
        for (String directory : new String[] {"/usr/bin", "/bin"}) {
            if ((":" + given + ":").indexOf(":" + directory + ":") < 0) {
                path.append(':').append(directory);
            }
        }
        return path.toString();
    }
}
