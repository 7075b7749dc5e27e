package dev.pintle.archive.program;

import dev.pintle.archive.boot.RunDirectory;
import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.sys.Files;
import dev.pintle.layout.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code halt}, {@code poweroff} and {@code reboot} in {@code /run/s6/basedir/bin}: the container's end, in order. */
public final class Halt {
    private static final int LARGEST = 64;
    private static final int NO_NUMBER = 100;
    private static final int CODES = 256;
    private static final long PATIENCE = 10_000;
    /** The service that the init makes of the CMD. */
    private static final String COMMAND = "main";

    private Halt() {}

    /** Runs it: the container's exit code is the one that is stored. */
    public static int run(Invocation call) throws FailureException {
        return end(call, code(call));
    }

    /** {@code pintle-s6 exit-code}: what is stored counts, where the container has no CMD. */
    public static int storedCode(Invocation call) throws FailureException {
        long code = code(call);
        if (code == 0 || hasCommand(call)) {
            return 0;
        }
        return end(call, code);
    }

    private static boolean hasCommand(Invocation call) throws FailureException {
        Message request = Message.request("status").with("names", new ArrayList<@Nullable Object>(List.of(COMMAND)));
        try {
            return new Client(call.sys).ask(request, PATIENCE).ok();
        } catch (Client.NoReplyException e) {
            throw new FailureException(e.code, String.valueOf(e.getMessage()));
        }
    }

    private static int end(Invocation call, long code) throws FailureException {
        Message request = Message.request("shutdown").with("code", code);
        try {
            Message reply = new Client(call.sys).askForTheEnd(request, PATIENCE);
            if (!reply.ok()) {
                throw new FailureException(1, reply.text("message"));
            }
        } catch (Client.NoReplyException e) {
            throw new FailureException(e.code, String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private static long code(Invocation call) {
        String text = Files.read(call.sys, RunDirectory.EXIT_CODE, LARGEST).text();
        String digits = text == null ? "0" : Ascii.trim(text);
        long code = digits.isEmpty() ? -1 : 0;
        for (int i = 0; i < digits.length() && code >= 0; i++) {
            char c = digits.charAt(i);
            code = c < '0' || c > '9' ? -1 : (code * 10 + (c - '0')) % CODES;
        }
        return code < 0 ? NO_NUMBER : code;
    }
}
