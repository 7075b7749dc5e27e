package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may what. */
class AccessIT {
    private static final String SERVICES = "/api/v1/services";
    private static final String RESTART = "/api/v1/services/app/restart";

    @TempDir
    private Path layout = Path.of("/nonexistent");

    private PageLayout page(String more) throws IOException, InterruptedException {
        byte[] salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        StringBuilder lines = new StringBuilder("# who may what\n\n").append(more);
        for (String level : new String[] {"metrics", "read", "operate"}) {
            String hash = PasswordHash.of("secret of " + level, salt, 1_000).text();
            lines.append(level)
                    .append("er ")
                    .append(level)
                    .append(' ')
                    .append(hash)
                    .append('\n');
        }
        Files.writeString(layout.resolve("users"), lines);
        return new PageLayout(layout, "users = " + layout + "/users\n");
    }

    private static String[] basic(String level) {
        String text = level + "er:secret of " + level;
        return new String[] {
            "Authorization",
            "Basic " + java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
        };
    }

    private static String[] bearer(String level) {
        return new String[] {"Authorization", "Bearer secret of " + level};
    }

    private static String[] with(String[] headers, String... more) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + more.length);
        System.arraycopy(more, 0, all, headers.length, more.length);
        return all;
    }

    @Test
    void eachLevelAllowsWhatItSays() throws IOException, InterruptedException {
        try (PageLayout page = page("")) {
            for (int i = 0; i < 2; i++) {
                assertEquals(200, page.get("/metrics", bearer("metrics")).statusCode());
                assertEquals(403, page.get(SERVICES, bearer("metrics")).statusCode());
                assertEquals(200, page.get("/metrics", basic("read")).statusCode());
                assertEquals(200, page.get(SERVICES, basic("read")).statusCode());
                assertEquals(403, page.post(RESTART, "", bearer("read")).statusCode());
                assertEquals(200, page.get(SERVICES, bearer("operate")).statusCode());
                assertEquals(202, page.post(RESTART, "", bearer("operate")).statusCode());
            }
            HttpResponse<String> stranger = page.get(SERVICES);
            assertEquals(401, stranger.statusCode());
            assertTrue(stranger.headers().firstValue("www-authenticate").isPresent(), "it asks");
            assertEquals(
                    401, page.get(SERVICES, "Authorization", "Bearer guess").statusCode());
            assertEquals(401, page.get(SERVICES, "Authorization", "Basic guess").statusCode());
            assertEquals(
                    401, page.get(SERVICES, "Authorization", "Digest guess").statusCode());
            assertEquals(401, page.get("/none").statusCode(), "a stranger does not learn what there is");
            assertEquals(200, page.get("/health").statusCode());
        }
    }

    @Test
    void anybodyHasALevelOfItsOwn() throws IOException, InterruptedException {
        try (PageLayout page = page("anybody metrics\n")) {
            assertEquals(200, page.get("/metrics").statusCode());
            assertEquals(401, page.get(SERVICES).statusCode());
        }
    }

    /** Without users all may read on the loopback, and nobody may change anything. */
    @Test
    void withoutUsersTheLoopbackReads() throws IOException, InterruptedException {
        try (PageLayout page = new PageLayout(layout, "")) {
            assertEquals(200, page.get(SERVICES).statusCode());
            assertEquals(
                    403,
                    page.post(RESTART, "", "Content-Type", "application/json").statusCode());
        }
    }

    @Test
    void withoutUsersOtherAddressesShowNothing() throws IOException, InterruptedException {
        int open;
        try (ServerSocket socket = new ServerSocket(0)) {
            open = socket.getLocalPort();
        }
        try (PageLayout page = new PageLayout(layout, ", 0.0.0.0:" + open + "\n")) {
            assertEquals(200, page.get(SERVICES).statusCode());
            assertEquals(401, page.getAt(open, SERVICES).statusCode());
            assertEquals(401, page.getAt(open, "/metrics").statusCode());
            assertEquals(200, page.getAt(open, "/health").statusCode());
        }
    }

    /** A browser sends the password for other sites too: these have no token, and a form is all that they can send unasked. */
    @Test
    void otherSitesCannotHaveABrowserChangeAnything() throws IOException, InterruptedException {
        try (PageLayout page = page("")) {
            String[] browser = basic("operate");
            assertEquals(403, page.post(RESTART, "", browser).statusCode());
            assertEquals(
                    403,
                    page.post(RESTART, "x", with(browser, "Content-Type", "text/plain"))
                            .statusCode());
            assertEquals(
                    202,
                    page.post(RESTART, "", with(browser, "Content-Type", "application/json"))
                            .statusCode());
            String[] foreign = with(bearer("operate"), "Origin", "http://evil.example");
            assertEquals(403, page.post(RESTART, "", foreign).statusCode());
            String[] own = with(bearer("operate"), "Origin", "http://127.0.0.1:" + page.port());
            assertEquals(202, page.post(RESTART, "", own).statusCode());
        }
    }

    @Test
    void peopleLogIn() throws IOException, InterruptedException {
        try (PageLayout page = page("")) {
            HttpResponse<String> sent = page.get("/", "Accept", "text/html");
            assertEquals(303, sent.statusCode());
            assertEquals("/login", sent.headers().firstValue("location").orElse(""));
            assertTrue(page.get("/login").body().contains("type=password"));
            String form = "Content-Type";
            String encoded = "application/x-www-form-urlencoded";
            HttpResponse<String> wrong = page.post("/login", "name=operateer&password=guess", form, encoded);
            assertEquals(401, wrong.statusCode());
            assertTrue(wrong.body().contains("role=alert"), wrong.body());
            HttpResponse<String> right =
                    page.post("/login", "name=operateer&password=secret+of+operate", form, encoded);
            assertEquals(303, right.statusCode(), right.body());
            String cookie = right.headers().firstValue("set-cookie").orElse("");
            assertTrue(cookie.endsWith("; Path=/; HttpOnly; SameSite=Strict"), cookie);
            String[] session = {"Cookie", "a=b; " + cookie.substring(0, cookie.indexOf(';'))};
            String seen = page.get("/", session).body();
            int at = seen.indexOf("name=token value=") + "name=token value=".length();
            String token = seen.substring(at, seen.indexOf('>', at));
            assertEquals(
                    403,
                    page.post("/services/app/restart", "token=guess", session).statusCode());
            assertEquals(
                    303,
                    page.post("/services/app/restart", "token=" + token, session)
                            .statusCode());
            assertEquals(
                    202,
                    page.post(RESTART, "", with(session, "X-Pintle-Token", token))
                            .statusCode());
            String[] hidden = with(session, "Origin", "null");
            assertEquals(
                    403,
                    page.post("/services/app/restart", "token=guess", hidden).statusCode());
            assertEquals(
                    303,
                    page.post("/services/app/restart", "token=" + token, hidden).statusCode());
            assertEquals(303, page.post("/logout", "", session).statusCode());
            assertEquals(401, page.get(SERVICES, session).statusCode());
        }
    }

    @Test
    void aLineIsMadeForTheFile() throws IOException, InterruptedException {
        Installed installed = Installed.in(layout);
        Installed.Said said = installed.web("passwd --random robot read");
        assertEquals(0, said.code(), said.output());
        String token = said.output().lines().findFirst().orElse("");
        String line = said.output().lines().reduce((a, b) -> b).orElse("");
        assertTrue(line.matches("robot read pbkdf2-sha256\\$1000\\$\\S+"), said.output());
        PasswordHash hash = PasswordHash.parse(line.substring("robot read ".length()));
        assertTrue(hash != null && hash.fits(token), said.output());
        assertEquals(2, installed.web("passwd robot admin").code());
        assertEquals(2, installed.web("passwd a:b read").code());
        assertEquals(1, installed.web("passwd robot read").code(), "there is no password");
    }

    @Test
    void aFileThatMakesNoSenseIsSaid() throws IOException, InterruptedException {
        Installed installed = Installed.in(layout);
        Path users = layout.resolve("users");
        for (String line : new String[] {"robot read", "robot admin x", "robot", "anybody nobody", "a b c d"}) {
            Files.writeString(users, "# users\n" + line + "\n");
            Installed.Said said = installed.web("serve --listen 1 --users " + users);
            assertEquals(1, said.code(), line);
            assertTrue(said.output().contains(users + ":2 is not NAME LEVEL HASH"), said.output());
        }
        assertEquals(1, installed.web("serve --listen 1 --users /nonexistent").code());
    }
}
