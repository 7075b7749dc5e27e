package dev.pintle.layout.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Interpolation as Compose has it. */
class InterpolationTest {

    private final List<String> found = new ArrayList<>();
    private final Interpolation.Listener listener = new Interpolation.Listener() {
        @Override
        public void error(int offset, String code, String what, String cause, @Nullable String hint) {
            found.add(offset + " cannot " + what + ": " + cause);
        }

        @Override
        public void warning(int offset, String code, String what, String cause, @Nullable String hint) {
            found.add(offset + " warning: cannot " + what + ": " + cause);
        }
    };

    private @Nullable String interpolate(String template) {
        return new Interpolation(Map.of("A", "a", "EMPTY", "", "DOLLAR", "$A", "A_1", "long"))
                .interpolate(template, listener);
    }

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "$A, a",
        "${A}, a",
        "x$A/y, xa/y",
        "$A_1, long",
        "${A}_1, a_1",
        "$$A, $A",
        "$$$A, $a",
        "$$$$, $$",
        "$DOLLAR, $A",
        "${EMPTY}, ''",
        "${NO:-d}, d",
        "${EMPTY:-d}, d",
        "${A:-d}, a",
        "${NO-d}, d",
        "${EMPTY-d}, ''",
        "${A-d}, a",
        "${NO:+d}, ''",
        "${EMPTY:+d}, ''",
        "${A:+d}, d",
        "${NO+d}, ''",
        "${EMPTY+d}, d",
        "${A+d}, d",
        "${A:?m}, a",
        "${A?m}, a",
        "${EMPTY?m}, ''",
        "${NO:-}, ''",
        "${NO:-${A}}, a",
        "${NO:-x${NO:-y$A}z}w, xyazw",
        "${NO:-{\"a\": {}}}, '{\"a\": {}}'",
        "${NO:-$$A}, $A",
        "${NO:-a b:-c}, a b:-c",
        "${A:-${NO:?unused}}, a",
        "${A:-$NO}, a",
    })
    void isReplaced(String template, String expected) {
        assertEquals(expected, interpolate(template));
        assertEquals(List.of(), found);
    }

    @ParameterizedTest
    @CsvSource({
        "x ${A, 2",
        "x $, 2",
        "$ x, 0",
        "a${}, 1",
        "${1}, 0",
        "$1, 0",
        "${A!}, 0",
        "${A:}, 0",
        "${A:=x}, 0",
        "${A b}, 0",
        "$(date), 0",
        "${A:-${B}, 0",
        "${A:-${}}, 5",
        "'${NO:-x$}', 7",
    })
    void badSyntaxIsAnErrorWithItsPlace(String template, int offset) {
        assertNull(interpolate(template));
        assertEquals(1, found.size());
        assertTrue(found.get(0).startsWith(offset + " cannot interpolate"), found.get(0));
    }

    @Test
    void everyErrorIsReported() {
        assertNull(interpolate("$1 ${A!} ${NO?}"));
        assertEquals(3, found.size());
    }

    @Test
    void aRequiredVariableHasItsMessage() {
        assertNull(interpolate("${NO:?set NO, $A} ${EMPTY:?} ${NO?}"));
        assertEquals(
                List.of(
                        "0 cannot interpolate '${NO}': set NO, a",
                        "18 cannot interpolate '${EMPTY}': required variable is not set",
                        "29 cannot interpolate '${NO}': required variable is not set"),
                found);
    }

    @Test
    void anUnsetVariableIsEmptyAndWarnedOf() {
        assertEquals("[]", interpolate("[$NO${NO2}]"));
        assertEquals(
                List.of(
                        "1 warning: cannot find variable NO: it is not set, so an empty text is used",
                        "4 warning: cannot find variable NO2: it is not set, so an empty text is used"),
                found);
    }

    @Test
    void nestingIsBounded() {
        String deep = "${NO:-".repeat(Interpolation.MAX_DEPTH) + "x" + "}".repeat(Interpolation.MAX_DEPTH);
        assertEquals("x", interpolate(deep));
        assertNull(interpolate("${NO:-" + deep + "}"));
        assertNull(interpolate("${NO:-".repeat(50_000) + "}".repeat(50_000)));
    }

    @Test
    void lengthIsBounded() {
        Interpolation large = new Interpolation(Map.of("L", "x".repeat(1000)));
        String most = "$L".repeat(Interpolation.MAX_LENGTH / 1000);
        assertEquals(131_000, String.valueOf(large.interpolate(most, listener)).length());
        assertNull(large.interpolate(most + "$L$L", listener));
        assertEquals(1, found.size());
    }

    @Test
    void oneMoreVariableCanBeGiven() {
        Interpolation more = new Interpolation(Map.of("A", "a")).with(Map.of("N", "1"));
        assertEquals("a1", more.interpolate("$A$N", listener));
    }
}
