package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.dockerfile.Dockerfile;
import dev.pintle.convert.dockerfile.DockerfileParser;
import dev.pintle.convert.source.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables of the build: the forms that Docker knows, and configurations that are found by them. */
class BuildVariablesTest {

    @TempDir
    private Path directory = Path.of("");

    private static Variables variables() {
        Dockerfile dockerfile = DockerfileParser.parse(new SourceFile(
                        "Dockerfile",
                        "FROM debian:12\nENV V=1.2-slim EMPTY= P=/etc/app/main.conf D=slim\nARG UNKNOWN\n"))
                .dockerfile()
                .orElseThrow();
        Variables variables = new Variables(dockerfile);
        dockerfile.instructions().stream()
                .filter(each -> !each.keyword().equals("FROM"))
                .forEach(each -> variables.declare(dockerfile, each));
        return variables;
    }

    @Test
    void formsAreDockers() {
        Map.ofEntries(
                        Map.entry("${V%-slim}", "1.2"),
                        Map.entry("${V%-*}/x", "1.2/x"),
                        Map.entry("${V#*.}", "2-slim"),
                        Map.entry("${P##*/}", "main.conf"),
                        Map.entry("${P#*/}", "etc/app/main.conf"),
                        Map.entry("${P%/*}", "/etc/app"),
                        Map.entry("${P%%/*}", ""),
                        Map.entry("${V%-${D}}", "1.2"),
                        Map.entry("${V/-slim/}", "1.2"),
                        Map.entry("${V/slim/full}", "1.2-full"),
                        Map.entry("${P//\\//_}", "_etc_app_main.conf"),
                        Map.entry("${P//a/A}", "/etc/App/mAin.conf"),
                        Map.entry("${P/m??n/x}", "/etc/app/x.conf"),
                        Map.entry("${V%none}", "1.2-slim"),
                        Map.entry("${EMPTY:-x}", "x"),
                        Map.entry("${EMPTY-x}", ""),
                        Map.entry("${V:+y}", "y"),
                        Map.entry("${EMPTY:+y}", ""),
                        Map.entry("${EMPTY+y}", "y"),
                        Map.entry("${V:?wrong}", "1.2-slim"),
                        Map.entry("${NONE:-a${V}b}", "a1.2-slimb"),
                        Map.entry("${NONE:-${V:-z}}", "1.2-slim"))
                .forEach((text, value) -> assertEquals(value, variables().expand(text), text));
    }

    /** Nobody knows here what the build is given. */
    @Test
    void whatIsNotKnownStays() {
        for (String text : new String[] {
            "${UNKNOWN%x}", "${UNKNOWN:+x}", "${UNKNOWN}", "${V^^}", "${EMPTY:?no}", "${V", "$", "${}", "${NONE#a}"
        }) {
            assertEquals(text, variables().expand(text), text);
        }
        String deep = "${A:-".repeat(50_000) + "}".repeat(50_000);
        assertTrue(variables().expand(deep).length() > 0);
    }

    @Test
    void copiesAreFollowedThroughThem() throws IOException {
        for (String line : new String[] {
            "ENV V=app-debian\nCOPY ${V%-debian}/supervisord.conf /etc/supervisord.conf\n",
            "ARG V=v1/app\nCOPY ${V#v1/}/supervisord.conf /etc/\n",
            "ENV V=app.old\nCOPY ${V/.old/}/${NAME:-supervisord}.conf /etc/supervisord.conf\n",
            "ENV V=/etc/supervisord.conf.d\nADD app/supervisord.conf ${V%.d}\n"
        }) {
            MovedBuild build = new MovedBuild(directory)
                    .with("app/supervisord.conf", MovedBuild.CONFIGURATION)
                    .with(
                            "Dockerfile",
                            "FROM debian:12\nRUN apt-get install -y supervisor\n" + line
                                    + "CMD [\"supervisord\", \"-n\", \"-c\", \"/etc/supervisord.conf\"]\n")
                    .move();
            assertEquals(0, build.code(), () -> line + build.all());
            assertTrue(build.file("Dockerfile").lines().noneMatch(each -> each.matches("(COPY|ADD).*\\.conf.*")), line);
        }
    }
}
