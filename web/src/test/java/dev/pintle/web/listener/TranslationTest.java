package dev.pintle.web.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.init.control.Message;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.web.supervisord.EventSource;
import dev.pintle.web.supervisord.FakeLayout;
import dev.pintle.web.supervisord.ProcessState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the init tells, in supervisord's words. */
final class TranslationTest {
    private static final String CONF = "command = /bin/app\nmin_uptime = 1s\nsuccess_exit_codes = 0 3\n";

    private final List<String> told = new ArrayList<>();
    private final Map<String, EventSource.Facts> facts = new TreeMap<>();
    private final Translation translation = new Translation(
            new EventSource() {
                @Override
                public List<Facts> all() {
                    return List.copyOf(facts.values());
                }

                @Override
                public @Nullable Facts of(String service) {
                    return facts.get(service);
                }
            },
            (name, payload) -> told.add(name.replace("PROCESS_STATE_", "") + " " + payload.replace("\n", "")));

    private void is(String service, String group, ProcessState state, long pid, String conf) {
        ServiceDefinition definition = FakeLayout.definition(service, conf);
        facts.put(service, new EventSource.Facts(service, group, service, state, pid, definition));
    }

    private void hear(long time, String to, Object... more) {
        Message event = Message.empty()
                .with("event", "state")
                .with("service", "a")
                .with("to", to)
                .with("time_ms", time);
        for (int i = 0; i < more.length; i += 2) {
            event.with((String) more[i], more[i + 1]);
        }
        translation.hear(event);
    }

    private void begin(String conf) {
        is("a", "g", ProcessState.STOPPED, 0, conf);
        translation.begin(0);
        is("a", "g", ProcessState.STARTING, 7, conf);
    }

    private void isTold(String... events) {
        List<String> expected = new ArrayList<>();
        for (String event : events) {
            String[] parts = event.split(" ", 3);
            expected.add(parts[0] + " processname:a groupname:g from_state:" + parts[1]
                    + (parts.length > 2 ? " " + parts[2] : ""));
        }
        assertEquals(expected, told);
        told.clear();
    }

    @Test
    void aLifeIsTold() {
        begin(CONF);
        hear(1_000, "waiting");
        hear(1_000, "starting");
        hear(1_010, "up");
        hear(1_010, "ready");
        isTold("STARTING STOPPED tries:0");
        assertEquals(2_000, translation.next(1_500));
        translation.lookAtClock(1_999);
        isTold();
        translation.lookAtClock(2_000);
        isTold("RUNNING STARTING pid:7");
        hear(3_000, "stopping");
        hear(3_100, "down", "exit_signal", "TERM");
        isTold("STOPPING RUNNING pid:7", "STOPPED STOPPING pid:7");
    }

    @Test
    void anEndIsTold() {
        begin(CONF);
        hear(1_000, "starting");
        hear(1_010, "ready");
        // Nobody has looked at the clock in time.
        hear(2_500, "backoff", "exit_code", 3L);
        isTold("STARTING STOPPED tries:0", "RUNNING STARTING pid:7", "EXITED RUNNING expected:1 pid:7");
        hear(3_000, "starting");
        hear(3_001, "ready");
        translation.lookAtClock(4_000);
        hear(5_000, "finishing", "exit_code", 4L);
        hear(5_100, "failed");
        isTold("STARTING EXITED tries:0", "RUNNING STARTING pid:7", "EXITED RUNNING expected:0 pid:7");
    }

    @Test
    void failedStartsAreTold() {
        begin(CONF);
        hear(1_000, "starting");
        hear(1_010, "ready");
        hear(1_100, "backoff", "exit_code", 0L);
        hear(2_100, "starting");
        hear(2_110, "ready");
        hear(2_200, "failed", "exit_code", 0L);
        isTold(
                "STARTING STOPPED tries:0",
                "BACKOFF STARTING tries:1",
                "STARTING BACKOFF tries:1",
                "BACKOFF STARTING tries:2",
                "FATAL BACKOFF");
        hear(9_000, "starting");
        hear(9_100, "backoff", "exit_code", 0L);
        hear(9_200, "down");
        isTold("STARTING FATAL tries:0", "BACKOFF STARTING tries:1", "STOPPED BACKOFF pid:0");
    }

    @Test
    void whatIsUpAtOnceIsToldAtOnce() {
        begin(CONF.replace("1s", "0s"));
        hear(1_000, "starting");
        hear(1_000, "ready");
        hear(1_000, "done", "exit_code", 0L);
        isTold("STARTING STOPPED tries:0", "RUNNING STARTING pid:7", "EXITED RUNNING expected:1 pid:7");
    }

    @Test
    void readinessIsToldWhenItComes() {
        begin(CONF + "ready = fd:3\n");
        hear(1_000, "starting");
        hear(1_000, "up");
        translation.lookAtClock(4_000);
        isTold("STARTING STOPPED tries:0");
        hear(9_000, "ready");
        isTold("RUNNING STARTING pid:7");
    }

    @Test
    void ticksAreTold() {
        translation.begin(59_000);
        assertEquals(60_000, translation.next(59_000));
        translation.lookAtClock(59_999);
        translation.lookAtClock(60_001);
        translation.lookAtClock(60_002);
        translation.lookAtClock(3_600_500);
        assertEquals(
                List.of(
                        "TICK_5 when:60",
                        "TICK_60 when:60",
                        "TICK_5 when:3600",
                        "TICK_60 when:3600",
                        "TICK_3600 when:3600"),
                told);
    }

    @Test
    void groupsThatComeAndGoAreTold() {
        is("a", "g", ProcessState.RUNNING, 1, CONF);
        is("b", "b", ProcessState.RUNNING, 2, CONF);
        translation.begin(0);
        facts.remove("b");
        is("c", "c", ProcessState.STOPPED, 0, CONF);
        is("d", "g", ProcessState.STOPPED, 0, CONF);
        translation.hear(Message.empty().with("event", "layout"));
        translation.hear(Message.empty().with("event", "stopping"));
        assertEquals(
                List.of(
                        "PROCESS_GROUP_REMOVED groupname:b",
                        "PROCESS_GROUP_ADDED groupname:c",
                        "SUPERVISOR_STATE_CHANGE_STOPPING "),
                told);
    }

    /** The init tells of a layout after what it started of it. */
    @Test
    void aGroupIsToldOfBeforeWhatStartsInIt() {
        is("b", "b", ProcessState.RUNNING, 2, CONF);
        translation.begin(0);
        is("a", "g", ProcessState.STARTING, 7, CONF);
        hear(1_000, "starting");
        translation.hear(Message.empty().with("event", "layout"));
        assertEquals(
                List.of(
                        "PROCESS_GROUP_ADDED groupname:g",
                        "STARTING processname:a groupname:g from_state:STOPPED tries:0"),
                told);
    }

    @Test
    void aGroupGoesOnceAllInItHasStopped() {
        is("a", "g", ProcessState.RUNNING, 7, CONF);
        translation.begin(0);
        hear(1_000, "stopping");
        facts.remove("a");
        translation.hear(Message.empty().with("event", "layout"));
        hear(2_000, "down");
        assertEquals(
                List.of(
                        "STOPPING processname:a groupname:g from_state:RUNNING pid:7",
                        "STOPPED processname:a groupname:g from_state:STOPPING pid:7",
                        "PROCESS_GROUP_REMOVED groupname:g"),
                told);
    }

    @Test
    void whatStartedBeforeAnythingWasHeardHasToProveItselfToo() {
        is("a", "g", ProcessState.STARTING, 7, CONF);
        translation.begin(1_000);
        hear(1_010, "ready");
        translation.lookAtClock(1_500);
        hear(1_600, "backoff", "exit_code", 0L);
        isTold("BACKOFF STARTING tries:1");
    }
}
