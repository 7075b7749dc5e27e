package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The build's variables as far as a Dockerfile tells them: the defaults of ARG, and ENV. */
final class Variables {

    /** What another word may stand for: a default, an alternative, or what the build fails with. */
    private static final Pattern CHOICE = Pattern.compile("(:?)([-+?])(.*)", Pattern.DOTALL);

    /** Of forms in forms. */
    private static final int MAX_DEPTH = 20;

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

    /** Those that a shell of the build begins with, and may set others beside. */
    Variables(Variables outer) {
        global.putAll(outer.global);
        values.putAll(outer.values);
    }

    /** Sets one. */
    void set(String name, String value) {
        values.put(name, value);
    }

    /** Forgets what one was: it has a value that is not known. */
    void forget(String name) {
        values.remove(name);
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

    /** {@code $NAME}, and the forms in braces that Docker knows; what is not known stays as it is. */
    String expand(String text) {
        return expand(text, 0);
    }

    private String expand(String text, int depth) {
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
            int close = braces ? closing(text, end) : end;
            if (c != '$' || end == start || close < 0) {
                out.append(c);
                at++;
                continue;
            }
            int next = braces ? close + 1 : end;
            out.append(value(text.substring(start, end), braces ? text.substring(end, close) : "", depth)
                    .orElse(text.substring(at, next)));
            at = next;
        }
        return out.toString();
    }

    /** The brace that closes one that is open; -1 where none does. */
    private static int closing(String text, int from) {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            boolean opens = text.charAt(i) == '{' && text.charAt(i - 1) == '$';
            open += opens ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (open == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Absent where it is not known: a variable without a value may get one when the image is built. */
    private Optional<String> value(String name, String form, int depth) {
        Optional<String> known = Optional.ofNullable(values.get(name));
        Matcher choice = CHOICE.matcher(form);
        if (form.isEmpty() || depth > MAX_DEPTH) {
            return form.isEmpty() ? known : Optional.empty();
        }
        if (!choice.matches()) {
            return known.flatMap(value -> VariableEdits.apply(value, form, word -> expand(word, depth + 1)));
        }
        boolean set = known.filter(value -> choice.group(1).isEmpty() || !value.isEmpty())
                .isPresent();
        String word = choice.group(3);
        return switch (choice.group(2)) {
            case "-" -> set ? known : Optional.of(expand(word, depth + 1));
            case "+" -> known.map(value -> set ? expand(word, depth + 1) : "");
            default -> set ? known : Optional.empty();
        };
    }

    private static boolean isNameCharacter(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
}
