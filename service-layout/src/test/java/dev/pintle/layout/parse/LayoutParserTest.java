package dev.pintle.layout.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Key;
import dev.pintle.layout.Layout;
import dev.pintle.layout.Output;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.ProcessSettings.Streams;
import dev.pintle.layout.Section;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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

    /** What is found in a layout of these: alternately the name of a service, or pintle.conf, and a text. */
    private static List<String> codesOf(String... namesAndTexts) {
        LayoutParserTest other = new LayoutParserTest();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            if (namesAndTexts[i].equals("pintle.conf")) {
                other.source.file("pintle.conf", namesAndTexts[i + 1]);
            } else {
                other.source.service(namesAndTexts[i], namesAndTexts[i + 1]);
            }
        }
        return other.codes();
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
        assertNull(web.process().files().workingDir());
    }

    @Test
    void runIsExecutedInPlaceInItsDirectory() {
        source.executable("services/web/run", "#!/bin/sh\nexec true\n");
        ServiceDefinition web = services(Map.of()).get(0);
        assertEquals(List.of("/etc/pintle/services/web/run"), web.command());
        assertEquals("/etc/pintle/services/web", web.process().files().workingDir());
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
        RestartPolicy.Builder expected = new RestartPolicy.Builder();
        expected.backoff = RestartPolicy.Backoff.EXPONENTIAL;
        expected.backoffMax = 30_000;
        expected.backoffReset = 10_000;
        expected.onFailedExit = ContainerAction.STOP_CONTAINER;
        expected.onFailed = ContainerAction.STOP_CONTAINER;
        assertEquals(expected.build(), only("type = oneshot\ncommand = migrate").restart());
    }

    @Test
    void whatCanNeverHappenIsNotWaitedFor() {
        assertEquals(
                List.of("never-happens"),
                codesOf("db", "command = db", "web", "command = web\ndepends_on = db:completed"));
        assertEquals(
                List.of("never-happens"),
                codesOf("db", "command = db", "web", "command = web\ndepends_on = db:finished"));
        assertEquals(
                List.of(),
                codesOf(
                        "db",
                        "command = db\nstart_retries = 3",
                        "job",
                        "command = job\nrestart = on-failure",
                        "web",
                        "command = web\ndepends_on = db:finished, job:completed"));
    }

    @Test
    void aStopDelayLeavesTimeForTheStop() {
        assertEquals(List.of("bad-value"), codesOf("pintle.conf", "[container]\nstop_delay = 9s", "a", "command = a"));
        assertEquals(List.of(), codesOf("pintle.conf", "[container]\nstop_delay = 3s", "a", "command = a"));
        String both = "[container]\nstop_delay = 5s\nmain_stop_delay = ";
        assertEquals(List.of("bad-value"), codesOf("pintle.conf", both + "4s", "a", "command = a"));
        assertEquals(List.of(), codesOf("pintle.conf", both + "3s", "a", "command = a"));
    }

    @Test
    void aGracePeriodAboveTheBudgetIsWarnedOf() {
        assertEquals(List.of("grace-above-budget"), codesOf("a", "command = a\nstop_grace_period = 60s"));
        assertEquals(List.of("grace-above-budget"), codesOf("a", "command = a\nstop_grace_period = 10s"));
        assertEquals(List.of(), codesOf("a", "command = a\nstop_grace_period = 9s"));
        assertEquals(
                List.of(),
                codesOf(
                        "pintle.conf",
                        "[container]\nshutdown_grace_period = 65s",
                        "a",
                        "command = a\nstop_grace_period = 60s"));
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
                Map.of("PINTLE_SERVICE", "web-2", "PINTLE_INSTANCE", "2", "A", "2"),
                services.get(1).process().environment().variables());
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
        int count = 1500;
        for (int i = 0; i < count; i++) {
            source.service("s" + i, "command = x\ndepends_on = s" + (i + 1) % count);
        }
        List<Diagnostic> diagnostics = parse(Map.of()).diagnostics();
        assertEquals(1, diagnostics.size());
        assertEquals("cycle", diagnostics.get(0).code());
    }

    @Test
    void aUserMayBeEmptyBeforeTheStartAlone() {
        source.service("web", "command = x\nuser = ${WHO}");
        assertNull(parse(Map.of()).layout());
        assertNull(parse(Map.of("WHO", "")).layout());
        ParseResult before = LayoutParser.parseBeforeStart(source, "/etc/pintle", Map.of());
        assertNotNull(before.layout());
        assertEquals("unset-variable", before.diagnostics().get(0).code());
        assertEquals(List.of(), parse(Map.of("WHO", "nobody")).diagnostics());
    }

    @Test
    void aVariableThatTheStartRequiresMayBeMissingBeforeIt() {
        source.service("web", "command = app --port ${PORT:?set PORT}\nuser = ${WHO?}\n[environment]\nA = x${B?}")
                .service("other", "command = ${APP?} now\n[healthcheck]\ntest = ${TEST?}");
        assertNull(parse(Map.of()).layout());
        ParseResult before = LayoutParser.parseBeforeStart(source, "/etc/pintle", Map.of());
        Layout layout = before.layout();
        assertNotNull(layout, () -> before.diagnostics().toString());
        assertEquals(List.of("/", "now"), layout.services().get(0).command());
        assertEquals(
                List.of("app", "--port", "${PORT}"), layout.services().get(1).command());
        assertNull(layout.services().get(1).process().credentials().user());
        assertEquals(5, before.diagnostics().size(), before.diagnostics().toString());
        for (Diagnostic diagnostic : before.diagnostics()) {
            assertEquals("required-variable", diagnostic.code());
            assertEquals(Diagnostic.Severity.WARNING, diagnostic.severity());
        }
        var environment = Map.of("PORT", "1", "WHO", "a", "B", "b", "APP", "c", "TEST", "d");
        assertEquals(
                List.of(),
                LayoutParser.parseBeforeStart(source, "/etc/pintle", environment)
                        .diagnostics());
    }

    @Test
    void aByteThatIsNoUtf8IsKeptWithAWarning() {
        source.service("web", "command = a\n[environment]\nCITY = Orl\udce9ans \ud83d\ude00");
        ServiceDefinition web = services(Map.of()).get(0);
        assertEquals(
                "Orl\udce9ans \ud83d\ude00",
                web.process().environment().variables().get("CITY"));
        assertEquals(List.of("bad-encoding"), codes());
        assertEquals(
                "/etc/pintle/services/web/service.conf:3:11: warning: cannot read text as UTF-8: byte 0xe9 does not belong"
                        + " there; it is kept as it is (save the file as UTF-8)",
                parse(Map.of()).diagnostics().get(0).text());
    }

    @Test
    void utf16IsNamed() {
        source.service("marked", "\udcff\udcfec\0o\0").service("bare", "c\0o\0").service("big", "\0c\0o");
        assertEquals(List.of("unreadable", "unreadable", "unreadable"), codes());
    }

    @Test
    void settingsWithoutEffectAreWarnedOf() {
        source.service("web", """
                command = a
                ready_timeout = 5s
                backoff = none
                backoff_max = 3s
                login_environment = no
                listen = tcp:80
                listen_mode = 0666
                listen_owner = a
                reload_signal = HUP
                reload_command = b
                [stdout]
                max_size = 1m
                max_files = 3
                compress = yes
                format = json
                prefix = yes
                [stderr]
                to = file:/x
                max_size = 2m
                """);
        assertEquals(Collections.nCopies(10, "no-effect"), codes());
    }

    @Test
    void eachStreamMayLeadToTheOtherButNotBoth() {
        ServiceDefinition service = only("command = a\n[stdout]\nto = stderr\n");
        assertEquals(Output.Fixed.OTHER_STREAM, service.process().streams().output());
        source.service("web", "command = a\n[stdout]\nto = stderr\n[stderr]\nto = stdout\n");
        assertEquals(List.of("bad-value"), codes());
        source.service("web", "command = a\n[stdout]\nto = stderr\nprefix = yes\nkeep = 1k\n");
        assertEquals(List.of("no-effect", "no-effect"), codes());
    }

    @Test
    void whatIsToBeKeptTakesALogger() {
        Output output =
                only("command = a\n[stdout]\nkeep = 64k\n").process().streams().output();
        Output.ToLogger logger = assertInstanceOf(Output.ToLogger.class, output);
        assertEquals(List.of("--to=stdout", "--keep=65536"), logger.options().subList(0, 2));
        source.service("web", "command = a\n[stdout]\nkeep = 17m\n");
        assertEquals(List.of("bad-value"), codes());
        source.service("web", "command = a\n[stdout]\nto = file:/x\nkeep = 1m\n[stderr]\nto = null\nkeep = 1m\n");
        assertEquals(List.of("no-effect", "no-effect"), codes());
    }

    @Test
    void theDefaultsOfOutputHaveNoEffectUnasked() {
        source.file("pintle.conf", "[stdout]\nmax_size = 1m\nformat = json\n").service("web", "command = a");
        assertEquals(List.of(), codes());
    }

    @Test
    void disabledServicesAreNamed() {
        source.service("b", "enabled = no").service("a", "enabled = ${ON:-no}").service("c", "command = x");
        assertEquals(List.of("a", "b"), parse(Map.of()).disabled());
    }

    @Test
    void aDirectoryOfAServiceIsNoLayout() {
        ParseResult result =
                LayoutParser.parse(source.service("web", "command = a"), "/etc/pintle/services/web", Map.of());
        assertEquals("misplaced-service", result.diagnostics().get(0).code());
        ParseResult above = LayoutParser.parse(source, "/etc/pintle/services", Map.of());
        assertEquals(
                "cannot find services: there is none in /etc/pintle/services/services, but"
                        + " /etc/pintle/services/web/service.conf looks like a service (name the directory above)",
                above.diagnostics().get(0).advice());
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
        assertEquals(
                Map.of("A", "one", "B", "conf", "D", "x\ny", "PINTLE_SERVICE", "web", "PINTLE_INSTANCE", "1"),
                web.process().environment().variables());
        assertEquals(List.of("C"), web.process().environment().unset());
    }

    @Test
    void variablesOverridePintleConf() {
        source.file("pintle.conf", "[container]\nlog_level = debug\n[control]\npath = /run/a");
        ParseResult result = parse(
                Map.of("PINTLE_LOG_LEVEL", "info", "PINTLE_CONTROL", "/run/$b", "PINTLE_SHUTDOWN_GRACE_PERIOD", "20s"));
        Layout layout = result.layout();
        assertNotNull(layout);
        assertEquals("INFO", layout.container().messages().level().name());
        assertEquals("/run/$b", layout.container().control().path());
        assertEquals(20_000, layout.container().shutdownGracePeriod());
    }

    /** What pintle.conf says of a stream is what each service's own section would say, and each can say otherwise. */
    @Test
    void everyKeyOfAStreamHasADefaultThatAServiceCanTurnOff() {
        Map<String, String> on = new HashMap<>(Map.of(
                "to", "file:/default",
                "prefix", "yes",
                "timestamp", "tai64n",
                "format", "json",
                "include", "*good*",
                "exclude", "*bad*",
                "rate_limit", "7",
                "max_size", "3m",
                "max_files", "2",
                "compress", "yes"));
        on.put("keep", "64k");
        Map<String, String> off = new HashMap<>(Map.of(
                "to", "inherit",
                "prefix", "no",
                "timestamp", "no",
                "format", "raw",
                "include", "",
                "exclude", "",
                "rate_limit", "0",
                "max_size", "10m",
                "max_files", "5",
                "compress", "no"));
        off.put("keep", "0");
        for (Section section : List.of(Section.STDOUT, Section.STDERR)) {
            for (Key key : Key.of(section)) {
                String header = "[" + section.text() + "]\n";
                boolean ofAFile = !key.text().equals("to") && !key.text().equals("keep");
                String file = ofAFile ? "to = file:/log\n" : "prefix = yes\n";
                String set = key.text() + " = " + on.get(key.text()) + "\n";
                source.service("default", "command = x\n" + header + file);
                source.service("off", "command = x\n" + header + file + key.text() + " = " + off.get(key.text()));
                source.file("pintle.conf", header + set);
                List<Output> shared = outputs(section);
                source.file("pintle.conf", "");
                source.service("default", "command = x\n" + header + file + set);
                source.service("off", "command = x\n" + header + file);
                List<Output> own = outputs(section);
                assertEquals(own, shared, key.label());
                assertNotEquals(own.get(0), own.get(1), key.label());
            }
        }
    }

    /** Of both services, whose names are made equal. */
    private List<Output> outputs(Section section) {
        List<Output> outputs = new ArrayList<>();
        for (ServiceDefinition service : services(Map.of())) {
            Streams streams = service.process().streams();
            Output output = section == Section.STDOUT ? streams.output() : streams.error();
            outputs.add(
                    output instanceof Output.ToLogger logger
                            ? new Output.ToLogger(logger.options().stream()
                                    .map(option -> option.replace(service.name(), "NAME"))
                                    .toList())
                            : output);
        }
        return outputs;
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
