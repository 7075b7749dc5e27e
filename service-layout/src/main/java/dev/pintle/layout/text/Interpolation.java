package dev.pintle.layout.text;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compose's interpolation: {@code $NAME}, {@code ${NAME}}, {@code ${NAME:-default}}, {@code ${NAME-default}},
 * {@code ${NAME:?message}}, {@code ${NAME?message}}, {@code ${NAME:+alternative}}, {@code ${NAME+alternative}}, and
 * {@code $$} for a dollar sign. With a colon an empty variable counts as unset. Defaults, messages and alternatives are
 * interpolated in turn where they are used; their braces must pair. A variable that is unset and has no default is
 * empty, with a warning. {@code ${=NAME}}, with or without one of these operators, is {@link Words}' to read: elsewhere
 * there are no words that it could be split into.
 */
public final class Interpolation {

    /** The code of what is said of a required variable that is missing. */
    public static final String REQUIRED = "required-variable";

    /** How deep defaults may nest: enough for every real file, and a bound on the stack. */
    static final int MAX_DEPTH = 16;

    /** What a value may grow to by its variables, in characters: as long as one argument of execve(2) may be. */
    static final int MAX_LENGTH = 131_072;

    /** How a variable begins whose value is split into words. */
    static final String SPLIT = "${=";

    /** What is shown of a template in a message. */
    private static final int SHOWN = 100;

    private final Map<String, String> variables;
    private final Map<String, String> own;
    private final boolean demanding;
    private final Budget budget;

    /** Takes the variables that values may refer to. */
    public Interpolation(Map<String, String> variables) {
        this(variables, Map.of(), true, new Budget());
    }

    private Interpolation(Map<String, String> variables, Map<String, String> own, boolean demanding, Budget budget) {
        this.variables = variables;
        this.own = own;
        this.demanding = demanding;
        this.budget = budget;
    }

    /** The same where these variables are looked for first; they may still grow. */
    public Interpolation with(Map<String, String> first) {
        return new Interpolation(variables, first, demanding, budget);
    }

    /** Whether all that values refer to must be there. */
    public boolean isDemanding() {
        return demanding;
    }

    /** What values count in, for all that are made of one. */
    public Budget budget() {
        return budget;
    }

    /**
     * The same where a required variable may be missing, as when an image is built: that is a warning, and the value counts as
     * not given.
     */
    public Interpolation undemanding() {
        return new Interpolation(variables, own, false, budget);
    }

    /** Hears what is wrong with a template, at an offset into it; {@code what} and {@code cause} as for Diagnostics. */
    public interface Listener {
        /** Does not listen. */
        Listener NONE = new Listener() {
            @Override
            public void error(int offset, String code, String what, String cause, @Nullable String hint) {}

            @Override
            public void warning(int offset, String code, String what, String cause, @Nullable String hint) {}
        };

        /** The template is no good. */
        void error(int offset, String code, String what, String cause, @Nullable String hint);

        /** The template was interpolated, but perhaps not to what was meant. */
        void warning(int offset, String code, String what, String cause, @Nullable String hint);
    }

    /**
     * The template with its variables replaced, or null where it has an error. Every error in it is reported, those in a
     * default that is not needed too where they are errors of syntax. What it takes counts in the budget.
     */
    public @Nullable String interpolate(String template, Listener listener) {
        if (template.indexOf('$') < 0) {
            return template;
        }
        Run run = new Run(template, listener);
        run.text(0, template.length(), true, 0);
        // What comes to nothing was read, too.
        budget.addValue(Math.max(template.length(), run.result.length()), listener);
        return run.failed || run.incomplete ? null : run.result.toString();
    }

    /** As {@link #interpolate}, but where a required variable may be missing, its place shows its name. */
    @Nullable
    String interpolateShowing(String template, Listener listener) {
        if (template.indexOf('$') < 0) {
            return template;
        }
        Run run = new Run(template, listener);
        run.text(0, template.length(), true, 0);
        // What comes to nothing was read, too.
        budget.addValue(Math.max(template.length(), run.result.length()), listener);
        return run.failed ? null : run.result.toString();
    }

    /** Whether all that a template needs is there. */
    boolean isComplete(String template) {
        Run run = new Run(template, Listener.NONE);
        run.text(0, template.length(), true, 0);
        return !run.incomplete;
    }

    /**
     * The index after the unit of a template that begins at {@code from}: after {@code $$}, {@code $NAME} and {@code ${…}},
     * else after one character. An unclosed brace makes the dollar sign a unit of its own.
     */
    static int end(String template, Braces braces, int from) {
        if (template.charAt(from) != '$' || from + 1 >= template.length()) {
            return from + 1;
        }
        char next = template.charAt(from + 1);
        if (next == '$') {
            return from + 2;
        }
        if (next == '{') {
            int brace = braces.closing(from + 1);
            return brace < 0 ? from + 1 : brace + 1;
        }
        return Ascii.isNameStart(next) ? nameEnd(template, from + 1, template.length()) : from + 1;
    }

    private @Nullable String variable(String name) {
        String value = own.get(name);
        return value != null ? value : variables.get(name);
    }

    private static int nameEnd(String template, int from, int limit) {
        int end = from;
        while (end < limit && Ascii.isNamePart(template.charAt(end))) {
            end++;
        }
        return end;
    }

    /** One template on its way. */
    private final class Run {
        private final String template;
        private final Listener listener;
        private final Braces braces;
        private final StringBuilder result = new StringBuilder();
        private boolean failed;
        /** Whether a required variable is missing that may be missing yet. */
        private boolean incomplete;

        private boolean tooLong;

        Run(String template, Listener listener) {
            this.template = template;
            this.listener = listener;
            this.braces = new Braces(template);
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
            int close = braces.closing(dollar + 1);
            if (close < 0 || close >= limit) {
                error(dollar, "${", "no closing brace", "write $$ for a dollar sign");
                return limit;
            }
            int nameStart = dollar + 2;
            if (template.charAt(nameStart) == '=') {
                error(
                        dollar,
                        template.substring(dollar, close + 1),
                        "only the words of a command are split",
                        "write ${NAME} for the value as it is");
                return close + 1;
            }
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
                report(dollar, name, message.isEmpty() ? "required variable is not set" : message);
            }
        }

        private void report(int dollar, String name, String cause) {
            String what = "interpolate '${" + name + "}'";
            String hint = "set " + name + " in the container's environment";
            if (demanding) {
                failed = true;
                listener.error(dollar, REQUIRED, what, cause, hint);
            } else {
                incomplete = true;
                result.append("${").append(name).append('}');
                listener.warning(dollar, REQUIRED, what, cause, hint);
            }
        }

        private void plain(int dollar, String name, boolean used) {
            String value = variable(name);
            if (value == null && used) {
                listener.warning(
                        dollar,
                        "unset-variable",
                        "find variable " + name,
                        "it is not set, so an empty text is used",
                        "write ${" + name + ":-} where it may be unset, $$" + name
                                + " where the program is to see a dollar sign");
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
            String start = shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "…";
            listener.error(offset, "bad-interpolation", "interpolate '" + start + "'", cause, hint);
        }
    }
}
