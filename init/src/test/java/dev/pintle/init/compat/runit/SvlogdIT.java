package dev.pintle.init.compat.runit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.Programs;
import dev.pintle.init.compat.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** svlogd is runit's, case by case, but where that loses lines. */
final class SvlogdIT {
    /** Waits until a command succeeds. */
    static final String AWAIT = "until \"$@\" >/dev/null 2>&1; do sleep .05; done\n";

    private static final String SHOWN = "exec sed -E 's/@[0-9a-f]{24}/@TAI/g;"
            + " s/[0-9]{4}-[0-9]{2}-[0-9]{2}([_T])[0-9:]{8}\\.[0-9]{5}/DATE\\1TIME/g'\n";
    private static final String SHOW = """
            for d; do
              for f in $(LC_ALL=C ls -d $d/*); do
                stat -c '%A %n' $f
                case $f in */lock|*/config) ;; *) cat $f;; esac
              done
            done | shown
            """;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private static Programs prepared(Programs programs) {
        return programs.with("shown", SHOWN).with("show", SHOW).with("await", AWAIT);
    }

    private Programs ours() {
        return prepared(Programs.ours(scratch.resolve("b"), "svlogd"));
    }

    @TestFactory
    Stream<DynamicTest> doesWhatRunitsDoes() throws IOException {
        assumeTrue(Programs.installed("svlogd"), "runit is not installed");
        Programs original = prepared(Programs.installedOnes(scratch.resolve("a")));
        return new Comparison(getClass(), scratch, original, ours()).of("svlogd-cases.txt");
    }

    private void expect(String script, String output) {
        assertEquals(new Programs.Result(0, output, ""), ours().run(scratch, script));
    }

    @Test
    void aLastLineWithoutEndIsNotLost() {
        expect("mkdir d; printf 'a\\nb' | svlogd d; cat d/current", "a\nb\n");
    }

    @Test
    void whatComesWithTermIsNotLost() {
        expect(
                "mkdir d; mkfifo f; svlogd d <f & exec 3>f; await test -e d/current; kill -STOP $!; echo a >&3;"
                        + " kill -TERM $!; kill -CONT $!; wait $!; timeout 1 cat <f >>d/current & sleep .1; exec 3>&-;"
                        + " wait; cat d/current",
                "a\n");
    }

    /** The original takes what the signal left of its output for the whole. */
    @Test
    void aProcessorThatIsKilledRunsAgain() {
        Programs.Result result = ours().run(
                        scratch,
                        "mkdir d; printf '%s\\n' s30 '!test -e ../done || { touch ../done; kill -9 $$; }; cat' >d/config;"
                                + " seq 10 | svlogd -l 20 -b 40 d; cat d/@*.s d/current");
        assertEquals("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", result.output());
        assertEquals("svlogd: warning: processor failed, restart: d\n", result.errors());
    }

    @Test
    void aFullDiskCostsTheOldestFilesAndNoLine() {
        assumeTrue("root".equals(System.getProperty("user.name")), "a file system of its own takes root");
        Programs.Result result = ours().run(
                        scratch,
                        "mkdir m; unshare -m sh -c 'mount -t tmpfs -o size=64k tmpfs m && cd m && mkdir d && printf"
                                + " \"s8000\\nn50\\nN2\\n\" >d/config; seq 100000 130000 | svlogd d 2>&1 | cut -c-46 |"
                                + " sort -u; tail -1 d/current; ls d | grep -c @; cat d/@* d/current | awk \"p &&"
                                + " \\$1 != p + 1 { print \\$1 } { p = \\$1 }\"'");
        assertEquals(
                "svlogd: warning: out of disk space, delete: d/",
                result.output().lines().findFirst().orElse(""));
        assertEquals("130000", result.output().lines().skip(1).findFirst().orElse(""), result.output());
        assertEquals(3, result.output().lines().count(), "lines in between are lost: " + result.output());
    }
}
