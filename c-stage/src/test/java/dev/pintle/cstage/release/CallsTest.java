package dev.pintle.cstage.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.cstage.edit.Applied;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of calls, and the calls and frames of methods. */
final class CallsTest {
    private static final String STACK = "    extern TeaVM_CallSite teavm_callSites[];\n";
    private static final String TABLE = """
            #include "strings.h"

            static TeaVM_ExceptionHandler exceptionHandlers_teavm_callSites[3] = {
                { .id = 1, .exceptionClass = (TeaVM_Class*) &a_A_Cls, .next = NULL },
                { .id = 2, .exceptionClass = NULL, .next = exceptionHandlers_teavm_callSites+2 },
                { .id = 1, .exceptionClass = (TeaVM_Class*) &a_B_Cls, .next = NULL },
                { .id = 1, .exceptionClass = (TeaVM_Class*) &a_A_Cls, .next = NULL }
            };
            TeaVM_CallSite teavm_callSites[4] = {
                { .firstHandler = NULL, .location = NULL },\s
                { .firstHandler = exceptionHandlers_teavm_callSites + 1, .location = NULL },\s
                { .firstHandler = exceptionHandlers_teavm_callSites + 0, .location = NULL },\s
                { .firstHandler = exceptionHandlers_teavm_callSites + 3, .location = NULL }
            };
            """;
    private static final String METHODS = """
            void guarded() {
                TEAVM_ALLOC_STACK(INT32_C(1));
                TEAVM_WITH_CALL_SITE_ID(0, before(TEAVM_WITH_CALL_SITE_ID(0, teavm_nullCheck(a))));
                TEAVM_TRY {
                    TEAVM_WITH_CALL_SITE_ID(1, within(TEAVM_WITH_CALL_SITE_ID(3, teavm_nullCheck(a))));
                    TEAVM_WITH_CALL_SITE_ID(0, other());
                } TEAVM_CATCH(a, b);
                TEAVM_WITH_CALL_SITE_ID(0, after());
                TEAVM_RELEASE_STACK;
            }
            int32_t leaf(void* a) {
                TEAVM_ALLOC_STACK(INT32_C(1));
                TEAVM_GC_ROOT(INT32_C(0), a);
                a = TEAVM_FIELD(TEAVM_WITH_CALL_SITE_ID(0, teavm_nullCheck(a)), cls, fld);
                TEAVM_GC_ROOT_RELEASE(INT32_C(0));
                TEAVM_RELEASE_STACK;
                return a;
            }
            void noReferences() {
                TEAVM_ALLOC_STACK(INT32_C(0));
                TEAVM_WITH_CALL_SITE_ID(0, call());
                TEAVM_RELEASE_STACK;
            }
            void caller(void* a) {
                TEAVM_ALLOC_STACK(INT32_C(1));
                TEAVM_GC_ROOT(INT32_C(0), a);
                TEAVM_WITH_CALL_SITE_ID(0, call(a));
                TEAVM_RELEASE_STACK;
            }
            """;

    private static Applied thinned(String table, String methods) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("callsites.c", table);
        files.put("stack.h", STACK);
        files.put("all.c", "#include \"classes/a/A.c\"\n");
        files.put("classes/a/A.c", methods);
        CallSiteTable calls = new CallSiteTable();
        return Applied.to(files, calls, new CallsAndFrames(calls));
    }

    @Test
    void keepsOneEntryForTheSameCatches() {
        thinned(TABLE, METHODS)
                .gives("stack.h", "    extern const TeaVM_CallSite teavm_callSites[];\n")
                .gives("callsites.c", """
                        #include "strings.h"
                        static const TeaVM_ExceptionHandler handlers[] = {
                        { .id = 2, .exceptionClass = NULL, .next = (TeaVM_ExceptionHandler*) handlers + 1 },
                        { .id = 1, .exceptionClass = (TeaVM_Class*) &a_B_Cls, .next = NULL },
                        { .id = 1, .exceptionClass = (TeaVM_Class*) &a_A_Cls, .next = NULL },
                        };
                        const TeaVM_CallSite teavm_callSites[] = {
                        { NULL, NULL },
                        { .firstHandler = (TeaVM_ExceptionHandler*) handlers + 0, .location = NULL },
                        { .firstHandler = (TeaVM_ExceptionHandler*) handlers + 2, .location = NULL },
                        };
                        """);
    }

    @Test
    void notesWhereAMethodIsInATryAloneAndKeepsTheFramesThatAreNeeded() {
        thinned(TABLE, METHODS).gives("classes/a/A.c", """
                void guarded() {
                    TEAVM_ALLOC_STACK(INT32_C(1));
                    TEAVM_UNGUARDED(before(TEAVM_UNGUARDED(teavm_nullCheck(a))));
                    TEAVM_TRY {
                        TEAVM_WITH_CALL_SITE_ID(1, within(TEAVM_WITH_CALL_SITE_ID(2, teavm_nullCheck(a))));
                        TEAVM_WITH_CALL_SITE_ID(0, other());
                    } TEAVM_CATCH(a, b);
                    TEAVM_UNGUARDED(after());
                    TEAVM_RELEASE_STACK;
                }
                int32_t leaf(void* a) {
                    a = TEAVM_FIELD(TEAVM_UNGUARDED(teavm_nullCheck(a)), cls, fld);
                    return a;
                }
                void noReferences() {
                    TEAVM_UNGUARDED(call());
                }
                void caller(void* a) {
                    TEAVM_ALLOC_STACK(INT32_C(1));
                    TEAVM_GC_ROOT(INT32_C(0), a);
                    TEAVM_UNGUARDED(call(a));
                    TEAVM_RELEASE_STACK;
                }
                """);
    }

    @Test
    void refusesATableWithPlacesThatHaveNames() {
        Applied applied = thinned(TABLE.replaceFirst("location = NULL", "location = &place"), METHODS);
        applied.misses(
                "lines of another form in callsites.c, such as '    { .firstHandler = NULL, .location = &place }");
        assertEquals(TABLE.replaceFirst("location = NULL", "location = &place"), applied.text("callsites.c"));
    }

    @Test
    void refusesACatchThatIsNotInTheTable() {
        thinned(TABLE.replace("Sites + 3", "Sites + 4"), METHODS).missesOnly("lines of another form in callsites.c");
    }

    @Test
    void refusesACallThatTheTableDoesNotHave() {
        thinned(TABLE, METHODS.replace("ID(1, ", "ID(4, "))
                .missesOnly("calls in a try that the table of calls does not have");
    }

    @Test
    void refusesATryWithoutACatch() {
        thinned(TABLE, METHODS.replace("TEAVM_CATCH", "TEAVM_HANDLE"))
                .missesOnly("or a TEAVM_TRY without a TEAVM_CATCH");
    }

    @Test
    void refusesACallOfAnotherForm() {
        thinned(TABLE, METHODS + "void f() {\n    TEAVM_WITH_CALL_SITE_ID(n, call());\n}\n")
                .missesOnly("a call of another form left in classes/a/A.c");
    }

    @Test
    void saysThatThereAreNoCalls() {
        Applied applied = thinned("", "");
        applied.misses("calls in callsites.c with a catch");
        applied.misses("calls outside a try");
        applied.misses("calls within a try");
        applied.misses("frames without references");
    }
}
