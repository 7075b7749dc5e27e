package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that ask what they are to run: each question is as true of /init as it was, or said. */
class ArgumentQuestionsTest {

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild asked(String question) throws IOException {
        return MovedBuild.supervisord(
                        Files.createTempDirectory(directory, "asked"),
                        "COPY start.sh /start.sh\nENTRYPOINT [\"/start.sh\"]\nCMD [\"supervisord\", \"-n\"]\n")
                .with("start.sh", "#!/bin/bash\n" + question + "\nexec \"$@\"\n")
                .move();
    }

    @Test
    void whatWasTrueIsAskedOfInit() throws IOException {
        Map<String, String> questions = new TreeMap<>(Map.of(
                "if [[ $1 == supervisor* ]]; then a; fi", "if [[ $1 == /init ]]; then a; fi",
                "case \"$1\" in supervisord|sup*) a;; esac", "case \"$1\" in /init|sup*) a;; esac",
                "case ${1##*/} in -*) x;; supervisord) a;; *) b;; esac",
                        "case ${1##*/} in -*) x;; init) a;; *) b;; esac",
                "if grep -q supervisord <<<\"$*\"; then a; fi", "if grep -q /init <<<\"$*\"; then a; fi",
                "if echo \"$1\" | grep -q supervisord; then a; fi", "if echo \"$1\" | grep -q /init; then a; fi",
                "if [ \"${1%d}\" = supervisor ]; then a; fi", "if [ \"${1%d}\" = /init ]; then a; fi",
                "cmd=\"$1\"\nif [ \"$cmd\" = supervisord ]; then a; fi",
                        "cmd=\"$1\"\nif [ \"$cmd\" = /init ]; then a; fi",
                "if [[ $1 =~ ^supervisord$ ]]; then a; fi", "if [[ $1 =~ /init ]]; then a; fi"));
        for (Map.Entry<String, String> each : questions.entrySet()) {
            MovedBuild build = asked(each.getKey());
            assertEquals("#!/bin/bash\n" + each.getValue() + "\nexec \"$@\"\n", build.file("start.sh"), build::all);
            assertTrue(!build.all().contains("\"fate\": \"not carried\""), build::all);
        }
    }

    @Test
    void whatIsOtherwiseNowIsSaid() throws IOException {
        for (String question : List.of(
                "if [ \"${1:0:5}\" = super ]; then a; fi",
                "case \"$1\" in sup*) a;; *) b;; esac",
                "case \"$1\" in /*) b;; supervisord) a;; esac",
                "if [[ \"$*\" =~ super.*d ]]; then a; fi",
                "if [ $# -gt 1 ]; then a; fi",
                "if [ \"${#1}\" -gt 5 ]; then a; fi",
                "if [ -z \"${1##*supervisord*}\" ]; then a; fi",
                "if [ -f \"$1\" ]; then a; fi",
                "if echo \"$@\" | grep -qE 'sup.*'; then a; fi")) {
            MovedBuild build = asked(question);
            build.notCarried("start.sh", 2);
        }
        for (String question : List.of(
                "if [ \"$(echo $1 | cut -c1-5)\" = super ]; then a; fi",
                "if expr \"$1\" : 'super' >/dev/null; then a; fi",
                "if [ \"${1/d/}\" = x ]; then a; fi",
                "case \"$(tr a b <<<\"$1\")\" in x) a;; esac")) {
            MovedBuild build = asked(question);
            assertTrue(build.has("start.sh", 2, "approximated"), build::all);
        }
    }

    @Test
    void whatIsAsItWasIsNotSaid() throws IOException {
        for (String question : List.of(
                "if [ \"${1:0:1}\" = '-' ]; then set -- sh \"$@\"; fi",
                "if [ \"${1#-}\" != \"$1\" ]; then set -- sh \"$@\"; fi",
                "if [ -z \"$1\" ]; then a; fi",
                "case \"$1\" in -*) a;; bash|sh) b;; *) c;; esac",
                "log() {\n  [ \"$2\" = -n ] && x\n}",
                "if [ \"$MODE\" = x ]; then a; fi",
                "if [ \"${1:-sh}\" = sh ]; then a; fi")) {
            MovedBuild build = asked(question);
            for (int line = 2; line < 5; line++) {
                assertEquals(
                        List.of(),
                        build.fates("start.sh", line).stream()
                                .filter(fate -> fate.contains("comparison"))
                                .toList(),
                        build::all);
            }
        }
    }

    @Test
    void wordsThatAScriptAsksForStay() throws IOException {
        String script =
                "#!/bin/sh\ncase \"$1\" in\n  app) shift; exec supervisord -n \"$@\";;\n  *) exec \"$@\";;\nesac\n";
        MovedBuild asks = MovedBuild.supervisord(
                        Files.createTempDirectory(directory, "asks"),
                        "COPY start.sh /start.sh\nENTRYPOINT [\"/start.sh\"]\nCMD [\"app\"]\n")
                .with("start.sh", script)
                .move();
        assertTrue(asks.file("Dockerfile").endsWith("ENTRYPOINT [\"/start.sh\"]\nCMD [\"app\"]\n"), asks::all);
        assertTrue(asks.file("start.sh").contains("  app) shift; exec /init;;\n"), asks::all);
        assertTrue(asks.has("Dockerfile", 6, "approximated"), asks::all);
        MovedBuild passes = MovedBuild.supervisord(
                        Files.createTempDirectory(directory, "passes"),
                        "COPY start.sh /start.sh\nENTRYPOINT [\"/start.sh\"]\nCMD [\"-n\"]\n")
                .with("start.sh", "#!/bin/sh\nexec supervisord \"$@\"\n")
                .move();
        assertTrue(passes.file("Dockerfile").endsWith("ENTRYPOINT [\"/start.sh\"]\n"), passes::all);
    }

    @Test
    void wordsWithAnotherConfigurationAreNotCarried() throws IOException {
        MovedBuild build = asked("if [ \"$1\" = worker ]; then set -- supervisord -c /etc/worker.conf; fi");
        build.notCarried("start.sh", 2);
        assertTrue(build.file("start.sh").contains("set -- supervisord -c /etc/worker.conf"), build::all);
        for (String same : List.of("/etc/supervisord.conf", "supervisord.conf", "/etc/supervisor/supervisord.conf")) {
            MovedBuild fine = asked("if [ \"$1\" = worker ]; then set -- supervisord -c " + same + "; fi");
            assertTrue(fine.file("start.sh").contains("set -- /init; fi"), fine::all);
        }
    }
}
