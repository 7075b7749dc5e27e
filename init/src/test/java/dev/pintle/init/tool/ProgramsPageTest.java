package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Prints the programs into the documentation, and fails where the page and the code differ. */
final class ProgramsPageTest {
    private static final Path PAGE = Path.of("../docs/reference/programs.md");

    @Test
    void thePageOfProgramsIsPrintedFromTheList() throws IOException {
        String printed = print();
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(PAGE, printed);
        }
        assertEquals(Files.readString(PAGE), printed, "docs/reference/programs.md: rewrite with -Dgolden.rewrite=true");
    }

    private static String print() {
        StringBuilder page = new StringBuilder();
        page.append("# The helper programs\n\n");
        page.append(
                "Printed from the code by a test (`ProgramsPageTest`). All of them are the one binary, by the name that it\n");
        page.append("is called by; each is also a command of `pintle` (`pintle setuser`, `pintle chpst`).\n");
        print(
                page,
                Program.Origin.PINTLE,
                "Pintle's",
                "In `/usr/bin`; `--help` of each says more, and so does its manual page.");
        print(
                page,
                Program.Origin.RUNIT,
                "runit's and daemontools'",
                "In `/usr/lib/pintle/compat/runit`; [what is different](../man/pintle-compat-runit.7).");
        print(
                page,
                Program.Origin.S6,
                "s6's and s6-overlay's",
                "In `/usr/lib/pintle/compat/s6`; [what is different](../man/pintle-compat-s6.7).");
        return page.toString();
    }

    private static void print(StringBuilder page, Program.Origin origin, String title, String where) {
        page.append("\n## ").append(title).append("\n\n").append(where);
        page.append("\n\n| program | what it is for |\n| --- | --- |\n");
        for (Program program : Program.values()) {
            if (program.origin() == origin) {
                String synopsis = program.synopsis().replace("|", "\\|");
                page.append("| `")
                        .append((program.command() + " " + synopsis).strip())
                        .append("` | ");
                page.append(program.summary()).append(" |\n");
            }
        }
    }
}
