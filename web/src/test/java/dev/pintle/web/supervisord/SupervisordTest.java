package dev.pintle.web.supervisord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client.NoReplyException;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What supervisord's clients are told of services, and what becomes of what they ask for. */
final class SupervisordTest {
    private static final String CONF = "command = /bin/app\nmin_uptime = 1s\nstart_retries = 3\n";
    private static final String IN_GROUP = CONF + "group = g\n";
    private static final String LOGGED = CONF + "[stdout]\nto = file:/log/out\n[stderr]\nto = file:/log/err\n";

    private final FakeBackend init = new FakeBackend();
    private final Supervisord supervisord = new Supervisord(init);

    private Object call(String method, Object... values) throws FaultException, NoReplyException {
        return supervisord.call("supervisor." + method, List.of(values));
    }

    /** A call that takes a number of turns. */
    private Object after(int turns, String method, Object... values) throws FaultException, NoReplyException {
        Later later = assertInstanceOf(Later.class, call(method, values));
        for (int i = 0; i < turns; i++) {
            Object answer = later.answer();
            if (answer != null) {
                return answer;
            }
        }
        throw new AssertionError("no answer after " + turns + " turns");
    }

    private void faults(Fault fault, String text, String method, Object... values) {
        FaultException e = assertThrows(FaultException.class, () -> call(method, values), method);
        assertEquals(text, e.text());
        assertEquals(fault.code, e.code);
    }

    private Map<?, ?> info(String name) throws FaultException, NoReplyException {
        return (Map<?, ?>) call("getProcessInfo", name);
    }

    private void is(String expected, String state, Object... members) throws FaultException, NoReplyException {
        init.add("a", CONF, state, members);
        Map<?, ?> info = info("a");
        assertEquals(expected, info.get("statename") + " " + info.get("exitstatus") + " " + info.get("description"));
    }

    @Test
    void statesAreSupervisords() throws FaultException, NoReplyException {
        is("STOPPED 0 Not started", "down");
        is("STARTING 0 ", "waiting");
        is("STARTING 0 ", "starting", "started_ago_ms", 1L);
        is("STARTING 0 ", "up", "started_ago_ms", 5_000L);
        is("STARTING 0 ", "ready", "started_ago_ms", 999L, "pid", 7L);
        is("RUNNING 0 pid 7, uptime 0:00:01", "ready", "started_ago_ms", 1_000L, "pid", 7L, "exit_code", 3L);
        is("RUNNING 0 pid 7, uptime 1 day, 1:01:01", "ready", "started_ago_ms", 90_061_000L, "pid", 7L);
        is("RUNNING 0 pid 7, uptime 11 days, 13:46:40", "ready", "started_ago_ms", 1_000_000_000L, "pid", 7L);
        is("STOPPING 0 ", "stopping", "pid", 7L, "started_ago_ms", 1L);
        is(
                "STOPPED -1 Nov 14 10:13 PM",
                "down",
                "started_ago_ms",
                9_000L,
                "ended_ago_ms",
                1_000L,
                "exit_signal",
                "TERM");
        is(
                "BACKOFF 0 Exited too quickly (process log may have details)",
                "backoff",
                "failed_starts",
                1L,
                "exit_code",
                3L,
                "started_ago_ms",
                1L);
        is("EXITED 3 Nov 14 10:13 PM", "backoff", "exit_code", 3L, "started_ago_ms", 9_000L, "ended_ago_ms", 0L);
        is("FATAL 0 Exited too quickly (process log may have details)", "failed", "failed_starts", 4L, "exit_code", 1L);
        is("FATAL 0 no such file", "failed", "failed_starts", 4L, "reason", "no such file");
        is("FATAL 0 unknown error (try \"tail a\")", "failed");
        is("EXITED 3 Nov 14 10:13 PM", "failed", "exit_code", 3L, "started_ago_ms", 9_000L, "ended_ago_ms", 0L);
        is("EXITED 0 Nov 14 10:13 PM", "done", "exit_code", 0L, "started_ago_ms", 9_000L, "ended_ago_ms", 0L);
    }

    @Test
    void theTimeOfDayHasTwelveHours() {
        assertEquals("Jan 01 12:00 AM", ProcessReport.time(0));
        assertEquals("Feb 03 12:05 PM", ProcessReport.time(1_738_584_300_000L));
        assertEquals("Dec 31 11:59 PM", ProcessReport.time(1_767_225_599_000L));
    }

    @Test
    void allThatIsKnownOfAProcessIsSaid() throws FaultException, NoReplyException {
        init.add("a", LOGGED, "ready", "pid", 7L, "started_ago_ms", 5_000L, "ended_ago_ms", 60_000L);
        long now = FakeBackend.NOW / 1000;
        assertEquals(
                Map.ofEntries(
                        Map.entry("name", "a"),
                        Map.entry("group", "a"),
                        Map.entry("start", now - 5),
                        Map.entry("stop", now - 60),
                        Map.entry("now", now),
                        Map.entry("state", 20L),
                        Map.entry("statename", "RUNNING"),
                        Map.entry("spawnerr", ""),
                        Map.entry("exitstatus", 0L),
                        Map.entry("logfile", "/log/out"),
                        Map.entry("stdout_logfile", "/log/out"),
                        Map.entry("stderr_logfile", "/log/err"),
                        Map.entry("pid", 7L),
                        Map.entry("description", "pid 7, uptime 0:00:05")),
                info("a"));
    }

    @Test
    void anUnexpectedEndIsSaid() throws FaultException, NoReplyException {
        init.add("a", CONF + "success_exit_codes = 0 3\n", "failed", "exit_code", 4L, "started_ago_ms", 9_000L);
        assertEquals("Bad exit code 4", info("a").get("spawnerr"));
        init.set("a", "done", "exit_code", 3L, "started_ago_ms", 9_000L);
        assertEquals("", info("a").get("spawnerr"));
        init.set("a", "failed", "exit_signal", "KILL", "started_ago_ms", 9_000L);
        assertEquals("Bad exit code -1", info("a").get("spawnerr"));
    }

    private List<String> names() throws FaultException, NoReplyException {
        List<String> names = new ArrayList<>();
        for (Object process : (List<?>) call("getAllProcessInfo")) {
            Map<?, ?> info = (Map<?, ?>) process;
            names.add(info.get("group") + ":" + info.get("name"));
        }
        return names;
    }

    @Test
    void namesAreThoseOfSupervisord() throws FaultException, NoReplyException {
        init.add("b", IN_GROUP, "down");
        init.add("a", IN_GROUP, "down");
        init.add("solo", CONF, "down");
        init.add("h-a", CONF + "[environment]\nSUPERVISOR_PROCESS_NAME = a\nSUPERVISOR_GROUP_NAME = h\n", "down");
        init.add("many", CONF + "instances = 2\n", "down");
        init.services.remove("many");
        init.set("many-1", "down");
        init.set("many-2", "down");
        init.set("pintle-web", "ready");
        init.add("level", "type = oneshot\ndepends_on = a\n", "done");
        init.set("a/log", "ready");
        init.set("gone", "ready");
        assertEquals(List.of("g:a", "g:b", "gone:gone", "h:a", "many:many-1", "many:many-2", "solo:solo"), names());
        assertEquals("a", info("g:a").get("name"));
        faults(Fault.BAD_NAME, "BAD_NAME: a", "getProcessInfo", "a");
        faults(Fault.BAD_NAME, "BAD_NAME: g:*", "getProcessInfo", "g:*");
        faults(Fault.BAD_NAME, "BAD_NAME: pintle-web", "stopProcess", "pintle-web");
        call("startProcess", "h:a", false);
        assertEquals(List.of("start h-a"), init.asked);
    }

    @Test
    void argumentsAreChecked() {
        init.add("a", CONF, "down");
        faults(Fault.UNKNOWN_METHOD, "UNKNOWN_METHOD", "nothing");
        assertThrows(FaultException.class, () -> supervisord.call("startProcess", List.of("a")));
        faults(Fault.INCORRECT_PARAMETERS, "INCORRECT_PARAMETERS", "getPID", 1L);
        faults(Fault.INCORRECT_PARAMETERS, "INCORRECT_PARAMETERS", "startProcess");
        faults(Fault.INCORRECT_PARAMETERS, "INCORRECT_PARAMETERS", "startProcess", "a", true, true);
        faults(Fault.INCORRECT_PARAMETERS, "INCORRECT_PARAMETERS", "startProcess", 1L);
        faults(Fault.INCORRECT_PARAMETERS, "INCORRECT_PARAMETERS", "sendProcessStdin", "a", 1L);
        faults(Fault.NO_FILE, "NO_FILE", "readLog", 0L, 0L);
    }

    @Test
    void nothingIsAnsweredWhenTheContainerStops() throws FaultException, NoReplyException {
        init.stopping = true;
        faults(Fault.SHUTDOWN_STATE, "SHUTDOWN_STATE", "getState");
        faults(Fault.SHUTDOWN_STATE, "SHUTDOWN_STATE", "shutdown");
        assertEquals(true, call("sendRemoteCommEvent", "a", "b"));
    }

    // Orders

    @Test
    void aStartWaitsUntilItIsUp() throws FaultException, NoReplyException {
        init.add("a", CONF, "down");
        init.turns.add(() -> {});
        init.turns.add(() -> {});
        init.turns.add(() -> init.set("a", "ready", "started_ago_ms", 0L, "pid", 1L));
        init.turns.add(() -> init.set("a", "ready", "started_ago_ms", 1_000L, "pid", 1L));
        // The state before and that of the first look; from then on one a turn.
        assertEquals(true, after(3, "startProcess", "a"));
        assertEquals(List.of("start a"), init.asked);
        faults(Fault.ALREADY_STARTED, "ALREADY_STARTED: a", "startProcess", "a");
    }

    @Test
    void aStartThatFailsIsAFault() {
        init.add("a", CONF, "down");
        Runnable nothing = () -> {};
        init.turns.addAll(List.of(nothing, nothing, () -> init.set("a", "backoff", "failed_starts", 1L)));
        faults(Fault.SPAWN_ERROR, "SPAWN_ERROR: a", "startProcess", "a");
        init.set("a", "down");
        init.turns.addAll(List.of(nothing, nothing, () -> init.set("a", "done", "exit_code", 0L)));
        faults(Fault.ABNORMAL_TERMINATION, "ABNORMAL_TERMINATION: a", "startProcess", "a");
        init.set("a", "down");
        init.refusals.put("a", new Backend.Refusal(Fault.NO_FILE, "why"));
        faults(Fault.NO_FILE, "NO_FILE: why", "startProcess", "a");
    }

    @Test
    void whoDoesNotWaitIsAnsweredAtOnce() throws FaultException, NoReplyException {
        init.add("a", CONF, "down");
        init.add("b", CONF.replace("1s", "0s"), "down");
        assertEquals(true, call("startProcess", "a", false));
        assertEquals(true, call("startProcess", "b"));
        init.set("a", "ready", "pid", 1L);
        assertEquals(true, call("stopProcess", "a", 0L));
        assertEquals(List.of("start a", "start b", "stop a only"), init.asked);
    }

    @Test
    void aStopWaitsUntilItIsDown() throws FaultException, NoReplyException {
        init.add("a", CONF, "ready", "pid", 1L);
        init.turns.addAll(List.of(() -> {}, () -> {}, () -> init.set("a", "stopping", "pid", 1L)));
        init.turns.add(() -> init.set("a", "down"));
        assertEquals(true, after(2, "stopProcess", "a"));
        faults(Fault.NOT_RUNNING, "NOT_RUNNING: a", "stopProcess", "a");
        faults(Fault.BAD_NAME, "BAD_NAME: x:y", "stopProcess", "x:y");
        faults(Fault.BAD_NAME, "BAD_NAME: x", "stopProcess", "x:*");
    }

    @Test
    void aGroupIsStartedTogether() throws FaultException, NoReplyException {
        init.add("a", IN_GROUP, "down");
        init.add("b", IN_GROUP, "down");
        init.add("c", IN_GROUP, "ready", "pid", 1L);
        init.add("d", IN_GROUP, "down");
        init.add("x", CONF, "down");
        init.refusals.put("d", new Backend.Refusal(Fault.NO_FILE, "why"));
        init.turns.addAll(List.of(() -> {}, () -> {}));
        init.turns.add(() -> init.set("b", "ready", "pid", 2L));
        init.turns.add(() -> init.set("a", "failed", "failed_starts", 1L));
        List<?> results = (List<?>) after(3, "startProcess", "g:*");
        assertEquals(
                List.of("d 20 NO_FILE: why", "b 80 OK", "a 50 SPAWN_ERROR: g:a"),
                results.stream()
                        .map(result -> (Map<?, ?>) result)
                        .map(result ->
                                result.get("name") + " " + result.get("status") + " " + result.get("description"))
                        .toList());
        assertEquals(List.of("start a", "start b"), init.asked);
    }

    @Test
    void signalsAreSent() throws FaultException, NoReplyException {
        init.add("a", IN_GROUP, "ready", "pid", 1L);
        init.add("b", IN_GROUP, "down");
        assertEquals(true, call("signalProcess", "g:a", "sighup"));
        assertEquals(true, call("signalProcess", "g:a", 10L));
        faults(Fault.BAD_SIGNAL, "BAD_SIGNAL: NO", "signalProcess", "g:a", "NO");
        faults(Fault.NOT_RUNNING, "NOT_RUNNING: g:b", "signalProcess", "g:b", "HUP");
        assertEquals(1, ((List<?>) call("signalAllProcesses", "15")).size());
        assertEquals(List.of("signal a 1", "signal a 10", "signal a 15"), init.asked);
    }

    @Test
    void linesAreSent() throws FaultException, NoReplyException {
        init.add("a", CONF + "stdin = open\n", "ready", "pid", 7L);
        assertEquals(true, call("sendProcessStdin", "a", "x\n"));
        assertEquals(List.of("7 x\n"), init.sent);
        init.set("a", "down");
        faults(Fault.NOT_RUNNING, "NOT_RUNNING: a", "sendProcessStdin", "a", "x");
    }

    // Logs

    @Test
    void logsAreRead() throws FaultException, NoReplyException {
        init.add("a", LOGGED, "ready");
        init.add("b", CONF, "ready");
        init.logs.put("/log/out", "0123456789");
        assertEquals("0123456789", call("readProcessStdoutLog", "a", 0L, 0L));
        assertEquals("34", call("readProcessLog", "a", 3L, 2L));
        assertEquals("789", call("readProcessLog", "a", -3L, 0L));
        assertEquals("0123456789", call("readProcessLog", "a", "-99", 0L));
        assertEquals("", call("readProcessLog", "a", 99L, 5L));
        faults(Fault.BAD_ARGUMENTS, "BAD_ARGUMENTS", "readProcessLog", "a", -3L, 1L);
        faults(Fault.BAD_ARGUMENTS, "BAD_ARGUMENTS", "readProcessLog", "a", 3L, -1L);
        faults(Fault.NO_FILE, "NO_FILE: /log/err", "readProcessStderrLog", "a", 0L, 0L);
        faults(Fault.NO_FILE, "NO_FILE", "readProcessLog", "b", 0L, 0L);
    }

    /** As supervisord's code has it, which is not all that its documentation says. */
    @Test
    void theEndOfALogIsRead() throws FaultException, NoReplyException {
        init.add("a", LOGGED, "ready");
        init.logs.put("/log/out", "0123456789");
        assertEquals(List.of("0123456789", 10L, false), call("tailProcessStdoutLog", "a", 0L, 10L));
        assertEquals(List.of("56789", 10L, true), call("tailProcessStdoutLog", "a", 0L, 5L));
        assertEquals(List.of("", 10L, true), call("tailProcessLog", "a", 0L, 0L));
        assertEquals(List.of("", 10L, false), call("tailProcessLog", "a", 10L, 5L));
        assertEquals(List.of("56789", 10L, false), call("tailProcessLog", "a", 8L, 5L));
        assertEquals(List.of("", 0L, false), call("tailProcessStderrLog", "a", 0L, 5L));
    }

    @Test
    void logsAreEmptied() throws FaultException, NoReplyException {
        init.add("a", LOGGED, "ready");
        init.add("b", CONF, "ready");
        init.logs.put("/log/out", "x");
        assertEquals(true, call("clearProcessLogs", "a"));
        assertEquals("", init.logs.get("/log/out"));
        assertEquals(2, ((List<?>) call("clearAllProcessLogs")).size());
    }

    // The layout

    private void differs(String what, String... services) {
        init.reload.with(what, List.of((Object[]) services));
    }

    @Test
    void changesAreToldByGroups() throws FaultException, NoReplyException {
        init.add("a", IN_GROUP, "ready");
        init.add("old", CONF, "ready");
        init.confs.remove("old");
        init.confs.put("new", CONF);
        init.confs.put("b", IN_GROUP);
        differs("added", "b", "new", "new/log");
        differs("removed", "old");
        assertEquals(List.of(List.of(List.of("new"), List.of("g"), List.of("old"))), call("reloadConfig"));
        assertEquals(List.of("reload dry"), init.asked);
        init.reload = Message.refused("bad-layout", "it has 1 error").with("diagnostics", List.of("a: x", "b: y"));
        faults(Fault.CANT_REREAD, "CANT_REREAD: a: x\nb: y", "reloadConfig");
    }

    /** What {@code supervisorctl update} does, with an init that takes over all that has changed at once. */
    @Test
    void allGroupsCanBeTakenOverOneAfterTheOther() throws FaultException, NoReplyException {
        init.add("a", CONF, "ready");
        init.confs.put("b", CONF);
        init.confs.put("c", CONF);
        differs("restarted", "a");
        differs("added", "b", "c");
        call("reloadConfig");
        init.set("a", "down");
        assertEquals(true, call("removeProcessGroup", "a"));
        assertEquals(true, call("addProcessGroup", "a"));
        init.set("b", "ready");
        init.set("c", "down");
        assertEquals(true, call("addProcessGroup", "b"));
        assertEquals(true, call("addProcessGroup", "c"));
        assertEquals(List.of("reload dry", "reload", "start a", "reload", "reload", "start c"), init.asked);
        faults(Fault.ALREADY_ADDED, "ALREADY_ADDED: b", "addProcessGroup", "b");
        faults(Fault.BAD_NAME, "BAD_NAME: x", "addProcessGroup", "x");
        faults(Fault.BAD_NAME, "BAD_NAME: x", "removeProcessGroup", "x");
        faults(Fault.STILL_RUNNING, "STILL_RUNNING: b", "removeProcessGroup", "b");
    }

    @Test
    void aRestartTakesOverTheLayoutAndBeginsAgain() throws FaultException, NoReplyException {
        init.add("a", CONF, "failed");
        init.add("b", CONF + "autostart = no\n", "ready");
        init.add("c", CONF + "autostart = no\n", "down");
        assertEquals(true, call("restart"));
        assertEquals(List.of("reload", "stop b", "restart a"), init.asked);
    }

    @Test
    void whatIsConfiguredIsSaid() throws FaultException, NoReplyException {
        init.add("a", LOGGED.replace("[stdout]", "autostart = no\ngroup = g\n[stdout]"), "down");
        Map<?, ?> config = (Map<?, ?>) ((List<?>) call("getAllConfigInfo")).get(0);
        assertEquals(
                "a g false true /bin/app 1 3 15",
                String.join(
                        " ",
                        List.of(
                                        "name",
                                        "group",
                                        "autostart",
                                        "inuse",
                                        "command",
                                        "startsecs",
                                        "startretries",
                                        "stopsignal")
                                .stream()
                                .map(key -> String.valueOf(config.get(key)))
                                .toList()));
        assertEquals("/log/err", config.get("stderr_logfile"));
        assertEquals(List.of(0L), config.get("exitcodes"));
    }

    // system.*

    @Test
    void methodsAreDescribed() throws FaultException, NoReplyException {
        List<?> methods = (List<?>) supervisord.call("system.listMethods", List.of());
        assertTrue(methods.size() > 40, methods::toString);
        assertEquals("supervisor.addProcessGroup", methods.get(0));
        assertEquals(
                List.of("boolean", "string", "boolean"),
                supervisord.call("system.methodSignature", List.of("supervisor.startProcess")));
        FaultException fault = assertThrows(
                FaultException.class, () -> supervisord.call("system.methodHelp", List.of("supervisor.nothing")));
        assertEquals("SIGNATURE_UNSUPPORTED", fault.text());
    }

    @Test
    void severalCallsAreMadeOneAfterTheOther() throws FaultException, NoReplyException {
        init.add("a", CONF, "down");
        Runnable nothing = () -> {};
        init.turns.addAll(List.of(nothing, nothing, nothing, nothing, nothing, nothing));
        init.turns.add(() -> init.set("a", "ready", "pid", 7L));
        List<Object> calls = List.of(
                Map.of("methodName", "supervisor.getPID"),
                Map.of("methodName", "supervisor.startProcess", "params", List.of("a")),
                Map.of("methodName", "supervisor.startProcess", "params", List.of("a")),
                Map.of("methodName", "system.multicall", "params", List.of(List.of())),
                Map.of("params", List.of()),
                "x");
        Later later = assertInstanceOf(Later.class, supervisord.call("system.multicall", List.of(calls)));
        Object answer = null;
        for (int i = 0; i < 9 && answer == null; i++) {
            answer = later.answer();
        }
        assertEquals(
                List.of(
                        1L,
                        true,
                        Map.of("faultCode", 60L, "faultString", "ALREADY_STARTED: a"),
                        Map.of(
                                "faultCode",
                                2L,
                                "faultString",
                                "INCORRECT_PARAMETERS: Recursive system.multicall forbidden"),
                        Map.of("faultCode", 2L, "faultString", "INCORRECT_PARAMETERS: No methodName"),
                        Map.of("faultCode", 2L, "faultString", "INCORRECT_PARAMETERS: No methodName")),
                answer);
    }
}
