package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.SupervisordConfig;
import dev.pintle.convert.parse.supervisord.SupervisordConfig.Settings;
import dev.pintle.convert.parse.supervisord.Text;
import dev.pintle.layout.Key;
import java.util.List;
import java.util.Optional;

/** Accounts for {@code [supervisord]} and {@code [include]}; some of it becomes keys of every service. */
final class SettingsLowering {

    private static final String SECTION = "supervisord";

    /** What every container has; supervisord raises the limit to it where it is lower. */
    private static final long USUAL_DESCRIPTORS = 1024;

    private final SupervisordConfig config;
    private final Settings settings;
    private final Ledger ledger;

    SettingsLowering(SupervisordConfig config, Ledger ledger) {
        this.config = config;
        this.settings = config.settings();
        this.ledger = ledger;
    }

    void lower(List<Draft> services) {
        ledger.section(SECTION, Fate.changed("/init takes supervisord's place"));
        ownLog();
        process();
        user(services);
        limits(services);
        fate("environment", Templates.environmentFate("in the [environment] of every service", settings.environment()));
        include();
    }

    private void fate(String key, Fate fate) {
        ledger.key(SECTION, key, fate);
    }

    private void ownLog() {
        Fate log = Fate.changed("not needed: init writes what it has to say to the container's standard error");
        for (String key : List.of("logfile", "logfile_maxbytes", "logfile_backups", "silent")) {
            fate(key, log);
        }
        boolean debug = settings.logLevel().or(20) <= 10;
        fate(
                "loglevel",
                debug
                        ? Fate.approximated(
                                "supervisord copied the output of all programs into its log at this level",
                                "send the programs' logs to the container's output")
                        : Fate.changed("not needed: init prints warnings and errors; see log_level in pintle.conf"));
        Fate auto = Fate.changed("not needed: there are no AUTO log files");
        for (String key : List.of("childlogdir", "nocleanup", "identifier")) {
            fate(key, auto);
        }
        fate(
                "strip_ansi",
                settings.stripAnsi().or(true)
                        ? Fate.notCarried("output is passed on as it is", "turn colours off in the programs")
                        : Fate.kept("output is passed on as it is"));
    }

    private void process() {
        fate("pidfile", Fate.changed("not needed: init is process 1, and 'pintle status' finds it"));
        fate("nodaemon", Fate.changed("not needed: init always stays in the foreground"));
        Fate foreground =
                Fate.changed("no effect, as under supervisord in the foreground: it applies when it daemonises");
        fate("umask", foreground);
        fate("directory", foreground);
    }

    /** Where supervisord itself drops its privileges, every program runs without them. */
    private void user(List<Draft> services) {
        Optional<Text> user = settings.user();
        if (user.isEmpty()) {
            return;
        }
        if (!Templates.isUser(user.get())) {
            fate("user", Fate.notCarried("no user can be called that", "name a user or a number"));
            return;
        }
        String template = Templates.of(user.get());
        if (template.equals("root") || template.equals("0")) {
            fate("user", Fate.kept("init runs as the container's user"));
            return;
        }
        for (Draft service : services) {
            if (service.get(Key.USER).isEmpty()) {
                service.set(Key.USER, template);
                service.set(Key.LOGIN_ENVIRONMENT, "no");
            }
        }
        fate(
                "user",
                Fate.changed("user = " + template + " in every service that has none of its own; init itself runs as"
                        + " the container's user"));
    }

    private void limits(List<Draft> services) {
        long descriptors = settings.minFds().or(USUAL_DESCRIPTORS);
        if (settings.minFds().known().isEmpty()) {
            fate("minfds", Fate.notCarried("its value depends on a variable", "pass the value with --env"));
        } else if (descriptors <= USUAL_DESCRIPTORS) {
            fate("minfds", Fate.changed("not needed: no container has a lower limit"));
        } else {
            services.forEach(service -> service.set(Key.ULIMIT_NOFILE, descriptors + ":" + descriptors));
            fate(
                    "minfds",
                    Fate.approximated(
                            "[ulimits] nofile = " + descriptors + " in every service, also where the"
                                    + " container's limit is higher; supervisord only raised a lower one",
                            "remove it where the container's limit is high enough"));
        }
        fate("minprocs", Fate.changed("not needed: containers limit processes by their control group"));
    }

    private void include() {
        if (!config.document().has("include")) {
            return;
        }
        ledger.section("include", Fate.changed("the files that are read are part of this report"));
        Fate read = Fate.changed(
                config.inclusions().isEmpty() ? "no file is read" : "read: " + String.join(", ", config.inclusions()));
        Fate missing = Fate.notCarried(
                "no file here matches " + String.join(" ", config.unmatched()),
                "if the image has such files, copy them out and give their place with --root");
        ledger.key("include", "files", config.unmatched().isEmpty() ? read : read.and(missing));
    }
}
