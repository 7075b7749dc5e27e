package dev.pintle.init.helper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A host's name is looked up as glibc's getent(1) does with the same files: what listens at the address that getent finds, and
 * nowhere else, is found. Name servers are dnsmasq, in a network of their own.
 */
final class ResolverIT {
    private static final int PORT = 8000;

    /** 127.1.0.1 knows; 127.1.0.2 refuses; at 127.1.0.3 there is none; 127.1.0.4 never answers. */
    private static final String SERVERS = """
            ip link set lo up
            server() { dnsmasq -C /dev/null --no-hosts --no-resolv --bind-interfaces --user=root -x "$PWD/pid" "$@"; }
            server -a 127.1.0.1 -a ::1 --local=/test/ --local=/here/ --host-record=both.test,127.2.0.1 \
              --host-record=both.test.here,127.2.0.2 --host-record=only.test.here,127.2.0.3 \
              --host-record=bare.here,127.2.0.4 --host-record=a.b.c.here,127.2.0.5 --host-record=six.here,::1 \
              --cname=alias.here,bare.here $(i=9; while [ $i -lt 209 ]; do
                echo "--host-record=many.here,127.2.0.$i"; i=$((i + 1)); done)
            server -a 127.1.0.2
            server -a 127.1.0.4
            kill -STOP $(cat pid)
            """;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private String run(String resolver, String script) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root makes networks");
        Files.writeString(scratch.resolve("resolv.conf"), resolver.replace("|", "\n") + "\n");
        Files.writeString(scratch.resolve("hosts"), "127.2.0.77 known.here\n");
        Files.writeString(
                scratch.resolve("script"),
                "mount --bind resolv.conf /etc/resolv.conf\nmount --bind hosts /etc/hosts\n" + SERVERS + script);
        Programs programs = Programs.ours(scratch.resolve("bin"), "pintle-check-tcp");
        assumeTrue(
                programs.run(scratch, "command -v dnsmasq ip && getent --version | grep -i glibc")
                                .code()
                        == 0,
                "nothing to compare with: scripts/prerequisites installs it on Debian");
        Programs.Result result =
                programs.run(scratch, "unshare --net --mount --pid --fork --kill-child --mount-proc sh script");
        assertEquals("", result.errors());
        return result.output();
    }

    private static String look(String host) {
        return """
                address=$(getent ahosts %1$s | sed -n '/STREAM/{s/ .*//;p;q}')
                [ -z "$address" ] || server -a "$address" --port=%2$d
                echo "${address:-none}" $(pintle-check-tcp --timeout 9s %1$s:%2$d 2>&1 && echo reached)
                """.formatted(host, PORT);
    }

    @ParameterizedTest
    @CsvSource({
        "nameserver 127.1.0.1|search test.here here, both, 127.2.0.2",
        "nameserver 127.1.0.1|search test.here here, both.test, 127.2.0.1",
        "nameserver 127.1.0.1|search test.here here|options ndots:2, both.test, 127.2.0.2",
        "nameserver 127.1.0.1|search here|options ndots:5, a.b.c, 127.2.0.5",
        "nameserver 127.1.0.1|search here, a.b.c, 127.2.0.5",
        "nameserver 127.1.0.1|domain here, bare, 127.2.0.4",
        "nameserver 127.1.0.1|search test.here here, bare.here., 127.2.0.4",
        "nameserver 127.1.0.1, alias.here, 127.2.0.4",
        "nameserver 127.1.0.1, six.here, ::1",
        "nameserver ::1, bare.here, 127.2.0.4",
        "nameserver 127.1.0.2|nameserver 127.1.0.1, bare.here, 127.2.0.4",
        "nameserver 127.1.0.3|nameserver 127.1.0.1, bare.here, 127.2.0.4",
        "nameserver 127.1.0.4|nameserver 127.1.0.1|options timeout:1, bare.here, 127.2.0.4",
        "nameserver 127.1.0.2|nameserver 127.1.0.3|nameserver 127.1.0.1, bare.here, 127.2.0.4",
        "nameserver 127.1.0.1, known.here, 127.2.0.77",
    })
    void aHostIsFoundWhereGlibcFindsIt(String resolver, String host, String address) throws IOException {
        assertEquals(address + " reached\n", run(resolver, look(host)));
    }

    /** 200 addresses are no datagram of 512 bytes: they are asked for by TCP. */
    @Test
    void anAnswerThatDoesNotFitIsAskedForByStream() throws IOException {
        assertEquals(
                "reached\n",
                run(
                        "nameserver 127.1.0.1",
                        "server -a 127.2.0.208 --port=8000; pintle-check-tcp --timeout 9s many.here:8000 && echo reached"));
    }

    @ParameterizedTest
    @CsvSource({
        "nameserver 127.1.0.1|search test.here here, neither",
        "nameserver 127.1.0.1|search test.here here, only.",
        "nameserver 127.1.0.2, bare.here",
        "nameserver 127.1.0.3, bare.here",
    })
    void whatGlibcDoesNotFindIsNotFound(String resolver, String host) throws IOException {
        assertEquals(
                "none pintle-check-tcp: cannot reach " + host + ":" + PORT + ": there is no host " + host + "\n",
                run(resolver, look(host)));
    }
}
