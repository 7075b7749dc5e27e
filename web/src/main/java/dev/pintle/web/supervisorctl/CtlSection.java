package dev.pintle.web.supervisorctl;

import dev.pintle.layout.text.Ascii;
import java.util.HashMap;
import java.util.Map;

/** The section {@code [supervisorctl]} of a supervisord.conf: its keys, with variables in them put in. */
final class CtlSection {
    private static final String SECTION = "[supervisorctl]";
    private static final String VARIABLE = "%(ENV_";

    private final Map<String, String> values = new HashMap<>();
    /** Whether the section is there. */
    boolean found;

    private CtlSection() {}

    static CtlSection read(String text, Map<String, String> environment) {
        CtlSection configuration = new CtlSection();
        boolean inside = false;
        for (int at = 0; at < text.length(); ) {
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline;
            String line = Ascii.trim(withoutComment(text.substring(at, end)));
            if (line.startsWith("[")) {
                inside = line.startsWith(SECTION);
                configuration.found |= inside;
            } else if (inside) {
                configuration.take(line, environment);
            }
            at = end + 1;
        }
        return configuration;
    }

    /** A comment begins a line, or follows a blank. */
    private static String withoutComment(String line) {
        String plain = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        for (int i = 0; i < plain.length(); i++) {
            boolean begins = plain.charAt(i) == ';' || plain.charAt(i) == '#';
            if (begins && (i == 0 || Ascii.isBlank(plain.charAt(i - 1)))) {
                return plain.substring(0, i);
            }
        }
        return plain;
    }

    private void take(String line, Map<String, String> environment) {
        int equals = line.indexOf('=');
        int colon = line.indexOf(':');
        int delimiter = equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
        if (delimiter > 0) {
            String value = Ascii.trim(line.substring(delimiter + 1));
            values.put(Ascii.lower(Ascii.trim(line.substring(0, delimiter))), expanded(value, environment));
        }
    }

    private static String expanded(String value, Map<String, String> environment) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int begin = value.indexOf(VARIABLE); begin >= 0; begin = value.indexOf(VARIABLE, at)) {
            int end = value.indexOf(")s", begin);
            if (end < 0) {
                break;
            }
            text.append(value, at, begin);
            text.append(environment.getOrDefault(value.substring(begin + VARIABLE.length(), end), ""));
            at = end + 2;
        }
        return text.append(value, at, value.length()).toString();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String get(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }
}
