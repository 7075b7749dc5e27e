package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import dev.pintle.s6.RunPlan.NotKeysException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of each definition, but for its edges. */
final class ServiceLowering {

    /** s6-rc waits without limit where there is no timeout-kill; this is within what Docker grants the whole stop. */
    static final String USUAL_GRACE = "7s";

    /** A service is started again at once after a run of a second, else a second after its start. */
    private static final String BACKOFF_RESET = "1s";

    private static final int LARGEST_DESCRIPTOR = 1023;

    private final Trees trees;
    private final Account account;
    private final Settings settings;
    private final Scripts scripts;
    private final Edges edges;
    private final Map<String, S6Service> services;

    ServiceLowering(
            Trees trees,
            Account account,
            Settings settings,
            Scripts scripts,
            Edges edges,
            Map<String, S6Service> services) {
        this.trees = trees;
        this.account = account;
        this.settings = settings;
        this.scripts = scripts;
        this.edges = edges;
        this.services = services;
    }

    void lowerAll() {
        for (Definition definition : trees.definitions().values()) {
            switch (definition.type()) {
                case ONESHOT -> oneshot(definition);
                case LONGRUN -> {
                    // A logger becomes a part of those that write to it.
                    if (definition.consumerFor().isEmpty()) {
                        longrun(definition);
                    }
                }
                case BUNDLE, GRAFT, LEGACY -> {}
            }
        }
        for (Definition definition : trees.legacy().values()) {
            legacy(definition);
        }
    }

    private S6Service open(Definition definition) {
        S6Service service = new S6Service(edges.nameOf(definition), definition.directory());
        services.put(service.name(), service);
        for (String path : trees.below(definition.directory())) {
            account.service(path, service.name());
        }
        return service;
    }

    private @Nullable TreeFile file(Definition definition, String name) {
        TreeFile file = trees.files().file(definition.path(name));
        return file != null && file.isRegular() ? file : null;
    }

    private long number(Definition definition, String name) {
        TreeFile file = file(definition, name);
        return file == null ? -1 : Text.number(file.text());
    }

    // Services

    private void longrun(Definition definition) {
        TreeFile run = file(definition, "run");
        if (run == null) {
            account.error(
                    definition.directory(),
                    "convert " + definition.name(),
                    "there is no run",
                    "where the build makes it, export the image and convert that");
            return;
        }
        S6Service service = open(definition);
        supervised(service, definition, run);
        grace(service, definition, USUAL_GRACE);
        if (!edges.starts(definition)) {
            service.set(Key.AUTOSTART, "no");
        }
        ignored(definition, "down", "no effect, as before: s6-rc starts what is in user");
        files(definition);
    }

    private void legacy(Definition definition) {
        TreeFile run = file(definition, "run");
        if (run == null) {
            for (String path : trees.below(definition.directory())) {
                account.fate(path, Fate.notCarried("there is no run beside it", "export the image and convert that"));
            }
            return;
        }
        S6Service service = open(definition);
        supervised(service, definition, run);
        grace(service, definition, trees.isScan() ? USUAL_GRACE : LayoutText.duration(settings.servicesGrace()));
        TreeFile down = file(definition, "down");
        if (down != null) {
            service.set(Key.AUTOSTART, "no");
            account.fate(down.path(), Fate.kept("autostart = no"));
        }
        TreeFile log = file(definition, "log/run");
        if (log != null) {
            service.setLog(logger(definition.path("log"), log));
        }
        files(definition);
    }

    /** A log service from a logger's run. */
    S6Service logger(String directory, TreeFile run) {
        S6Service log = new S6Service("log", directory);
        scripts.run(log, run, new Chain.Place(directory, -1, false, trees.files()), false);
        if (!log.has(Key.WORKING_DIR)) {
            log.set(Key.WORKING_DIR, LayoutText.escape(directory));
        }
        log.set(Key.BACKOFF, "none");
        log.set(Key.BACKOFF_RESET, BACKOFF_RESET);
        log.set(Key.KILL_GROUP, "no");
        return log;
    }

    /** What holds for everything that s6-supervise runs. */
    private void supervised(S6Service service, Definition definition, TreeFile run) {
        long fd = number(definition, "notification-fd");
        boolean check = file(definition, "data/check") != null;
        TreeFile finish = file(definition, "finish");
        boolean finishStays = finish != null && Finish.of(finish).kind() == Finish.Kind.UNKNOWN;
        scripts.run(service, run, new Chain.Place(definition.directory(), (int) fd, check, trees.files()), finishStays);
        if (!service.has(Key.WORKING_DIR)) {
            service.set(Key.WORKING_DIR, LayoutText.escape(definition.directory()));
        }
        readiness(service, definition, fd);
        if (finish != null) {
            new FinishLowering(account, scripts).lower(service, definition, finish);
        }
        service.set(Key.BACKOFF, "none");
        service.set(Key.BACKOFF_RESET, BACKOFF_RESET);
        service.set(Key.KILL_GROUP, "no");
        TreeFile signal = file(definition, "down-signal");
        if (signal != null) {
            String name = Text.trim(signal.text());
            service.set(Key.STOP_SIGNAL, name.startsWith("SIG") ? name.substring(3) : name);
            account.fate(signal.path(), Fate.kept("stop_signal"));
        }
        limits(definition);
    }

    private void readiness(S6Service service, Definition definition, long fd) {
        String path = definition.path("notification-fd");
        if (file(definition, "notification-fd") == null) {
            return;
        }
        if (service.has(Key.READY)) {
            account.fate(path, Fate.changed("not needed: init looks by itself"));
        } else if (fd < 3 || fd > LARGEST_DESCRIPTOR) {
            account.fate(path, Fate.notCarried("it is no number from 3 to " + LARGEST_DESCRIPTOR, "set ready"));
        } else {
            service.set(Key.READY, "fd:" + fd);
            account.fate(path, Fate.kept("ready = fd:" + fd));
        }
    }

    private void grace(S6Service service, Definition definition, String usual) {
        TreeFile file = file(definition, "timeout-kill");
        long kill = number(definition, "timeout-kill");
        service.set(Key.STOP_GRACE_PERIOD, kill > 0 ? LayoutText.duration(kill) : usual);
        if (file != null) {
            account.fate(
                    file.path(),
                    kill > 0
                            ? Fate.kept("stop_grace_period")
                            : Fate.approximated(
                                    "stop_grace_period = " + usual
                                            + ": 0 is no limit under s6, until the engine's kill",
                                    null));
        }
        long up = number(definition, "timeout-up");
        if (up > 0 && service.has(Key.READY)) {
            service.set(Key.READY_TIMEOUT, LayoutText.duration(up));
            account.fate(
                    definition.path("timeout-up"),
                    Fate.approximated(
                            "ready_timeout: then it is started again, where s6-rc left it down",
                            "set start_retries = 0 to leave it down"));
        }
        ignored(definition, "timeout-up", "no effect: it is up when its program is executed");
        long down = number(definition, "timeout-down");
        ignored(
                definition,
                "timeout-down",
                down > 0
                        ? "not needed: the whole stop has its time"
                        : "no limit, as before: the whole stop has its time");
    }

    /** Files that say how s6-supervise or s6-rc is to treat it. */
    private void limits(Definition definition) {
        if (file(definition, "timeout-finish") != null) {
            account.fate(
                    definition.path("timeout-finish"),
                    Fate.approximated("finish is limited by stop_grace_period", "set stop_grace_period"));
        }
        ignored(definition, "max-death-tally", "not needed: 'pintle status' tells of the last ends");
        ignored(definition, "flag-essential", "not needed: it was for s6-rc -d alone");
        ignored(definition, "flag-recommended", "not needed: it was for s6-rc's repositories");
        if (file(definition, "flag-timeout-killpg") != null) {
            account.fate(
                    definition.path("flag-timeout-killpg"),
                    Fate.notCarried("kill_group = no, as for all that s6 supervised", "set kill_group = yes"));
        }
        for (String name : List.of("lock-fd", "flag-newpidns", "reload-signal", "nosetsid")) {
            if (file(definition, name) != null) {
                account.fate(definition.path(name), Fate.notCarried("there is no key for it", null));
            }
        }
    }

    private void ignored(Definition definition, String name, String why) {
        if (file(definition, name) != null) {
            account.fateIfNone(definition.path(name), Fate.changed(why));
        }
    }

    /** What nothing else is said of: it stays where it is, where scripts find it. */
    private void files(Definition definition) {
        TreeFile check = file(definition, "data/check");
        if (check != null) {
            scripts.lookLater(check);
            account.fateIfNone(check.path(), Fate.kept("run where it is, by s6-notifyoncheck or as the health check"));
        }
        for (String path : trees.below(definition.directory())) {
            String rest = path.substring(definition.directory().length() + 1);
            boolean list = definition.type() != Definition.Type.LEGACY && isList(rest);
            TreeFile file = trees.files().file(path);
            if (!list && file != null && account.isOpen(path)) {
                scripts.lookLater(file);
            }
            if (!list) {
                account.fateIfNone(path, Fate.kept("stays where it is, beside run"));
            }
        }
    }

    /** Whether it is a list of names that s6-rc reads. */
    private static boolean isList(String file) {
        String name = file.indexOf('/') < 0 ? file : file.substring(0, file.indexOf('/'));
        return switch (name) {
            case "dependencies",
                    "dependencies.d",
                    "contents",
                    "contents.d",
                    "pipeline-name",
                    "producer-for",
                    "consumer-for" -> true;
            default -> false;
        };
    }

    // Oneshots

    private void oneshot(Definition definition) {
        TreeFile up = file(definition, "up");
        if (up == null) {
            account.error(
                    definition.directory(),
                    "convert " + definition.name(),
                    "there is no up",
                    "where the build makes it, export the image and convert that");
            return;
        }
        S6Service service = open(definition);
        service.set(Key.TYPE, "oneshot");
        RunPlan plan = line(service, Key.COMMAND, up, definition);
        TreeFile down = file(definition, "down");
        if (down != null) {
            RunPlan undo = line(service, Key.DOWN_COMMAND, down, definition);
            if (differ(plan, undo)) {
                account.fate(
                        down.path(),
                        Fate.approximated(
                                "down_command is run as up is: with its user, directory and variables",
                                "put what differs into the command"));
            }
        }
        long timeoutUp = number(definition, "timeout-up");
        if (timeoutUp > 0) {
            service.set(Key.READY_TIMEOUT, LayoutText.duration(timeoutUp));
            account.fate(definition.path("timeout-up"), Fate.kept("ready_timeout"));
        }
        ignored(definition, "timeout-up", "no limit, which is the default");
        long timeoutDown = number(definition, "timeout-down");
        if (timeoutDown > 0) {
            service.set(Key.STOP_GRACE_PERIOD, LayoutText.duration(timeoutDown));
            account.fate(definition.path("timeout-down"), Fate.kept("stop_grace_period"));
        } else if (service.has(Key.DOWN_COMMAND)) {
            service.set(Key.STOP_GRACE_PERIOD, USUAL_GRACE);
        }
        ignored(definition, "timeout-down", "no limit, until the engine's: the whole stop has its time");
        service.set(Key.ON_FAILED, settings.failureStops() ? "stop_container" : "ignore");
        if (!edges.starts(definition)) {
            service.set(Key.AUTOSTART, "no");
        }
        limits(definition);
        files(definition);
    }

    private static boolean differ(RunPlan up, RunPlan down) {
        return up.keys().size() != down.keys().size()
                || up.environment().size() != down.environment().size()
                || !up.keys().entrySet().equals(down.keys().entrySet())
                || !up.environment().entrySet().equals(down.environment().entrySet());
    }

    /** Has a oneshot run the command line that {@code up} or {@code down} is. */
    private RunPlan line(S6Service service, Key key, TreeFile file, Definition definition) {
        RunPlan plan = new RunPlan();
        try {
            new Chain(plan, new Chain.Place(definition.directory(), -1, false, trees.files()))
                    .execline(Execline.parse(file.text()));
        } catch (NotKeysException e) {
            return blocks(service, key, file, e.line(), e.cause());
        }
        if (plan.words().isEmpty()) {
            account.fate(
                    file.path(),
                    Fate.changed(key == Key.COMMAND ? "a milestone: a oneshot without a command" : "nothing to undo"));
            return plan;
        }
        service.set(key, LayoutText.words(scripts.command(service, plan)));
        if (key == Key.COMMAND) {
            plan.keys().forEach(service::set);
            plan.environment().forEach(service::setVariable);
        }
        for (Translation.Line line : plan.lines()) {
            account.line(file.path(), line.line(), line.label(), line.fate());
        }
        Fate mended = plan.mended();
        account.fate(file.path(), mended != null ? mended : Fate.kept(key.text()));
        return plan;
    }

    private RunPlan blocks(S6Service service, Key key, TreeFile file, int line, String cause) {
        scripts.execline(service, key, file, line, cause);
        return new RunPlan();
    }
}
