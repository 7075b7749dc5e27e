package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.control.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may stand next is offered, and nothing that may not. */
final class CompletionTest {
    private static final List<Message> SERVICES = List.of(
            Message.empty().with("name", "web").with("groups", List.of("front", "all-day")),
            Message.empty().with("name", "worker/1").with("groups", List.of("front")),
            Message.empty().with("name", "web/log"));

    private static List<String> of(String... words) {
        return Completion.of(List.of(words), () -> SERVICES);
    }

    @Test
    void commandsComeFirst() {
        assertEquals(
                List.of("start", "status", "stop"), of("st").stream().sorted().toList());
        assertEquals(List.of("--help", "--version"), of("-"));
        assertEquals(of(""), Completion.of(List.of(), () -> SERVICES));
        assertEquals(List.of(), of("xyz"));
    }

    @Test
    void thenTheOptionsOfTheCommand() {
        assertEquals(List.of("--only", "--no-wait", "--timeout", "--help"), of("stop", "-"));
        assertEquals(List.of("--no-wait"), of("start", "web", "--n"));
        assertEquals(List.of("--help"), of("version", "--"));
        assertEquals(List.of(), of("nothing", "-"));
    }

    @Test
    void namesAndGroupsStandWhereTheyMay() {
        assertEquals(List.of("web", "worker/1"), of("restart", "w"));
        assertEquals(List.of("web", "@front", "@all-day", "worker/1", "all"), of("stop", "--only", ""));
        assertEquals(List.of("@front"), of("logs", "@f"));
        assertEquals(List.of("web/log"), of("logs", "web/"), "a log service only for who asks for one");
        assertEquals(List.of(), of("shutdown", ""));
        assertEquals(List.of(), of("health", "w"));
    }

    @Test
    void valuesStandAfterTheirOption() {
        assertEquals(List.of("completed"), of("wait", "--for", "co"));
        assertEquals(List.of("json"), of("check", "--format", "j"));
        assertEquals(List.of(), of("start", "--timeout", ""));
        assertEquals(List.of(), of("logs", "-n", ""));
        assertEquals(List.of("web"), of("logs", "-f", "web"));
    }

    @Test
    void aSignalFollowsANameAndAShellItsCommand() {
        assertFalse(of("signal", "").contains("HUP"));
        assertTrue(of("signal", "web", "H").contains("HUP"));
        assertEquals(List.of("bash", "zsh", "fish"), of("completion", ""));
        assertEquals(List.of(), of("completion", "bash", ""));
    }

    @Test
    void noServiceIsAskedForWhereNoneMayStand() {
        assertEquals(List.of("--json"), Completion.of(List.of("status", "--j"), () -> {
            throw new IllegalStateException();
        }));
    }
}
