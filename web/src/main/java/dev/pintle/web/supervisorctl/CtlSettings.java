package dev.pintle.web.supervisorctl;

import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.RawText;
import dev.pintle.web.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What supervisorctl was called with. */
final class CtlSettings {
    private static final int LARGEST_CONFIGURATION = 1 << 20;
    private static final String DEFAULT_URL = "http://localhost:9001";

    final List<String> words;
    boolean interactive;
    boolean help;
    String prompt = "supervisor";
    /** Where to call; empty for the init of this container. */
    String url = "";

    private @Nullable String username;
    private @Nullable String password;

    private CtlSettings(List<String> words) {
        this.words = words;
    }

    /** Takes the options of a call. */
    static CtlSettings of(Invocation call) throws FailureException {
        Options options = new Options(
                call.words,
                "c:his:u:p:r:",
                "configuration=c",
                "help=h",
                "interactive=i",
                "serverurl=s",
                "username=u",
                "password=p",
                "history_file=r");
        String file = "";
        String url = "";
        String username = null;
        String password = null;
        boolean interactive = false;
        boolean help = false;
        for (int letter = options.next(); letter != Options.END; letter = options.next()) {
            switch (letter) {
                case 'c' -> file = options.value();
                case 's' -> url = options.value();
                case 'u' -> username = options.value();
                case 'p' -> password = options.value();
                case 'i' -> interactive = true;
                case 'h' -> help = true;
                default -> {
                    // A file for what was typed: there is no line editor that would keep it.
                }
            }
        }
        CtlSettings settings = new CtlSettings(options.operands());
        settings.interactive = interactive || settings.words.isEmpty();
        settings.help = help;
        settings.username = username;
        settings.password = password;
        if (!file.isEmpty()) {
            settings.read(call, file);
        }
        if (!url.isEmpty()) {
            settings.url = url(url);
        }
        return settings;
    }

    private static String url(String text) throws UsageException {
        if (!HttpServer.isUrl(text)) {
            throw new UsageException("-s takes a URL such as http://localhost:9001 or unix:///run/supervisor.sock");
        }
        return text;
    }

    /** An address of this machine in a file is that of the supervisord that the init is here in place of. */
    private void read(Invocation call, String file) throws FailureException {
        Files.Reading reading = Files.read(call.sys, file, LARGEST_CONFIGURATION);
        String text = reading.text();
        if (text == null) {
            throw new UsageException("could not find config file " + file);
        }
        CtlSection section = CtlSection.read(text, call.environment());
        if (!section.found) {
            throw new FailureException(ExitCode.USAGE, "cannot read " + file + ": it has no section [supervisorctl]");
        }
        prompt = section.get("prompt", prompt);
        username = username == null && section.has("username") ? section.get("username", "") : username;
        password = password == null && section.has("password") ? section.get("password", "") : password;
        String given = section.get("serverurl", DEFAULT_URL);
        url = isHere(given) ? "" : url(given);
    }

    private static boolean isHere(String url) {
        return url.startsWith("unix://")
                || url.startsWith("http://localhost:")
                || url.startsWith("http://127.0.0.1:")
                || url.equals("http://localhost")
                || url.equals("http://127.0.0.1");
    }

    /** The line of a request's head that says who is calling; empty where nobody was named. */
    String authorization() {
        String user = username;
        String secret = password;
        return user == null || secret == null
                ? ""
                : "Authorization: Basic " + Base64.encode(RawText.encode(user + ":" + secret)) + "\r\n";
    }

    /** Says who is calling. */
    void identify(String user, String secret) {
        username = user;
        password = secret;
    }
}
