package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.LegalName;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.lower.runit.RunPlan.Dependency;
import dev.pintle.convert.parse.runit.RunitConfig;
import dev.pintle.convert.parse.runit.RunitConfig.ImageFiles;
import dev.pintle.convert.parse.runit.ServiceDirectory;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.convert.parse.shell.ShellException;
import dev.pintle.convert.parse.shell.ShellParser;
import dev.pintle.convert.parse.shell.ShellScript;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a service of a service directory. runsv starts it again for ever, at most once a second, tells only its direct
 * child to stop, and waits for that without end; these are the keys that every service gets.
 */
final class ServiceLowering {

    private final ServiceDirectory service;
    private final Surroundings surroundings;
    private final Account account;
    private final Draft draft;
    private final List<Dependency> dependencies = new ArrayList<>();
    private RunPlan plan = new RunPlan();
    private boolean carriesScript;

    /**
     * What is the same for all services.
     *
     * @param image       files outside of service directories
     * @param container   variables that are known to be in the container's environment
     * @param wiped       whether runsvdir had an environment of PATH alone
     * @param gracePeriod of a stop, as the layout writes it
     * @param build       that the files are of, where they are a build context's: the image may have more
     */
    record Surroundings(
            ImageFiles image,
            Map<String, Value> container,
            boolean wiped,
            String gracePeriod,
            Optional<RunitConfig.Build> build) {}

    ServiceLowering(ServiceDirectory service, Surroundings surroundings, Account account) {
        this.service = service;
        this.surroundings = surroundings;
        this.account = account;
        this.draft = new Draft(LegalName.of(service.name()), service.name());
    }

    Draft draft() {
        return draft;
    }

    List<Dependency> dependencies() {
        return dependencies;
    }

    /** Reads the run script; false where there is nothing that could run. */
    boolean plan() {
        Optional<ServiceFile> found = service.regular("run");
        Optional<Fate> nothing = nothing(found);
        if (found.isEmpty() || nothing.isPresent()) {
            nothing.ifPresent(fate -> service.files().values().forEach(file -> account.file(file, fate)));
            return false;
        }
        ServiceFile run = found.get();
        account.file(run, followOrCarry(run));
        if (isSwitchedOff()) {
            plan.set(Key.AUTOSTART, "no");
            account.file(
                    run,
                    Fate.changed(
                            "autostart = no: the build takes its execute bits, without which runsv could not start it"));
        } else if (!run.executable()) {
            account.file(run, Fate.approximated("it gets an execute bit: without one runsv could not start it", null));
        }
        dependencies.addAll(plan.dependencies());
        return true;
    }

    private boolean isSwitchedOff() {
        return surroundings.build().stream()
                .anyMatch(build -> service.paths().stream()
                        .anyMatch(path -> build.switchedOff().test(path + "/run")));
    }

    /** What is said of every file where runsv could not start anything. */
    private Optional<Fate> nothing(Optional<ServiceFile> run) {
        if (run.isPresent()) {
            return Interpreter.refusal(run.get().text())
                    .map(why -> Fate.notCarried("run cannot be started: " + why, "put run right, and convert again"));
        }
        ServiceFile other = service.files().get("run");
        String why = other == null
                ? "there is no run"
                : other.link()
                        .map(to -> "run is a link to " + to + ", which is not here")
                        .orElse("run is no file");
        return Optional.of(
                surroundings.build().isPresent()
                        ? Fate.notCarried(
                                why
                                        + " in the build context: the image that it is built on has it, or nothing starts it",
                                "export the image ('docker create', 'docker export'), and convert that with --root")
                        : Fate.notCarried(
                                why + ": there is nothing to start",
                                "name the directory of the image's files with --root"));
    }

    private Fate followOrCarry(ServiceFile run) {
        Interpreter interpreter = Interpreter.of(run.text());
        if (!interpreter.plain()) {
            String what = interpreter.program().isEmpty() ? "it is a program" : "it is for " + interpreter.program();
            return carry(run, what, Optional.empty());
        }
        try {
            ShellScript script = ShellParser.parse(run.text());
            try {
                Variables variables = new Variables(surroundings.container(), surroundings.wiped());
                plan = new RunScript(service, run, interpreter, surroundings.image(), variables).follow(script);
                if (plan.pauses()) {
                    return oneshot(run, script);
                }
                plan.lines().forEach(account::line);
                return Fate.changed("every line of it is in service.conf");
            } catch (Refusal e) {
                return carry(run, "line " + run.position(e.offset()).line() + ": " + e.reason(), Optional.of(script));
            }
        } catch (ShellException e) {
            return carry(run, e.reason(), Optional.empty());
        }
    }

    /** A script that is a program stays one. */
    private Fate carry(ServiceFile run, String why, Optional<ShellScript> script) {
        plan = new RunPlan();
        carriesScript = true;
        Optional<ShellScript> pausing = script.filter(Facts::pausesAtEnd);
        if (pausing.isPresent()) {
            return oneshot(run, pausing.get());
        }
        Optional<OffSwitch> off = script.map(s -> OffSwitch.of(run, s, draft.name()));
        String text = off.map(OffSwitch::text).orElse(run.text());
        off.ifPresent(o -> o.lines().forEach(account::line));
        draft.add("run", new OutputFile(text, run.charset(), true));
        script.ifPresent(s -> plan.dependencies().addAll(Facts.dependencies(s, run)));
        plan.set(Key.STDIN, "inherit");
        attend(run);
        return text.equals(run.text())
                ? Fate.kept("run, byte for byte (" + why + ")")
                : Fate.changed("run, but for the lines below (" + why + ")");
    }

    /** The work before a pause, without the pause. */
    private Fate oneshot(ServiceFile run, ShellScript script) {
        List<RunPlan.Line> own =
                plan.lines().stream().filter(line -> line.file().equals(run)).toList();
        RunPlan oneshot = new RunPlan();
        carriesScript = true;
        int cut = Facts.lastStatement(script).start();
        int end = Facts.lastStatement(script).end();
        String text = run.text().substring(0, cut) + "exit 0" + run.text().substring(end);
        draft.add("run", new OutputFile(text, run.charset(), true));
        oneshot.dependencies().addAll(Facts.dependencies(script, run));
        oneshot.set(Key.TYPE, "oneshot");
        oneshot.set(Key.ON_FAILED, "ignore");
        oneshot.set(Key.STDIN, "inherit");
        oneshot.pause();
        plan = oneshot;
        attend(run, new Mentions(run, run.text().substring(0, cut)));
        own.stream().filter(line -> line.offset() == cut).forEach(account::line);
        return Fate.approximated(
                "type = oneshot: run, with 'exit 0' in place of the pause that only kept runsv from running it again; a"
                        + " run that fails is not repeated each second",
                null);
    }

    /** Says what a carried script asks of runit, and puts Pintle's programs of the same names into its PATH. */
    private void attend(ServiceFile script) {
        attend(script, new Mentions(script));
    }

    private void attend(ServiceFile script, Mentions mentions) {
        mentions.lines().forEach(account::line);
        if (mentions.compatible() && !plan.environment().containsKey("PATH")) {
            plan.environment().put("PATH", Value.later(CommandLowering.COMPAT + ":${PATH-}"));
            account.file(
                    script,
                    Fate.changed("PATH begins with " + CommandLowering.COMPAT
                            + ", where Pintle's chpst, sv and svlogd are"));
        }
    }

    /** Fills the draft, once it is known what the service can wait for. */
    void fill(Dependencies.Resolved order) {
        order.lines().forEach(account::line);
        if (!order.dependsOn().isEmpty()) {
            plan.set(Key.DEPENDS_ON, LayoutText.list(order.dependsOn()));
        }
        if (!order.after().isEmpty()) {
            plan.set(Key.AFTER, LayoutText.list(order.after()));
        }
        if (surroundings.wiped()) {
            plan.set(Key.CLEAR_ENVIRONMENT, "yes");
        }
        boolean oneshot = plan.pauses();
        if (!oneshot) {
            plan.set(Key.BACKOFF, "none");
            plan.set(Key.BACKOFF_RESET, RunitNotes.BACKOFF_RESET);
            plan.set(Key.KILL_GROUP, "no");
        }
        plan.set(Key.STOP_GRACE_PERIOD, surroundings.gracePeriod());
        new FilesLowering(service, plan, account, draft, carriesScript).lower(this::attend);
        new ControlLowering(service, plan, account, draft).lower();
        new LogLowering(service, plan, account, surroundings.image())
                .lower(new LogService(service, surroundings, account), draft);
        new TreeMap<>(plan.keys()).forEach(draft::set);
        surroundings.container().forEach((name, value) -> {
            if (!plan.environment().containsKey(name)) {
                draft.setVariable(name, value.template());
            }
        });
        plan.environment().forEach((name, value) -> draft.setVariable(name, value.template()));
    }
}
