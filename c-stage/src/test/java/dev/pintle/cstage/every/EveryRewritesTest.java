package dev.pintle.cstage.every;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pintle.cstage.edit.AddedC;
import dev.pintle.cstage.edit.Applied;
import dev.pintle.cstage.edit.Rewrite;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small pieces of C as TeaVM 0.15 writes it, and what becomes of them. */
final class EveryRewritesTest {
    private static List<Rewrite> thatNeedSomething() {
        return List.of(
                new ProgramArguments(),
                new VariablesOfCatches(1),
                new OwnHeap(),
                new WriteBarrier(),
                new ErrorsWithoutTrace(),
                new StringHashes(),
                new ClassInitializers());
    }

    @ParameterizedTest
    @MethodSource("thatNeedSomething")
    void saysWhatItDoesNotFind(Rewrite rewrite) {
        assertFalse(Applied.missesWithout(rewrite).isEmpty());
    }

    @Test
    void mainReadsNoArguments() {
        Applied.to("main.c", "    run(teavm_parseArguments(argc, argv));\n", new ProgramArguments())
                .gives("main.c", "    run(teavm_parseArguments(0, argv));\n");
        Applied.to("main.c", "    run(teavm_parseArguments(argv));\n", new ProgramArguments())
                .missesOnly("expected 1, found 0: 'teavm_parseArguments(argc, argv)' in main.c");
    }

    @Test
    void aVariableThatACatchReadsIsVolatileItself() {
        Applied.to("classes/a/A.c", """
                            volatile void* teavm_spill_6;
                            volatile TeaVM_Array* teavm_spill_5;
                            volatile int32_t teavm_spill_7;
                        """, new VariablesOfCatches(1)).gives("classes/a/A.c", """
                            void* volatile teavm_spill_6;
                            TeaVM_Array* volatile teavm_spill_5;
                            volatile int32_t teavm_spill_7;
                        """);
        Applied.toSource("classes/a/A.c", "    volatile void** teavm_spill_6;\n", new VariablesOfCatches(0))
                .missesOnly("a variable that points to what is volatile left in classes/a/A.c");
        Applied.to("classes/a/A.c", "    int32_t a;\n", new VariablesOfCatches(0))
                .gives("classes/a/A.c", "    int32_t a;\n");
        Applied.to("classes/a/A.c", "    int32_t a;\n", new VariablesOfCatches(1))
                .missesOnly("expected at least 1, found 0: variables that are read in a catch");
    }

    @Test
    void theHeapOfAnotherVersionIsNotReplacedInSilence() {
        Applied applied = Applied.to(Map.of("memory.c", "int a;\n", "memory.h", "int b;\n"), new OwnHeap());
        assertEquals(2, applied.misses().size());
        applied.misses("expected a memory.c of SHA-256 d685e2f0");
        applied.misses("expected a memory.h of SHA-256 7d949afc");
        assertEquals(AddedC.read("memory.c"), applied.text("memory.c"));
    }

    @Test
    void mapsFindStringsByAHashOfOurs() {
        String file = "classes/java/lang/String.c";
        String definition = "int32_t meth_jl_String_hashCode(void* teavm_this_) {\n";
        String table = "    .virt_hashCode = &meth_jl_String_hashCode,\n";
        Applied.to(file, definition + table, new StringHashes())
                .gives(
                        file,
                        AddedC.read("hash.c")
                                + definition
                                + table.replace("meth_jl_String_hashCode", "teavm_hashOfString"));
        Applied.to(file, definition + table + table, new StringHashes())
                .missesOnly("expected 1, found 2: '.virt_hashCode = &meth_jl_String_hashCode,'");
        Applied.to(file, "int a;\n", new StringHashes()).gives(file, "int a;\n");
    }

    @Test
    void nothingIsNotedOfAWrite() {
        String barrier = """
                inline static void teavm_gc_writeBarrier(void* object) {
                    intptr_t offset = (intptr_t) ((char*) object - (char*) teavm_gc_heapAddress) / teavm_gc_regionSize;
                    ((char*) teavm_gc_cardTable)[offset] = 0;
                }
                """;
        Applied.to("core.h", barrier, new WriteBarrier())
                .gives("core.h", "inline static void teavm_gc_writeBarrier(void* object) {\n\n\n}\n");
        Applied.to("core.h", barrier.replace("[offset] = 0", "[offset] = 1"), new WriteBarrier())
                .missesOnly("expected 1, found 0: a line of core.h");
    }

    @Test
    void anErrorHasNoStackTrace() {
        String file = "classes/java/lang/Throwable.c";
        String fill =
                "    teavm_local_1 = TEAVM_WITH_CALL_SITE_ID(178, meth_otr_ExceptionHandling_fillStackTrace());\n";
        Applied.to(file, fill, new ErrorsWithoutTrace()).gives(file, "    teavm_local_1 = NULL;\n");
        Applied.to(file, fill + fill, new ErrorsWithoutTrace()).missesOnly("expected 1, found 2");
    }

    @Test
    void theHeapCallsAStaticInitializer() {
        String function = """
                void initclass_a_A() {
                    TeaVM_Class* cls = (TeaVM_Class*) &a_A_Cls;
                    if (!(cls->flags & INT32_C(1))) {
                        cls->flags |= INT32_C(1);
                        meth_a_A__clinit_();
                    }
                }
                void other() {
                    meth_a_A__clinit_();
                }
                """;
        String file = "classes/a/A.c";
        Applied.toSource(file, function, new ClassInitializers())
                .gives(
                        file,
                        function.replaceFirst(" *meth_a_A__clinit_\\(\\);", "heap_initialize(&meth_a_A__clinit_);"));
        Applied.toSource(file, function.replace("clinit_()", "clinit_(cls)"), new ClassInitializers())
                .missesOnly("expected 1, found 0: calls in them, one in each");
    }

    @Test
    void whatTheCollectorDoesNotKnowOfIsRefused() {
        RefusedFeatures refused = new RefusedFeatures();
        Applied.toSource("classes/a/A.c", "int a;\n", refused).gives("classes/a/A.c", "int a;\n");
        Applied.toSource("classes/java/lang/ref/WeakReference.c", "int a;\n", refused)
                .missesOnly("classes/java/lang/ref/WeakReference.c has weak references");
        Applied.toSource("classes/a/A.c", "x = meth_otr_Allocator_allocateMultiArray(2);\n", refused)
                .missesOnly("classes/a/A.c makes arrays of arrays at once");
        Applied.toSource("classes/a/A.c", "meth_jl_Object_monitorEnterSync(x);\n", refused)
                .missesOnly("or uses monitors");
        Applied.toSource("classes/java/lang/Object.c", "meth_jl_Object_monitorEnterSync(x);\n", refused)
                .gives("classes/java/lang/Object.c", "meth_jl_Object_monitorEnterSync(x);\n");
    }
}
