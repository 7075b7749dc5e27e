package dev.pintle.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.layout.Key;
import dev.pintle.s6.RunPlan.NotKeysException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShellRunTest {

    private static RunPlan read(String text) throws NotKeysException {
        RunPlan plan = new RunPlan();
        ShellRun.read("#!/bin/sh\n" + text, plan, new Chain.Place("/svc", 3, false, new MapFiles()));
        return plan;
    }

    private static String refused(String text) {
        return assertThrows(NotKeysException.class, () -> read(text)).cause();
    }

    @Test
    void setsAFewThingsAndBecomesTheProgram() throws Exception {
        RunPlan plan = read(
                "cd /srv\numask 027\nexport A=1 B=\"$C\"\nexec 2>&1\nexec s6-setuidgid app web --port=${PORT:-80} 'a $b'\n");
        assertEquals(List.of("web", "--port=${PORT:-80}", "a $$b"), plan.words());
        assertEquals(
                Map.of(
                        Key.WORKING_DIR, "/srv",
                        Key.UMASK, "027",
                        Key.STDERR_TO, "stdout",
                        Key.USER, "app",
                        Key.LOGIN_ENVIRONMENT, "no"),
                plan.keys());
        assertEquals(Map.of("A", "1", "B", "${C-}"), plan.environment());
        assertTrue(plan.hasVariables());
        assertFalse(read("exec web '$A' \\$B\n").hasVariables());
    }

    @Test
    void readsAChainOverSeveralLines() throws Exception {
        RunPlan plan = read(
                "exec \\\n  s6-notifyoncheck -d -n 300 -w 1000 -c \"nc -z localhost 7070\" \\\n    cd /app s6-setuidgid abc /app/bin/x --config /c.toml\n");
        assertEquals(List.of("/app/bin/x", "--config", "/c.toml"), plan.words());
        assertEquals("tcp:7070", plan.keys().get(Key.READY));
        assertEquals("/app", plan.keys().get(Key.WORKING_DIR));
    }

    @Test
    void whatIsMoreStaysAScript() {
        assertTrue(refused("exec web $ARGS\n").contains("several words"));
        assertTrue(refused("mkdir /x\nexec web\n").contains("more than"));
        assertTrue(refused("web\n").contains("more than"));
        assertTrue(refused("exec web\necho\n").contains("goes on"));
        assertTrue(refused("exec web | tee x\n").contains("'|'"));
        assertTrue(refused("exec web \"$(date)\"\n").contains("no variable's name"));
        assertTrue(refused("exec web \"`date`\"\n").contains("output"));
        assertTrue(refused("exec web \"${A:=b}\"\n").contains("operator"));
        assertTrue(refused("exec web 'open\n").contains("next line"));
        assertTrue(refused("cd srv\nexec web\n").contains("absolute"));
        assertTrue(refused("exec -a x web\n").contains("options"));
        assertTrue(refused("echo x\n").contains("exec"));
        assertTrue(refused("exec web > /dev/null\n").contains("'>'"));
        assertTrue(refused("exec web *.conf\n").contains("'*'"));
    }
}
