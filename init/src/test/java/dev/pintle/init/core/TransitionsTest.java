package dev.pintle.init.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Prints the state table into the documentation, and fails where the page and the code differ. */
class TransitionsTest {
    private static final Path PAGE = Path.of("../docs/reference/states.md");

    @Test
    void thePageOfStatesIsPrintedFromTheTable() throws IOException {
        String printed = print();
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, printed);
        }
        assertEquals(Files.readString(PAGE), printed, "docs/reference/states.md: rewrite with -Dgolden.rewrite=true");
    }

    private static String print() {
        StringBuilder page = new StringBuilder();
        page.append("# The states of a service\n\n");
        page.append("Printed from the code by a test (`TransitionsTest`); what is done in each state when something\n");
        page.append("happens. What is not listed for a state changes nothing there; what cannot happen is left out.\n");
        for (State state : State.values()) {
            page.append("\n## ").append(state.text()).append("\n\n");
            page.append("| when the service … | then | and it may be |\n| --- | --- | --- |\n");
            for (Trigger trigger : Trigger.values()) {
                Rule rule = Transitions.rule(state, trigger);
                if (rule != Rule.STAY && rule != Rule.IMPOSSIBLE) {
                    page.append("| ")
                            .append(trigger.text())
                            .append(" | ")
                            .append(RuleWords.of(rule))
                            .append(" | ");
                    page.append(next(rule)).append(" |\n");
                }
            }
        }
        return page.toString();
    }

    private static String next(Rule rule) {
        if (rule.next().isEmpty()) {
            return "as it was";
        }
        return String.join(", ", rule.next().stream().map(State::text).toList());
    }
}
