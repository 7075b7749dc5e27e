package dev.pintle.init.helper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.pintle.init.Programs;
import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The helper programs do what their help says. */
final class HelpersIT {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private Path work = Path.of("/nonexistent");
    private Programs programs = Programs.copied(Path.of("/tmp"), Path.of("/tmp"));

    @BeforeEach
    void makePrograms() throws IOException {
        // For users that tests become.
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
        work = Files.createDirectory(scratch.resolve("work"));
        programs = Programs.ours(
                scratch.resolve("bin"),
                "pintle",
                "pintle-setuser",
                "pintle-env",
                "pintle-wait",
                "pintle-notify",
                "pintle-check-http",
                "pintle-check-tcp",
                "pintle-chown",
                "pintle-limit",
                "pintle-pidproxy");
    }

    private void expect(String script, int code, String output, String errors) {
        Result result = programs.run(work, script);
        assertEquals(new Result(code, output, errors), result, script);
    }

    private void expect(String script, String output) {
        expect(script, 0, output, "");
    }

    @Test
    void eachTeachesAndEachIsACommandOfPintle() {
        for (String name :
                new String[] {"setuser", "env", "notify", "check-http", "check-tcp", "chown", "limit", "pidproxy"}) {
            Result own = programs.run(work, "pintle-" + name + " --help");
            Result ofPintle = programs.run(work, "pintle " + name + " --help");
            assertEquals(own, ofPintle);
            assertEquals(0, own.code());
            assertTrue(own.output().startsWith("Usage: pintle-" + name + " "), own.output());
            Result wrong = programs.run(work, "pintle-" + name + " --no-such-option");
            assertEquals(2, wrong.code(), wrong.errors());
            assertTrue(wrong.errors().contains("--help"), wrong.errors());
        }
    }

    // pintle-setuser

    @Test
    void aUserIsTakenOnWithGroupsAndHome() {
        assumeTrue(ROOT, "only root becomes another user");
        expect("pintle-setuser nobody sh -c 'id -u; id -G; echo $HOME $USER'", "65534\n65534\n/nonexistent nobody\n");
        expect("pintle-setuser 1000650000:4294967294 sh -c 'id -u; id -G'", "1000650000\n4294967294\n");
        expect("pintle-setuser 4294967294:2147483648 sh -c 'id -u; id -G'", "4294967294\n2147483648\n");
        expect(
                "pintle-setuser 4294967295 id",
                125,
                "",
                "pintle-setuser: cannot become user 4294967295: 4294967295 is not a valid user id:"
                        + " ids go from 0 to 4294967294\n");
        expect("pintle-setuser 1234:99 sh -c 'id -u; id -G; echo $HOME $USER'", "1234\n99\n/ 1234\n");
        expect("pintle-setuser -k daemon:mail sh -c 'id -un; id -gn; echo $HOME'", "daemon\nmail\n/\n");
        expect("pintle-setuser nobody pintle-setuser nobody id -u", "65534\n");
    }

    @Test
    void aUserThatCannotBeTakenOnIsSaid() {
        expect(
                "pintle-setuser nosuch true",
                125,
                "",
                "pintle-setuser: cannot become user nosuch: there is no user nosuch in /etc/passwd\n");
        if (ROOT) {
            expect(
                    "pintle-setuser nobody pintle-setuser root true",
                    125,
                    "",
                    "pintle-setuser: cannot become user root: this is uid 65534, and only root can\n");
        }
    }

    @Test
    void aProgramThatCannotBeExecutedIsSaidAsAShellWould() {
        expect(
                "pintle-env nosuchprogram",
                127,
                "",
                "pintle-env: cannot execute nosuchprogram: ENOENT: no such file or directory\n");
        expect(
                "pintle-env /etc/passwd",
                126,
                "",
                "pintle-env: cannot execute /etc/passwd: EACCES: permission denied\n");
        expect("pintle-env sh -c 'exit 9'", 9, "", "");
    }

    // pintle-env

    @Test
    void variablesComeFromDirectoriesFilesAndWords() throws IOException {
        Files.createDirectory(work.resolve("d"));
        Files.writeString(work.resolve("d/A"), "one  \ntwo\n");
        Files.writeString(work.resolve("d/B"), "");
        Files.writeString(work.resolve("f"), "# comment\nexport C=\"with space\"\nD=4\n");
        expect(
                "B=b pintle-env -d d -f f -f -missing E=5 sh -c 'echo \"$A|${B-unset}|$C|$D|$E\"'",
                "one|unset|with space|4|5\n");
        expect("pintle-env -i X=1 /usr/bin/env", "X=1\n");
        expect("X=1 pintle-env --unset=X sh -c 'echo ${X-unset}'", "unset\n");
        expect(
                "pintle-env -f missing true",
                125,
                "",
                "pintle-env: cannot read missing: ENOENT: no such file or directory\n");
        Files.writeString(work.resolve("bad"), "A=1\nno name=x\n");
        expect("pintle-env -f bad true", 125, "", "pintle-env: cannot read bad:2: a line is NAME=value\n");
    }

    @Test
    void aSecretIsTheWholeFileWithoutOneNewline() throws IOException {
        Files.writeString(work.resolve("secret"), "line one\nline two\n\n");
        String show = " sh -c 'echo \"[$P] ${P_FILE-unset}\"'";
        expect("P_FILE=$PWD/secret pintle-env --secret P" + show, "[line one\nline two\n] unset\n");
        expect("P_FILE=$PWD/secret pintle-env --secrets" + show, "[line one\nline two\n] unset\n");
        expect("P_FILE=relative pintle-env --secrets" + show, "[] relative\n");
        expect("pintle-env --secret P" + show, "[] unset\n");
    }

    @Test
    void aSecretThatCannotBeReadEndsItAndIsNotPrinted() throws IOException {
        Files.writeString(work.resolve("secret"), "hidden\n");
        Result both = programs.run(work, "P=other P_FILE=$PWD/secret pintle-env --secrets true");
        assertEquals(125, both.code());
        assertEquals("pintle-env: cannot set P: both P and P_FILE are there; unset one\n", both.errors());
        expect(
                "P_FILE=/nonexistent/p pintle-env --secrets true",
                125,
                "",
                "pintle-env: cannot read /nonexistent/p for P: ENOENT: no such file or directory\n");
        Files.writeString(work.resolve("nul"), "hid\0den");
        Result nul = programs.run(work, "P_FILE=$PWD/nul pintle-env --secrets true");
        assertEquals(125, nul.code());
        assertFalse(nul.errors().contains("hid"), nul.errors());
    }

    /** In the environment of the program, and not in its arguments. */
    @Test
    void aSecretIsInNoArguments() throws IOException {
        Files.writeString(work.resolve("secret"), "hidden");
        Result result = programs.run(
                work, "P_FILE=$PWD/secret pintle-env -s P sh -c 'tr \"\\0\" \" \" </proc/$$/cmdline; echo; echo $P'");
        assertEquals(0, result.code(), result.errors());
        assertFalse(result.output().lines().findFirst().orElse("").contains("hidden"), result.output());
        assertTrue(result.output().endsWith("hidden\n"), result.output());
    }

    // pintle-limit

    @Test
    void limitsAreSet() {
        expect("pintle-limit nofile=100:200 core=0 sh -c 'ulimit -Sn; ulimit -Hn; ulimit -c'", "100\n200\n0\n");
        expect("pintle-limit nofile=200 pintle-limit nofile=150: sh -c 'ulimit -Sn; ulimit -Hn'", "150\n200\n");
        expect("pintle-limit niceness=4 nice", "4\n");
        expect("pintle-limit oom_score_adj=300 cat /proc/self/oom_score_adj", "300\n");
        expect(
                "pintle-limit nofile=200:100 true",
                125,
                "",
                "pintle-limit: cannot set nofile=200:100: EINVAL: invalid argument\n");
        expect(
                "pintle-limit files=3 true",
                2,
                "",
                "pintle-limit: there is no resource files; see pintle-limit --help\n");
        expect(
                "pintle-limit nofile=1x true; echo $?",
                0,
                "2\n",
                "pintle-limit: cannot read nofile=1x: it is not a size;" + " see pintle-limit --help\n");
    }

    // pintle-notify

    @Test
    void readinessIsToldToADescriptorOrASocket() throws IOException {
        expect("pintle-notify --fd 3 3>ready; od -c ready | head -1", "0000000  \\n\n");
        expect(
                "pintle-notify",
                1,
                "",
                "pintle-notify: cannot notify anybody: NOTIFY_SOCKET is not set; has the service ready = notify?\n");
        expect(
                "NOTIFY_SOCKET=@pintle-nobody pintle-notify",
                1,
                "",
                "pintle-notify: cannot write to @pintle-nobody: ECONNREFUSED: connection refused\n");
    }

    // pintle-check-tcp, pintle-check-http, pintle-wait

    @Test
    void aPortAcceptsOrNot() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            int port = server.getLocalPort();
            expect("pintle-check-tcp " + port, "");
            expect("pintle-check-tcp 127.0.0.1:" + port, "");
            expect("pintle-check-tcp localhost:" + port, "");
        }
        expect("pintle-check-tcp 1", 1, "", "pintle-check-tcp: cannot reach 1: ECONNREFUSED: connection refused\n");
        expect(
                "pintle-check-tcp no-such-host.invalid:80",
                1,
                "",
                "pintle-check-tcp: cannot reach" + " no-such-host.invalid:80: there is no host no-such-host.invalid\n");
        expect("pintle-check-tcp 0 2>/dev/null", 2, "", "");
    }

    private static HttpServer serve(Map<String, Integer> answers) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answers.forEach((path, status) -> server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }));
        server.start();
        return server;
    }

    @Test
    void aPageAnswersAsItShouldOrNot() throws IOException {
        HttpServer server = serve(Map.of("/fine", 200, "/moved", 302, "/broken", 503));
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            expect("pintle-check-http " + base + "/fine", "");
            expect("pintle-check-http " + base + "/moved", "");
            expect(
                    "pintle-check-http --status 200-299 " + base + "/moved",
                    1,
                    "",
                    "pintle-check-http: cannot reach " + base + "/moved: it answered 302\n");
            expect(
                    "pintle-check-http " + base + "/broken",
                    1,
                    "",
                    "pintle-check-http: cannot reach " + base + "/broken: it answered 503\n");
            expect("pintle-check-http --status 503 " + base + "/broken", "");
            expect("pintle-check-http https://127.0.0.1/ 2>/dev/null", 2, "", "");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatNeverAnswersIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            expect(
                    "pintle-check-http --timeout 200ms " + url,
                    1,
                    "",
                    "pintle-check-http: cannot reach " + url + ": ETIMEDOUT: timed out\n");
        }
    }

    @Test
    void waitingEndsWhenAllIsThere() throws IOException {
        HttpServer server = serve(Map.of("/ready", 204));
        try {
            String port = Integer.toString(server.getAddress().getPort());
            expect(
                    "(sleep 0.2; touch there) & pintle-wait tcp:127.0.0.1:" + port + " file:there http://127.0.0.1:"
                            + port + "/ready test -e there && echo all",
                    "all\n");
        } finally {
            server.stop(0);
        }
        expect(
                "pintle-wait --timeout 100ms file:missing -- echo never",
                124,
                "",
                "pintle-wait: timed out waiting for file:missing: ENOENT: no such file or directory\n");
        expect("pintle-wait echo 2>/dev/null", 2, "", "");
        expect("touch here; pintle-wait file:here -- sh -c 'exit 3'", 3, "", "");
    }

    // pintle-chown

    @Test
    void onlyWhatIsWrongIsChangedAndNoLinkIsFollowed() {
        assumeTrue(ROOT, "only root gives files away");
        programs.run(
                work,
                "mkdir -p t/a/b out; touch t/a/f t/right out/victim; ln -s ../../out t/a/link; chown -R 0:0 t out;"
                        + " chown 12:34 t/right");
        expect("pintle-chown -n 12:34 t | sort", "t\nt/a\nt/a/b\nt/a/f\nt/a/link\n");
        expect("stat -c %u t", "0\n");
        expect("pintle-chown -v 12:34 t | sort", "t\nt/a\nt/a/b\nt/a/f\nt/a/link\n");
        expect("find t -printf '%U:%G\\n' | sort -u; stat -c %u out out/victim", "12:34\n0\n0\n");
        expect("pintle-chown -v 12:34 t", "");
        expect("touch n; pintle-chown 1000650000:4294967294 n; stat -c %u:%g n", "1000650000:4294967294\n");
        expect("pintle-chown -v 1000650000:4294967294 n", "");
        expect("pintle-chown :56 t; find t -printf '%U:%G\\n' | sort -u", "12:56\n");
    }

    /** Whoever may write to a directory on the way to a tree must not choose which tree is given away. */
    @Test
    void noLinkOfAnotherUserLeadsToATree() {
        assumeTrue(ROOT, "only root gives files away");
        programs.run(
                work,
                "mkdir -p root/data user/data; touch root/data/secret; ln -s ../root user/way; ln -s root own;"
                        + " chown -R 0:0 root own; chown -hR 1000:1000 user");
        expect(
                "pintle-chown 12:34 user/way/data",
                1,
                "",
                "pintle-chown: cannot look at user/way/data: ELOOP: too many symbolic links, or one that belongs to another user\n");
        expect("stat -c %u root/data root/data/secret", "0\n0\n");
        expect("pintle-chown 12:34 user/way/; stat -c %u root user/way", "0\n12\n");
        expect("pintle-chown 12:34 own/data/; find root -printf '%U\n'", "0\n12\n12\n");
        expect("cd user/data; pintle-chown 56:78 .. ; cd ..; find . -printf '%U\n' | sort -u", "56\n");
    }

    /** Deeper than a path may be long. */
    @Test
    void depthCostsNothing() {
        assumeTrue(ROOT, "only root gives files away");
        Result result = programs.run(
                work,
                "mkdir top; cd top; i=0; while [ $i -lt 100 ]; do mkdir " + "d".repeat(200) + "; cd -P d* || exit 1;"
                        + " i=$((i+1)); done; cd " + work + "; pintle-chown -v 12:34 top | wc -l");
        assertEquals("101\n", result.output(), result.errors());
        programs.run(work, "rm -rf top");
    }

    @Test
    void whatCannotBeChangedIsSaidAndTheRestIsDone() {
        expect(
                "pintle-chown 12 missing",
                1,
                "",
                "pintle-chown: cannot look at missing: ENOENT: no such file or directory\n");
    }

    // pintle-pidproxy

    /** A daemon that writes its pid file, says what it hears, and takes a while to end. */
    private static final String DAEMON = """
            cat > daemon <<'EOF'
            trap 'echo reloads >> heard' HUP
            trap 'sleep 0.3; echo ends >> heard; exit 0' TERM
            echo $$ > pid
            while :; do sleep 0.05; done
            EOF
            """;

    private static final String UNTIL_IT_RUNS = "until [ -s pid ]; do sleep 0.05; done; ";

    @Test
    void pidproxyPassesSignalsOnAndWaitsUntilTheDaemonIsGone() {
        expect(
                DAEMON + "pintle-pidproxy pid sh -c 'sh daemon & wait' & proxy=$!; " + UNTIL_IT_RUNS
                        + "kill -HUP $proxy; until [ -s heard ]; do sleep 0.05; done;"
                        + " kill -TERM $proxy; kill -CONT $proxy; wait $proxy; echo code $?; cat heard;"
                        + " kill -0 $(cat pid) 2>/dev/null || echo gone",
                "code 0\nreloads\nends\ngone\n");
    }

    @Test
    void pidproxyEndsWithItsCommandAndItsCode() {
        expect("pintle-pidproxy pid sh -c 'exit 7'", 7, "", "");
        expect("pintle-pidproxy pid sh -c 'kill -KILL $$'", 137, "", "");
        expect(
                "pintle-pidproxy pid no-such-program",
                127,
                "",
                "pintle-pidproxy: cannot execute no-such-program: ENOENT: no such file or directory\n");
    }

    @Test
    void pidproxyStaysWhereThereIsNobodyToPassASignalOnTo() {
        Result result = programs.run(
                work,
                "echo 1 > one; for file in none one; do pintle-pidproxy $file sleep 1 & proxy=$!; sleep 0.3; kill $proxy;"
                        + " wait $proxy; echo code $?; done");
        assertEquals("code 0\ncode 0\n", result.output());
        assertEquals("""
                pintle-pidproxy: cannot pass SIGTERM on: cannot read none: ENOENT: no such file or directory
                pintle-pidproxy: cannot pass SIGTERM on: one has no pid in it
                """, result.errors());
    }

    @Test
    void pidproxyIsInTheProcessGroupOfItsCommand() {
        expect(
                "setsid sh -c 'exec pintle-pidproxy pid sh -c \"ps -o pgid= -p \\$\\$ > group; ps -o pgid= -p \\$PPID >>"
                        + " group\"'; uniq group | wc -l | tr -d \" \"",
                "1\n");
    }
}
