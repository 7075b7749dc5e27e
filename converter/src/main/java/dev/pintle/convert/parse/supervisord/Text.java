package dev.pintle.convert.parse.supervisord;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A string in which environment variables may stand whose values are not known yet.
 *
 * <p>It is a sequence of units: a code point, or one variable. A variable is opaque: what scans a text treats it as an
 * ordinary character that is no delimiter.
 */
public final class Text {

    /** Nothing. */
    public static final Text EMPTY = of("");

    /** The variable that has the number of a process where how many there are is not known yet. */
    public static final String INSTANCE = "PINTLE_INSTANCE";

    private final int[] units;
    private final List<String> variables;

    /** Units below zero stand for variables: -1 is the first. */
    private Text(int[] units, List<String> variables) {
        this.units = units;
        this.variables = variables;
    }

    /** A text without variables. */
    public static Text of(String literal) {
        return new Text(literal.codePoints().toArray(), List.of());
    }

    /** A text that is the value of one variable. */
    public static Text variable(String name) {
        return new Text(new int[] {-1}, List.of(name));
    }

    /** The number of units. */
    public int length() {
        return units.length;
    }

    /** Whether nothing is in it; a variable counts as something. */
    public boolean isEmpty() {
        return units.length == 0;
    }

    /** The code point at an index, or -1 where a variable stands. */
    public int at(int index) {
        return Math.max(units[index], -1);
    }

    /** Whether no variable is in it. */
    public boolean isLiteral() {
        return variables.isEmpty();
    }

    /** The string that it is, unless a variable is in it. */
    public Optional<String> literal() {
        return isLiteral() ? Optional.of(toString()) : Optional.empty();
    }

    /** The units from {@code start} to before {@code end}. */
    public Text part(int start, int end) {
        Builder builder = new Builder();
        for (int i = start; i < end; i++) {
            builder.add(this, i);
        }
        return builder.build();
    }

    /** Whether it begins with {@code prefix}, in characters. */
    public boolean startsWith(String prefix) {
        if (units.length < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (units[i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The index of the first unit that is {@code c}, or -1. */
    public int indexOf(int c) {
        for (int i = 0; i < units.length; i++) {
            if (units[i] == c) {
                return i;
            }
        }
        return -1;
    }

    /** The names of the variables in it, in order. */
    public List<String> variables() {
        return variables;
    }

    /** Builds a string from literal pieces and variable names, each mapped. */
    public String map(Function<String, String> literal, Function<String, String> variable) {
        StringBuilder out = new StringBuilder();
        StringBuilder run = new StringBuilder();
        for (int unit : units) {
            if (unit >= 0) {
                run.appendCodePoint(unit);
            } else {
                out.append(literal.apply(run.toString()));
                run.setLength(0);
                out.append(variable.apply(variables.get(-1 - unit)));
            }
        }
        return out.append(literal.apply(run.toString())).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && toString().equals(text.toString()) && variables.equals(text.variables);
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** As supervisord would write it, with {@code %(ENV_X)s} for a variable. */
    @Override
    public String toString() {
        return map(literal -> literal, Text::expansion);
    }

    /** How supervisord's configuration names a variable. */
    public static String expansion(String variable) {
        return variable.equals(INSTANCE) ? "%(process_num)d" : "%(ENV_" + variable + ")s";
    }

    /** Appends to a text. */
    public static final class Builder {
        private final List<Integer> units = new ArrayList<>();
        private final List<String> variables = new ArrayList<>();

        /** Appends a code point. */
        public Builder add(int codePoint) {
            units.add(codePoint);
            return this;
        }

        /** Appends the unit at {@code index} of {@code text}. */
        public Builder add(Text text, int index) {
            int unit = text.units[index];
            if (unit >= 0) {
                return add(unit);
            }
            variables.add(text.variables.get(-1 - unit));
            units.add(-variables.size());
            return this;
        }

        /** Appends a whole text. */
        public Builder add(Text text) {
            for (int i = 0; i < text.length(); i++) {
                add(text, i);
            }
            return this;
        }

        /** Whether nothing has been appended. */
        public boolean isEmpty() {
            return units.isEmpty();
        }

        /** What has been appended. */
        public Text build() {
            return new Text(units.stream().mapToInt(Integer::intValue).toArray(), List.copyOf(variables));
        }
    }
}
