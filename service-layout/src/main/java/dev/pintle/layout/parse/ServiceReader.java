package dev.pintle.layout.parse;

import dev.pintle.layout.ExitCodes;
import dev.pintle.layout.Key;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.Section;
import dev.pintle.layout.ServiceBuilder;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.ServiceDefinition.Healthcheck;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.ServiceDefinition.Reload;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Policy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.RestartLimit;
import dev.pintle.layout.ServiceDefinition.StopPolicy;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Budget;
import dev.pintle.layout.text.ConfText.Entry;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Position;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one instance of a service: every default filled in, other services' names as they are written. */
final class ServiceReader {

    /** What asks for a restart with that of a dependency. */
    private static final String RESTART = "+restart";

    private static final List<String> OWN_RUN = List.of("./run");

    /** Stands for a command that has been reported. */
    private static final List<String> NOTHING = List.of("/");

    /** More tries than a container will ever see. */
    private static final int MAX_COUNT = 1_000_000;

    private static final List<Key> HEALTH = Key.of(Section.HEALTHCHECK);

    private final LayoutSource source;
    private final ServiceDirectory directory;
    private final Settings settings;
    private final Map<String, String> variables;
    private final Scripts scripts;
    private final Diagnostics diagnostics;
    private final Budget budget;
    private final @Nullable String instance;
    private final ServiceDefinition.Type type;

    /** Takes the directory, the variables of its processes, and the instance's number or null. */
    ServiceReader(
            LayoutSource source,
            ServiceDirectory directory,
            Settings settings,
            Map<String, String> variables,
            @Nullable String instance,
            Diagnostics diagnostics) {
        this.source = source;
        this.directory = directory;
        this.settings = settings;
        this.variables = variables;
        this.instance = instance;
        this.diagnostics = diagnostics;
        this.scripts = new Scripts(source, directory.path(), diagnostics);
        this.budget = settings.budget();
        this.type = settings.choice(Key.TYPE, ServiceDefinition.Type.values());
    }

    Draft read() {
        checkKeysFit();
        List<String> command = command();
        String defaultDirectory = !command.isEmpty() && Scripts.isOwn(command) ? directory.path() : null;
        Healthcheck healthcheck = healthcheck();
        String name = directory.nameOf(instance);
        ProcessSettings process = new ProcessReader(settings, source, directory.path(), name, diagnostics)
                .read(variables, defaultDirectory);
        Readiness readiness = readiness(healthcheck);
        checkReadiness(readiness, process);
        if (process.streams().areLogged()) {
            budget.addServices(1, Position.of(directory.path()), diagnostics);
        }
        ServiceBuilder builder =
                new ServiceBuilder(name, command.isEmpty() ? command : scripts.resolve(command, commandPosition()));
        builder.family = directory.name();
        builder.groups = List.copyOf(settings.list(Key.GROUP, ServiceValues::name));
        builder.directory = directory.path();
        builder.type = type;
        builder.autostart = settings.bool(Key.AUTOSTART);
        builder.readiness = readiness;
        builder.restart = restartPolicy();
        builder.stop = stopPolicy();
        builder.reload = new Reload(settings.get(Key.RELOAD_SIGNAL, Values::signal), argv(Key.RELOAD_COMMAND));
        builder.finish = finish();
        builder.healthcheck = healthcheck;
        builder.process = process;
        ServiceDefinition service = builder.build();
        new NoEffect(settings, diagnostics).warn(service);
        return new Draft(
                service,
                edges(),
                settings.items(Key.BEFORE),
                settings.position(Key.LISTEN),
                settings.position(Key.READY),
                new LayoutParser.Place(
                        settings.position(Key.STOP_GRACE_PERIOD), settings.ownEntry(Key.STOP_GRACE_PERIOD) == null),
                settings.position(Key.get(Section.STDOUT, "to")),
                settings.position(Key.get(Section.STDERR, "to")));
    }

    private void checkKeysFit() {
        for (Key key : directory.conf().keys().keySet()) {
            Entry entry = settings.ownEntry(key);
            if (entry != null && !key.fits(type)) {
                diagnostics.error(
                        entry.position(),
                        "key-does-not-fit",
                        "set " + key.label(),
                        "it means nothing for a "
                                + (type == ServiceDefinition.Type.ONESHOT
                                        ? "oneshot"
                                        : "service that is not a oneshot"),
                        null);
            }
        }
    }

    /** What service.conf says, else the file run, else what [defaults] say; none makes a oneshot a milestone. */
    private List<String> command() {
        Entry own = settings.ownEntry(Key.COMMAND);
        boolean run = directory.has("run");
        Entry entry = own != null || run ? own : settings.entry(Key.COMMAND);
        List<String> words = entry == null ? List.of() : words(Key.COMMAND, entry);
        if (words != null && !words.isEmpty()) {
            return words;
        }
        if (words != null && !run && type == ServiceDefinition.Type.ONESHOT) {
            return List.of();
        }
        // Where a line is wrong, that is why.
        if (words != null && !run && (directory.sound() || entry != null)) {
            diagnostics.error(
                    entry == null ? Position.of(directory.path()) : entry.position(),
                    "no-command",
                    "start " + directory.name(),
                    "it has no command and no run",
                    "set command in service.conf");
        }
        return run ? OWN_RUN : NOTHING;
    }

    private @Nullable List<String> words(Key key, Entry entry) {
        // Whatever it is: each character of it is looked at.
        budget.addReading(entry.value().text().length(), entry.value().start(), diagnostics);
        return CommandForms.isOurs(key, entry, diagnostics) ? settings.words(entry) : null;
    }

    private Position commandPosition() {
        Entry entry = settings.entry(Key.COMMAND);
        return entry == null ? Position.of(directory.path()) : entry.value().start();
    }

    private @Nullable List<String> argv(Key key) {
        Entry entry = settings.entry(key);
        List<String> words = entry == null ? null : words(key, entry);
        return entry == null || words == null || words.isEmpty()
                ? null
                : scripts.resolve(words, entry.value().start());
    }

    private @Nullable String finish() {
        if (!directory.has("finish")) {
            return null;
        }
        String path = directory.path() + "/finish";
        scripts.check(path, Position.of(path), "finish");
        return path;
    }

    private Readiness readiness(@Nullable Healthcheck healthcheck) {
        long timeout = settings.duration(Key.READY_TIMEOUT);
        Readiness readiness = settings.get(Key.READY, text -> ServiceValues.readiness(text, timeout));
        if (type == ServiceDefinition.Type.ONESHOT) {
            return new Readiness(Readiness.Kind.STARTED, "", -1, timeout);
        }
        if (readiness.kind() == Readiness.Kind.HEALTHCHECK && healthcheck == null) {
            diagnostics.error(
                    settings.position(Key.READY),
                    "no-healthcheck",
                    "wait for the health check of " + directory.name(),
                    "it has none",
                    "add a [healthcheck] section or the file check");
        }
        return readiness;
    }

    /** What readiness and the sockets of {@code listen} would do to each other. */
    private void checkReadiness(Readiness readiness, ProcessSettings process) {
        int firstFree = process.streams().input() == ProcessSettings.Stdin.SOCKET
                ? ListenSocket.FIRST_DESCRIPTOR
                : ListenSocket.FIRST_DESCRIPTOR + process.listen().size();
        if (readiness.kind() == Readiness.Kind.FD && readiness.fd() < firstFree) {
            diagnostics.error(
                    settings.position(Key.READY),
                    "bad-value",
                    "wait for a newline on descriptor " + readiness.fd(),
                    "it is a socket of listen",
                    "write fd:" + firstFree + ", and have the service write there");
        }
        for (ListenSocket socket : process.listen()) {
            if (readiness.kind() == Readiness.Kind.TCP && readiness.detail().endsWith(":" + socket.port())) {
                diagnostics.warning(
                        settings.position(Key.READY),
                        "no-effect",
                        "tell by port " + socket.port() + " whether the service is ready",
                        "init listens there itself, so it is always open",
                        "use ready = fd:N, notify or healthcheck");
            }
        }
    }

    /** supervisord's words too, which a container's variable may have: a boolean, or {@code unexpected}. */
    private static Policy policy(String text) throws BadValueException {
        String word = Ascii.lower(text);
        return switch (word) {
            case "yes", "true", "on", "1" -> Policy.ALWAYS;
            case "false", "off", "0" -> Policy.NO;
            case "unexpected" -> Policy.ON_FAILURE;
            default -> Settings.oneOf(Key.RESTART, Policy.values(), text);
        };
    }

    /** See {@link Key} for the defaults that depend on other keys. */
    private RestartPolicy restartPolicy() {
        boolean oneshot = type == ServiceDefinition.Type.ONESHOT;
        String exit = settings.get(Key.ON_EXIT, text -> Settings.choiceText(Key.ON_EXIT, text));
        boolean stops = exit.equals("stop_container");
        Policy policy = oneshot
                ? Policy.NO
                : settings.get(Key.RESTART, ServiceReader::policy, exit.equals("restart") ? "always" : "no");
        if (policy == Policy.ALWAYS && !exit.equals("restart") && settings.ownEntry(Key.ON_EXIT) != null) {
            diagnostics.warning(
                    settings.position(Key.ON_EXIT),
                    "no-effect",
                    "act on on_exit",
                    "under restart = always the service never ends for good",
                    "set restart to on-failure or no");
        }
        ContainerAction onFailed = settings.choice(
                Key.ON_FAILED, ContainerAction.values(), oneshot || stops ? "stop_container" : "ignore");
        ContainerAction onExit = stops ? ContainerAction.STOP_CONTAINER : ContainerAction.IGNORE;
        RestartPolicy.Builder builder = new RestartPolicy.Builder();
        builder.policy = policy;
        builder.success = successExitCodes();
        builder.minUptime = oneshot ? 0 : settings.duration(Key.MIN_UPTIME);
        builder.strictUptime = !oneshot && settings.text(Key.MIN_UPTIME) != null;
        builder.startRetries = settings.get(
                Key.START_RETRIES, ServiceReader::countOrUnlimited, policy == Policy.NO ? "0" : "unlimited");
        builder.delay = settings.duration(Key.RESTART_DELAY);
        builder.backoff = settings.choice(Key.BACKOFF, RestartPolicy.Backoff.values());
        builder.backoffMax = settings.duration(Key.BACKOFF_MAX);
        builder.backoffReset = settings.duration(Key.BACKOFF_RESET);
        builder.limit = restartLimit();
        builder.onExit = onExit;
        builder.onFailedExit = exit.equals("restart") ? onFailed : onExit;
        builder.onFailed = onFailed;
        return builder.build();
    }

    private RestartLimit restartLimit() {
        int most = settings.get(
                Key.RESTART_LIMIT,
                text -> text.equals("unlimited") ? -1 : (int) Values.integer(text, 0, RestartLimit.HIGHEST));
        return most < 0 ? RestartLimit.NONE : new RestartLimit(most, settings.duration(Key.RESTART_LIMIT_PERIOD));
    }

    private ExitCodes successExitCodes() {
        List<Integer> codes = new ArrayList<>();
        List<Integer> signals = new ArrayList<>();
        for (ServiceValues.End end : settings.list(Key.SUCCESS_EXIT_CODES, ServiceValues::end)) {
            (end.signal() ? signals : codes).add(end.number());
        }
        return codes.isEmpty() && signals.isEmpty()
                ? ExitCodes.ZERO
                : new ExitCodes(List.copyOf(codes), List.copyOf(signals));
    }

    private static int countOrUnlimited(String text) throws BadValueException {
        return text.equals("unlimited") ? -1 : Values.count(text, MAX_COUNT);
    }

    private StopPolicy stopPolicy() {
        return new StopPolicy(
                settings.get(Key.STOP_SIGNAL, Values::signal),
                argv(Key.STOP_COMMAND),
                settings.duration(Key.STOP_GRACE_PERIOD),
                settings.bool(Key.STOP_GROUP),
                settings.bool(Key.KILL_GROUP),
                type == ServiceDefinition.Type.ONESHOT ? argv(Key.DOWN_COMMAND) : null);
    }

    private @Nullable Healthcheck healthcheck() {
        boolean file = directory.has("check");
        Entry section = settings.firstOwnEntry(HEALTH);
        if (type == ServiceDefinition.Type.ONESHOT) {
            if (file) {
                diagnostics.error(
                        Position.of(directory.path() + "/check"),
                        "key-does-not-fit",
                        "use check",
                        "a oneshot has no health to check",
                        null);
            }
            return null;
        }
        if (section == null && !file) {
            return null;
        }
        return new Healthcheck(
                test(section, file),
                settings.duration(Key.INTERVAL),
                settings.duration(Key.TIMEOUT),
                settings.get(Key.RETRIES, text -> (int) Values.integer(text, 1, MAX_COUNT)),
                settings.duration(Key.START_PERIOD),
                settings.choice(Key.ON_UNHEALTHY, Healthcheck.OnUnhealthy.values()));
    }

    private List<String> test(@Nullable Entry section, boolean file) {
        List<String> test = argv(Key.TEST);
        if (test != null) {
            return test;
        }
        if (file) {
            return scripts.resolve(List.of("./check"), Position.of(directory.path()));
        }
        Entry given = settings.ownEntry(Key.TEST);
        boolean reported = given != null && words(Key.TEST, given) == null;
        if (section != null && !reported) {
            diagnostics.error(
                    section.position(),
                    "no-healthcheck",
                    "check the health of " + directory.name(),
                    "[healthcheck] has no test, and there is no" + " file check",
                    "set test, or remove the section");
        }
        return NOTHING;
    }

    private List<Draft.Edge> edges() {
        List<Draft.Edge> edges = new ArrayList<>();
        for (Settings.Item item : settings.items(Key.DEPENDS_ON)) {
            try {
                edges.add(dependency(item));
            } catch (BadValueException e) {
                settings.badValue(Key.DEPENDS_ON, item.text(), item.position(), e);
            }
        }
        for (Settings.Item item : settings.items(Key.AFTER)) {
            edges.add(new Draft.Edge(item.text(), null, false, item.position()));
        }
        return edges;
    }

    /** {@code NAME[?][:CONDITION][+restart]}. */
    private static Draft.Edge dependency(Settings.Item item) throws BadValueException {
        String text = item.text();
        boolean restart = text.endsWith(RESTART);
        String rest = restart ? text.substring(0, text.length() - RESTART.length()) : text;
        int colon = rest.indexOf(':');
        String target = colon < 0 ? rest : rest.substring(0, colon);
        Condition condition = colon < 0 ? null : ServiceValues.condition(rest.substring(colon + 1));
        boolean optional = target.endsWith("?");
        String name = optional ? target.substring(0, target.length() - 1) : target;
        return new Draft.Edge(ServiceValues.name(name), condition, true, optional, restart, item.position());
    }
}
