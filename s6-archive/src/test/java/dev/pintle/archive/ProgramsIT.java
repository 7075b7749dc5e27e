package dev.pintle.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What programs of s6 say where they have nothing to do: Debian's and ours, word by word. */
class ProgramsIT {
    private static final List<String> CALLS = List.of(
            "s6-svc",
            "s6-svc -u",
            "s6-svc -z DIR",
            "s6-svc -wx DIR",
            "s6-svc -T text DIR",
            "s6-svc -u DIR",
            "s6-svc -wU -u DIR",
            "s6-svstat",
            "s6-svstat DIR",
            "s6-svstat -x DIR",
            "s6-svstat -o nothing DIR",
            "s6-svstat -o up,nothing DIR",
            "s6-svwait",
            "s6-svwait -u",
            "s6-svwait -x DIR",
            "s6-svwait -u DIR",
            "s6-svok",
            "s6-svok DIR",
            "s6-svscanctl",
            "s6-svscanctl -t",
            "s6-svscanctl -x DIR",
            "s6-svscanctl -t DIR");

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> sayWhatTheOriginalsSay() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/s6-svc")), "NOT RUN: s6 is not installed");
        Path programs = Files.createDirectories(scratch.resolve("programs"));
        for (String name : List.of("s6-svc", "s6-svok", "s6-svstat", "s6-svwait", "s6-svscanctl")) {
            Files.createSymbolicLink(programs.resolve(name), Native.PROGRAM);
        }
        return CALLS.stream().map(call -> DynamicTest.dynamicTest(call, () -> compare(programs, call)));
    }

    private void compare(Path programs, String call) throws IOException, InterruptedException {
        Native.Said theirs = run(Path.of("/usr/bin"), call);
        Native.Said ours = run(programs, call);
        assertEquals(theirs, ours);
    }

    private Native.Said run(Path programs, String call) throws IOException, InterruptedException {
        String words = call.replace("DIR", scratch.resolve("nothing").toString());
        return Native.run(scratch, List.of("sh", "-c", programs + "/" + words));
    }
}
