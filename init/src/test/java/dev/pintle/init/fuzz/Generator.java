package dev.pintle.init.fuzz;

import dev.pintle.init.sim.SplitMix64;
import dev.pintle.layout.Key;
import dev.pintle.layout.Section;
import dev.pintle.layout.ValueKind;
import java.util.function.IntFunction;

/**
 * Makes layouts and requests of one seed: most are valid but for their size, and some are broken. Whatever there can be many of,
 * there are 1 to 100,000 of, few most often: half of those that have n or more have 2n or more.
 */
final class Generator {
    private static final int LARGEST = 100_000;
    private static final int MORE = 50;
    private static final String[] KINDS = {"status", "health", "init", "wait", "subscribe", "logs", "start", "stop"};
    private static final String[] OTHER_KINDS = {"restart", "signal", "reload", "shutdown", "tree", ""};

    private final SplitMix64 random;

    Generator(long seed) {
        random = new SplitMix64(seed);
    }

    private int size() {
        int size = 1;
        while (size < LARGEST && random.chance(MORE)) {
            size *= 2;
        }
        return Math.min(LARGEST, random.between(size, 2 * size - 1));
    }

    private String many(String between, IntFunction<String> item) {
        int count = size();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : between).append(item.apply(i));
        }
        return text.toString();
    }

    /** One character is changed, or all from it on is gone. */
    private String broken(String text) {
        int at = random.below(text.length());
        String rest = random.chance(30) ? "" : text.substring(at + 1);
        return text.substring(0, at) + (char) random.below(256) + rest;
    }

    // Layouts

    /** A layout as {@link LayoutTarget} takes it. */
    String layout() {
        StringBuilder text = new StringBuilder();
        int services = random.chance(10) ? size() : random.between(1, 4);
        for (int i = 0; i < services; i++) {
            text.append("==services/s").append(i).append("/service.conf\n");
            text.append(services > 4 ? "command = x\nafter = s" + random.below(services) + "\n" : service());
        }
        if (random.chance(20)) {
            text.append("==services/s0/log/service.conf\n").append(service());
        }
        if (random.chance(20)) {
            text.append("==services/s0/").append(random.oneOf("run", "finish", "check", "env/A", "data/x"));
            text.append("\n#!").append(words()).append('\n');
        }
        if (random.chance(30)) {
            text.append("==pintle.conf\n").append(settings(Section.File.PINTLE_CONF));
        }
        return random.chance(25) ? broken(text.toString()) : text.toString();
    }

    private String service() {
        String command = random.chance(90) ? "command = " + value(ValueKind.WORDS, Key.COMMAND) + "\n" : "";
        return command + settings(Section.File.SERVICE_CONF);
    }

    /** Some keys, each in its section, in the order that sections stand in. */
    private String settings(Section.File file) {
        StringBuilder text = new StringBuilder();
        int chance = random.oneOf(0, 1, 3, 10);
        for (Section section : Section.values()) {
            boolean begun = section == Section.SERVICE;
            for (Key key : Key.of(section)) {
                if (section.standsIn(file) && key != Key.COMMAND && random.chance(chance)) {
                    text.append(begun ? "" : "[" + section.text() + "]\n");
                    begun = true;
                    ValueKind kind = random.chance(90) ? key.kind() : random.oneOf(ValueKind.values());
                    text.append(key.text())
                            .append(" = ")
                            .append(value(kind, key))
                            .append('\n');
                }
            }
            if (section.standsIn(file) && section == Section.ENVIRONMENT && random.chance(20)) {
                text.append("[environment]\n").append(many("\n", i -> "V" + i + " = " + word(i)));
                text.append('\n');
            }
        }
        if (random.chance(5)) {
            text.append(many("", i -> random.oneOf("# comment\n", "\n", "k" + i + " = v\n", "[s" + i + "]\n")));
        }
        return text.toString();
    }

    private String value(ValueKind kind, Key key) {
        return switch (kind) {
            case WORDS, TEXT -> words();
            case CHOICE ->
                key.choices().isEmpty()
                        ? "x"
                        : key.choices().get(random.below(key.choices().size()));
            case BOOLEAN -> random.oneOf("yes", "no");
            case COUNT, INTEGER -> number();
            case COUNT_OR_UNLIMITED -> random.chance(30) ? "unlimited" : number();
            case DURATION -> number() + random.oneOf("", "s", "ms", "m", "h");
            case SIZE -> number() + random.oneOf("", "k", "m");
            case OCTAL -> random.oneOf("0644", "07777", "022", number());
            case LIMIT -> random.oneOf("unlimited", number(), number() + ":" + number());
            case SIGNAL -> random.oneOf("TERM", "SIGHUP", "9", "RTMIN+1", number());
            case NAME, USER -> random.oneOf("root", "s0", number(), repeated("n"));
            case PATH -> repeated("/p");
            case ADDRESSES ->
                many(
                        separator(),
                        i -> random.oneOf("127.0.0.1:" + i, ":8080", "[::1]:80", "unix:/s" + i, repeated("1.")));
            case READINESS -> random.oneOf("started", "notify", "fd:3", "tcp:80", "file:/x", repeated("x"));
            case EXIT_CODES -> many(separator(), i -> i % 3 == 0 ? "1-" + i % 256 : Integer.toString(i % 300));
            case DEPENDENCIES -> many(separator(), i -> "s" + i + random.oneOf("", ":started", ":completed"));
            case NAMES -> many(separator(), i -> "s" + i);
            case SOCKETS -> many(separator(), i -> random.oneOf("tcp:" + i, "unix:/s" + i, "udp:1"));
            case CAPABILITIES -> many(separator(), i -> random.oneOf("CHOWN", "net_admin", "ALL", "c" + i));
            case GLOBS -> many(separator(), i -> random.oneOf("*", "a?b", "*x*y*", "[a-z]" + i));
            case PATHS -> many(separator(), i -> "/e/" + i);
            case OUTPUT -> many(" ", i -> random.oneOf("inherit", "file:/l/" + i, "null", "stderr"));
        };
    }

    private String separator() {
        return random.oneOf(", ", " ", ",\n  ", ",,");
    }

    private String number() {
        return random.chance(90) ? Integer.toString(random.below(1 << random.below(20))) : repeated("9");
    }

    private String repeated(String text) {
        return text.repeat(Math.max(1, size() / text.length()));
    }

    private String words() {
        return switch (random.below(6)) {
            case 0 -> repeated("w");
            case 1 -> nested("${A:-", "b", "}");
            case 2 -> "sh -c '\n" + many("\n", i -> "  echo line " + i) + "'";
            default -> "echo " + many(random.oneOf(" ", "\n  "), this::word);
        };
    }

    private String word(int number) {
        return switch (random.below(8)) {
            case 0 -> "'quoted words'";
            case 1 -> "\"double ${PORT} \\\" quoted\"";
            case 2 -> "${WORDS}";
            case 3 -> "${NONE:-" + number + "}";
            case 4 -> "a\\ b$$";
            default -> "w" + number;
        };
    }

    private String nested(String open, String middle, String close) {
        int depth = size();
        return open.repeat(depth) + middle + close.repeat(random.chance(80) ? depth : random.below(depth + 1));
    }

    // Requests

    /** Lines that a client of the control socket sends. */
    String requests() {
        StringBuilder text = new StringBuilder(random.oneOf("", " ", "\t", "\r", "\n"));
        int count = random.chance(90) ? 1 : size();
        for (int i = 0; i < count; i++) {
            text.append(count > 4 ? "{\"pintle\":1,\"do\":\"" + kind() + "\"}" : request())
                    .append('\n');
        }
        return random.chance(25) ? broken(text.toString()) : text.toString();
    }

    private String kind() {
        return random.chance(80) ? random.oneOf(KINDS) : random.oneOf(OTHER_KINDS);
    }

    private String request() {
        StringBuilder text =
                new StringBuilder("{\"pintle\":1,\"do\":\"").append(kind()).append('"');
        if (random.chance(70)) {
            text.append(",\"names\":[")
                    .append(many(",", i -> random.oneOf("\"all\"", "\"@g\"", "\"s" + i + "\"", "\"a\"", "\"b\"")))
                    .append(']');
        }
        for (String flag : new String[] {"edges", "wait", "once", "must_run", "restart"}) {
            text.append(random.chance(20) ? ",\"" + flag + "\":true" : "");
        }
        if (random.chance(20)) {
            text.append(",\"signal\":").append(number());
        }
        if (random.chance(40)) {
            text.append(",\"x\":").append(json());
        }
        return text.append('}').toString();
    }

    private String json() {
        return switch (random.below(7)) {
            case 0 -> "[" + many(",", i -> "{}") + "]";
            case 1 -> "[" + many(",", i -> random.oneOf("[]", "true", "null", "12345", "\"word\"", "-1e9")) + "]";
            case 2 -> "[" + many(",", i -> "{\"a\":[1,{\"b\":" + i + "}]}") + "]";
            case 3 -> "{" + many(",", i -> "\"k" + i + "\":" + i) + "}";
            case 4 -> nested("[", "", "]");
            case 5 -> nested("{\"a\":", "1", "}");
            default -> "\"" + many("", i -> random.oneOf("x", "\\n", "\\u00e4", "\\ud83d\\ude00", "\\\"")) + "\"";
        };
    }
}
