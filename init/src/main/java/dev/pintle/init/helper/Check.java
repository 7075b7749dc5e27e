package dev.pintle.init.helper;

import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;

/** {@code pintle-check-tcp} and {@code pintle-check-http}: look once, for health checks in images without curl. */
public final class Check {
    private static final String DEFAULT_TIMEOUT = "5s";

    private Check() {}

    /** {@code pintle-check-tcp [HOST:]PORT}. */
    public static int tcp(Invocation call) throws FailureException {
        Options options = new Options(call.words, "t:", "timeout=t");
        String timeout = DEFAULT_TIMEOUT;
        while (options.next() != Options.END) {
            timeout = options.value();
        }
        String address = operand(options, "[HOST:]PORT");
        return look(call, Target.tcp(address, address), timeout);
    }

    /** {@code pintle-check-http URL}. */
    public static int http(Invocation call) throws FailureException {
        Options options = new Options(call.words, "t:s:", "timeout=t", "status=s");
        String timeout = DEFAULT_TIMEOUT;
        String status = "";
        for (int letter = options.next(); letter != Options.END; letter = options.next()) {
            if (letter == 't') {
                timeout = options.value();
            } else {
                status = options.value();
            }
        }
        Target target = Target.http(operand(options, "http://HOST:PORT/PATH"));
        if (!status.isEmpty()) {
            target.requireStatus(status);
        }
        return look(call, target, timeout);
    }

    private static String operand(Options options, String what) throws UsageException {
        if (options.operands().size() != 1) {
            throw new UsageException("name one " + what);
        }
        return options.operands().get(0);
    }

    private static int look(Invocation call, Target target, String timeout) throws FailureException {
        String trouble = target.look(call.sys, call.sys.monotonicMillis() + Wait.timeout(timeout));
        if (!trouble.isEmpty()) {
            throw new FailureException(ExitCode.FAILED, "cannot reach " + target.text() + ": " + trouble);
        }
        return ExitCode.OK;
    }
}
