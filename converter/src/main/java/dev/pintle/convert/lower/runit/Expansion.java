package dev.pintle.convert.lower.runit;

import dev.pintle.convert.parse.shell.Word;
import dev.pintle.convert.parse.shell.Word.Dynamic;
import dev.pintle.convert.parse.shell.Word.Literal;
import dev.pintle.convert.parse.shell.Word.Part;
import dev.pintle.convert.parse.shell.Word.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expands words as XCU 2.6 has it, as far as that can be done before the container runs: variables whose values the
 * script itself set, and variables of the container where they stand in quotes and so stay one word.
 */
final class Expansion {

    private final Variables variables;
    private final List<Value> fields = new ArrayList<>();
    private @Nullable Value field;

    private Expansion(Variables variables) {
        this.variables = variables;
    }

    /** The fields that words become. */
    static List<Value> fields(List<Word> words, Variables variables) throws Refusal {
        List<Value> fields = new ArrayList<>();
        for (Word word : words) {
            Expansion expansion = new Expansion(variables);
            for (Part part : word.parts()) {
                expansion.part(part, word);
            }
            expansion.endField();
            fields.addAll(expansion.fields);
        }
        return fields;
    }

    /** What a word becomes where the shell does not split it: the value of an assignment, say. */
    static Value single(Word word, Variables variables) throws Refusal {
        Value value = Value.EMPTY;
        for (Part part : word.parts()) {
            boolean quoted = part.quoted();
            if (part instanceof Literal literal) {
                if (!quoted && (literal.text().startsWith("~") || literal.text().contains(":~"))) {
                    throw new Refusal("it names a home directory with ~", word.start());
                }
                value = value.then(Value.of(literal.text()));
            } else {
                value = value.then(value(part, word, variables));
            }
        }
        return value;
    }

    private void part(Part part, Word word) throws Refusal {
        if (part instanceof Literal literal) {
            boolean first = part == word.parts().get(0);
            if (!literal.quoted()
                    && (Word.isPattern(literal.text())
                            || (first && literal.text().startsWith("~")))) {
                throw new Refusal("it has a pattern or a home directory that the shell expands", word.start());
            }
            append(Value.of(literal.text()));
        } else if (part.quoted()) {
            append(value(part, word, variables));
        } else {
            split(value(part, word, variables), word);
        }
    }

    private void append(Value value) {
        field = field == null ? value : field.then(value);
    }

    private void endField() {
        if (field != null) {
            fields.add(field);
            field = null;
        }
    }

    private void split(Value value, Word word) throws Refusal {
        String text = value.literal()
                .orElseThrow(() -> new Refusal("it splits a variable of the container into words", word.start()));
        if (Word.isPattern(text)) {
            throw new Refusal("it has a pattern in a variable's value", word.start());
        }
        StringBuilder run = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n') {
                flush(run);
                endField();
            } else {
                run.append(c);
            }
        }
        flush(run);
    }

    private void flush(StringBuilder run) {
        if (run.length() > 0) {
            append(Value.of(run.toString()));
            run.setLength(0);
        }
    }

    private static Value value(Part part, Word word, Variables variables) throws Refusal {
        if (part instanceof Dynamic dynamic) {
            throw new Refusal(
                    "it uses " + shorten(dynamic.text()) + ", which only a running shell knows", word.start());
        }
        Variable variable = (Variable) part;
        Value known = variables.get(variable.name());
        if (known != null) {
            return ofKnown(variable, known, word, variables);
        }
        if (variables.isShellsOwn(variable.name())) {
            throw new Refusal("it uses " + variable.name() + ", which the shell sets", word.start());
        }
        return variables.isUnset(variable.name())
                ? ofUnset(variable, word, variables)
                : ofContainer(variable, word, variables);
    }

    private static String shorten(String text) {
        return text.length() > 20 ? text.substring(0, 17) + "…" : text;
    }

    private static Value ofKnown(Variable variable, Value value, Word word, Variables variables) throws Refusal {
        String operator = variable.operator();
        if (operator.isEmpty() || operator.equals("-") || operator.equals("?") || operator.equals("=")) {
            return value;
        }
        if (operator.equals("+")) {
            return single(variable.argument(), variables);
        }
        String literal = value.literal()
                .orElseThrow(() -> new Refusal("it asks whether a variable of the container is empty", word.start()));
        return switch (operator) {
            case ":-" -> literal.isEmpty() ? single(variable.argument(), variables) : value;
            case ":+" -> literal.isEmpty() ? Value.EMPTY : single(variable.argument(), variables);
            default -> {
                if (literal.isEmpty()) {
                    throw new Refusal("it needs " + variable.name() + " not to be empty", word.start());
                }
                yield value;
            }
        };
    }

    private static Value ofUnset(Variable variable, Word word, Variables variables) throws Refusal {
        return switch (variable.operator()) {
            case "-", ":-" -> single(variable.argument(), variables);
            case "+", ":+" -> Value.EMPTY;
            case "" -> {
                if (variables.unsetIsFatal()) {
                    throw new Refusal("it needs " + variable.name() + ", which is not set", word.start());
                }
                yield Value.EMPTY;
            }
            default -> throw new Refusal("it needs " + variable.name() + ", which is not set", word.start());
        };
    }

    private static Value ofContainer(Variable variable, Word word, Variables variables) throws Refusal {
        String operator = variable.operator();
        if (operator.endsWith("=")) {
            throw new Refusal("it sets a variable where the container has none", word.start());
        }
        String argument = single(variable.argument(), variables).template();
        boolean braces = variable.argument().parts().stream()
                .anyMatch(p -> p instanceof Literal l && !Word.bracesPair(l.text()));
        if (braces) {
            throw new Refusal("it has a brace in a default", word.start());
        }
        if (operator.isEmpty()) {
            operator = variables.unsetIsFatal() ? "?" : "-";
        }
        return Value.later("${" + variable.name() + operator + argument + "}");
    }
}
