package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import org.junit.jupiter.api.Test;

class StatusTableTest {
    private static final String YELLOW = "\033[33m";
    private static final String GREEN = "\033[32m";

    private static String row(String state, String more) throws Json.MalformedException {
        StatusTable table = new StatusTable(true);
        table.add(Message.parse("{\"name\":\"web\",\"state\":\"" + state + "\"" + more + "}"));
        return table.lines().get(1);
    }

    private static void coloured(String colour, String state, String more) throws Json.MalformedException {
        String row = row(state, more);
        assertEquals("web      " + colour + state, row.substring(0, row.indexOf("\033[0m")));
    }

    @Test
    void whatKeepsEndingSaysSo() throws Exception {
        String row = row("ready", ",\"keeps_ending\":true,\"starts\":4,\"last_end\":\"exited with code 1\"");
        assertEquals(
                "keeps ending, 3 restarts, the last 0s ago: exited with code 1", row.substring(row.indexOf("keeps")));
    }

    @Test
    void whatIsInTroubleIsNotGreenThoughItRuns() throws Exception {
        coloured(GREEN, "ready", "");
        coloured(GREEN, "ready", ",\"health\":\"healthy\"");
        coloured(YELLOW, "ready", ",\"health\":\"unhealthy\",\"reason\":\"its health check exited with code 1\"");
        coloured(YELLOW, "ready", ",\"health\":\"starting\"");
        coloured(YELLOW, "ready", ",\"reason\":\"depends on db, which has failed\"");
        coloured(YELLOW, "ready", ",\"keeps_ending\":true");
        coloured(YELLOW, "backoff", "");
        coloured(GREEN, "backoff", ",\"rests\":true");
    }
}
