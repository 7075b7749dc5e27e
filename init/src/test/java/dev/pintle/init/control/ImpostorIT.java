package dev.pintle.init.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.LaidOut;
import dev.pintle.init.Programs.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another user of the container plays the init to root's {@code pintle}. Its lies are that all is well and that it will shut down; its
 * places are those where root looks.
 */
final class ImpostorIT {
    private static final String LIE = "{\\\"pintle\\\":1,\\\"ok\\\":true,\\\"healthy\\\":true,\\\"services\\\":[]}";
    /** As container and client name places: after the pid and the mount namespace. */
    private static final String NAMES = "ns=$(stat -Lc %i /proc/self/ns/pid)-$(stat -Lc %i /proc/self/ns/mnt); ";
    /** How it ends: an impostor says of each client that it has asked. */
    private static final String CLIENTS = """
            await_up() { n=0; until grep -q up $1; do n=$((n + 1)); [ $n -lt 200 ] || exit 98; sleep 0.02; done; }
            pintle health; echo "health $?"
            pintle status; echo "status $?"
            pintle logs; echo "logs $?"
            pintle shutdown; echo "shutdown $?"
            """;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));
    private String namespace = "";

    @BeforeEach
    void layOut() {
        container = new LaidOut(scratch, "init", "pintle", "pintle-setuser");
        container.programs().compiled("peer");
        namespace = container.programs().namespace(scratch, "--mount", "--net", "--ipc");
        assumeTrue(namespace.startsWith("unshare") && !namespace.contains("--user"), "only root can become others");
    }

    /** Runs a script as PID 1 of a namespace, with /run and /dev/shm of its own. */
    private Result run(String script) {
        String all =
                "mount -t tmpfs -o mode=755 none /run; mount -t tmpfs -o mode=1777 none /dev/shm; chmod 755 . layout; "
                        + NAMES + script;
        return container
                .programs()
                .run(
                        scratch,
                        "exec " + namespace + "sh -c '" + all.replace("'", "'\\''") + "'",
                        "PINTLE_DIR=" + scratch.resolve("layout"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dev/shm/.pintle-0-$ns/control",
                "/dev/shm/.pintle-0/control",
                "/dev/shm/.pintle-1000-$ns/control",
                "@pintle-0-$ns",
                "@pintle-0",
                "@pintle-1000-$ns",
            })
    void rootAsksNobodyElsesSocket(String place) {
        container.service("web", "command = sleep 100000");
        String script =
                "place=" + place + "; case $place in /*) pintle-setuser 1001:1001 mkdir -m 755 ${place%/*};; esac; "
                        + "pintle-setuser 1001:1001 peer play $place \"" + LIE + "\" >asked & "
                        + CLIENTS.replaceFirst("\n", "\nawait_up asked\n") + "cat asked";
        Result result = run(script);
        String expected = "health 5\nstatus 5\nlogs 5\nshutdown 5\nup\n";
        assertEquals(expected, result.output(), result.errors());
        assertTrue(result.errors().contains("pintle: cannot reach the init: "), result.errors());
    }

    @Test
    void rootFindsTheInitOfAnotherUserThoughSomebodyPlaysIt() {
        container.service("web", "command = sleep 100000");
        String script =
                "for name in 0-$ns 0 1000; do d=/dev/shm/.pintle-$name; pintle-setuser 1001:1001 mkdir -m 755 $d; "
                        + "pintle-setuser 1001:1001 peer play $d/control \"" + LIE + "\" >>asked & done; "
                        + "sh -c 'until pintle status >&- 2>&-; do sleep 0.05; done; pintle status; pintle health; echo health $?; "
                        + "pintle shutdown 7' & exec pintle-setuser 1000:1000 init";
        Result result = run("mount -t tmpfs -o mode=755 none /tmp/..; " + script);
        assertEquals(7, result.code(), result.output() + result.errors());
        assertTrue(result.output().contains("web") && result.output().contains("health 0\n"), result.output());
    }

    @Test
    void aPlaceThatIsGivenIsNoReasonToTrustWhoListensThere() {
        String script = "mkdir -m 777 /dev/shm/open; place=/dev/shm/open/control; "
                + "pintle-setuser 1001:1001 peer play $place \"" + LIE + "\" >asked & export PINTLE_CONTROL=$place; "
                + CLIENTS.replaceFirst("\n", "\nawait_up asked\n");
        Result result = run("place=/dev/shm/open/control; " + script);
        assertEquals("health 5\nstatus 5\nlogs 5\nshutdown 5\n", result.output(), result.errors());
        String why =
                "who listens at /dev/shm/open/control is uid 1001, which is neither root, nor the user of pid 1, nor who asks";
        assertTrue(result.errors().contains(why), result.errors());
    }

    /** connect(2) would wait for ever. */
    @Test
    void whoeverListensAndAcceptsNobodyHoldsUpNobody() {
        String script = "peer hold @pintle-0-$ns >held & n=0; until grep -q up held; do sleep 0.02; done; "
                + "timeout 20 pintle health; echo \"health $?\"; kill $!";
        Result result = run(script);
        assertEquals("health 5\n", result.output(), result.errors());
    }

    /** What a socket says reaches a terminal as text, and a file too. */
    @Test
    void noControlCharacterOfAReplyIsPrintedRaw() {
        String evil = "\\\\u001b]52;c;aGk=\\\\u0007\\\\u009b31m\\x9b\\\\u007f\\\\r\\\\n\\\\u202e";
        String service = "{\\\"name\\\":\\\"" + evil + "\\\",\\\"state\\\":\\\"" + evil + "\\\",\\\"reason\\\":\\\""
                + evil
                + "\\\",\\\"last_failures\\\":[{\\\"how\\\":\\\"" + evil + "\\\"}],\\\"depends_on\\\":[\\\"" + evil
                + "\\\"],\\\"wanted\\\":true}";
        String reply = "{\\\"pintle\\\":1,\\\"ok\\\":true,\\\"healthy\\\":false,\\\"services\\\":[" + service
                + "],\\\"troubles\\\":[\\\"" + evil + "\\\"],\\\"diagnostics\\\":[\\\"" + evil
                + "\\\"],\\\"added\\\":[\\\""
                + evil + "\\\"],\\\"streams\\\":[{\\\"service\\\":\\\"" + evil + "\\\",\\\"path\\\":\\\"/" + evil
                + "\\\"},{\\\"elsewhere\\\":\\\"" + evil + "\\\"}]}";
        String refusal = "{\\\"pintle\\\":1,\\\"ok\\\":false,\\\"message\\\":\\\"" + evil + "\\\"}";
        String commands =
                "for c in status \"status x\" \"status --json\" tree health \"health --json\" reload logs \"logs x\" \"start x\""
                        + " \"wait x\" events \"events --json\" \"sv status\" \"sv up\"; do pintle $c; done; ";
        for (String each : new String[] {reply, refusal}) {
            Result result = run("export PINTLE_CONTROL=/dev/shm/evil; peer play $PINTLE_CONTROL \"" + each
                    + "\" >asked & until grep -q up asked; do sleep 0.02; done; " + commands + "kill $!");
            String all = result.output() + result.errors();
            assertTrue(all.contains("\\x1b]52;c;aGk=\\x07") || all.contains("\\u001b]52;c;aGk=\\u0007"), all);
            for (int i = 0; i < all.length(); i++) {
                char c = all.charAt(i);
                assertFalse((c < ' ' && c != '\n' && c != '\t') || c == 0x7f, "character " + (int) c + " in " + all);
            }
            // Bytes as ISO 8859-1: the UTF-8 of U+009B and U+202E, and a lone byte 9B.
            assertFalse(all.contains("\u00c2\u009b") || all.contains("\u00e2\u0080\u00ae"), all);
            assertFalse(all.replace("\u00e2\u0094\u0094", "").contains("\u009b"), all);
        }
    }
}
