package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.LegalName;
import dev.pintle.convert.parse.runit.RunitConfig.Phusion;
import dev.pintle.convert.parse.runit.RunitConfig.Script;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.convert.parse.shell.ShellParser;
import dev.pintle.convert.parse.shell.Word;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes services of what phusion's my_init does beside running runit: scripts at start, each of which has to succeed,
 * scripts before and after the stop, and a directory of variables. The scripts stay where they are in the image.
 */
final class PhusionLowering {

    private static final String DYNAMIC = "container_environment";

    private static final Fate RELOADED = Fate.notCarried(
            "it uses /etc/container_environment, which init reads at conversion only: what a script writes there while the"
                    + " container starts reaches no service",
            "let the service read what the script writes");

    private final Phusion phusion;
    private final Account account;
    private final Map<String, Value> environment = new TreeMap<>();
    private final Set<String> names = new HashSet<>();

    PhusionLowering(Phusion phusion, Account account) {
        this.phusion = phusion;
        this.account = account;
        phusion.environment().forEach(this::variable);
    }

    /** my_init: a variable of the container wins over a file; a file's last line end does not belong to its value. */
    private void variable(String name, ServiceFile file) {
        account.open(file, file.path(), List.of());
        if (!file.isRegular() || !ShellParser.isName(name) || file.text().indexOf('\0') >= 0) {
            account.file(file, Fate.notCarried("no variable can be called that, or its value is not here", null));
            return;
        }
        String value = file.text().endsWith("\n")
                ? file.text().substring(0, file.text().length() - 1)
                : file.text();
        if (!Word.bracesPair(value)) {
            environment.put(name, Value.later(LayoutText.escape(value)));
            account.file(
                    file,
                    Fate.approximated(
                            "[environment] of every service, also where the container sets another value", null));
            return;
        }
        environment.put(name, Value.later("${" + name + "-" + LayoutText.escape(value) + "}"));
        account.file(file, Fate.changed("[environment] of every service, unless the container sets it itself"));
    }

    /** Variables that scripts can count on. */
    Map<String, Value> environment() {
        return environment;
    }

    /** Adds the scripts as services, and orders the others after or before them. */
    void lower(List<Draft> services) {
        services.forEach(service -> names.add(service.name()));
        List<Draft> all = List.copyOf(services);
        Optional<String> last = start(services);
        last.ifPresent(name -> all.forEach(service -> depend(service, name)));
        List<String> everything = services.stream().map(Draft::name).toList();
        before(services, everything);
        after(services, all);
    }

    private Optional<String> start(List<Draft> services) {
        Optional<String> previous = Optional.empty();
        for (Script script : phusion.scripts()) {
            if (!isRun(script)) {
                continue;
            }
            Draft draft = oneshot(script);
            draft.set(Key.COMMAND, LayoutText.command(List.of(script.path())));
            previous.ifPresent(name -> draft.set(Key.DEPENDS_ON, name));
            attend(
                    script.file(),
                    Fate.approximated(
                            "the oneshot " + draft.name()
                                    + ": a failure stops the container with its exit code; my_init's was 1",
                            null));
            services.add(draft);
            previous = Optional.of(draft.name());
        }
        return previous;
    }

    /** A oneshot that is up last goes down first. */
    private void before(List<Draft> services, List<String> everything) {
        List<Script> scripts = new ArrayList<>(phusion.preShutdown());
        java.util.Collections.reverse(scripts);
        List<String> dependencies = everything;
        for (Script script : scripts) {
            if (isRun(script)) {
                Draft draft = atStop(script, "before services are stopped");
                if (!dependencies.isEmpty()) {
                    draft.set(Key.AFTER, LayoutText.list(dependencies));
                }
                services.add(draft);
                dependencies = List.of(draft.name());
            }
        }
    }

    /** One that is up first goes down last. */
    private void after(List<Draft> services, List<Draft> all) {
        Optional<String> later = Optional.empty();
        List<Script> scripts = new ArrayList<>(phusion.postShutdown());
        java.util.Collections.reverse(scripts);
        for (Script script : scripts) {
            if (isRun(script)) {
                Draft draft = atStop(script, "after services have stopped");
                later.ifPresent(name -> draft.set(Key.DEPENDS_ON, name));
                services.add(draft);
                later = Optional.of(draft.name());
            }
        }
        later.ifPresent(name -> all.forEach(service -> depend(service, name)));
    }

    private Draft atStop(Script script, String when) {
        Draft draft = oneshot(script);
        draft.set(Key.COMMAND, "true");
        draft.set(Key.DOWN_COMMAND, LayoutText.command(List.of(script.path())));
        draft.set(Key.ON_FAILED, "ignore");
        attend(
                script.file(),
                Fate.approximated(
                        "the oneshot " + draft.name() + ", whose down_command it is: run " + when
                                + ", within shutdown_grace_period",
                        null));
        return draft;
    }

    private Draft oneshot(Script script) {
        String name = LegalName.of(Paths.baseName(script.path()));
        String free = name;
        for (int i = 2; !names.add(free); i++) {
            free = name + "-" + i;
        }
        Draft draft = new Draft(free, script.file().path());
        draft.set(Key.TYPE, "oneshot");
        environment.forEach((variable, value) -> draft.setVariable(variable, value.template()));
        account.open(script.file(), script.path(), List.of(free));
        return draft;
    }

    private boolean isRun(Script script) {
        if (script.file().executable() && Interpreter.isProgram(script.file())) {
            return true;
        }
        account.open(script.file(), script.path(), List.of());
        account.file(script.file(), Fate.changed("no effect, as under my_init: it cannot be executed"));
        return false;
    }

    private void attend(ServiceFile file, Fate fate) {
        account.file(file, fate);
        if (file.text().contains(DYNAMIC)) {
            account.file(file, RELOADED);
        }
        new Mentions(file).lines().forEach(account::line);
    }

    private static void depend(Draft service, String name) {
        String others = service.get(Key.DEPENDS_ON);
        service.set(Key.DEPENDS_ON, others.isEmpty() ? name : name + ", " + others);
    }
}
