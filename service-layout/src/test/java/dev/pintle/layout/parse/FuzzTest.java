package dev.pintle.layout.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Diagnostic.Severity;
import dev.pintle.layout.Key;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Mutated layouts never make the parser throw, and it has either a layout or an error to show. Every case comes from its
 * seed; {@code -Dfuzz.seed=N} runs one, {@code -Dfuzz.cases=N} another number of them.
 */
class FuzzTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("A", "a", "EMPTY", "", "LIST", "a, b:ready c");
    private static final String ALPHABET = "ab10 \t\n\r\0=[]#;,:'\"\\${}-+.?/@é\udc80\uFEFF";

    private final List<String> services = new ArrayList<>();
    private final List<String> containers = new ArrayList<>();
    private final List<String> fragments = new ArrayList<>();

    FuzzTest() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/golden"))) {
            for (Path file : files.sorted().toList()) {
                if (file.endsWith("service.conf")) {
                    services.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                } else if (file.endsWith("pintle.conf")) {
                    containers.add(Files.readString(file, StandardCharsets.UTF_8));
                }
            }
        }
        for (Key key : Key.values()) {
            fragments.add("\n" + key.text() + " = ");
        }
        for (Section section : Section.values()) {
            fragments.add("\n[" + section.text() + "]\n");
        }
        fragments.addAll(
                List.of("${A", "${NO:-", "${NO:?", "$LIST", "$$", "}", "\n  ", " = ", "a", "b", "99999999999"));
    }

    @Test
    void mutatedLayoutsAreReadOrRejected() {
        int cases = Integer.getInteger("fuzz.cases", 20_000);
        Integer only = Integer.getInteger("fuzz.seed");
        for (int seed = only == null ? 0 : only; seed < (only == null ? cases : only + 1); seed++) {
            MapSource source = source(new Random(seed));
            try {
                check(LayoutParser.parse(source, "/etc/pintle", ENVIRONMENT));
            } catch (RuntimeException | Error e) {
                fail("-Dfuzz.seed=" + seed, e);
            }
        }
    }

    private static void check(ParseResult result) {
        boolean errors = false;
        for (Diagnostic diagnostic : result.diagnostics()) {
            errors |= diagnostic.severity() == Severity.ERROR;
            assertEquals(0, diagnostic.message().indexOf("cannot "), diagnostic.message());
        }
        if (errors) {
            assertEquals(null, result.layout());
        } else {
            assertNotNull(result.layout());
        }
    }

    private MapSource source(Random random) {
        MapSource source = new MapSource();
        if (random.nextBoolean()) {
            source.file("pintle.conf", mutate(containers.get(random.nextInt(containers.size())), random));
        }
        for (String name : List.of("a", "b", "web")) {
            source.service(name, mutate(services.get(random.nextInt(services.size())), random));
        }
        if (random.nextInt(4) == 0) {
            source.executable("services/a/run", mutate("#!/bin/sh\n", random));
            source.file("services/a/env/X", mutate("x\n", random));
        }
        return source;
    }

    private String mutate(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(mutated.length() + 1);
            int end = Math.min(mutated.length(), at + random.nextInt(20));
            switch (random.nextInt(4)) {
                case 0 -> mutated.delete(at, end);
                case 1 -> mutated.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 2 -> mutated.insert(at, fragments.get(random.nextInt(fragments.size())));
                default -> mutated.insert(random.nextInt(mutated.length() + 1), mutated.substring(at, end));
            }
        }
        return mutated.toString();
    }
}
