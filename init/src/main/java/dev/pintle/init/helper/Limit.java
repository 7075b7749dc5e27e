package dev.pintle.init.helper;

import dev.pintle.init.program.Execution;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.ProcessSettings.Resource;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code pintle-limit}: runs a program with other resource limits, niceness or oom_score_adj. */
public final class Limit {
    private static final String SCORE_FILE = "/proc/self/oom_score_adj";

    private Limit() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        Options options = new Options(call.words, "");
        if (options.next() != Options.END) {
            throw new UsageException("there are no options");
        }
        List<String> operands = options.operands();
        int command = 0;
        while (command < operands.size() && operands.get(command).indexOf('=') > 0) {
            apply(call.sys, operands.get(command++));
        }
        if (command == operands.size()) {
            throw new UsageException("name a command");
        }
        return Execution.become(call.sys, operands.subList(command, operands.size()), call.environment());
    }

    private static void apply(ToolSys sys, String word) throws FailureException {
        int equals = word.indexOf('=');
        String name = word.substring(0, equals);
        String value = word.substring(equals + 1);
        int result;
        try {
            if (name.equals("niceness")) {
                result = sys.addNice((int) Values.integer(value, -40, 40));
            } else if (name.equals("oom_score_adj")) {
                result = setScore(sys, Values.integer(value, -1000, 1000));
            } else {
                result = setLimit(sys, name, value);
            }
        } catch (BadValueException e) {
            throw new UsageException("cannot read " + word + ": " + e.getMessage());
        }
        if (result < 0) {
            throw new FailureException(ExitCode.NOT_PREPARED, "cannot set " + word + ": " + Errno.describe(-result));
        }
    }

    private static int setScore(ToolSys sys, long score) {
        int file = sys.open(SCORE_FILE, ToolSys.WRITE, 0);
        if (file < 0) {
            return file;
        }
        byte[] digits = RawText.encode(Long.toString(score));
        int result = sys.write(file, digits, 0, digits.length);
        sys.close(file);
        return result;
    }

    /** {@code soft:hard}; one number is both, and an empty one stays as it is. */
    private static int setLimit(ToolSys sys, String name, String value) throws UsageException, BadValueException {
        Resource resource = resource(name);
        if (resource == null) {
            throw new UsageException("there is no resource " + name);
        }
        int colon = value.indexOf(':');
        String soft = colon < 0 ? value : value.substring(0, colon);
        String hard = colon < 0 ? value : value.substring(colon + 1);
        long[] limit = new long[2];
        int result = sys.limit(resource.number(), limit);
        if (result < 0) {
            return result;
        }
        return sys.setLimit(
                resource.number(), soft.isEmpty() ? limit[0] : amount(soft), hard.isEmpty() ? limit[1] : amount(hard));
    }

    private static long amount(String text) throws BadValueException {
        return text.equals("unlimited") || text.equals("-1") ? -1 : Values.size(text);
    }

    private static @Nullable Resource resource(String name) {
        for (Resource resource : Resource.values()) {
            if (Ascii.lower(resource.name()).equals(name)) {
                return resource;
            }
        }
        return null;
    }
}
