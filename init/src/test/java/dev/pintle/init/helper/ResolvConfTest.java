package dev.pintle.init.helper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What resolv.conf(5) says, line by line. */
class ResolvConfTest {
    private static final String CLUSTER =
            "search app.svc.cluster.local svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n";

    private static ResolvConf of(String text) {
        return new ResolvConf(Resolver.lines(text));
    }

    @Test
    void aNameOfFewDotsIsSearchedForFirst() {
        assertEquals(
                List.of("redis.app.svc.cluster.local", "redis.svc.cluster.local", "redis"),
                of(CLUSTER).names("redis"));
        assertEquals(
                List.of("redis.db.app.svc.cluster.local", "redis.db.svc.cluster.local", "redis.db"),
                of(CLUSTER).names("redis.db"));
        assertEquals(
                List.of("a.b.c.d.e.f", "a.b.c.d.e.f.app.svc.cluster.local", "a.b.c.d.e.f.svc.cluster.local"),
                of(CLUSTER).names("a.b.c.d.e.f"));
        assertEquals(List.of("a.b", "a.b.example"), of("search example").names("a.b"));
        assertEquals(
                List.of("a", "a.example"), of("search example\noptions ndots:0").names("a"));
        assertEquals(List.of("a."), of(CLUSTER).names("a."));
        assertEquals(List.of("a"), of("").names("a"));
    }

    @Test
    void theLastSearchOrDomainCounts() {
        assertEquals(List.of("a.two", "a"), of("search one\ndomain two").names("a"));
        assertEquals(List.of("a.one", "a"), of("domain two\nsearch one").names("a"));
    }

    @Test
    void threeServersAreAskedAndThisHostWhereThereIsNone() {
        assertArrayEquals(
                new byte[] {127, 0, 0, 1},
                of("nameserver\nnameserver nowhere").servers().get(0));
        ResolvConf conf = of("nameserver ::1\nnameserver 1.1.1.1\nnameserver 1.1.1.2\nnameserver 1.1.1.3");
        assertEquals(3, conf.servers().size());
        assertEquals(16, conf.servers().get(0).length);
    }

    @Test
    void optionsHaveBounds() {
        ResolvConf conf = of("options rotate timeout:7 attempts:3 ndots:x");
        assertEquals(7_000, conf.patience());
        assertEquals(3, conf.rounds());
        assertEquals(List.of("a.b"), conf.names("a.b"));
        conf = of("options timeout:99999999999 attempts:0");
        assertEquals(30_000, conf.patience());
        assertEquals(1, conf.rounds());
        assertEquals(2_000, of("").patience());
        assertEquals(2, of("").rounds());
    }
}
