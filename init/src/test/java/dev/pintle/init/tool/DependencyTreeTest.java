package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependencyTreeTest {

    private static List<String> draw(String... services) throws Json.MalformedException {
        Message message = Message.parse("{\"services\":[" + String.join(",", services) + "]}");
        return new DependencyTree(message.objects("services"), false).lines();
    }

    private static String service(String name, String state, String dependsOn, String after) {
        return "{\"name\":\"" + name + "\",\"state\":\"" + state + "\",\"depends_on\":[" + dependsOn + "],\"after\":["
                + after + "]}";
    }

    @Test
    void eachServiceStandsAboveWhatItWaitsFor() throws Exception {
        assertEquals(
                List.of(
                        "log  ready",
                        "web  waiting",
                        "├─ db  up",
                        "├─ job  done",
                        "│  └─ db  up",
                        "└─ cache  ready  (only after it)"),
                draw(
                        service("cache", "ready", "", ""),
                        service("db", "up", "", ""),
                        service("job", "done", "\"db:ready\"", ""),
                        service("log", "ready", "", ""),
                        service("web", "waiting", "\"db:ready\",\"job:completed\"", "\"cache\"")));
    }

    @Test
    void whatStandsInSeveralPlacesIsDrawnOutOnce() throws Exception {
        assertEquals(
                List.of("a  up", "└─ c  up  (needs healthy)", "   └─ d  up", "b  up", "└─ c  up  (shown above)"),
                draw(
                        service("a", "up", "\"c:healthy\"", ""),
                        service("b", "up", "\"c:ready\"", ""),
                        service("c", "up", "\"d:ready\"", ""),
                        service("d", "up", "", "")));
    }

    @Test
    void whatIsReadyAndInTroubleIsSaidToBe() throws Exception {
        assertEquals(
                List.of("a  waiting", "├─ b  ready, unhealthy  (needs healthy)", "└─ c  ready, keeps ending"),
                draw(
                        service("a", "waiting", "\"b:healthy\",\"c:ready\"", ""),
                        service("b", "ready", "", "").replace("{", "{\"health\":\"unhealthy\","),
                        service("c", "ready", "", "").replace("{", "{\"keeps_ending\":true,")));
    }

    /** As in the table of states: a logger is a row of its own where it does not run as it should, or is asked for. */
    @Test
    void loggersAreLeftOutUnlessOneIsInTroubleOrTheyAreAskedFor() throws Exception {
        String[] services = {
            service("db", "ready", "\"db/log:started\"", ""),
            service("db/log", "ready", "", ""),
            service("main", "ready", "\"web:ready\",\"web/log:ready\",\"db/log:ready\",\"db:ready\"", ""),
            service("web", "ready", "\"web/log:started\"", ""),
            service("web/log", "up", "", "").replace("{", "{\"wanted\":true,")
        };
        assertEquals(
                List.of(
                        "main  ready",
                        "├─ web  ready",
                        "│  └─ web/log  up  (needs started)",
                        "├─ web/log  up",
                        "└─ db  ready"),
                draw(services));
        Message message = Message.parse("{\"services\":[" + String.join(",", services) + "]}");
        List<String> named = new DependencyTree(message.objects("services"), false).lines(List.of("db/log"));
        assertEquals(List.of("db/log  ready"), named);
        List<String> all = new DependencyTree(message.objects("services"), true).lines(List.of("db"));
        assertEquals(List.of("db  ready", "└─ db/log  ready  (needs started)"), all);
    }

    @Test
    void aChainOfThousandsIsNoTrouble() throws Exception {
        String[] services = new String[5_000];
        for (int i = 0; i < services.length; i++) {
            services[i] = service("s" + i, "up", i == 0 ? "" : "\"s" + (i - 1) + ":ready\"", "");
        }
        assertEquals(services.length, draw(services).size());
    }
}
