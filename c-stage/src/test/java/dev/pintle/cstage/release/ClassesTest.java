package dev.pintle.cstage.release;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.cstage.edit.Applied;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a class is in the release: its number and address, its methods, its static fields and initializer. */
final class ClassesTest {
    private static final String CORE = """
                struct TeaVM_Services* services;
            static inline int32_t teavm_instanceof(void* obj, void* cls, int32_t (*fn)(TeaVM_Class*,TeaVM_Class*)) {
            """;
    private static final String A = """
            int32_t supertypeof_a_A(TeaVM_Class* supercls, TeaVM_Class* cls) {
                int32_t tag = cls->tag;
                if (tag < 12 || tag >= 15) return INT32_C(0);
                return INT32_C(1);
            }
            a_A_VT a_A_Cls = {
                        .tag = 12,
                        .isSupertypeOf = &supertypeof_a_A,
            };
            """;

    private static Applied tested(String source, int others) {
        String other = "            .tag = 1,\n            .isSupertypeOf = &supertypeof_I,\n";
        Map<String, String> files = new HashMap<>();
        files.put("all.c", "#include \"classes/a/A.c\"\n#include \"primitives.c\"\n");
        files.put("classes/a/A.c", source);
        files.put("primitives.c", other.repeat(others));
        files.put("core.h", CORE);
        return Applied.to(files, new TypeTests());
    }

    @Test
    void aTypeIsTestedByItsRange() {
        Applied applied = tested(A, 18);
        applied.gives(
                "classes/a/A.c",
                A.replace(
                        "            .isSupertypeOf = &supertypeof_a_A,",
                        ".isSupertypeOf = &teavm_isWithin, .tagEnd = 15,"));
        assertTrue(applied.text("core.h").contains("static inline int32_t teavm_isOf("));
        assertTrue(applied.text("core.h").contains("#define teavm_instanceof(object, class, test)"));
        assertTrue(applied.text("core.h").startsWith("    int32_t tagEnd;\n"));
    }

    @Test
    void anInterfaceWhoseRangeHasGapsKeepsItsTest() {
        String gap = A.replace(
                "    return INT32_C(1)", "    if (tag >= 13 && tag < 14) return INT32_C(0);\n    return INT32_C(1)");
        String withGap = gap.replace("a_A", "a_Gap");
        String range = ".isSupertypeOf = &teavm_isWithin, .tagEnd = 15,";
        String use = "            .isSupertypeOf = &supertypeof_a_A,";
        tested(withGap + A, 18).gives("classes/a/A.c", withGap + A.replace(use, range));
        String empty = gap.replace("tag < 14", "tag < 13");
        tested(empty, 18).gives("classes/a/A.c", empty.replace(use, range));
    }

    @Test
    void refusesATestOfAnotherForm() {
        String what = "classes whose test is another";
        tested(A.replace(".tag = 12", ".tag = 13") + A, 18).missesOnly("expected 0, found 1: " + what);
        tested(A.replace("tag < 12", "cls->tag < 12") + A.replace("a_A", "a_B"), 18)
                .missesOnly("found 1: " + what);
        tested(A, 0).missesOnly("expected at least 1, found 0: " + what);
        tested("", 18).misses("expected at least 1, found 0: classes whose test is one range");
    }

    private static final String OBJECT = """
            typedef struct jl_Object_VT {
                TeaVM_Class parent;
                void* (*virt_clone)(void*); // 0
                void (*pad0)(); // 6
                void (*pad1)(); // 7
            } jl_Object_VT;
            """;
    private static final String RECORD = "typedef struct jl_Record_VT {\n    jl_Object_VT parent;\n} jl_Record_VT;\n";

    private static final String MORE = "    void (*virt_a)(void*); // 0\n";

    private static Map<String, String> headers() {
        Map<String, String> files = new HashMap<>();
        files.put("classes/java/lang/Object.h", OBJECT);
        files.put("classes/java/lang/Record.h", RECORD);
        files.put("classes/a/Leaf.h", structure("a_Leaf", "jl_Object", ""));
        files.put("classes/a/Point.h", structure("a_Point", "jl_Record", ""));
        files.put("classes/a/Base.h", structure("a_Base", "jl_Object", ""));
        files.put("classes/a/Heir.h", structure("a_Heir", "a_Base", ""));
        files.put("classes/a/More.h", structure("a_More", "jl_Object", MORE));
        return files;
    }

    private static String structure(String name, String parent, String methods) {
        return "typedef struct " + name + "_VT {\n    " + parent + "_VT parent;\n" + methods + "} " + name + "_VT;\n";
    }

    @Test
    void aClassWithoutHeirsAndMethodsHasNoRoomForAny() {

        Applied.to(headers(), new LeafClasses())
                .gives("classes/java/lang/Object.h", OBJECT + """
                        typedef struct TeaVM_LeafVT {
                            TeaVM_Class parent;
                            void* (*virt_clone)(void*); // 0
                        } TeaVM_LeafVT;
                        typedef struct TeaVM_LeafRecordVT { TeaVM_LeafVT parent; } TeaVM_LeafRecordVT;
                        """)
                .gives("classes/java/lang/Record.h", RECORD)
                .gives("classes/a/Leaf.h", structure("a_Leaf", "jl_Object", "").replace("jl_Object_", "TeaVM_Leaf"))
                .gives(
                        "classes/a/Point.h",
                        structure("a_Point", "jl_Record", "").replace("jl_Record_", "TeaVM_LeafRecord"))
                .gives("classes/a/Base.h", structure("a_Base", "jl_Object", ""))
                .gives("classes/a/Heir.h", structure("a_Heir", "a_Base", ""))
                .gives("classes/a/More.h", structure("a_More", "jl_Object", MORE));
    }

    @Test
    void refusesAnObjectThatDoesNotEndWithRoom() {
        Map<String, String> files = headers();
        files.put("classes/java/lang/Object.h", OBJECT.replace("pad", "room"));
        Applied.to(files, new LeafClasses()).missesOnly("that ends with room for methods");
        files = headers();
        files.put("classes/java/lang/Record.h", structure("jl_Record", "jl_Object", MORE));
        Applied.to(files, new LeafClasses()).missesOnly("Record.h without methods");
        files = new HashMap<>();
        files.put("classes/java/lang/Object.h", OBJECT);
        files.put("classes/java/lang/Record.h", RECORD);
        files.put("classes/a/Point.h", structure("a_Point", "jl_Record", MORE));
        Applied.to(files, new LeafClasses()).missesOnly("expected at least 1, found 0: classes without methods");
    }

    @Test
    void tablesThatNobodyWritesToAreConstant() {
        String tables = """
                static int16_t teavm_classLayouts_a_A_Cls[2];
                static void* a_A_Cls_enumConstants[2] = { (void*) (intptr_t) 1, &sfld_a_A_ONE };
                        .layout = teavm_classLayouts_a_A_Cls,
                        .enumValues = a_A_Cls_enumConstants
                static int16_t teavm_classLayouts_a_A_Cls[2] = {
                """;
        String file = "classes/a/A.c";
        Applied.toSource(file, tables, new ConstantTables())
                .gives(
                        file,
                        tables.replace("static int16_t", "static const int16_t")
                                .replace("static void*", "static void* const"));
        Applied.toSource(file, tables.replaceFirst("int16_t", "int32_t"), new ConstantTables())
                .missesOnly("expected 2, found 1: tables of them");
        Applied.toSource(file, tables.replace("static void*", "void*"), new ConstantTables())
                .missesOnly("expected 1, found 0: tables of their values");
    }

    @Test
    void classesThatAreWrittenToLieTogether() {
        Map<String, String> files = new HashMap<>();
        files.put("all.c", "#include \"classes/a/A.c\"\n#include \"main.c\"\n");
        files.put("main.c", "    teavm_getClassObject((TeaVM_Class*) &a_B_Cls);\n");
        String structures = """
                    x = array(teavm_getArrayClass((TeaVM_Class*) &a_A_Cls), 1);
                    y = teavm_getClassObject((TeaVM_Class*) &a_C_Cls);
                alignas(8) a_A_VT a_A_Cls = {
                alignas(8) TeaVM_Class a_B_Cls = {
                alignas(8) a_C_VT a_C_Cls = {
                """;
        files.put("classes/a/A.c", structures);
        String section = "__attribute__((section(\".data.written\"))) alignas(8) ";
        Applied.to(files, new WrittenClasses())
                .gives(
                        "classes/a/A.c",
                        structures
                                .replace("alignas(8) a_A", section + "a_A")
                                .replace("alignas(8) TeaVM_Class a_B", section + "TeaVM_Class a_B"));
        files.put("classes/a/A.c", structures.replace("alignas(8) a_A", "a_A"));
        Applied.to(files, new WrittenClasses()).missesOnly("expected 2, found 1: structures of those classes");
        files.put("main.c", "");
        files.put("classes/a/A.c", structures);
        Applied.to(files, new WrittenClasses()).missesOnly("found 0: class objects that main.c makes");
    }

    private static final String FIELDS = """
            static void** teavm_gc_localStaticRoots_a_A_Cls[3] = {
            (void**) &sfld_a_A_ONE, (void**) &sfld_a_A_TWO,
            (void**) &sfld_a_A_THREE
            };
            void sysinitclass_a_A() {
            sfld_a_A_ONE = NULL;
                sfld_a_A_COUNT = INT32_C(0);
                sfld_a_A_MOST = INT32_C(7);
            teavm_registerStaticGcRoots(teavm_gc_localStaticRoots_a_A_Cls, 3);
            }
            void other() {
                sfld_a_A_COUNT = INT32_C(0);
            }
            """;
    private static final String CORE_C = "    teavm_initStaticGcRoots();\n";
    private static final String MEMORY = "#ifndef TEAVM_CONSTANT_ROOTS\n#endif\n";

    private static Applied fields(String fields) {
        Map<String, String> files = new HashMap<>();
        files.put("all.c", "#include \"classes/a/A.c\"\n");
        files.put("classes/a/A.c", fields);
        files.put("core.c", CORE_C);
        files.put("memory.c", MEMORY);
        return Applied.to(files, new StaticFields());
    }

    @Test
    void aStaticFieldIsZeroWithoutCode() {
        fields(FIELDS)
                .gives("classes/a/A.c", """
                        void sysinitclass_a_A() {
                            sfld_a_A_MOST = INT32_C(7);
                        }
                        void other() {
                            sfld_a_A_COUNT = INT32_C(0);
                        }
                        """)
                .gives("roots.h", """
                        (void**) &sfld_a_A_ONE,
                        (void**) &sfld_a_A_TWO,
                        (void**) &sfld_a_A_THREE,
                        """)
                .gives("core.c", "\n")
                .gives("memory.c", """
                        #if 0
                        #endif
                        void*** teavm_gc_staticRoots = (void***) (void** const[]) {
                        (void**) (intptr_t) 3,
                        #include "roots.h"
                        };
                        """);
    }

    @Test
    void refusesATableOfStaticFieldsThatItDoesNotKnow() {
        fields(FIELDS.replace("&sfld_a_A_TWO", "sfld_a_A_TWO"))
                .missesOnly("has an entry of another form: (void**) sfld");
        fields(FIELDS.replace("    teavm_registerStatic", "teavm_registerOther")
                        .replace("teavm_registerStatic", "teavm_registerOther"))
                .misses("expected 1, found 0: registrations of those tables");
        fields(FIELDS.replace("static void** teavm_gc_local", "void** teavm_gc_local"))
                .misses("a table of static fields left in classes/a/A.c");
        fields("").misses("static fields set to zero");
    }
}
