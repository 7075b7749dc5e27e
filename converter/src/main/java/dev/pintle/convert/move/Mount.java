package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code RUN --mount=type=bind}: files that a command of the build sees, and that are in the image only where it copies them.
 *
 * @param from   the stage or the image that they are in; absent for the build's context
 * @param source the directory or the file there; empty for all
 * @param target where the command sees it
 */
record Mount(Optional<String> from, String source, String target) {

    /** Those of an instruction, in its order. */
    static List<Mount> of(Instruction instruction) {
        return instruction.flags("mount").stream()
                .map(Mount::values)
                .filter(values -> values.getOrDefault("type", "bind").equals("bind"))
                .map(values -> new Mount(
                        Optional.ofNullable(values.get("from")),
                        values.getOrDefault("source", values.getOrDefault("src", "")),
                        values.getOrDefault(
                                "target", values.getOrDefault("dst", values.getOrDefault("destination", "")))))
                .filter(mount -> !mount.target().isEmpty())
                .toList();
    }

    private static Map<String, String> values(String flag) {
        Map<String, String> values = new HashMap<>();
        for (String field : flag.split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                values.put(
                        field.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        field.substring(equals + 1).replaceAll("^[\"']|[\"']$", ""));
            }
        }
        return values;
    }

    /** Whether all of the build's context is seen. */
    boolean isWholeContext() {
        return from.isEmpty() && source.replaceAll("[./]", "").isEmpty();
    }
}
