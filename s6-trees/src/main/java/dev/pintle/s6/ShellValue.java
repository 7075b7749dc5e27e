package dev.pintle.s6;

import dev.pintle.layout.text.Ascii;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a word of a shell's script is, quotes and all, once its variables are in it. */
final class ShellValue {
    private final String word;
    private final Map<String, String> variables;
    private int at;

    ShellValue(String word, Map<String, String> variables) {
        this.word = word;
        this.variables = variables;
    }

    /** Null where that is not known. */
    @Nullable
    String read() {
        StringBuilder out = new StringBuilder();
        boolean single = false;
        boolean doubled = false;
        while (at < word.length()) {
            char c = word.charAt(at);
            if (c == '\'' && !doubled) {
                single = !single;
                at++;
            } else if (c == '"' && !single) {
                doubled = !doubled;
                at++;
            } else if (c == '$' && !single) {
                String value = dollar();
                if (value == null) {
                    return null;
                }
                out.append(value);
            } else if (c == '`' || c == '\\') {
                return null;
            } else {
                out.append(c);
                at++;
            }
        }
        return single || doubled ? null : out.toString();
    }

    private @Nullable String dollar() {
        if (word.startsWith("$((", at)) {
            int end = word.indexOf("))", at);
            String sum = end < 0 ? "" : word.substring(at + 3, end);
            at = end < 0 ? word.length() : end + 2;
            return sum(sum);
        }
        if (word.startsWith("$(", at)) {
            int end = word.indexOf(')', at);
            String inner = end < 0 ? "" : Text.trim(word.substring(at + 2, end));
            at = end < 0 ? word.length() : end + 1;
            String path =
                    inner.startsWith("<") ? inner.substring(1) : inner.startsWith("cat ") ? inner.substring(4) : "";
            return Text.trim(path).equals(FinishShell.EXIT_CODE) ? "0" : null;
        }
        int from = at + 1;
        boolean braced = word.startsWith("{", from);
        int start = braced ? from + 1 : from;
        int end = start;
        while (end < word.length() && Ascii.isNamePart(word.charAt(end))) {
            end++;
        }
        if (end == start || (braced && !word.startsWith("}", end))) {
            at = word.length();
            return null;
        }
        at = braced ? end + 1 : end;
        return variables.get(word.substring(start, end));
    }

    /** {@code 128 + $2}. */
    private @Nullable String sum(String text) {
        long total = 0;
        for (String part : Text.split(text, '+')) {
            String trimmed = Text.trim(part);
            String name = trimmed.startsWith("${") && trimmed.endsWith("}")
                    ? trimmed.substring(2, trimmed.length() - 1)
                    : trimmed.startsWith("$") ? trimmed.substring(1) : trimmed;
            String value = Text.number(name) >= 0 && !trimmed.startsWith("$") ? name : variables.get(name);
            long number = value == null ? -1 : Text.number(value);
            if (number < 0) {
                return null;
            }
            total += number;
        }
        return "" + total;
    }
}
