package dev.pintle.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FinishTest {

    private static Finish.Kind of(String text) {
        return look(text).kind();
    }

    private static Finish look(String text) {
        return Finish.of(new TreeFile("/finish", TreeFile.Kind.REGULAR, text, true));
    }

    private static Finish.Kind shell(String text) {
        return of("#!/bin/bash\n" + text);
    }

    @Test
    void whatOnlySaysSomethingIsNothing() {
        assertEquals(Finish.Kind.NOTHING, shell("echo gone\n"));
        assertEquals(Finish.Kind.NOTHING, shell("[[ $1 -ne 0 ]] && echo \"it was ${1}\" >&2\n"));
        assertEquals(Finish.Kind.NOTHING, shell("exit 0\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("exit 0\nrm /x\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("echo \"$(rm /x)\"\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("echo x >> /log\n"));
    }

    @Test
    void whatHaltsHoweverTheServiceEndedAlwaysDoes() {
        assertEquals(Finish.Kind.ALWAYS_STOPS, shell("exec /run/s6/basedir/bin/halt\n"));
        assertEquals(
                Finish.Kind.ALWAYS_STOPS,
                shell("set -o errexit -o nounset -o pipefail\nset -eu\nexec /run/s6/basedir/bin/halt\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("set -- 1 2\nexec /run/s6/basedir/bin/halt\n"));
        assertEquals(Finish.Kind.ALWAYS_STOPS, shell("if true; then /run/s6/basedir/bin/halt; fi\n"));
        assertEquals(Finish.Kind.ALWAYS_STOPS, of("#!/command/execlineb -S0\ns6-svscanctl -t /run/service\n"));
        assertEquals(
                Finish.Kind.ALWAYS_STOPS,
                shell("echo \"$1\" > /run/s6-linux-init-container-results/exitcode\n/run/s6/basedir/bin/halt\n"));
    }

    @Test
    void branchesAreTakenAsTheShellTakesThem() {
        assertEquals(Finish.Kind.STOPS_ON_FAILURE, shell("[ \"$1\" -ne 0 ] && exec /run/s6/basedir/bin/halt\n"));
        assertEquals(Finish.Kind.STOPS_ON_FAILURE, shell("test \"$1\" = 0 || /run/s6/basedir/bin/halt\n"));
        assertEquals(
                Finish.Kind.STOPS_ON_FAILURE,
                shell(
                        "code=$1\nif [[ $code -eq 0 ]]; then\n  exit 0\nelif [[ $code -eq 256 && $2 -eq 15 ]]; then\n  exit 0\nelse\n  /run/s6/basedir/bin/halt\nfi\n"));
        assertEquals(Finish.Kind.NOTHING, shell("true || /run/s6/basedir/bin/halt\n"));
        assertEquals(Finish.Kind.ALWAYS_STOPS, shell("false_=1\n[[ $1 -lt 0 ]] && true || /run/s6/basedir/bin/halt\n"));
        // Only some failures, or only success: no key says so.
        assertEquals(Finish.Kind.UNKNOWN, shell("[[ $1 -eq 255 ]] && /run/s6/basedir/bin/halt\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("[[ $1 -eq 0 ]] && /run/s6/basedir/bin/halt\n"));
        assertEquals(
                Finish.Kind.STOPS_ON_FAILURE,
                of(
                        "#!/usr/bin/execlineb -S1\nif { s6-test ${1} -ne 0 }\nif { s6-test ${1} -ne 256 }\ns6-svscanctl -t /var/run/s6/services\n"));
    }

    @Test
    void codesThatDoNotStopTheContainerAreSuccess() {
        assertEquals(
                "0",
                look("#!/bin/sh\n[ $1 -ne 0 ] && /run/s6/basedir/bin/halt\n").successes());
        assertEquals(
                "100",
                look("#!/usr/bin/env bashio\nif [[ \"$1\" -ne 100 ]] && [[ \"$1\" -ne 256 ]]; then\n  /run/s6/basedir/bin/halt\nfi\n")
                        .successes());
        assertEquals(
                "0, 3",
                look("#!/bin/sh\n[ $1 = 0 ] || [ $1 = 3 ] || /run/s6/basedir/bin/halt\n")
                        .successes());
        assertEquals(Finish.Kind.UNKNOWN, shell("[[ $1 -gt 9 ]] && /run/s6/basedir/bin/halt\n"));
    }

    @Test
    void whatIsNotUnderstoodIsUnknownInWhateverBranch() {
        assertEquals(Finish.Kind.UNKNOWN, shell("if [[ $1 -eq 77 ]]; then\n  reboot\nfi\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("for i in 1 2; do echo; done\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("if [[ $1 -eq 0 ]]; then echo\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("fi\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("[[ $1 -eq 77 ]] && exit 125\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("[[ $1 -gt 30 ]] && exit 125\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("[[ $2 -eq 33 ]] && exit 125\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("[[ $X -eq 3 ]] && /run/s6/basedir/bin/halt\n"));
        assertEquals(Finish.Kind.UNKNOWN, shell("echo \"open\n"));
        assertEquals(Finish.Kind.UNKNOWN, of("#!/usr/bin/python3\nprint()\n"));
        assertEquals(Finish.Kind.UNKNOWN, of("\u007fELF"));
        assertEquals(
                Finish.Kind.UNKNOWN,
                of("#!/command/execlineb -P\nforeground { rm /x } s6-svscanctl -t /run/service\n"));
    }
}
