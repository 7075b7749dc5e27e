package dev.pintle.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.pintle.convert.command.PintleConvert;
import dev.pintle.convert.corpus.Json;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report as a page, looked at in a browser: Chromium. */
class HtmlReportTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    /** Measures the page where it is shown, and leaves what it found in the body's attribute. */
    private static final String PROBE = """
            <script>
            addEventListener('load', () => {
              const all = s => [...document.querySelectorAll(s)];
              const colour = c => c.match(/[\\d.]+/g).map(Number);
              const light = c => { const [r, g, b] = colour(c).map(v => v / 255)
                .map(v => v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
              const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
                if (!/, 0\\)$|transparent/.test(c)) return c; } return 'rgb(255, 255, 255)'; };
              const contrast = e => { const a = light(getComputedStyle(e).color), b = light(behind(e));
                return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); };
              const shown = all('body *').filter(e => e.offsetParent && [...e.childNodes]
                .some(n => n.nodeType === 3 && n.data.trim()));
              const first = document.querySelector('.sides');
              document.body.dataset.probe = JSON.stringify({
                overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
                resources: performance.getEntriesByType('resource').length,
                broken: all('a[href^="#"]').filter(a => !document.getElementById(a.getAttribute('href').slice(1))).length,
                links: all('.look a').length,
                dull: shown.filter(e => contrast(e) < 4.5).map(e => e.className + ' ' + e.textContent.slice(0, 20)).slice(0, 5),
                cards: all('.cards strong').map(e => Number(e.textContent)),
                rows: all('tbody tr').length,
                sideways: first ? first.children[1].offsetLeft > first.children[0].offsetLeft : null,
                bars: all('.stop .bar').map(e => e.offsetWidth),
                patched: all('pre b.added').map(e => e.textContent).filter(t => t.includes('/init')).length,
                heads: all('pre b.header').map(e => e.textContent.split(' ')[0]).slice(0, 4),
                headings: all('h1').length,
                dark: matchMedia('(prefers-color-scheme: dark)').matches,
                background: getComputedStyle(document.body).backgroundColor
              });
            });
            </script>
            """;

    @TempDir
    private Path directory = Path.of("");

    private static Optional<Path> browser() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(path -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Path report(String... arguments) {
        Path report = directory.resolve("report.html");
        StringWriter err = new StringWriter();
        int code = PintleConvert.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                false,
                Stream.concat(Stream.of(arguments), Stream.of("--dry-run", "--force", "--report", report.toString()))
                        .toArray(String[]::new));
        assertEquals(0, code, err::toString);
        return report;
    }

    private Path moved() {
        return report("supervisord", "--dockerfile", GOLDEN + "/dockerfile/debian-apt/input/Dockerfile");
    }

    private Path everyKind() {
        return report("supervisord", GOLDEN + "/supervisord/control-plane/input/etc/supervisord.conf");
    }

    /** It has written nothing. */
    @Test
    void aDryRunDoesNotClaimToHaveWritten() throws IOException {
        String page = Files.readString(moved(), StandardCharsets.UTF_8);
        assertTrue(page.contains("/etc/pintle (not written: --dry-run)."), page);
        assertFalse(page.contains("Written to"), page);
    }

    /** What the probe found in a window of this width. */
    private Map<String, Object> look(Path report, int width, String... more) throws Exception {
        Optional<Path> browser = browser();
        if (browser.isEmpty()) {
            String message = "no browser: install chromium (scripts/prerequisites test does)";
            if ("true".equals(System.getenv("CI"))) {
                fail(message);
            }
            abort(message);
        }
        Path page = directory.resolve("page.html");
        Files.writeString(page, Files.readString(report).replace("</body>", PROBE + "</body>"));
        Path log = directory.resolve("chromium.log");
        List<String> command = Stream.of(
                        Stream.of(
                                browser.orElseThrow().toString(),
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--user-data-dir=" + directory.resolve("profile"),
                                "--window-size=" + width + ",1000",
                                "--virtual-time-budget=2000",
                                "--dump-dom"),
                        Stream.of(more),
                        Stream.of(page.toUri().toString()))
                .flatMap(s -> s)
                .toList();
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        String dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the browser does not end");
        int start = dom.indexOf("data-probe=\"");
        assertTrue(start > 0, () -> "the page did not load: " + dom + read(log));
        String found =
                dom.substring(start + "data-probe=\"".length(), dom.indexOf('"', start + "data-probe=\"".length()));
        return Json.object(found.replace("&quot;", "\"").replace("&amp;", "&"));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void readsWellOnAWideScreen() throws Exception {
        Map<String, Object> page = look(moved(), 1280);
        assertEquals(true, page.get("sideways"), "before and after are not side by side");
        assertSound(page);
        assertEquals(1L, page.get("patched"), "the patch of the Dockerfile is not shown");
        assertEquals(List.of("diff", "---", "+++", "@@"), page.get("heads"), "the patch's head looks like its lines");
        List<?> bars = (List<?>) page.getOrDefault("bars", List.of());
        assertEquals(3, bars.size());
        assertEquals(bars.get(0), bars.get(2), "10 s before, and Docker's 10 s, are bars of one length");
    }

    @Test
    void readsWellOnATelephone() throws Exception {
        Map<String, Object> page = look(moved(), 500);
        assertEquals(false, page.get("sideways"));
        assertSound(page);
    }

    @Test
    void readsWellInTheDark() throws Exception {
        Map<String, Object> light = look(everyKind(), 1280);
        Map<String, Object> dark = look(everyKind(), 1280, "--blink-settings=preferredColorScheme=0");
        assertEquals(List.of(false, true), List.of(light.get("dark"), dark.get("dark")));
        assertNotEquals(light.get("background"), dark.get("background"), "dark is as light");
        assertSound(light);
        assertSound(dark);
        assertNotEquals(0L, dark.get("links"), "nothing to look at");
    }

    private static void assertSound(Map<String, Object> page) {
        assertEquals(0L, page.get("overflow"), "the page is wider than the window");
        assertEquals(0L, page.get("resources"), "the page loads something");
        assertEquals(0L, page.get("broken"), "a link leads nowhere");
        assertEquals(List.of(), page.get("dull"), "text has too little contrast");
        assertEquals(1L, page.get("headings"));
    }

    @Test
    void everyKeyHasARow() throws Exception {
        Path report = everyKind();
        long keys = Files.readString(report)
                .lines()
                .filter(line -> line.startsWith("<tr id="))
                .count();
        Map<String, Object> page = look(report, 1280);
        assertEquals(keys, page.get("rows"));
        long sum = ((List<?>) page.getOrDefault("cards", List.of()))
                .stream().mapToLong(count -> (Long) count).sum();
        assertTrue(sum > keys, "sections count too");
    }

    @Test
    void secretsAreHiddenOnBothSides() throws IOException {
        Path conf = directory.resolve("supervisord.conf");
        Files.writeString(conf, """
                [supervisord]
                environment = A="hunter1",
                  B="hunter2"
                [inet_http_server]
                port = 127.0.0.1:9001
                username = u
                password = hunter3
                [program:p]
                command = p --db-password=hunter4 --name=shown
                environment = C="hunter5",D="%(ENV_E)s"
                """);
        String text = Files.readString(report("supervisord", conf.toString()));
        assertFalse(text.contains("hunter"), "a secret is in the report");
        assertTrue(text.contains("--name=shown") && text.contains("D = ${E?}"), "too much is hidden");
    }

    @Test
    void markupInTheInputIsText() throws Exception {
        Path conf = directory.resolve("supervisord.conf");
        Files.writeString(
                conf, "[supervisord]\n[program:p]\ncommand = sh -c '<script>document.body.id=1</script>'\nx<b>y = 1\n");
        Path report = report("supervisord", conf.toString());
        assertFalse(Files.readString(report).contains("<script>"));
        assertSound(look(report, 1280));
    }
}
