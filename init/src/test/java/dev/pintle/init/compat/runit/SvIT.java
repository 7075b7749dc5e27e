package dev.pintle.init.compat.runit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.Programs;
import dev.pintle.init.compat.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** sv under the init is runit's sv under runsvdir, command by command. */
final class SvIT {
    private static final String SERVICE = """
            mkdir -p sv/$1
            printf '#!/bin/sh\\n%s\\n' "$2" >sv/$1/run
            chmod +x sv/$1/run
            """;
    private static final String HIDDEN =
            "exec sed -E 's/pid [0-9]+/pid N/g; s/\\) [0-9]+s/) Ns/g; s/: [0-9]+s/: Ns/g'\n";
    private static final String TELL = "sv \"$@\" >told; code=$?; hidden <told; echo \"code $code\"\n";
    private static final String READY = """
            export SVDIR=$PWD/sv
            trap unsupervise EXIT
            for s in sv/*; do
              test -e $s/down && state=down: || state=run:
              until sv status ${s#sv/} 2>/dev/null | grep -q "^$state"; do sleep .05; done
            done
            """;
    private static final String RUNSVDIR = "env --default-signal=INT,QUIT runsvdir sv >log 2>&1 & echo $! >pids\n";
    private static final String INIT = """
            mkdir layout
            ln -s $PWD/sv layout/services
            for s in sv/*; do
              test ! -e $s/down || echo autostart = no >$s/service.conf
            done
            export PINTLE_DIR=$PWD/layout PINTLE_CONTROL=$PWD/control
            init >log 2>&1 & echo $! >pids
            """;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    @TestFactory
    Stream<DynamicTest> doesWhatRunitsDoes() throws IOException {
        assumeTrue(Programs.installed("sv"), "runit is not installed");
        Programs original = prepared(Programs.installedOnes(scratch.resolve("a")))
                .with("supervise", RUNSVDIR + READY)
                // Else runsvdir, whenever it next looks, starts again what sv waits to see gone.
                .with("startNoMore", "kill -STOP $(cat pids)\n")
                .with(
                        "unsupervise",
                        "cd ${SVDIR%/sv}; kill $(cat pids) 2>/dev/null; kill -CONT $(cat pids) 2>/dev/null;"
                                + " sv force-shutdown $SVDIR/* >log 2>&1; true\n");
        Programs ours = prepared(Programs.ours(scratch.resolve("b"), "sv", "init"))
                .with("supervise", INIT + READY)
                .with("startNoMore", "")
                .with(
                        "unsupervise",
                        "cd ${SVDIR%/sv}; kill $(cat pids) 2>/dev/null; await sh -c \"! kill -0 $(cat pids)\"\n");
        return new Comparison(getClass(), scratch, original, ours).of("sv-cases.txt");
    }

    private static Programs prepared(Programs programs) {
        return programs.with("service", SERVICE)
                .with("hidden", HIDDEN)
                .with("tell", TELL)
                .with("await", SvlogdIT.AWAIT);
    }
}
