package dev.pintle.equivalence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds what was seen of a converted tree against what was recorded of the original: which programs start, each one's first
 * start in all that it was given, what is over before what begins, and the container's exit code.
 */
final class OracleComparison {

    private static final List<String> FIELDS = List.of("argv", "cwd", "uid", "gid", "groups", "umask");

    /** What no container of Docker's has by itself, and each of them gets from the engine. */
    private static final Set<String> ENGINE = Set.of("HOME", "HOSTNAME");

    /** Variables of a shell, of s6-rc and of Pintle itself, which mean something to these alone. */
    private static final String OWN = "PWD|OLDPWD|SHLVL|_|RC_NAME|PINTLE_\\w+";

    /** The probe records that it is ready after it has said so; in milliseconds. */
    private static final long JUST_NOW = 100;

    private final OracleVariant variant;
    private final OracleContainer.Seen seen;
    private final List<String> differences = new ArrayList<>();
    private int compared;

    OracleComparison(OracleVariant variant, OracleContainer.Seen seen) {
        this.variant = variant;
        this.seen = seen;
    }

    /** How many fields were compared. */
    int compared() {
        return compared;
    }

    /** One line for each: the variant, what differs, how it was, and how it is. */
    List<String> differences() {
        Map<String, Map<String, Object>> before = firstStarts(variant.events());
        Map<String, Map<String, Object>> after = firstStarts(seen.events());
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            Map<String, Object> was = before.get(name);
            Map<String, Object> is = after.get(name);
            field(name + " start", was == null ? "none" : "one", is == null ? "none" : "one");
            if (was != null && is != null) {
                start(name, was, is);
            }
        }
        order();
        answers();
        field("exit code", variant.expected().getOrDefault("exit_code", "none"), (long) seen.code());
        field("end", "by itself", seen.ended() ? "by itself" : "killed by the test");
        return differences;
    }

    /** What programs said that were executed from outside. */
    private void answers() {
        List<Map<String, Object>> were = variant.events().stream()
                .filter(event -> "exec".equals(event.get("ev")))
                .toList();
        for (int i = 0; i < were.size(); i++) {
            Map<String, Object> was = were.get(i);
            Map<String, Object> is = i < seen.answers().size() ? seen.answers().get(i) : Map.of();
            String what = "exec " + (i + 1) + " ";
            field(what + "code", was.getOrDefault("code", "none"), is.getOrDefault("code", "none"));
            for (String stream : List.of("output", "errors")) {
                field(
                        what + stream,
                        was.getOrDefault(stream, List.of()),
                        tidy(String.valueOf(is.getOrDefault(stream, List.of()))));
            }
        }
    }

    /** What changes from run to run, replaced as the recorder does. */
    private static String tidy(String text) {
        return text.replaceAll("@4[0-9a-f]{23}", "@TAI64N")
                .replaceAll("\\bpid[: =]*\\d+", "pid N")
                .replaceAll("\\bpgid \\d+", "pgid N")
                .replaceAll("\\b\\d+ seconds?", "N seconds")
                .replaceAll("\\b[A-Z][a-z]{2} +\\d+ \\d\\d:\\d\\d\\b", "DATE");
    }

    private void start(String name, Map<String, Object> was, Map<String, Object> is) {
        for (String field : FIELDS) {
            if (was.containsKey(field)) {
                field(
                        name + " " + field,
                        plain(field, was.getOrDefault(field, "none")),
                        plain(field, is.getOrDefault(field, "none")));
            }
        }
        if (was.get("env") instanceof List<?> old && is.get("env") instanceof List<?> fresh) {
            environment(name, variables(old), variables(fresh));
        }
    }

    private void field(String what, Object was, Object is) {
        compared++;
        List<?> values = was instanceof Map<?, ?> several && several.get("varies") instanceof List<?> varying
                ? varying
                : List.of(was);
        if (values.stream().noneMatch(value -> String.valueOf(value).equals(String.valueOf(is)))) {
            differences.add(variant.name() + " " + what + ": " + was + " -> " + is);
        }
    }

    private static Map<String, Map<String, Object>> firstStarts(List<Map<String, Object>> events) {
        Map<String, Map<String, Object>> starts = new LinkedHashMap<>();
        for (Map<String, Object> event : events) {
            if ("start".equals(event.get("ev")) && !event.containsKey("only_in_some_runs")) {
                starts.putIfAbsent(String.valueOf(event.get("name")), event);
            }
        }
        return starts;
    }

    /** s6 starts a service in a copy of its directory; Docker puts root into the group 0, beside having it as its own. */
    private static Object plain(String field, Object value) {
        return switch (field) {
            case "cwd" ->
                String.valueOf(value)
                        .replaceFirst("^/run/s6-rc:s6-rc-init:\\*/servicedirs/", "/etc/s6-overlay/s6-rc.d/")
                        .replaceFirst("^/run/s6/legacy-services/", "/etc/services.d/");
            case "groups" -> String.valueOf(value).replace("[0]", "[]").replace("[0, ", "[");
            default -> value;
        };
    }

    private static Map<String, String> variables(List<?> list) {
        Map<String, String> variables = new TreeMap<>();
        for (Object each : list) {
            String text = String.valueOf(each);
            variables.put(text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1));
        }
        return variables;
    }

    /** The container's variables are there for all, which the report says once, and s6-overlay's are these, too. */
    private void environment(String name, Map<String, String> was, Map<String, String> is) {
        Set<String> names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        names.removeIf(variable -> variable.matches(OWN));
        for (String variable : names) {
            boolean container =
                    ENGINE.contains(variable) || variant.environment().containsKey(variable);
            if (!container || was.containsKey(variable)) {
                field(
                        name + " env " + variable,
                        path(was.getOrDefault(variable, "(none)")),
                        path(is.getOrDefault(variable, "(none)")));
            }
        }
    }

    /** Where programs by s6's names are found first. */
    private static String path(String value) {
        return value.replaceFirst("^(?:/etc/pintle/services/[^:]*:)?(?:/command|/usr/lib/pintle/compat/s6):", "");
    }

    /** What is over, or ready, before something starts, up to the first signal. */
    private void order() {
        Set<String> done = new LinkedHashSet<>();
        Map<String, Long> groups = new TreeMap<>();
        for (Map<String, Object> event : variant.events()) {
            if (!event.containsKey("group")
                    || "outside".equals(event.get("name"))
                    || "signal".equals(event.get("ev"))) {
                return;
            }
            String what = event.get("name") + " " + event.get("ev");
            long group = (long) event.getOrDefault("group", 0L);
            if ("start".equals(event.get("ev")) && groups.putIfAbsent(what, group) == null) {
                done.stream()
                        .filter(earlier -> groups.getOrDefault(earlier, group) < group)
                        .forEach(earlier -> order(what, earlier));
            } else if (("exit".equals(event.get("ev")) || "ready".equals(event.get("ev")))
                    && groups.putIfAbsent(what, group) == null) {
                done.add(what);
            }
        }
    }

    private void order(String what, String earlier) {
        int at = index(what);
        int there = index(earlier);
        if (at >= 0 && there >= 0) {
            boolean atOnce = earlier.endsWith(" ready") && time(there) - time(at) < JUST_NOW;
            field(what + " after " + earlier, true, there < at || atOnce);
        }
    }

    private long time(int index) {
        return (long) seen.events().get(index).getOrDefault("t", 0L);
    }

    private int index(String what) {
        for (int i = 0; i < seen.events().size(); i++) {
            Map<String, Object> event = seen.events().get(i);
            if ((event.get("name") + " " + event.get("ev")).equals(what)) {
                return i;
            }
        }
        return -1;
    }
}
