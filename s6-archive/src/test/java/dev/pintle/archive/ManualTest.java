package dev.pintle.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual page names every program and command there is. */
class ManualTest {
    private static final Path MANUAL = Path.of("../docs/man/pintle-s6.8");
    private static final Path SOURCE = Path.of("src/main/java/dev/pintle/archive/MultiCall.java");
    /** Such as {@code case "halt", "reboot" ->}. */
    private static final Pattern CASE = Pattern.compile("(?:case |, )\"([a-z][a-z0-9-]+)\"(?=[^\\n]*->)");

    @Test
    void namesEveryProgramAndCommand() throws IOException {
        String page = Files.readString(MANUAL);
        List<String> names = CASE.matcher(Files.readString(SOURCE))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
        assertTrue(names.size() > 10, names::toString);
        List<String> missing = names.stream()
                .filter(name -> !name.equals("init"))
                .filter(name -> !Pattern.compile("^\\.It (?:Nm|Cm) (?:.* )?" + name + "(?: |$)", Pattern.MULTILINE)
                        .matcher(page)
                        .find())
                .toList();
        assertEquals(List.of(), missing);
    }
}
