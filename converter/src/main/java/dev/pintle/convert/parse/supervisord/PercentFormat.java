package dev.pintle.convert.parse.supervisord;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code text % names}, which is how supervisord expands {@code %(here)s}, {@code %(process_num)02d} and
 * {@code %%}.
 */
final class PercentFormat {

    /** A number that is known only when the container starts. */
    record LaterNumber(Text text) {}

    private static final Pattern PLACEHOLDER = Pattern.compile("%[A-Z][A-Z0-9_]*%");

    private static final String FLAGS = "-+ #0";

    /** As text, as Python source, and as that in ASCII; a number is the same in all three. */
    private static final String TEXT_TYPES = "sra";

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
        if (peek() == '%') {
            out.add(input, at++);
            return;
        }
        String name = peek() == '(' ? name(start) : null;
        int firstFlag = at;
        while (peek() >= 0 && FLAGS.indexOf(peek()) >= 0) {
            at++;
        }
        Text flags = input.part(firstFlag, at);
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
        if (name == null) {
            throw PLACEHOLDER.matcher(input.toString()).find()
                    ? new BadValueException(
                            standsAlone(type),
                            start,
                            "it is a template that something fills in: convert what comes of it")
                    : bad(start, standsAlone(type));
        }
        Object value = names.apply(name);
        if (value == null) {
            throw unknown(start, name);
        }
        boolean text = TEXT_TYPES.indexOf(type) >= 0;
        if (value instanceof Long number && !text) {
            number(start, number, type, flags, precision, width);
            return;
        }
        Text converted = text(start, name, value, type);
        boolean shaped = width > 1 || precision >= 0 || (flags.length() > 0 && !text);
        if (shaped && !converted.isLiteral()) {
            out.add(converted.formatted(input.part(firstFlag, at).toString()));
        } else {
            pad(precision >= 0 && text ? cut(converted, precision) : converted, width, flags.indexOf('-') >= 0);
        }
    }

    /** Without a name Python formats what it has, which is the table of all names. */
    private static String standsAlone(int type) {
        return TEXT_TYPES.indexOf(type) < 0
                ? "'%' stands alone"
                : "'%' stands alone, for which supervisord puts in all of its variables";
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

    private static Text text(int start, String name, Object value, int type) throws BadValueException {
        if (value instanceof LaterNumber later) {
            return later.text();
        }
        if (value instanceof Long number) {
            return Text.of(Long.toString(number));
        }
        if (type != 's') {
            throw bad(
                    start,
                    TEXT_TYPES.indexOf(type) < 0
                            ? "%(" + name + ") is text, which '" + Character.toString(type) + "' cannot format"
                            : "'" + Character.toString(type) + "' writes text as Python source");
        }
        return (Text) value;
    }

    private static Text cut(Text text, int precision) {
        return text.part(0, Math.min(precision, text.length()));
    }

    private void pad(Text text, int width, boolean left) {
        Text blanks = Text.of(" ".repeat(Math.max(0, width - text.length())));
        out.add(left ? text : blanks).add(left ? blanks : text);
    }

    /** Zeros up to the precision belong to the number; those up to the width come after what stands before it. */
    private void number(int start, long number, int type, Text flags, int precision, int width)
            throws BadValueException {
        int radix = radix(start, type);
        String digits = Long.toString(Math.abs(number), radix);
        String sign = number < 0 ? "-" : flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "";
        String prefix = flags.indexOf('#') < 0 || radix == 10 ? "" : radix == 16 ? "0x" : "0o";
        boolean left = flags.indexOf('-') >= 0;
        int zeros = Math.max(0, precision - digits.length());
        if (flags.indexOf('0') >= 0 && !left) {
            zeros = Math.max(zeros, width - sign.length() - prefix.length() - digits.length());
        }
        String whole = prefix + "0".repeat(zeros) + digits;
        pad(Text.of(sign + (type == 'X' ? whole.toUpperCase(Locale.ROOT) : whole)), width, left);
    }

    private static int radix(int start, int type) throws BadValueException {
        return switch (type) {
            case 'd', 'i', 'u' -> 10;
            case 'x', 'X' -> 16;
            case 'o' -> 8;
            default -> throw bad(start, "'" + Character.toString(type) + "' is no conversion for a whole number");
        };
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
