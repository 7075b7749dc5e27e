package dev.pintle.init.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * environment_file beside the rules of {@code docker run --env-file} (docker/cli, pkg/kvfile) and of Compose's {@code env_file}
 * (compose-go, dotenv). The first line is that of Redpanda Connect's issue 1820: an env file that Windows wrote.
 */
final class VariablesFileTest {

    /**
     * A line of a file, and the value of A that each makes of it.
     *
     * @param docker  or {@link #REFUSED}
     * @param compose likewise
     * @param ours    likewise
     */
    record Rule(String line, String docker, String compose, String ours) {}

    private static final String REFUSED = "(refused)";

    static Rule[] rules() {
        return new Rule[] {
            same("A=db\r", "db"),
            same("A=b=c", "b=c"),
            same("A=", ""),
            same("A={\"x\": 1}", "{\"x\": 1}"),
            same("A=a#b", "a#b"),
            same("  A=b", "b"),
            same("\uFEFFA=b", "b"),
            same("A", "container's"),
            same("A=b\n\r\n  \r\n# A=c\n  # A=d\nB=x", "b"),
            same("A=b\nA=c", "c"),
            same("=b", REFUSED),
            same("A B=c", REFUSED),
            asCompose("A=\"a b\"\r", "\"a b\"", "a b"),
            asCompose("A='a b'", "'a b'", "a b"),
            asCompose("A=\"a b\" # why", "\"a b\" # why", "a b"),
            asCompose("A=b # why", "b # why", "b"),
            asCompose("A=b  ", "b  ", "b"),
            asCompose("A= b", " b", "b"),
            asCompose("A = b", REFUSED, "b"),
            asCompose("A: b", REFUSED, "b"),
            asCompose("export A=b", REFUSED, "b"),
            asCompose("A=\"a\\nb \\\"c\\\" \\$x\"", "\"a\\nb \\\"c\\\" \\$x\"", "a\nb \"c\" $x"),
            asCompose("A='a\\nb'", "'a\\nb'", "a\\nb"),
            asCompose("A=\"a\r\nb\"", REFUSED, "a\nb"),
            asCompose("A='a", "'a", REFUSED),
            asDocker("A=pa$$word", "pa$$word", "pa$word"),
            asDocker("A=${NONE:-x}", "${NONE:-x}", "x"),
            asDocker("A=\"-a\" \"-b\"", "\"-a\" \"-b\"", REFUSED),
        };
    }

    private static Rule same(String line, String value) {
        return new Rule(line, value, value, value);
    }

    private static Rule asCompose(String line, String docker, String compose) {
        return new Rule(line, docker, compose, compose);
    }

    private static Rule asDocker(String line, String docker, String compose) {
        return new Rule(line, docker, compose, docker);
    }

    private static Map<String, String> read(String text) throws LaunchException {
        Map<String, String> variables = new LinkedHashMap<>();
        VariablesFile.read("f", text, Map.of("A", "container's"), variables);
        return variables;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aLineIsReadAsWasDecided(Rule rule) throws LaunchException {
        if (rule.ours().equals(REFUSED)) {
            assertThrows(LaunchException.class, () -> read(rule.line()));
        } else {
            assertEquals(rule.ours(), read(rule.line() + "\n").get("A"));
            assertEquals(rule.ours(), read(rule.line()).get("A"), "at the end of the file");
        }
    }

    @Test
    void theLineOfAMistakeIsSaid() {
        LaunchException e = assertThrows(LaunchException.class, () -> read("A=\"1\n2\"\r\n\r\nno value\n"));
        assertEquals("cannot read f:4: a line is NAME=value", e.getMessage());
    }

    @Test
    void whatTheContainerHasNotIsNotSet() throws LaunchException {
        assertEquals(Map.of("A", "container's"), read("A\nB\nC"));
    }

    @Test
    void utf16IsNoText() {
        assertThrows(LaunchException.class, () -> read("A\0=\0b\0"));
    }
}
