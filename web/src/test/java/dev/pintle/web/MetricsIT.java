package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /metrics}, read by those who read metrics: promtool, the strict parser of OpenMetrics, and Prometheus. */
class MetricsIT {
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";
    private static final Path EXAMPLES = Path.of("../examples/monitoring");
    /** Debian's, which has the packages of python3-*. */
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    private Path layout = Path.of("/nonexistent");

    @TempDir
    private Path directory = Path.of("/nonexistent");

    private PageLayout page(String settings) throws IOException, InterruptedException {
        PageLayout.service(layout, "twin", "command = sleep 1000\ninstances = 2\n");
        PageLayout.service(layout, "ends", "command = sh -c 'exit 3'\nrestart = no\n");
        PageLayout.service(
                layout, "sick", "command = sleep 1000\n[healthcheck]\ntest = false\ninterval = 100ms\nretries = 1\n");
        PageLayout.service(
                layout,
                "well",
                "command = sleep 1000\nready = healthcheck\n[healthcheck]\ntest = true\ninterval = 100ms\n");
        PageLayout page = new PageLayout(layout, settings);
        awaitState(page, "ends", "failed");
        assertEquals(0, page.installed().pintle("wait well --timeout 20s").code());
        return page;
    }

    private static void awaitState(PageLayout page, String service, String state)
            throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            if (page.installed().pintle("status --json " + service).output().contains("\"state\":\"" + state + "\"")) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError(service + " is not " + state);
    }

    private static String metrics(PageLayout page) throws IOException, InterruptedException {
        return page.get("/metrics", "Accept", OPEN_METRICS).body();
    }

    private static void has(String text, String line) {
        assertTrue(text.lines().anyMatch(line::equals), () -> "no line '" + line + "' in\n" + text);
    }

    private static double value(String text, String sample) {
        return text.lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample " + sample + " in\n" + text));
    }

    @Test
    void servicesAreDescribed() throws IOException, InterruptedException {
        try (PageLayout page = page("")) {
            String text = metrics(page);
            has(text, "pintle_build_info{version=\"" + System.getProperty("pintle.version") + "\"} 1");
            has(text, "pintle_healthy 0");
            has(text, "pintle_service_state{service=\"app\",state=\"ready\"} 1");
            has(text, "pintle_service_state{service=\"app\",state=\"down\"} 0");
            has(text, "pintle_service_state{service=\"twin\",instance_number=\"2\",state=\"ready\"} 1");
            has(text, "pintle_service_wanted{service=\"app\"} 1");
            has(text, "pintle_service_starts_total{service=\"app\"} 1");
            has(text, "pintle_service_exits_total{service=\"app\",how=\"code\"} 0");
            has(text, "pintle_service_exits_total{service=\"ends\",how=\"code\"} 1");
            has(text, "pintle_service_last_exit_code{service=\"ends\"} 3");
            has(text, "pintle_service_healthy{service=\"sick\"} 0");
            has(text, "pintle_service_healthy{service=\"well\"} 1");
            has(text, "pintle_service_processes{service=\"app\"} 1");
            assertTrue(value(text, "pintle_service_healthcheck_runs_total{service=\"sick\",result=\"failure\"}") > 0);
            assertTrue(value(text, "pintle_service_healthcheck_runs_total{service=\"well\",result=\"success\"}") > 0);
            assertTrue(value(text, "pintle_service_ready_seconds{service=\"well\"}") < 20);
            assertTrue(value(text, "pintle_service_resident_memory_bytes{service=\"app\"}") > 1_000);
            double now = System.currentTimeMillis() / 1000.0;
            for (String start :
                    Set.of("pintle_start_time_seconds", "pintle_service_start_time_seconds{service=\"app\"}")) {
                assertEquals(now, value(text, start), 60, start);
            }
            assertTrue(text.endsWith("\n# EOF\n"), text);
            assertTrue(text.lines().noneMatch(String::isEmpty), text);
            assertTrue(
                    text.lines().noneMatch(line -> line.startsWith("pintle_service_processes{service=\"ends\"")), text);
            assertTrue(text.lines().noneMatch(line -> line.startsWith("pintle_service_healthy{service=\"app\"")), text);
        }
    }

    @Test
    void whatHappensIsCounted() throws IOException, InterruptedException {
        try (PageLayout page = page("")) {
            assertEquals(0, page.installed().pintle("restart app").code());
            assertEquals(0, page.installed().pintle("signal twin-1 KILL").code());
            awaitStarts(page, "pintle_service_starts_total{service=\"twin\",instance_number=\"1\"}", 2);
            String text = metrics(page);
            has(text, "pintle_service_starts_total{service=\"app\"} 2");
            has(text, "pintle_service_exits_total{service=\"twin\",instance_number=\"1\",how=\"signal\"} 1");
            has(text, "pintle_service_exits_total{service=\"twin\",instance_number=\"2\",how=\"signal\"} 0");
        }
    }

    private static void awaitStarts(PageLayout page, String sample, int starts)
            throws IOException, InterruptedException {
        for (int i = 0; i < 200 && value(metrics(page), sample) < starts; i++) {
            Thread.sleep(50);
        }
    }

    /** CPU time of children that a service has waited for stays, and so does that of those whom nobody waited for. */
    @Test
    void cpuTimeNeverGoesDown() throws IOException, InterruptedException {
        Path run = layout.resolve("services/busy/run");
        Files.createDirectories(run.getParent());
        Files.writeString(run, """
                #!/bin/sh
                while true; do
                  (i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done) &
                  sleep 0.05
                done
                """);
        assertTrue(run.toFile().setExecutable(true));
        try (PageLayout page = page("")) {
            double before = 0;
            for (int i = 0; i < 40; i++) {
                double now = value(metrics(page), "pintle_service_cpu_seconds_total{service=\"busy\"}");
                assertTrue(now >= before, before + " was before " + now);
                before = now;
                Thread.sleep(50);
            }
            assertTrue(before > 0, "it takes time");
        }
    }

    @Test
    void theCommandPrintsTheSame() throws IOException, InterruptedException {
        try (PageLayout page = page("")) {
            String printed = page.installed().web("metrics --openmetrics").output();
            assertEquals(names(metrics(page)), names(printed));
            assertTrue(printed.endsWith("\n# EOF\n"), printed);
            String plain = page.get("/metrics").body();
            assertEquals(names(plain), names(page.installed().web("metrics").output()));
            assertEquals(names(plain), names(page.installed().pintle("metrics").output()));
            has(plain, "# TYPE pintle_service_starts_total counter");
            assertEquals(
                    "text/plain; version=0.0.4; charset=utf-8",
                    page.get("/metrics").headers().firstValue("content-type").orElse(""));
            assertEquals(
                    OPEN_METRICS + "; charset=utf-8",
                    page.get("/metrics", "Accept", OPEN_METRICS)
                            .headers()
                            .firstValue("content-type")
                            .orElse(""));
        }
        Installed.Said said = Installed.without(directory).addWeb().web("metrics");
        assertEquals(5, said.code(), said.output());
        assertTrue(said.output().startsWith("pintle-web: cannot reach the init: "), said.output());
    }

    /** The samples; qemu-user shows pintle-web another /proc of itself than it shows others. */
    private static Set<String> names(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .filter(line -> !Boolean.getBoolean("pintle.emulated") || !line.contains("pintle-web"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whoMayNotSeeThePageMayNotSeeMetrics() throws IOException, InterruptedException {
        Files.writeString(layout.resolve("password"), "secret\n");
        try (PageLayout page = page("username = admin\npassword_file = " + layout + "/password\n")) {
            assertEquals(401, page.get("/metrics").statusCode());
        }
    }

    @Test
    void promtoolFindsNothing() throws IOException, InterruptedException {
        requires("promtool", "--version");
        try (PageLayout page = page("")) {
            says("", page.get("/metrics").body(), "promtool", "check", "metrics");
        }
    }

    @Test
    void theStrictParserTakesIt() throws IOException, InterruptedException {
        requires(PYTHON, "-c", "import prometheus_client");
        try (PageLayout page = page("")) {
            String parse = """
                    import sys
                    from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
                    print(len(list(parse(sys.stdin.read()))))
                    """;
            says("15\n", metrics(page), PYTHON, "-c", parse);
            says("15\n", page.get("/metrics").body(), PYTHON, "-c", parse.replace(".openmetrics", ""));
        }
    }

    /** Every family that the page of the documentation has is there, and those alone; the dashboard and the alerts use no other. */
    @Test
    void pagesNameTheFamiliesThatThereAre() throws IOException, InterruptedException {
        try (PageLayout page = page("")) {
            Set<String> served = page.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.split(" ", -1)[2])
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(served, families("../docs/metrics.md", "\n\\| `(pintle_\\w+)`"));
            for (String user : Set.of("dashboard.json", "rules.yml")) {
                Set<String> used = families(EXAMPLES.resolve(user).toString(), "(pintle_\\w+)");
                used.removeAll(served);
                assertEquals(Set.of(), used, user);
            }
        }
    }

    private static Set<String> families(String file, String pattern) throws IOException {
        Set<String> families = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
        while (matcher.find()) {
            families.add(matcher.group(1));
        }
        return families;
    }

    @Test
    void alertsPassTheirTests() throws IOException, InterruptedException {
        requires("promtool", "--version");
        String rules = EXAMPLES.resolve("rules.yml").toString();
        assertTrue(run("", "promtool", "check", "rules", rules).contains("SUCCESS: 5 rules"));
        assertTrue(run(
                        "",
                        "promtool",
                        "test",
                        "rules",
                        EXAMPLES.resolve("rules-test.yml").toString())
                .contains("SUCCESS"));
        assertTrue(run(
                        "",
                        "promtool",
                        "check",
                        "config",
                        EXAMPLES.resolve("prometheus.yml").toString())
                .contains("SUCCESS"));
    }

    @Test
    void prometheusScrapesIt() throws IOException, InterruptedException {
        requires("prometheus", "--version");
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (PageLayout page = page("")) {
            Path config = directory.resolve("prometheus.yml");
            Files.writeString(
                    config,
                    "scrape_configs:\n  - job_name: app\n    scrape_interval: 1s\n    static_configs:\n"
                            + "      - targets: [\"127.0.0.1:" + page.port() + "\"]\n");
            Process prometheus = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + directory.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            try {
                awaitAnswer(port, "up", "\"1\"");
                awaitAnswer(
                        port, "pintle_service_state{service=\"twin\",instance_number=\"2\",state=\"ready\"}", "\"1\"");
                awaitAnswer(port, "pintle_service_starts_total{service=\"app\"}", "\"1\"");
            } finally {
                prometheus.destroy();
                assertTrue(prometheus.waitFor(30, TimeUnit.SECONDS), "it ends");
            }
        }
    }

    private static void awaitAnswer(int port, String query, String expected) throws IOException, InterruptedException {
        URI uri = URI.create(
                "http://127.0.0.1:" + port + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        String answer = "";
        for (int i = 0; i < 300 && !answer.contains(expected + "]"); i++) {
            Thread.sleep(100);
            try {
                answer = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                        .body();
            } catch (IOException e) {
                answer = "it does not listen so far";
            }
        }
        assertTrue(answer.contains(expected + "]"), query + ": " + answer);
    }

    /** CI installs them on Debian; elsewhere they may be absent. */
    private void requires(String... command) throws InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            there = false;
        }
        Assumptions.assumeTrue(there, "NOT RUN: there is no " + String.join(" ", command));
    }

    private void says(String output, String input, String... command) throws IOException, InterruptedException {
        assertEquals(output, run(input, command), String.join(" ", command));
    }

    private String run(String input, String... command) throws IOException, InterruptedException {
        File file = directory.resolve("input").toFile();
        Files.writeString(file.toPath(), input);
        Process process = new ProcessBuilder(command)
                .redirectInput(file)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
