package dev.pintle.convert.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.source.SourceFile;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DockerfileParserTest {

    private static DockerfileParser.Result read(String text) {
        return DockerfileParser.parse(new SourceFile("Dockerfile", text));
    }

    private static Dockerfile parse(String text) {
        DockerfileParser.Result result = read(text);
        assertTrue(result.dockerfile().isPresent(), () -> result.problems().toString());
        return result.dockerfile().orElseThrow();
    }

    private static List<String> shown(String text) {
        return parse(text).instructions().stream()
                .map(i -> i.keyword() + "|" + i.arguments().text())
                .toList();
    }

    @Test
    void joinsContinuedLinesAndPassesOverCommentsAndBlankLinesWithin() {
        assertEquals(
                List.of("FROM|a", "RUN|b   c d"),
                shown("FROM a\nRUN b \\\n# comment \\\n\n  c \\  \n  # another\nd\n# RUN e\n"));
    }

    @Test
    void twoEscapesContinueNothing() {
        assertEquals(List.of("FROM|a", "RUN|b \\\\", "USER|c"), shown("FROM a\nRUN b \\\\\nUSER c\n"));
    }

    @Test
    void directivesAreOnlyAtTheTop() {
        assertEquals('`', parse("# syntax=x\n#  Escape = `\nFROM a\n").escape());
        assertEquals('\\', parse("# a comment\n# escape=`\nFROM a\n").escape());
        assertEquals('\\', parse("\n# escape=`\nFROM a\n").escape());
    }

    @Test
    void heredocsBelongToTheirInstruction() {
        Dockerfile file = parse("FROM a\nRUN <<-'E' <<F cat\n\tx\n\tE\nFROM y\nF\nCOPY <<\"G\" /g\nG\nUSER u\n");
        assertEquals(4, file.instructions().size());
        assertEquals(
                List.of("\tx\n", "FROM y\n"),
                file.instructions().get(1).heredocs().stream()
                        .map(heredoc -> heredoc.body().text())
                        .toList());
        assertEquals(
                0,
                parse("FROM a\nRUN echo '<<E' <<<x\n")
                        .instructions()
                        .get(1)
                        .heredocs()
                        .size());
    }

    @Test
    void execFormIsJsonAndNothingElse() {
        assertEquals(
                List.of("a b", "\"\u00e9\n"),
                parse("FROM a\nCMD [ \"a b\" ,\\\n \"\\\"\\u00e9\\n\" ]\n")
                        .instructions()
                        .get(1)
                        .exec()
                        .orElseThrow()
                        .stream()
                        .map(Word::value)
                        .toList());
        for (String shell :
                List.of("['a']", "[\"a\",]", "[\"a\"] b", "[a]", "[\"a\" \"b\"]", "[\"a", "[\"\\x\"]", "x")) {
            assertTrue(
                    parse("FROM a\nCMD " + shell + "\n")
                            .instructions()
                            .get(1)
                            .exec()
                            .isEmpty(),
                    shell);
        }
        for (String quoted : List.of("", "a\"b\\c", "\u0001\t\u00e9")) {
            String text = "FROM a\nCMD [" + Json.quote(quoted) + "]\n";
            assertEquals(
                    quoted,
                    parse(text)
                            .instructions()
                            .get(1)
                            .exec()
                            .orElseThrow()
                            .get(0)
                            .value());
        }
    }

    @Test
    void stagesHaveNamesAndNumbers() {
        Dockerfile file = parse("ARG V=1\nFROM a:${V} AS One\nFROM --platform=linux/amd64 one\n");
        assertEquals(
                List.of("one", "1"),
                file.stages().stream().map(Dockerfile.Stage::name).toList());
        assertEquals("one", file.stages().get(1).base());
        assertEquals(
                List.of("--platform=linux/amd64"), file.instructions().get(2).flags());
    }

    @Test
    void everyErrorIsReportedAtOnceWithItsPlace() {
        assertEquals(
                List.of("2:1 unknown-instruction", "4:5 open-heredoc", "1:1 no-from"),
                read("RUN a\nFRM b\nUSER c\nRUN <<E\nd\n").problems().stream()
                        .map(d -> d.line() + ":" + d.column() + " " + d.code())
                        .distinct()
                        .limit(3)
                        .toList());
        assertEquals("empty-dockerfile", read("\n# nothing\n").problems().get(0).code());
    }

    /** Every character of a text belongs to one instruction or stands between two; offsets lead back to it. */
    @Test
    void placesLeadBackToTheText() {
        List<String> pieces = List.of(
                "FROM a\n",
                "RUN x \\\n",
                "# c\n",
                "\r\n",
                "RUN <<E\n",
                "E\n",
                "[\"a\"]",
                "\\",
                "`",
                "# escape=`\n",
                "ONBUILD ",
                "CMD ",
                "'",
                "\"",
                " && ",
                "$",
                "\t",
                "\uFEFF",
                "\u00e9",
                "COPY a /b\n",
                "HEALTHCHECK --x=1 CMD y\n");
        for (long seed = 0; seed < 5000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "FROM a\n" : "");
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            String whole = text.toString();
            long current = seed;
            read(whole).dockerfile().ifPresent(file -> check(current, whole, file));
        }
    }

    private static void check(long seed, String text, Dockerfile file) {
        StringBuilder printed = new StringBuilder();
        int at = 0;
        for (Instruction instruction : file.instructions()) {
            assertTrue(instruction.start() >= at && instruction.end() > instruction.start(), () -> "seed " + seed);
            printed.append(text, at, instruction.end());
            at = instruction.end();
            for (int i = 0; i < instruction.arguments().length(); i++) {
                assertEquals(
                        instruction.arguments().text().charAt(i),
                        text.charAt(instruction.arguments().offset(i)),
                        () -> "seed " + seed);
            }
        }
        assertEquals(text, printed.append(text.substring(at)).toString(), () -> "seed " + seed);
    }
}
