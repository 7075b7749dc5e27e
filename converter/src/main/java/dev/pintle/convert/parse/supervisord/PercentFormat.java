package dev.pintle.convert.parse.supervisord;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code text % names}, which is how supervisord expands {@code %(here)s}, {@code %(process_num)02d} and
 * {@code %%}.
 */
final class PercentFormat {

    /** A number that is known only when the container starts; it cannot be padded. */
    record LaterNumber(Text text) {}

    private static final String FLAGS = "-+ #0";

    private final Text input;
    private final Function<String, @Nullable Object> names;
    private final Text.Builder out = new Text.Builder();
    private int at;

    private PercentFormat(Text input, Function<String, @Nullable Object> names) {
        this.input = input;
        this.names = names;
    }

    /**
     * Expands a text.
     *
     * @param names gives a {@link Text}, a {@link Long} or a {@link LaterNumber} for a name, or null where there is none
     * @throws BadValueException where Python would raise an error; offsets count characters of {@code input}
     */
    static Text expand(Text input, Function<String, @Nullable Object> names) throws BadValueException {
        if (input.indexOf('%') < 0) {
            return input;
        }
        PercentFormat format = new PercentFormat(input, names);
        while (format.at < input.length()) {
            if (input.at(format.at) == '%') {
                format.conversion();
            } else {
                format.out.add(input, format.at++);
            }
        }
        return format.out.build();
    }

    private void conversion() throws BadValueException {
        int start = at++;
        String name = peek() == '(' ? name(start) : null;
        boolean left = false;
        boolean zero = false;
        boolean plus = false;
        while (peek() >= 0 && FLAGS.indexOf(peek()) >= 0) {
            int flag = input.at(at++);
            left |= flag == '-';
            zero |= flag == '0';
            plus |= flag == '+';
        }
        int width = number(start);
        boolean precise = peek() == '.';
        if (precise) {
            at++;
        }
        int precision = precise ? number(start) : -1;
        if (peek() == 'h' || peek() == 'l' || peek() == 'L') {
            at++;
        }
        if (at >= input.length()) {
            throw bad(start, "it ends within a '%' conversion");
        }
        int type = input.at(at++);
        if (type == '%') {
            out.add('%');
            return;
        }
        if (name == null) {
            throw bad(start, "'%' stands alone");
        }
        Object value = names.apply(name);
        if (value == null) {
            throw unknown(start, name);
        }
        Text converted = convert(start, name, value, type, plus);
        pad(
                precision >= 0 && type == 's' ? cut(converted, precision) : converted,
                width,
                left,
                zero && value instanceof Long && type != 's');
    }

    private int peek() {
        return at < input.length() ? input.at(at) : -1;
    }

    /** Parentheses nest, as in Python. */
    private String name(int start) throws BadValueException {
        int depth = 0;
        int from = at + 1;
        do {
            if (at >= input.length()) {
                throw bad(start, "'%(' is not closed");
            }
            int c = input.at(at++);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        } while (depth > 0);
        return input.part(from, at - 1).toString();
    }

    private int number(int start) throws BadValueException {
        int value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = value * 10 + (input.at(at++) - '0');
            if (value > 1000) {
                throw bad(start, "a width above 1000");
            }
        }
        return value;
    }

    private Text convert(int start, String name, Object value, int type, boolean plus) throws BadValueException {
        if (value instanceof Text text) {
            if (type == 's') {
                return text;
            }
            throw bad(start, "%(" + name + ") is text, which '" + Character.toString(type) + "' cannot format");
        }
        if (value instanceof LaterNumber later) {
            return later.text();
        }
        long number = (Long) value;
        return switch (type) {
            case 'd', 'i', 'u' -> Text.of((plus && number >= 0 ? "+" : "") + number);
            case 's', 'r', 'a' -> Text.of(Long.toString(number));
            case 'x' -> Text.of(Long.toString(number, 16));
            case 'X' -> Text.of(Long.toString(number, 16).toUpperCase(java.util.Locale.ROOT));
            case 'o' -> Text.of(Long.toString(number, 8));
            default -> throw bad(start, "'" + Character.toString(type) + "' is no conversion for a number");
        };
    }

    private static Text cut(Text text, int precision) {
        return text.part(0, Math.min(precision, text.length()));
    }

    private void pad(Text text, int width, boolean left, boolean zero) {
        int missing = Math.max(0, width - text.length());
        if (left) {
            out.add(text).add(Text.of(" ".repeat(missing)));
        } else if (zero) {
            boolean signed = text.startsWith("-") || text.startsWith("+");
            out.add(text.part(0, signed ? 1 : 0)).add(Text.of("0".repeat(missing)));
            out.add(text.part(signed ? 1 : 0, text.length()));
        } else {
            out.add(Text.of(" ".repeat(missing))).add(text);
        }
    }

    private static BadValueException bad(int start, String cause) {
        return new BadValueException(cause, start, "write %% for a percent sign");
    }

    private static BadValueException unknown(int start, String name) {
        if (name.startsWith("ENV_")) {
            String variable = name.substring(4);
            return new BadValueException(
                    "the environment has no variable " + variable, start, "set it with --env " + variable + "=VALUE");
        }
        return new BadValueException(
                "%(" + name + ")s is not known here",
                start,
                "known are here, host_node_name, ENV_*, and in programs program_name, group_name, process_num, numprocs");
    }
}
