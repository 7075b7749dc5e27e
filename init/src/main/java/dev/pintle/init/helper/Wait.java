package dev.pintle.init.helper;

import dev.pintle.init.program.Execution;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;

/** {@code pintle-wait}: waits until ports accept, files are there and pages answer, then runs a program. */
public final class Wait {
    private static final long DEFAULT_TIMEOUT = 60_000;
    /** One look takes no longer, so that a host that answers nothing is asked again. */
    private static final long LONGEST_LOOK = 5_000;

    private static final long FIRST_PAUSE = 50;
    private static final long LONGEST_PAUSE = 1_000;

    private Wait() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        Options options = new Options(call.words, "t:", "timeout=t");
        long timeout = DEFAULT_TIMEOUT;
        while (options.next() != Options.END) {
            timeout = timeout(options.value());
        }
        List<String> operands = options.operands();
        List<Target> targets = new ArrayList<>();
        int command = 0;
        while (command < operands.size() && Target.is(operands.get(command))) {
            targets.add(Target.parse(operands.get(command++)));
        }
        if (targets.isEmpty()) {
            throw new UsageException("name what to wait for: tcp:HOST:PORT, file:PATH or http://HOST:PORT/PATH");
        }
        if (command < operands.size() && operands.get(command).equals("--")) {
            command++;
        }
        await(call.sys, targets, timeout);
        List<String> rest = operands.subList(command, operands.size());
        return rest.isEmpty() ? ExitCode.OK : Execution.become(call.sys, rest, call.environment());
    }

    /** A duration; 0 for no limit. */
    static long timeout(String text) throws UsageException {
        try {
            return Values.duration(text);
        } catch (BadValueException e) {
            throw new UsageException("--timeout takes a duration such as 30s or 2m");
        }
    }

    private static void await(ToolSys sys, List<Target> targets, long timeout) throws FailureException {
        long end = timeout == 0 ? Long.MAX_VALUE : sys.monotonicMillis() + timeout;
        for (Target target : targets) {
            long pause = FIRST_PAUSE;
            String trouble = look(sys, target, end);
            while (!trouble.isEmpty()) {
                long left = end - sys.monotonicMillis();
                if (left <= 0) {
                    throw new FailureException(
                            ExitCode.TIMED_OUT, "timed out waiting for " + target.text() + ": " + trouble);
                }
                sys.poll(new PollSet(), Math.min(pause, left));
                pause = Math.min(pause * 2, LONGEST_PAUSE);
                trouble = look(sys, target, end);
            }
        }
    }

    private static String look(ToolSys sys, Target target, long end) {
        return target.look(sys, Math.min(end, sys.monotonicMillis() + LONGEST_LOOK));
    }
}
