package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The differences that there may be: a file of lines that begin with {@code #} and name a kind, and regular expressions below
 * each. One that begins with a question mark depends on time, and need not be seen.
 */
final class Announcements {

    private final List<Announced> announced = new ArrayList<>();
    private final Set<Announced> used = ConcurrentHashMap.newKeySet();

    /**
     * A kind of difference.
     *
     * @param name  what it is
     * @param regex the lines that it is
     * @param always whether there has to be one; others depend on time
     */
    private record Announced(String name, String regex, boolean always) {}

    /** Reads a resource. */
    Announcements(String resource) {
        String name = "";
        for (String line : text(resource).split("\n", -1)) {
            if (line.startsWith("# ")) {
                name = line.substring(2);
            } else if (!line.isBlank()) {
                announced.add(new Announced(name, line.replaceFirst("^\\? ", ""), !line.startsWith("? ")));
            }
        }
    }

    private static String text(String resource) {
        try (InputStream stream = Objects.requireNonNull(Announcements.class.getResourceAsStream(resource))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of some differences that none announces. */
    List<String> missing(List<String> differences) {
        return differences.stream().filter(difference -> !has(difference)).toList();
    }

    private boolean has(String difference) {
        List<Announced> by = announced.stream()
                .filter(each -> difference.matches(each.regex()))
                .toList();
        used.addAll(by);
        return !by.isEmpty();
    }

    /** Fails where one has announced nothing, of those that do not depend on time. */
    void assertNoneIsVain() {
        List<Announced> vain = announced.stream()
                .filter(each -> each.always() && !used.contains(each))
                .toList();
        assertEquals(List.of(), vain);
    }
}
