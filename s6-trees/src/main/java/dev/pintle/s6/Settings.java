package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** s6-overlay's variables, as far as they are known, and what becomes of each. */
final class Settings {

    /** How long s6-overlay waits for the services of services.d. */
    private static final long SERVICES_GRACE = 3000;

    /** What the design of the second version had, and the third documents: the most that a script of cont-finish.d gets. */
    private static final long FINISH_TIME = 5000;

    private static final String DEFAULT_LOGGING = "n20 s1000000 T";

    /** Those that s6-overlay takes for numbers. */
    private static final Set<String> NUMBERS = Set.of(
            "S6_BEHAVIOUR_IF_STAGE2_FAILS",
            "S6_CMD_WAIT_FOR_SERVICES_MAXTIME",
            "S6_KILL_FINISH_MAXTIME",
            "S6_SERVICES_GRACETIME",
            "S6_VERBOSITY");

    private static final Fate NO_RULE = Fate.notCarried("this converter has no rule for it", null);

    private final Map<String, String> variables;

    Settings(Map<String, String> variables) {
        this.variables = variables;
    }

    private String get(String name) {
        return variables.getOrDefault(name, "");
    }

    private long millis(String name, long usual) {
        long value = Text.number(get(name));
        return value > 0 ? value : usual;
    }

    /** Whether a oneshot that fails, or a script of cont-init.d, stops the container. */
    boolean failureStops() {
        return Text.number(get("S6_BEHAVIOUR_IF_STAGE2_FAILS")) == 2;
    }

    long servicesGrace() {
        return millis("S6_SERVICES_GRACETIME", SERVICES_GRACE);
    }

    long finishTime() {
        return millis("S6_KILL_FINISH_MAXTIME", FINISH_TIME);
    }

    String loggingScript() {
        return get("S6_LOGGING_SCRIPT").isEmpty() ? DEFAULT_LOGGING : get("S6_LOGGING_SCRIPT");
    }

    String profile() {
        return get("S6_RUNTIME_PROFILE");
    }

    String bundles() {
        return get("S6_RUNTIME_BUNDLEDIR");
    }

    /** Sets what the variables say of the whole container, and says what became of each. */
    Map<String, Fate> lower(Map<Key, String> container) {
        Map<String, Fate> fates = new TreeMap<>();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (variable.getKey().startsWith("S6_")) {
                fates.put(variable.getKey(), fate(variable.getKey(), Text.trim(variable.getValue()), container));
            }
        }
        return fates;
    }

    static boolean isKnown(String name) {
        return name.startsWith("S6_") && !fate(name, "", new TreeMap<>()).equals(NO_RULE);
    }

    private static Fate fate(String name, String value, Map<Key, String> container) {
        long number = Text.number(value);
        if (number < 0 && !value.isEmpty() && NUMBERS.contains(name)) {
            return Fate.notCarried("'" + value + "' is no number", null);
        }
        switch (name) {
            case "S6_BEHAVIOUR_IF_STAGE2_FAILS" -> {
                return number == 2
                        ? Fate.changed(
                                "on_failed = stop_container in each oneshot; the container's code is the oneshot's,"
                                        + " where s6-overlay's was 1")
                        : Fate.kept("on_failed = ignore in each oneshot: what needs it does not start");
            }
            case "S6_CMD_WAIT_FOR_SERVICES_MAXTIME" -> {
                if (number > 0) {
                    container.put(Key.STARTUP_TIMEOUT, LayoutText.duration(number));
                }
                return number > 0 ? Fate.kept("startup_timeout") : Fate.kept("no limit, which is the default");
            }
            case "S6_VERBOSITY" -> {
                String level = number == 0 ? "error" : number >= 3 ? "debug" : "warn";
                if (!level.equals("warn")) {
                    container.put(Key.LOG_LEVEL, level);
                }
                return Fate.changed("log_level = " + level);
            }
            case "S6_SERVICES_GRACETIME", "S6_KILL_FINISH_MAXTIME" -> {
                return Fate.changed("stop_grace_period of those that it is for");
            }
            case "S6_KILL_GRACETIME" -> {
                return Fate.changed("not needed: the container ends when its last process has");
            }
            case "S6_SERVICES_READYTIME",
                    "S6_READ_ONLY_ROOT",
                    "S6_SYNC_DISKS",
                    "S6_KEEP_ENV",
                    "S6_YES_I_WANT_A_WORLD_WRITABLE_RUN_BECAUSE_KUBERNETES" -> {
                return Fate.changed("not needed");
            }
            case "S6_FIX_ATTRS_HIDDEN", "S6_WAIT_FOR_CLOSING_FD" -> {
                return Fate.changed("not needed: what it is for is not there");
            }
            case "S6_GLOBAL_PATH" -> {
                return Fate.notCarried("services have the PATH of the container", "set PATH by ENV");
            }
            case "S6_CMD_WAIT_FOR_SERVICES" -> {
                return Fate.changed("not needed: CMD starts when all services are ready");
            }
            case "S6_LOGGING_SCRIPT", "S6_RUNTIME_PROFILE", "S6_RUNTIME_BUNDLEDIR" -> {
                return Fate.changed("as it is now: setting it when the container starts has no effect any more");
            }
            case "S6_LOGGING", "S6_CMD_USE_TERMINAL", "S6_CATCHALL_USER" -> {
                return number == 0
                        ? Fate.kept("the container's own output, which is the default")
                        : Fate.notCarried(
                                "there is no log that catches all",
                                "set [stdout] to = file:PATH in the services, or under [defaults]");
            }
            case "S6_STAGE2_HOOK" -> {
                return Fate.notCarried(
                        "nothing runs before the layout is read",
                        "run it while the image is built; or in a oneshot that writes to /etc/pintle/services and ends with"
                                + " 'pintle reload'");
            }
            case "S6_CMD_ARG0" -> {
                return Fate.notCarried("nothing is put in front of CMD", "write '" + value + "' into CMD");
            }
            case "S6_CMD_RECEIVE_SIGNALS" -> {
                return number == 0
                        ? Fate.kept("signals to PID 1 are for the init")
                        : Fate.notCarried(
                                "signals to PID 1 are for the init, which stops CMD first",
                                "write QUIT = main:QUIT under [signals] of pintle.conf for each that CMD is to get");
            }
            default -> {
                return NO_RULE;
            }
        }
    }
}
