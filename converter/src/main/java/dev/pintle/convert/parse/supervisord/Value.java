package dev.pintle.convert.parse.supervisord;

import java.util.Optional;

/**
 * A typed value that is known now, or only when the container starts.
 *
 * @param <T> its type
 */
public sealed interface Value<T> {

    /** What is known now. */
    record Known<T>(T value) implements Value<T> {}

    /** What depends on variables; its text is to be converted once these are known. */
    record Deferred<T>(Text text) implements Value<T> {}

    /** A known value. */
    static <T> Value<T> of(T value) {
        return new Known<>(value);
    }

    /** The value, where it is known. */
    default Optional<T> known() {
        return this instanceof Known<T> k ? Optional.of(k.value()) : Optional.empty();
    }

    /** The value where it is known, else {@code fallback}. */
    default T or(T fallback) {
        return known().orElse(fallback);
    }
}
