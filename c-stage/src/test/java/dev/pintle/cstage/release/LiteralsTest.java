package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.AddedC;
import dev.pintle.cstage.edit.Applied;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LiteralsTest {
    private static final String TABLE = """
            #include "strings.h"

            TeaVM_String* teavm_stringPool[3] = {
                TEAVM_STRING(4, 3392903,u"null"), // string #0
                TEAVM_STRING(9, -11,u"first, \\u2026"
                u"next"
                "last"), // string #1
                TEAVM_STRING(0, 0,u"") // string #2
            };
            void teavm_initStringPool() {
            }
            """;

    private static Applied applied(String strings) {
        return Applied.to(
                Map.of(
                        "all.c",
                        "#include \"classes/java/lang/Class.c\"\n",
                        "strings.c",
                        strings,
                        "main.c",
                        "    teavm_initStringPool();\n",
                        "classes/java/lang/Class.c",
                        "    a = ((b == NULL) ? NULL : *((TeaVM_String**) teavm_local_2));\n"),
                new Literals());
    }

    @Test
    void aLiteralIsUtf8UntilItIsUsed() {
        applied(TABLE)
                .gives("texts.h", """
                        TEXT(0, "null")
                        TEXT(1, "first, \\u2026"
                            "next"
                            "last")
                        TEXT(4, "")
                        """)
                .gives("strings.c", AddedC.read("strings.c"))
                .gives("strings.h", AddedC.read("strings.h"))
                .gives("main.c", "\n")
                .gives(
                        "classes/java/lang/Class.c",
                        "    a = ((b == NULL) ? NULL : teavm_literal((TeaVM_String**) teavm_local_2 - teavm_stringPool));\n");
    }

    @Test
    void refusesAPlaceOfAnotherForm() {
        Map<String, String> files = Map.of(
                "all.c",
                "#include \"A.c\"\n",
                "strings.c",
                TABLE,
                "main.c",
                "    teavm_initStringPool();\n",
                "A.c",
                "a = *(TeaVM_String**) b;\n");
        Applied.to(files, new Literals()).missesOnly("a use of a literal's place of another form left in A.c");
    }

    @Test
    void refusesATableOfAnotherForm() {
        applied(TABLE.replace("(4, 3392903,u", "(4,u")).misses("has another form:     TEAVM_STRING(4,u\"null\")");
        applied(TABLE.replace("[3]", "[4]")).missesOnly("expected 4, found 3: literals in the table");
        applied(TABLE.replace(" // string #1", "")).missesOnly("expected 3, found 2: ends of literals");
        applied(TABLE.replace("teavm_stringPool[3]", "teavm_strings[3]"))
                .missesOnly("a table of string literals in strings.c");
    }
}
