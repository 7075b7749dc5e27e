package dev.pintle.archive.boot;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;

/** {@code pintle-s6 services}: reads the trees again, and has the init take over what is new. */
public final class ServicesAgain {
    private static final long PATIENCE = 60_000;

    private ServicesAgain() {}

    /** Reads them. */
    public static int run(Invocation call) throws FailureException {
        Reading reading = Reading.of(call.sys, call.environment());
        LayoutStore store = LayoutStore.find(call);
        if (store.has(reading.translation())) {
            return ExitCode.OK;
        }
        if (reading.sayProblems(call.output)) {
            call.output.complain("cannot take over what was written when the container started: it has errors");
            return ExitCode.FAILED;
        }
        reading.sayLosses(call.output, false);
        store.write(reading.translation());
        if (store.isInRun()) {
            new RunDirectory(call.sys).services(reading.translation());
        }
        try {
            Message reply = new Client(call.sys).ask(Message.request("reload"), PATIENCE);
            if (!reply.ok()) {
                throw new FailureException(ExitCode.FAILED, reply.text("message"));
            }
        } catch (Client.NoReplyException e) {
            throw new FailureException(e.code, String.valueOf(e.getMessage()));
        }
        return ExitCode.OK;
    }
}
