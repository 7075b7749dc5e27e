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

    /**
     * A variable where it stands.
     *
     * @param name   of the variable
     * @param format what Python does to its value beyond writing it out, such as {@code .3s}; else empty
     * @param whole  whether its value stays in one word where a command is split: it is quoted, or has no blanks
     */
    public record Variable(String name, String format, boolean whole) {
        Variable quoted() {
            return new Variable(name, format, true);
        }

        Variable formatted(String how) {
            return new Variable(name, format + how, whole);
        }

        /** How supervisord's configuration writes it. */
        public String expansion() {
            return name.equals(INSTANCE)
                    ? "%(process_num)" + (format.isEmpty() ? "d" : format)
                    : "%(ENV_" + name + ")" + (format.isEmpty() ? "s" : format);
        }
    }

    private final int[] units;
    private final List<Variable> variables;

    /** Units below zero stand for variables: -1 is the first. */
    private Text(int[] units, List<Variable> variables) {
        this.units = units;
        this.variables = variables;
    }

    /** A text without variables. */
    public static Text of(String literal) {
        return new Text(literal.codePoints().toArray(), List.of());
    }

    /** A text that is the value of one variable. */
    public static Text variable(String name) {
        return variable(name, false);
    }

    /** The same, where {@code whole} says that its value has no blanks. */
    public static Text variable(String name, boolean whole) {
        return new Text(new int[] {-1}, List.of(new Variable(name, "", whole)));
    }

    /** The same text, with what Python does to the values of its variables. */
    Text formatted(String how) {
        return new Text(
                units,
                variables.stream().map(variable -> variable.formatted(how)).toList());
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
        return variables.stream().map(Variable::name).toList();
    }

    /** The variables in it, in order. */
    public List<Variable> occurrences() {
        return variables;
    }

    /** Builds a string from literal pieces and variables, each mapped. */
    public String map(Function<String, String> literal, Function<Variable, String> variable) {
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
        return map(literal -> literal, Variable::expansion);
    }

    /** Appends to a text. */
    public static final class Builder {
        private final List<Integer> units = new ArrayList<>();
        private final List<Variable> variables = new ArrayList<>();

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

        /** Appends the unit at {@code index} of {@code text}, which stands in quotes. */
        Builder addQuoted(Text text, int index) {
            add(text, index);
            if (units.get(units.size() - 1) < 0) {
                int last = variables.size() - 1;
                variables.set(last, variables.get(last).quoted());
            }
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
