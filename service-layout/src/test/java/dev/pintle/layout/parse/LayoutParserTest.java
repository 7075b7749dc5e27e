package dev.pintle.layout.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.ExitCodes;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a layout of a few services means; golden folders hold the whole ones. */
class LayoutParserTest {

    private final MapSource source = new MapSource();

    private ParseResult parse(Map<String, String> environment) {
        return LayoutParser.parse(source, "/etc/pintle", environment);
    }

    private List<ServiceDefinition> services(Map<String, String> environment) {
        ParseResult result = parse(environment);
        Layout layout = result.layout();
        assertNotNull(layout, () -> result.diagnostics().toString());
        return layout.services();
    }

    private ServiceDefinition only(String conf) {
        source.service("web", conf);
        return services(Map.of()).get(0);
    }

    private List<String> codes() {
        List<String> codes = new ArrayList<>();
        for (Diagnostic diagnostic : parse(Map.of()).diagnostics()) {
            codes.add(diagnostic.code());
        }
        return codes;
    }

    @Test
    void noLayoutAtAllIsALayoutWithoutServices() {
        assertTrue(services(Map.of()).isEmpty());
    }

    @Test
    void aCommandIsEnough() {
        ServiceDefinition web = only("command = sleep 1");
        assertEquals(List.of("sleep", "1"), web.command());
        assertEquals(15, web.stop().signal());
        assertNull(web.process().workingDir());
    }

    @Test
    void runIsExecutedInPlaceInItsDirectory() {
        source.executable("services/web/run", "#!/bin/sh\nexec true\n");
        ServiceDefinition web = services(Map.of()).get(0);
        assertEquals(List.of("/etc/pintle/services/web/run"), web.command());
        assertEquals("/etc/pintle/services/web", web.process().workingDir());
    }

    @Test
    void aCommandOfServiceConfWinsOverRunAndRunOverDefaults() {
        source.file("pintle.conf", "[defaults]\ncommand = default");
        source.executable("services/a/run", "#!/bin/sh\n").service("a", "command = own");
        source.executable("services/b/run", "#!/bin/sh\n");
        source.service("c", "");
        List<ServiceDefinition> services = services(Map.of());
        assertEquals(List.of("own"), services.get(0).command());
        assertEquals(List.of("/etc/pintle/services/b/run"), services.get(1).command());
        assertEquals(List.of("default"), services.get(2).command());
    }

    @Test
    void aOneshotIsTriedOnceAndStopsTheContainerWhenItFails() {
        RestartPolicy policy = only("type = oneshot\ncommand = migrate").restart();
        assertEquals(
                new RestartPolicy(
                        Policy.NO,
                        ExitCodes.ZERO,
                        0,
                        false,
                        0,
                        0,
                        RestartPolicy.Backoff.EXPONENTIAL,
                        30_000,
                        ContainerAction.IGNORE,
                        ContainerAction.STOP_CONTAINER),
                policy);
    }

    @Test
    void onExitStopContainerImpliesNoRestart() {
        RestartPolicy policy = only("command = job\non_exit = stop_container").restart();
        assertEquals(Policy.NO, policy.policy());
        assertFalse(policy.strictUptime());
        assertEquals(0, policy.startRetries());
        assertEquals(ContainerAction.STOP_CONTAINER, policy.onFailed());
    }

    @Test
    void whatIsGivenWinsOverWhatOnExitImplies() {
        RestartPolicy policy = only("command = job\non_exit = stop_container\nrestart = on-failure\nmin_uptime = 2s\n"
                        + "start_retries = unlimited\non_failed = ignore")
                .restart();
        assertEquals(Policy.ON_FAILURE, policy.policy());
        assertEquals(2000, policy.minUptime());
        assertTrue(policy.strictUptime());
        assertEquals(-1, policy.startRetries());
        assertEquals(ContainerAction.IGNORE, policy.onFailed());
    }

    @Test
    void onExitUnderRestartAlwaysIsWarnedOf() {
        source.service("web", "command = x\nrestart = always\non_exit = stop_container");
        assertEquals(List.of("no-effect"), codes());
    }

    @Test
    void instancesHaveNumbersThatTheirValuesCanUse() {
        source.service(
                "web", "instances = 2\ncommand = serve 80${PINTLE_INSTANCE}\n[environment]\nA = $PINTLE_INSTANCE");
        List<ServiceDefinition> services = services(Map.of());
        assertEquals("web-2", services.get(1).name());
        assertEquals("web", services.get(1).family());
        assertEquals(List.of("serve", "802"), services.get(1).command());
        assertEquals(
                Map.of("PINTLE_INSTANCE", "2", "A", "2"),
                services.get(1).process().environment());
    }

    @Test
    void aFamilyIsAllOfItsInstances() {
        source.service("web", "command = x\ninstances = 2").service("lb", "command = y\ndepends_on = web\nafter = web");
        ServiceDefinition lb = services(Map.of()).get(0);
        assertEquals(
                List.of(new Dependency("web-1", Condition.READY), new Dependency("web-2", Condition.READY)),
                lb.dependsOn());
        assertEquals(List.of("web-1", "web-2"), lb.after());
    }

    @Test
    void whatIsNotEnabledIsNotThereWhateverItSays() {
        source.service("web", "enabled = ${ON:-no}\nbogus = 1\ncommand = ${X:?}");
        assertTrue(services(Map.of()).isEmpty());
        assertFalse(parse(Map.of("ON", "yes")).diagnostics().isEmpty());
    }

    @Test
    void noInstancesIsNotEnabled() {
        source.service("web", "command = x\ninstances = ${N:-0}");
        assertTrue(services(Map.of()).isEmpty());
    }

    @Test
    void afterDropsWhatIsNotThere() {
        source.service("web", "command = x\nafter = db, cache").service("cache", "command = x");
        assertEquals(List.of("cache"), services(Map.of()).get(1).after());
    }

    @Test
    void aLongChainIsNoProblemForTheSearchOfCycles() {
        int count = 2000;
        for (int i = 0; i < count; i++) {
            source.service("s" + i, "command = x\ndepends_on = s" + (i + 1) % count);
        }
        List<Diagnostic> diagnostics = parse(Map.of()).diagnostics();
        assertEquals(1, diagnostics.size());
        assertEquals("cycle", diagnostics.get(0).code());
    }

    @Test
    void hiddenDirectoriesAreSkipped() {
        source.file("services/.git/x", "");
        assertTrue(services(Map.of()).isEmpty());
    }

    @Test
    void anEmptyFileInEnvTakesAVariableAway() {
        source.service("web", "command = x\n[environment]\nB = conf")
                .file("services/web/env/A", "one \t\ntwo")
                .file("services/web/env/B", "file")
                .file("services/web/env/C", "")
                .file("services/web/env/D", "x\0y");
        ServiceDefinition web = services(Map.of()).get(0);
        assertEquals(Map.of("A", "one", "B", "conf", "D", "x\ny"), web.process().environment());
        assertEquals(List.of("C"), web.process().unsetEnvironment());
    }

    @Test
    void variablesOverridePintleConf() {
        source.file("pintle.conf", "[container]\nlog_level = debug\n[control]\npath = /run/a");
        ParseResult result = parse(
                Map.of("PINTLE_LOG_LEVEL", "info", "PINTLE_CONTROL", "/run/$b", "PINTLE_SHUTDOWN_GRACE_PERIOD", "20s"));
        Layout layout = result.layout();
        assertNotNull(layout);
        assertEquals("INFO", layout.container().logLevel().name());
        assertEquals("/run/$b", layout.container().control().path());
        assertEquals(20_000, layout.container().shutdownGracePeriod());
    }

    @Test
    void anUnreadableFileIsAnError() {
        source.unreadable("pintle.conf").unreadable("services/web/service.conf");
        assertEquals(List.of("unreadable", "unreadable"), codes());
    }

    /** Else a container would run without its services, or without their variables. */
    @Test
    void anUnreadableDirectoryIsAnError() {
        source.service("web", "command = web").unreadable("services/web/env");
        source.service("db", "command = db").unreadable("services/db");
        assertEquals(List.of("unreadable", "unreadable"), codes());
        source.unreadable("services");
        assertEquals(List.of("unreadable"), codes());
    }

    @Test
    void aPortIsOneServices() {
        source.service("web", "command = web\nlisten = tcp:80, tcp:127.0.0.1:81, tcp:127.0.0.2:81");
        assertEquals(List.of(), codes());
        source.service("x", "command = x\nlisten = tcp:127.0.0.1:80");
        assertEquals(List.of("duplicate-socket"), codes());
        source.service("x", "command = x\nlisten = tcp:[::]:81");
        assertEquals(List.of("duplicate-socket"), codes());
        source.service("x", "command = x\ninstances = 2\nlisten = tcp:82, unix:/run/x");
        assertEquals(List.of(), codes());
        source.service("x", "command = x\nlisten = tcp:82, tcp:127.0.0.1:82");
        assertEquals(List.of("duplicate-socket"), codes());
    }

    @Test
    void aFileBeyondTheLimitIsAnError() {
        source.service("web", "#".repeat(ConfFiles.LIMIT + 1));
        assertEquals(List.of("unreadable"), codes());
    }
}
