package dev.pintle.init.helper;

import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;
import java.util.List;

/** {@code pintle-notify}: tells whoever supervises this process that it is ready (sd_notify(3), s6's notification-fd). */
public final class Notify {
    private static final byte[] NEWLINE = {'\n'};

    private Notify() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        Options options = new Options(call.words, "f:", "fd=f");
        int descriptor = -1;
        while (options.next() != Options.END) {
            descriptor = descriptor(options.value());
        }
        List<String> states = options.operands();
        if (descriptor >= 0) {
            if (!states.isEmpty()) {
                throw new UsageException("a descriptor takes no states");
            }
            check(call.sys.write(descriptor, NEWLINE, 0, 1), "descriptor " + descriptor);
        } else {
            send(call, states.isEmpty() ? "READY=1" : String.join("\n", states));
        }
        return ExitCode.OK;
    }

    private static int descriptor(String text) throws UsageException {
        try {
            return Values.count(text, 1 << 20);
        } catch (BadValueException e) {
            throw new UsageException("--fd takes a descriptor's number");
        }
    }

    private static void send(Invocation call, String message) throws FailureException {
        String socket = call.environment().getOrDefault("NOTIFY_SOCKET", "");
        if (socket.isEmpty()) {
            throw new FailureException(
                    ExitCode.FAILED,
                    "cannot notify anybody: NOTIFY_SOCKET is not set; has the service ready = notify?");
        }
        int descriptor = call.sys.connectDatagrams(socket);
        check(descriptor, socket);
        byte[] bytes = RawText.encode(message);
        check(call.sys.write(descriptor, bytes, 0, bytes.length), socket);
    }

    private static void check(int result, String where) throws FailureException {
        if (result < 0) {
            throw new FailureException(ExitCode.FAILED, "cannot write to " + where + ": " + Errno.describe(-result));
        }
    }
}
