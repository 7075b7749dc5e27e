package dev.pintle.archive.program;

import dev.pintle.archive.boot.RunDirectory;
import dev.pintle.init.compat.s6.S6;
import dev.pintle.init.launch.EnvironmentDirectory;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code with-contenv} and {@code printcontenv}: the variables in {@code /run/s6/container_environment} as they are at the
 * moment. A file without a byte in it is no variable; one newline at the end is not the value's.
 */
public final class WithContenv {
    private static final String OWN = "PINTLE_";

    private WithContenv() {}

    /** {@code with-contenv prog…}. */
    public static int run(Invocation call) throws FailureException {
        if (call.words.isEmpty()) {
            return 0;
        }
        return S6.execute(call, "with-contenv", call.words, variables(call));
    }

    /** {@code printcontenv NAME}: its value as it stands in the file, and a newline. */
    public static int print(Invocation call) throws FailureException {
        if (call.words.isEmpty()) {
            throw S6.usage("printcontenv", "variable");
        }
        String text = EnvironmentDirectory.read(call.sys, RunDirectory.VARIABLES + "/" + call.words.get(0))
                .text();
        if (text == null) {
            return 1;
        }
        call.output.printRaw(text);
        return 0;
    }

    private static Map<String, String> variables(Invocation call) {
        Map<String, String> own = call.environment();
        List<String> names = RunDirectory.keepsEnvironment(own) ? null : call.sys.list(RunDirectory.VARIABLES);
        if (names == null) {
            return own;
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : own.entrySet()) {
            // What leads to the init, and to programs.
            if (each.getKey().startsWith(OWN) || each.getKey().equals("PATH")) {
                variables.put(each.getKey(), each.getValue());
            }
        }
        for (String name : names) {
            String value = name.startsWith(".") ? null : value(call, name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return variables;
    }

    private static @Nullable String value(Invocation call, String name) {
        String text = EnvironmentDirectory.read(call.sys, RunDirectory.VARIABLES + "/" + name)
                .text();
        if (text == null || text.isEmpty()) {
            return null;
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
