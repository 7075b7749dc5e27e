package dev.pintle.cstage.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.cstage.edit.AddedC;
import dev.pintle.cstage.edit.Applied;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small pieces of C as TeaVM 0.15 writes it, and what becomes of them in the release. */
final class ReleaseRewritesTest {
    @Test
    void programsDoNotLookForNulls() {
        Map<String, String> files = new HashMap<>();
        StringBuilder all = new StringBuilder();
        for (String name : List.of("compat", "helper", "log", "program", "tool", "core")) {
            String file = "classes/dev/pintle/init/" + name + "/A.c";
            files.put(file, "a = teavm_nullCheck(teavm_nullCheck(b));\n");
            all.append("#include \"").append(file).append("\"\n");
        }
        files.put("all.c", all.toString());
        Applied.to(files, NullChecks.ofHelpers())
                .gives("classes/dev/pintle/init/tool/A.c", "a = ((b));\n")
                .gives("classes/dev/pintle/init/core/A.c", "a = teavm_nullCheck(teavm_nullCheck(b));\n");
        Applied.to(files, NullChecks.ofAll()).gives("classes/dev/pintle/init/core/A.c", "a = ((b));\n");
        files.put("classes/dev/pintle/init/log/A.c", "a = b;\n");
        Applied.to(files, NullChecks.ofHelpers())
                .missesOnly(
                        "expected at least 1, found 0: teavm_nullCheck\\( in the sources below classes/dev/pintle/init/log/");
    }

    @Test
    void whoLeavesATryIsNowhere() {
        String leave = "teavm_shadowStack.header.jmpTarget = teavm_shadowStack.header.jmpTarget->previous";
        Applied.to("exceptions.h", "        " + leave + "\n", new LeavingATry())
                .gives("exceptions.h", "teavm_shadowStack.header.callSiteId = 0, \\\n" + leave + "\n");
        Applied.to("exceptions.h", leave + "\n" + leave + "\n", new LeavingATry())
                .missesOnly("expected 1, found 2");
    }

    @Test
    void aFunctionMakesAFrame() {
        String macros = "    #define TEAVM_ALLOC_STACK(sz) \\\n        x\n#define TEAVM_GC_ROOT_RELEASE(index) y\n";
        Applied.to("stack.h", macros, new FrameFunction()).gives("stack.h", macros + AddedC.read("frames.h"));
        Applied.to("stack.h", macros.replace("(sz)", "(size)"), new FrameFunction())
                .missesOnly("expected 1, found 0: a definition of TEAVM_ALLOC_STACK(sz) in stack.h");
    }

    @Test
    void castsAndArraysAreMacros() {
        Applied.to("core.h", "static inline void* teavm_checkcast(void* obj) {\n", new Casts())
                .gives("core.h", """
                #define teavm_checkcast(object, class, test) (object)
                static inline void* teavm_checkedCast(void* obj, void* cls, int32_t (*fn)(TeaVM_Class*,TeaVM_Class*)) {
                """);
        Applied.to("core.h", "#define TEAVM_ARRAY_DATA(array, type) x\n", new ArrayAlignment())
                .gives("core.h", """
                        #define TEAVM_ARRAY_DATA(array, type) ((type*) TEAVM_ALIGN((((TeaVM_Array*) __builtin_assume_aligned((array), 8)) + 1), sizeof(type)))
                        """);
        Applied.to("core.h", "static void* teavm_checkcast(void* obj) {\n", new Casts())
                .missesOnly("expected 1, found 0");
        Applied.to("core.h", "#define TEAVM_ARRAY_DATA(a, type) x\n", new ArrayAlignment())
                .missesOnly("found 0");
    }

    @Test
    void whetherAClassIsInitializedIsNotInItsStructure() {
        String core = "static inline void teavm_initializeClass(x) {\n";
        String function = """
                void initclass_a_A() {
                    TeaVM_Class* cls = (TeaVM_Class*) &a_A_Cls;
                    if (!(cls->flags & INT32_C(1))) {
                        cls->flags |= INT32_C(1);
                heap_initialize(&meth_a_A__clinit_);
                    }
                }
                """;
        Map<String, String> files = new HashMap<>();
        files.put("all.c", "#include \"classes/a/A.c\"\n");
        files.put("classes/a/A.c", function);
        files.put("core.h", core);
        Applied.to(files, new Initializers()).gives("classes/a/A.c", """
                        void initclass_a_A() {
                            static char initialized;
                            if (!initialized) {
                                initialized = 1;
                        heap_initialize(&meth_a_A__clinit_);
                            }
                        }
                        """).gives("core.h", """
                        #define teavm_initializeClass(class, initializer) (initializer)()
                        static inline void teavm_callInitializer(TeaVM_Class* cls, void (*initializer)()) {
                        """);
        files.put("classes/a/A.c", function.replace("INT32_C(1)", "INT32_C(2)"));
        Applied.to(files, new Initializers()).missesOnly("expected 1, found 0: flags in them, one in each");
        files.put("classes/a/A.c", function);
        files.put("core.h", core.replace("static inline ", ""));
        Applied.to(files, new Initializers()).missesOnly("expected 1, found 0: a line of core.h");
    }

    @Test
    void anObjectHasTheAddressOfItsClass() {
        Map<String, String> files = new HashMap<>();
        files.put("core.h", "#define TEAVM_PACK_CLASS(cls) x\n#define TEAVM_UNPACK_CLASS(cls) x\n");
        files.put("main.c", "    teavm_initClasses();\n");
        files.put("core.c", "        cls->classObject = result;\n");
        files.put("arrayclass.c", "    classPtr->next = teavm_firstClass;\n    teavm_firstClass = classPtr;\n");
        Applied.to(files, new ClassAddresses())
                .gives("core.h", """
                        #define TEAVM_PACK_CLASS(cls) ((int32_t) ((uintptr_t) (cls) >> 3))
                        #define TEAVM_UNPACK_CLASS(cls) ((TeaVM_Class*) (uintptr_t) ((uint32_t) (cls) << 3))
                        """)
                .gives("main.c", "\n")
                .gives("core.c", "cls->classObject = result; cls->next = teavm_firstClass; teavm_firstClass = cls;\n")
                .gives("arrayclass.c", "\n\n");
        files.put("core.c", "        cls->object = result;\n");
        Applied.to(files, new ClassAddresses())
                .missesOnly("a line of core.c that begins with 'cls->classObject = result;'");
    }

    @Test
    void aTableOfASwitchIsFilledWithoutChecks() {
        String table = """
                TeaVM_Array* sfld_a_A_1__SwitchMap_a_State;
                void meth_a_A_1__clinit_() {
                    TEAVM_ALLOC_STACK(INT32_C(2));
                    TEAVM_GC_ROOT_RELEASE(INT32_C(0));
                    teavm_local_1 = TEAVM_UNGUARDED((teavm_tmp_ptr_1 = x, TEAVM_METHOD(teavm_tmp_ptr_1, a_VT, virt_clone)(teavm_tmp_ptr_1)));
                    TEAVM_GC_ROOT(INT32_C(0), teavm_local_1);
                    teavm_local_2 = TEAVM_FIELD(TEAVM_UNGUARDED(teavm_nullCheck(teavm_local_4)), cls_jl_Enum, fld_ordinal);
                    TEAVM_ARRAY_AT(teavm_local_1, int32_t, TEAVM_UNGUARDED(teavm_checkBounds(teavm_local_2, teavm_local_1))) = INT32_C(1);
                    TEAVM_RELEASE_STACK;
                }
                """;
        String file = "classes/a/A@d1.c";
        Applied.toSource(file, table, new SwitchTables()).gives(file, """
                TeaVM_Array* sfld_a_A_1__SwitchMap_a_State;
                void meth_a_A_1__clinit_() {
                    teavm_local_2 = TEAVM_FIELD(teavm_local_4, cls_jl_Enum, fld_ordinal);
                    TEAVM_ARRAY_AT(teavm_local_1, int32_t, teavm_local_2) = INT32_C(1);
                }
                """);
        Applied unknown =
                Applied.toSource(file, table.replace("nullCheck(teavm_", "nullCheck(other_"), new SwitchTables());
        unknown.missesOnly("expected 0, found 1: checks of another form left in " + file);
        Applied.toSource(file, table.replace("checkBounds(", "checkLowerBound("), new SwitchTables())
                .misses("expected 1, found 0: checks of bounds in " + file);
        Applied.toSource(file, table.replace("SwitchMap", "Map"), new SwitchTables())
                .missesOnly("sources with a table");
    }

    @Test
    void whatRunsAtRestIsInASectionOfItsOwn() {
        String rest = "extern __attribute__((section(\".text.unlikely.rest\"))) ";
        String sys = "classes/dev/pintle/init/sys/teavm/TeaVmSys";
        String errno = "classes/dev/pintle/init/sys/teavm/ErrnoH.h";
        String declarations = """
                extern int32_t meth_dpist_TeaVmSys_poll(void*);
                extern int32_t meth_dpist_TeaVmSys_wait(void*);
                extern int32_t meth_dpist_TeaVmSys_waitAll(void*);
                extern void initclass_dpist_TeaVmSys();
                """;
        Map<String, String> files = new HashMap<>();
        files.put(sys + ".h", declarations);
        files.put(errno, "extern int32_t meth_dpist_ErrnoH_result(int32_t);\n");
        files.put(sys + ".c", "int32_t meth_dpist_TeaVmSys_poll(a) {\n    a(poll(1), ppoll(2), madvise(3));\n");
        files.put("runtime.h", "#pragma once\n");
        Applied.to(files, new RestingPage())
                .gives(
                        sys + ".h",
                        declarations
                                .replace("extern ", rest)
                                .replace(
                                        rest + "int32_t meth_dpist_TeaVmSys_waitAll",
                                        "extern int32_t meth_dpist_TeaVmSys_waitAll"))
                .gives(errno, rest + "int32_t meth_dpist_ErrnoH_result(int32_t);\n")
                .gives(
                        sys + ".c",
                        "int32_t meth_dpist_TeaVmSys_poll(a) {\n    a(teavm_restPoll(1), ppoll(2), teavm_restAdvise(3));\n")
                .gives("runtime.h", "#pragma once\n#include \"rest.h\"\n")
                .gives("rest.h", AddedC.read("rest.h"));
        files.put(sys + ".c", "    a(ppoll(2), madvise(3));\n");
        Applied.to(files, new RestingPage()).missesOnly("expected at least 1, found 0: calls in " + sys + ".c");
    }

    @Test
    void theStartHasNoLocaleSeedAndThreads() {
        Map<String, String> files = new HashMap<>();
        files.put("core.c", "    srand(1);\n    setlocale (LC_ALL, \"\");\n    teavm_initFiber();\n");
        files.put("main.c", "    meth_otr_Fiber_startMain(teavm_parseArguments(0, argv));\n");
        Applied.to(files, new StartUp())
                .gives("core.c", "\n\n\n")
                .gives("main.c", "meth_otr_Fiber_startMain(teavm_allocateStringArray(0));\n")
                .gives("fiber.c", AddedC.read("fiber.c"));
        files.put("main.c", "    meth_otr_Fiber_startMain(teavm_parseArguments(argc, argv));\n");
        Applied.to(files, new StartUp()).missesOnly("a line of main.c that begins with 'meth_otr_Fiber_startMain(");
    }

    @Test
    void messagesHaveAllFunctionsOfTeaVms() {
        String header = """
                extern void teavm_printString(char16_t*);
                extern void teavm_printWString(wchar_t*);
                extern void teavm_printInt(int32_t);
                extern void teavm_logchar(int32_t);
                extern void teavm_logCodePoint(int32_t);
                """;
        Applied.to("log.h", header, new Messages()).gives("log.c", AddedC.read("log.c"));
        Applied.to("log.h", header + "extern void teavm_printLong(int64_t);\n", new Messages())
                .missesOnly("teavm_printLong");
    }

    @Test
    void theCollectorAloneIsCompiledForSpeed() {
        String all = """
                #include "a.c"
                #include "classes/dev/pintle/collector/Blocks.c"
                #include "classes/dev/pintle/collector/Space.c"
                #include "classes/dev/pintle/collector/Verification.c"
                """;
        String after = Applied.to("all.c", all, new CollectorForSpeed()).text("all.c");
        assertEquals("""
                #include "a.c"
                #pragma GCC push_options
                #pragma GCC optimize ("O2", "no-tree-loop-distribute-patterns")
                #include "classes/dev/pintle/collector/Blocks.c"
                #include "classes/dev/pintle/collector/Space.c"
                #pragma GCC pop_options
                #include "classes/dev/pintle/collector/Verification.c"
                """, after);
        Applied.to("all.c", all.replace("Blocks", "Block"), new CollectorForSpeed())
                .missesOnly("collector/Blocks.c");
    }

    @Test
    void theTimedReleaseTimesItsPoll() {
        String file = "classes/dev/pintle/init/sys/teavm/TeaVmSys.c";
        Applied.to(file, "a = teavm_restPoll(b);\n", new TimedPoll()).gives(file, "a = timed_poll(b);\n");
        Applied.to(file, "a = poll(b);\n", new TimedPoll()).missesOnly("expected 1, found 0: 'teavm_restPoll('");
    }
}
