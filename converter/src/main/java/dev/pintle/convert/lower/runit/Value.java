package dev.pintle.convert.lower.runit;

import dev.pintle.layout.text.LayoutText;
import java.util.Optional;

/**
 * What a word expands to.
 *
 * @param template as the layout writes it: {@code ${X-}} for a variable of the container, {@code $$} for a dollar sign
 * @param literal  the same where no variable of the container is in it
 */
record Value(String template, Optional<String> literal) {

    static final Value EMPTY = of("");

    static Value of(String literal) {
        return new Value(LayoutText.escape(literal), Optional.of(literal));
    }

    /** A value that only the container knows. */
    static Value later(String template) {
        return new Value(template, Optional.empty());
    }

    Value then(Value other) {
        return new Value(
                template + other.template,
                literal.isPresent() && other.literal.isPresent()
                        ? Optional.of(literal.get() + other.literal.get())
                        : Optional.empty());
    }

    /** Whether it is exactly this text. */
    boolean is(String text) {
        return literal.filter(text::equals).isPresent();
    }
}
