package dev.pintle.layout.parse;

import dev.pintle.layout.ContainerSettings;
import dev.pintle.layout.ContainerSettings.Control;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ContainerSettings.Messages;
import dev.pintle.layout.ContainerSettings.SignalAction;
import dev.pintle.layout.ContainerSettings.Web;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.ConfText.Entry;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Interpolation;
import dev.pintle.layout.text.LayoutText;
import dev.pintle.layout.text.Nearest;
import dev.pintle.layout.text.Position;
import dev.pintle.layout.text.Signals;
import dev.pintle.layout.text.SourceText;
import dev.pintle.layout.text.Values;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the container's settings of pintle.conf and the {@code PINTLE_*} variables, which win. */
final class ContainerReader {

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final int SIGCHLD = 17;
    private static final int SIGSTOP = 19;

    private final Conf conf;
    private final Settings settings;
    private final Interpolation interpolation;
    private final Graph graph;
    private final Diagnostics diagnostics;

    ContainerReader(
            Conf conf,
            Map<String, String> variables,
            Interpolation interpolation,
            Graph graph,
            Diagnostics diagnostics) {
        this.conf = conf;
        this.graph = graph;
        this.diagnostics = diagnostics;
        this.interpolation = interpolation;
        this.settings = new Settings(overridden(conf.keys(), variables), Map.of(), interpolation, diagnostics);
    }

    private static Map<Key, Entry> overridden(Map<Key, Entry> keys, Map<String, String> variables) {
        Map<Key, Entry> entries = new HashMap<>(keys);
        for (Key key : Key.values()) {
            String variable = key.variable();
            String value = variable == null ? null : variables.get(variable);
            if (variable != null && value != null && !value.isEmpty()) {
                SourceText text = SourceText.of(variable, LayoutText.escape(value));
                entries.put(key, new Entry(key.text(), Position.of(variable), text));
            }
        }
        return entries;
    }

    ContainerSettings read() {
        String group = settings.optional(Key.CONTROL_GROUP, ServiceValues::account);
        long budget = settings.duration(Key.SHUTDOWN_GRACE_PERIOD);
        long delay = settings.duration(Key.STOP_DELAY);
        long mainDelay = settings.duration(Key.MAIN_STOP_DELAY);
        checkDelays(delay, mainDelay, budget);
        if (delay == 0 || delay < budget) {
            graph.checkGracePeriods(budget, delay);
        }
        return new ContainerSettings(
                budget,
                delay,
                mainDelay,
                exitCodeFrom(),
                settings.duration(Key.STARTUP_TIMEOUT),
                new Messages(
                        settings.choice(Key.LOG_LEVEL, LogLevel.values()),
                        settings.choiceText(Key.LOG_FORMAT),
                        settings.choiceText(Key.LOG_TIMESTAMP)),
                signals(),
                List.copyOf(settings.list(Key.MAIN_RUNTIME_DIRECTORY, ServiceValues::name)),
                new Control(
                        settings.optional(Key.CONTROL_PATH, ServiceValues::path),
                        settings.get(
                                Key.CONTROL_MODE, text -> Values.octal(text, 0777), group == null ? "0600" : "0660"),
                        group),
                web());
    }

    /** Main is told after both. */
    private void checkDelays(long delay, long mainDelay, long budget) {
        if (delay + mainDelay == 0 || delay + mainDelay < budget) {
            return;
        }
        diagnostics.error(
                settings.position(mainDelay == 0 ? Key.STOP_DELAY : Key.MAIN_STOP_DELAY),
                "bad-value",
                "wait for " + (mainDelay == 0 ? "stop_delay" : delay == 0 ? "main_stop_delay" : "both stop delays"),
                "the whole stop takes no longer than that",
                "set shutdown_grace_period to more, and the engine's time above that");
    }

    private @Nullable Web web() {
        List<String> listen = List.copyOf(settings.list(Key.WEB_LISTEN, ServiceValues::webAddress));
        String username = settings.text(Key.WEB_USERNAME);
        String passwordFile = settings.optional(Key.WEB_PASSWORD_FILE, ServiceValues::path);
        String users = settings.optional(Key.WEB_USERS, ServiceValues::path);
        if ((username == null) != (settings.text(Key.WEB_PASSWORD_FILE) == null)) {
            Key given = username == null ? Key.WEB_PASSWORD_FILE : Key.WEB_USERNAME;
            diagnostics.error(
                    settings.position(given),
                    "bad-value",
                    "ask for a password",
                    "only one of username and password_file is set",
                    "set both under [web], or neither");
        }
        List<String> hosts = List.copyOf(settings.list(Key.WEB_ALLOWED_HOSTS, ServiceValues::host));
        String mode = settings.text(Key.WEB_SOCKET_MODE);
        settings.optional(Key.WEB_SOCKET_MODE, text -> Values.octal(text, 0777));
        String group = settings.optional(Key.WEB_SOCKET_GROUP, ServiceValues::account);
        if (listen.isEmpty()) {
            if ((username != null || users != null) && settings.text(Key.WEB_LISTEN) == null) {
                diagnostics.warning(
                        settings.position(users == null ? Key.WEB_USERNAME : Key.WEB_USERS),
                        "no-effect",
                        "serve the status page",
                        "listen is not set",
                        "set it under [web]");
            }
            return null;
        }
        for (String address : listen) {
            if (username == null && users == null && !isLocal(address)) {
                diagnostics.warning(
                        settings.position(Key.WEB_LISTEN),
                        "no-users",
                        "show anything at " + address,
                        "there are no users, and without any only who connects to 127.0.0.1 may read",
                        "set users under [web], or listen on 127.0.0.1");
            }
        }
        return new Web(listen, mode, group, users, username, passwordFile, hosts);
    }

    private static boolean isLocal(String address) {
        return address.startsWith("unix:")
                || address.startsWith("localhost:")
                || address.startsWith("127.")
                || address.startsWith("[::1]:");
    }

    private @Nullable String exitCodeFrom() {
        String name = settings.text(Key.EXIT_CODE_FROM);
        if (name == null) {
            return null;
        }
        List<String> services = graph.resolve(name);
        if (services.size() == 1) {
            return services.get(0);
        }
        Position position = settings.position(Key.EXIT_CODE_FROM);
        if (services.isEmpty()) {
            graph.reportUnknown(name, "take the exit code from", position);
        } else {
            diagnostics.error(
                    position,
                    "several-instances",
                    "take the exit code from " + name,
                    "it has " + services.size() + " instances",
                    "name one of them, such as " + services.get(0));
        }
        return null;
    }

    private Map<Integer, SignalAction> signals() {
        Map<Integer, SignalAction> actions = new LinkedHashMap<>();
        for (Entry entry : conf.signals().values()) {
            int signal = caught(entry);
            SignalAction action = action(entry);
            if (signal > 0 && actions.containsKey(signal)) {
                diagnostics.error(
                        entry.position(),
                        "duplicate-key",
                        "set " + entry.key() + " again",
                        "it is signal " + signal + ", which is set above",
                        null);
            } else if (signal > 0 && action != null) {
                actions.put(signal, action);
                if (signal == SIGTERM && action.kind() != SignalAction.Kind.STOP) {
                    diagnostics.warning(
                            entry.position(),
                            "no-stop",
                            "stop by TERM",
                            "[signals] has something else for it",
                            "name another signal in STOPSIGNAL of the image; else the engine kills the container");
                }
            }
        }
        return actions;
    }

    /** The number of the signal that the entry is about, or -1 where that is reported. */
    private int caught(Entry entry) {
        int signal = Signals.number(entry.key());
        if (signal < 0) {
            diagnostics.error(
                    entry.position(),
                    "unknown-key",
                    "set " + entry.key(),
                    "there is no such signal",
                    Signals.hint(entry.key()));
        } else if (signal == SIGKILL || signal == SIGSTOP || signal == SIGCHLD) {
            diagnostics.error(
                    entry.position(),
                    "bad-value",
                    "set " + entry.key(),
                    signal == SIGCHLD ? "init needs it itself" : "it cannot be caught",
                    null);
            return -1;
        }
        return signal;
    }

    private @Nullable SignalAction action(Entry entry) {
        String text = interpolation.interpolate(entry.value().text(), diagnostics.of(entry.value()));
        if (text == null) {
            return null;
        }
        if (text.equals("stop")) {
            return new SignalAction(SignalAction.Kind.STOP, List.of(), 0);
        }
        if (text.equals("ignore")) {
            return new SignalAction(SignalAction.Kind.IGNORE, List.of(), 0);
        }
        if (text.equals("reload")) {
            return new SignalAction(SignalAction.Kind.RELOAD, List.of(), 0);
        }
        Position position = entry.value().start();
        int colon = text.indexOf(':');
        if (colon < 0) {
            String nearest = Nearest.didYouMean(text, List.of("stop", "ignore", "reload"));
            badAction(entry, text, "it is not an action", nearest);
            return null;
        }
        String target = text.substring(0, colon);
        int signal;
        try {
            signal = Values.signal(text.substring(colon + 1));
        } catch (BadValueException e) {
            badAction(entry, text, e.cause(), e.hint());
            return null;
        }
        if (target.equals("all")) {
            return new SignalAction(SignalAction.Kind.ALL, List.of(), signal);
        }
        List<String> targets = target.equals("main") ? List.of("main") : graph.resolve(target);
        if (targets.isEmpty()) {
            graph.reportUnknown(target, "send a signal to", position);
            return null;
        }
        return new SignalAction(SignalAction.Kind.FORWARD, targets, signal);
    }

    private void badAction(Entry entry, String text, String cause, @Nullable String hint) {
        diagnostics.error(
                entry.value().start(),
                "bad-value",
                "read " + entry.key() + " '" + Settings.shown(text) + "'",
                cause,
                hint != null ? hint : "write stop, ignore, reload, NAME:SIGNAL or all:SIGNAL");
    }
}
