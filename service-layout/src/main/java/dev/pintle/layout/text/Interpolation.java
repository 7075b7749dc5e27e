package dev.pintle.layout.text;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compose's interpolation: {@code $NAME}, {@code ${NAME}}, {@code ${NAME:-default}}, {@code ${NAME-default}},
 * {@code ${NAME:?message}}, {@code ${NAME?message}}, {@code ${NAME:+alternative}}, {@code ${NAME+alternative}}, and
 * {@code $$} for a dollar sign. With a colon an empty variable counts as unset. Defaults, messages and alternatives are
 * interpolated in turn where they are used; their braces must pair. A variable that is unset and has no default is
 * empty, with a warning.
 */
public final class Interpolation {

    /** How deep defaults may nest: enough for every real file, and a bound on the stack. */
    static final int MAX_DEPTH = 16;

    /** What a value may grow to by its variables, in characters: as long as one argument of execve(2) may be. */
    static final int MAX_LENGTH = 131_072;

    private final Map<String, String> variables;
    private final @Nullable String ownName;
    private final @Nullable String ownValue;

    /** Takes the variables that values may refer to. */
    public Interpolation(Map<String, String> variables) {
        this(variables, null, null);
    }

    private Interpolation(Map<String, String> variables, @Nullable String ownName, @Nullable String ownValue) {
        this.variables = variables;
        this.ownName = ownName;
        this.ownValue = ownValue;
    }

    /** The same with one more variable. */
    public Interpolation with(String name, String value) {
        return new Interpolation(variables, name, value);
    }

    /** Hears what is wrong with a template, at an offset into it; {@code what} and {@code cause} as for Diagnostics. */
    public interface Listener {
        /** The template is no good. */
        void error(int offset, String code, String what, String cause, @Nullable String hint);

        /** The template was interpolated, but perhaps not to what was meant. */
        void warning(int offset, String code, String what, String cause, @Nullable String hint);
    }

    /**
     * The template with its variables replaced, or null where it has an error. Every error in it is reported, those in a
     * default that is not needed too where they are errors of syntax.
     */
    public @Nullable String interpolate(String template, Listener listener) {
        if (template.indexOf('$') < 0) {
            return template;
        }
        Run run = new Run(template, listener);
        run.text(0, template.length(), true, 0);
        return run.failed ? null : run.result.toString();
    }

    /**
     * The index after the unit of a template that begins at {@code from}: after {@code $$}, {@code $NAME} and {@code ${…}},
     * else after one character. An unclosed brace makes the dollar sign a unit of its own.
     */
    static int end(String template, int from) {
        if (template.charAt(from) != '$' || from + 1 >= template.length()) {
            return from + 1;
        }
        char next = template.charAt(from + 1);
        if (next == '$') {
            return from + 2;
        }
        if (next == '{') {
            int brace = closingBrace(template, from + 1, template.length());
            return brace < 0 ? from + 1 : brace + 1;
        }
        return Ascii.isNameStart(next) ? nameEnd(template, from + 1, template.length()) : from + 1;
    }

    private @Nullable String variable(String name) {
        return name.equals(ownName) ? ownValue : variables.get(name);
    }

    private static int nameEnd(String template, int from, int limit) {
        int end = from;
        while (end < limit && Ascii.isNamePart(template.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int closingBrace(String template, int open, int limit) {
        int depth = 0;
        for (int i = open; i < limit; i++) {
            char c = template.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** One template on its way. */
    private final class Run {
        private final String template;
        private final Listener listener;
        private final StringBuilder result = new StringBuilder();
        private boolean failed;
        private boolean tooLong;

        Run(String template, Listener listener) {
            this.template = template;
            this.listener = listener;
        }

        /** Reads from {@code from} to {@code limit}; adds to the result only where {@code used}. */
        void text(int from, int limit, boolean used, int depth) {
            int i = from;
            while (i < limit) {
                char c = template.charAt(i);
                if (c != '$') {
                    add(c, used);
                    i++;
                } else if (i + 1 < limit && template.charAt(i + 1) == '$') {
                    add('$', used);
                    i += 2;
                } else if (i + 1 < limit && template.charAt(i + 1) == '{') {
                    i = braced(i, limit, used, depth);
                } else if (i + 1 < limit && Ascii.isNameStart(template.charAt(i + 1))) {
                    int end = nameEnd(template, i + 1, limit);
                    plain(i, template.substring(i + 1, end), used);
                    i = end;
                } else {
                    error(i, "$", "no variable's name follows", "write $$ for a dollar sign");
                    i++;
                }
            }
        }

        /** Reads {@code ${…}} at {@code dollar}; returns the index after it. */
        private int braced(int dollar, int limit, boolean used, int depth) {
            int close = closingBrace(template, dollar + 1, limit);
            if (close < 0) {
                error(dollar, "${", "no closing brace", "write $$ for a dollar sign");
                return limit;
            }
            int nameStart = dollar + 2;
            int nameEnd = nameEnd(template, nameStart, close);
            if (nameEnd == nameStart || Ascii.isDigit(template.charAt(nameStart))) {
                error(
                        dollar,
                        template.substring(dollar, close + 1),
                        "no variable's name",
                        "write $$ for a dollar sign");
                return close + 1;
            }
            String name = template.substring(nameStart, nameEnd);
            if (nameEnd == close) {
                plain(dollar, name, used);
            } else if (depth == MAX_DEPTH) {
                error(dollar, "${" + name + "…}", "nested deeper than " + MAX_DEPTH, null);
            } else {
                operator(dollar, name, nameEnd, close, used, depth + 1);
            }
            return close + 1;
        }

        private void operator(int dollar, String name, int from, int close, boolean used, int depth) {
            boolean colon = template.charAt(from) == ':';
            int at = colon ? from + 1 : from;
            char operator = at < close ? template.charAt(at) : '}';
            int rest = at + 1;
            String value = variable(name);
            boolean set = value != null && !(colon && value.isEmpty());
            switch (operator) {
                case '-' -> {
                    text(rest, close, used && !set, depth);
                    add(set ? value : null, used);
                }
                case '+' -> text(rest, close, used && set, depth);
                case '?' -> {
                    required(dollar, name, rest, close, used && !set, depth);
                    add(set ? value : null, used);
                }
                default ->
                    error(
                            dollar,
                            template.substring(dollar, close + 1),
                            "unknown operator",
                            "the operators are :- - :? ? :+ +");
            }
        }

        private void required(int dollar, String name, int from, int close, boolean missing, int depth) {
            int before = result.length();
            text(from, close, missing, depth);
            if (missing) {
                String message = result.substring(before);
                result.setLength(before);
                failed = true;
                listener.error(
                        dollar,
                        "required-variable",
                        "interpolate '${" + name + "}'",
                        message.isEmpty() ? "required variable is not set" : message,
                        "set " + name + " in the container's environment");
            }
        }

        private void plain(int dollar, String name, boolean used) {
            String value = variable(name);
            if (value == null && used) {
                listener.warning(
                        dollar,
                        "unset-variable",
                        "find variable " + name,
                        "an empty text is used",
                        "write ${" + name + ":-} where it may be unset, $$" + name
                                + " where the program shall see a dollar sign");
            }
            add(value, used);
        }

        private void add(@Nullable String text, boolean used) {
            if (text == null || !used) {
                return;
            }
            if (result.length() + text.length() <= MAX_LENGTH) {
                result.append(text);
            } else if (!tooLong) {
                tooLong = true;
                error(0, template, "it would be longer than " + MAX_LENGTH + " characters", null);
            }
        }

        private void add(char c, boolean used) {
            if (used) {
                result.append(c);
            }
        }

        private void error(int offset, String shown, String cause, @Nullable String hint) {
            failed = true;
            listener.error(offset, "bad-interpolation", "interpolate '" + shown + "'", cause, hint);
        }
    }
}
