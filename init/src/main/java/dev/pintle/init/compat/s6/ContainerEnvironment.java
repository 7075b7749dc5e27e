package dev.pintle.init.compat.s6;

import dev.pintle.init.launch.Environment;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.sys.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code with-contenv} and {@code printcontenv} of s6-overlay: the variables that the container was started with, and what
 * scripts have put into {@code /run/s6/container_environment} since.
 *
 * <p>The former are PID 1's own. Where they may not be read (another user's, no /proc), or PID 1 is no init of ours to ask,
 * the program's own variables serve: services and {@code docker exec} have the container's anyway.
 */
public final class ContainerEnvironment {
    private static final String INIT_ENVIRONMENT = "/proc/1/environ";
    private static final String ADDED = "/run/s6/container_environment";
    /** The kernel lets arguments and environment take 6 MiB at most. */
    private static final int LARGEST = 8 << 20;

    private ContainerEnvironment() {}

    /** {@code with-contenv prog…}. */
    public static int with(Invocation call) throws FailureException {
        if (call.words.isEmpty()) {
            return 0;
        }
        Map<String, String> own = call.environment();
        String keep = own.getOrDefault("S6_KEEP_ENV", "");
        boolean kept = !keep.isEmpty() && !keep.equals("0");
        return S6.execute(call, "with-contenv", call.words, kept ? own : of(call));
    }

    /** {@code printcontenv NAME}. */
    public static int print(Invocation call) throws FailureException {
        if (call.words.isEmpty()) {
            throw S6.usage("printcontenv", "variable");
        }
        String value = of(call).get(call.words.get(0));
        if (value == null) {
            return 1;
        }
        call.output.printRaw(value);
        return 0;
    }

    private static Map<String, String> of(Invocation call) throws FailureException {
        Map<String, String> own = call.environment();
        String text = Files.read(call.sys, INIT_ENVIRONMENT, LARGEST).text();
        Map<String, String> variables = own;
        if (text != null && !text.isEmpty()) {
            variables = new LinkedHashMap<>();
            String path = own.get("PATH");
            if (path != null) {
                variables.put("PATH", path);
            }
            variables.putAll(Environment.asMap(split(text)));
        }
        S6Envdir.readWhole(call.sys, ADDED, variables);
        return variables;
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', start)) {
            words.add(text.substring(start, end));
            start = end + 1;
        }
        return words;
    }
}
