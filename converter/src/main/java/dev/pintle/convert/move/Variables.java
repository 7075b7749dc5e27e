package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The build's variables as far as a Dockerfile tells them: the defaults of ARG, and ENV. */
final class Variables {

    private final Map<String, String> global = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();

    /** Those that ARG declares before the first FROM are seen where a stage declares them again. */
    Variables(Dockerfile dockerfile) {
        for (Instruction instruction : dockerfile.instructions()) {
            if (instruction.keyword().equals("FROM")) {
                return;
            }
            dockerfile.words(instruction).forEach(word -> assign(global, word.value()));
        }
    }

    private static void assign(Map<String, String> map, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals > 0) {
            map.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
    }

    /** Takes over what an ARG or an ENV says; returns the names of those that have a value now. */
    List<String> declare(Dockerfile dockerfile, Instruction instruction) {
        List<Word> words = dockerfile.words(instruction);
        boolean old = instruction.keyword().equals("ENV")
                && words.size() > 1
                && !words.get(0).value().contains("=");
        if (old) {
            // ENV NAME the rest
            String rest = instruction.arguments().text().substring(words.get(1).start());
            values.put(words.get(0).value(), expand(rest));
            return List.of(words.get(0).value());
        }
        List<String> names = new ArrayList<>();
        for (Word word : words) {
            String value = word.value();
            if (value.contains("=")) {
                assign(values, expand(value));
                names.add(value.substring(0, value.indexOf('=')));
            } else if (instruction.keyword().equals("ARG") && global.containsKey(value)) {
                values.put(value, global.getOrDefault(value, ""));
            }
        }
        return names;
    }

    /** The same where only what ARG says before the first FROM counts: in a FROM. */
    String global(String text) {
        Map<String, String> before = Map.copyOf(values);
        values.putAll(global);
        String expanded = expand(text);
        values.clear();
        values.putAll(before);
        return expanded;
    }

    /** {@code $NAME}, {@code ${NAME}}, {@code ${NAME:-default}}; what is not known stays as it is. */
    String expand(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean braces = c == '$' && text.startsWith("{", at + 1);
            int start = at + (braces ? 2 : 1);
            int end = start;
            while (c == '$' && end < text.length() && isNameCharacter(text.charAt(end))) {
                end++;
            }
            int close = braces ? text.indexOf('}', end) : end;
            if (c != '$' || end == start || close < 0) {
                out.append(c);
                at++;
                continue;
            }
            int next = braces ? close + 1 : end;
            out.append(value(
                    text.substring(start, end), braces ? text.substring(end, close) : "", text.substring(at, next)));
            at = next;
        }
        return out.toString();
    }

    private String value(String name, String modifier, String asWritten) {
        String value = values.get(name);
        if (modifier.startsWith(":-") || modifier.startsWith("-")) {
            return value != null && !value.isEmpty() ? value : modifier.substring(modifier.indexOf('-') + 1);
        }
        return value == null || !modifier.isEmpty() ? asWritten : value;
    }

    private static boolean isNameCharacter(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
}
