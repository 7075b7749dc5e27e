package dev.pintle.layout.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole layouts: {@code src/test/golden/NAME/input} is /etc/pintle, {@code environment} the container's, as {@code K=V}
 * lines. {@code -Dgolden.rewrite=true} writes what is expected from what comes out, for a person to read in the diff.
 */
class GoldenTest {

    private static final Path GOLDEN = Path.of("src/test/golden");
    private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");

    static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void isReadAsExpected(Path folder) throws IOException {
        ParseResult result =
                LayoutParser.parse(new DirectorySource(folder.resolve("input")), "/etc/pintle", environment(folder));
        compare(folder.resolve("expected-diagnostics.txt"), diagnostics(result));
        compare(folder.resolve("expected.txt"), layout(result.layout(), folder.endsWith("defaults")));
    }

    private static Map<String, String> environment(Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>();
        Path file = folder.resolve("environment");
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            int equals = line.indexOf('=');
            environment.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return environment;
    }

    private static String diagnostics(ParseResult result) {
        StringBuilder text = new StringBuilder();
        for (Diagnostic diagnostic : result.diagnostics()) {
            text.append(diagnostic.text())
                    .append(" [")
                    .append(diagnostic.code())
                    .append("]\n");
        }
        return text.toString();
    }

    /** The folder {@code defaults} shows everything, the others what differs from a service that is but a command. */
    private static String layout(@Nullable Layout layout, boolean whole) {
        if (layout == null) {
            return "no layout\n";
        }
        Layout plain = LayoutParser.parse(new MapSource().service("plain", "command = plain"), "/etc/pintle", Map.of())
                .layout();
        Layout base = whole ? null : plain;
        StringBuilder text = new StringBuilder("[container]\n")
                .append(Dump.of(layout.container(), base == null ? null : base.container()));
        for (ServiceDefinition service : layout.services()) {
            text.append("\n[service]\n")
                    .append(Dump.of(
                            service, base == null ? null : base.services().get(0)));
        }
        return text.toString();
    }

    private static void compare(Path file, String actual) throws IOException {
        if (REWRITE) {
            Files.writeString(file, actual);
        }
        assertEquals(Files.readString(file), actual, file.toString());
    }
}
