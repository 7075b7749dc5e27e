package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependencyTreeTest {

    private static List<String> draw(String... services) throws Json.MalformedException {
        Message message = Message.parse("{\"services\":[" + String.join(",", services) + "]}");
        return new DependencyTree(message.objects("services")).lines();
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
                        "└─ cache  ready  (after)"),
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
                List.of("a  up", "└─ c  up  (healthy)", "   └─ d  up", "b  up", "└─ c  up  (above)"),
                draw(
                        service("a", "up", "\"c:healthy\"", ""),
                        service("b", "up", "\"c:ready\"", ""),
                        service("c", "up", "\"d:ready\"", ""),
                        service("d", "up", "", "")));
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
