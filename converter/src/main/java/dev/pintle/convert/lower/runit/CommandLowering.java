package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.runit.ServiceDirectory;
import dev.pintle.convert.parse.shell.ShellParser;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes keys of what stands after {@code exec}: programs that change the process and execute the next (chpst and
 * daemontools' own, phusion's setuser, env) are taken off one by one, and what is left is the command.
 */
final class CommandLowering {

    /** runit's programs, as Pintle has them for scripts that move in unchanged. */
    static final String COMPAT = "/usr/lib/pintle/compat/runit";

    /** Programs that read variables from a directory. */
    private static final Set<String> ENV_READERS = Set.of("chpst", "envdir");

    private static final Set<String> RUNITS = Set.of("chpst", "svlogd", "sv");

    private final ServiceDirectory service;
    private final RunPlan plan;
    private final Optional<String> directory;
    private Fate fate = Fate.kept("command: the same words");
    private List<Value> words = List.of();
    private int offset;

    /** Takes the directory that the script changed to, if it did. */
    CommandLowering(ServiceDirectory service, RunPlan plan, Optional<String> directory) {
        this.service = service;
        this.plan = plan;
        this.directory = directory;
    }

    /** Writes the keys; says what became of the words. */
    Fate lower(List<Value> given, int statement) throws Refusal {
        words = given;
        offset = statement;
        boolean more = true;
        while (more) {
            if (words.isEmpty()) {
                throw new Refusal("it executes nothing", offset);
            }
            more = wrapper();
        }
        if (Paths.baseName(words.get(0).literal().orElse("")).equals("pause") && words.size() == 1) {
            plan.pause();
            return Fate.changed("type = oneshot: all that is to do has been done before this line");
        }
        command();
        if (!plan.isSet(Key.WORKING_DIR)) {
            plan.set(Key.WORKING_DIR, Paths.directory(service));
        }
        return fate;
    }

    private void add(Fate other) {
        fate = fate.and(other);
    }

    /** Takes one program off the front that executes the next; false where none is there. */
    private boolean wrapper() throws Refusal {
        String name = words.get(0).literal().orElse("");
        return switch (Paths.baseName(name)) {
            case "chpst" -> chpst();
            case "setuidgid" -> user(false);
            case "setuser" -> user(true);
            case "pgrphack" -> {
                add(Fate.changed("pgrphack: not needed, each service has a session of its own"));
                yield take(1);
            }
            case "envdir" -> envDirectory();
            case "softlimit" -> softLimit();
            case "env" -> env();
            case "exec", "command", "builtin" -> throw new Refusal("it runs a builtin of the shell by exec", offset);
            default -> {
                if (name.startsWith("-")) {
                    throw new Refusal("it gives exec an option", offset);
                }
                yield false;
            }
        };
    }

    private boolean take(int count) {
        words = words.subList(count, words.size());
        return true;
    }

    private boolean chpst() throws Refusal {
        Optional<Chpst> parsed = Chpst.parse(words);
        boolean fits = parsed.isPresent() && parsed.get().fits(plan, service, directory);
        if (!fits) {
            return false;
        }
        add(parsed.get().lower(plan, service, directory, offset));
        return take(parsed.get().length());
    }

    /** daemontools' setuidgid leaves the primary group alone; setuser logs in, as it were. */
    private boolean user(boolean login) {
        String user = words.size() > 2 ? words.get(1).literal().orElse("") : "";
        if (!Chpst.isAccount(user) || plan.isSet(Key.USER)) {
            return false;
        }
        plan.set(Key.USER, user);
        if (login) {
            add(Fate.approximated(
                    "user = " + user + ": HOME and USER are set, LOGNAME and SHELL too, and UID is not", null));
        } else {
            plan.set(Key.GROUPS, "none");
            plan.set(Key.LOGIN_ENVIRONMENT, "no");
            add(Fate.kept("user = " + user + " without supplementary groups"));
        }
        return take(2);
    }

    private boolean envDirectory() {
        String path = words.size() > 2 ? words.get(1).literal().orElse("") : "";
        if (!Chpst.isOwnEnv(path, service, directory)) {
            return false;
        }
        plan.useEnvDirectory();
        add(Fate.kept("env/"));
        return take(2);
    }

    private boolean softLimit() throws Refusal {
        Optional<Chpst> parsed = Chpst.parseSoftLimit(words);
        if (parsed.isEmpty()) {
            return false;
        }
        add(parsed.get().lower(plan, service, directory, offset));
        return take(parsed.get().length());
    }

    /** Assignments become variables; with an option, env stays a command. */
    private boolean env() {
        int at = 1;
        List<Value> left = new ArrayList<>(words);
        for (; at < words.size(); at++) {
            String text = words.get(at).template();
            int equals = text.indexOf('=');
            if (equals <= 0 || !ShellParser.isName(text.substring(0, equals))) {
                break;
            }
        }
        boolean option = at < words.size() && words.get(at).template().startsWith("-");
        if (at >= words.size() || option || at == 1) {
            return false;
        }
        for (Value assignment : left.subList(1, at)) {
            int equals = assignment.template().indexOf('=');
            Optional<String> literal = assignment.literal().map(l -> l.substring(l.indexOf('=') + 1));
            plan.environment()
                    .put(
                            assignment.template().substring(0, equals),
                            new Value(assignment.template().substring(equals + 1), literal));
        }
        add(Fate.kept("env: in [environment]"));
        return take(at);
    }

    private void command() throws Refusal {
        List<Value> command = new ArrayList<>(words);
        String program = command.get(0).literal().orElse("");
        if (RUNITS.contains(program)) {
            command.set(0, Value.of(COMPAT + "/" + program));
            add(Fate.changed("Pintle's own " + program + " takes the place of runit's"));
        } else if (program.indexOf('/') > 0) {
            relative(command, program);
        } else if (command.get(0).literal().isEmpty()
                && !command.get(0).template().startsWith("/")) {
            throw new Refusal("it executes what a variable of the container says", offset);
        }
        keepEnvDirectory(command);
        plan.set(
                Key.COMMAND,
                LayoutText.words(command.stream().map(Value::template).toList()));
        variables(command);
    }

    /** chpst that stays, since it has an option without a key, reads env/ itself. */
    private void keepEnvDirectory(List<Value> command) {
        String program = Paths.baseName(command.get(0).literal().orElse(""));
        for (int i = 1; ENV_READERS.contains(program) && i < command.size(); i++) {
            String word = command.get(i).literal().orElse("");
            int option = word.startsWith("-") ? word.indexOf('e') + 1 : 0;
            String path = word.substring(option);
            if (Chpst.isOwnEnv(path, service, directory)) {
                plan.useEnvDirectory();
                command.set(i, Value.of(word.substring(0, option) + Paths.directory(service) + "/env"));
            }
        }
    }

    private void relative(List<Value> command, String program) {
        String path = program.startsWith("./") ? program.substring(2) : program;
        boolean own = directory.isEmpty() && service.regular(path).isPresent();
        if (own) {
            command.set(0, Value.of("./" + path));
            return;
        }
        String base = directory.orElse(Paths.directory(service));
        command.set(0, new Value(base + "/" + LayoutText.escape(path), Optional.empty()));
        add(Fate.changed("made absolute"));
    }

    private void variables(List<Value> command) {
        boolean later = command.stream().anyMatch(word -> word.literal().isEmpty());
        if (later) {
            add(Fate.changed("variables of the container are read when it starts"));
        }
    }
}
