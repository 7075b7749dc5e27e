package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.convert.parse.supervisord.Text;
import dev.pintle.convert.parse.supervisord.Value;
import dev.pintle.layout.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes the attributes of a service's process: what is executed, as whom, where and with which environment. */
final class ProcessLowering {

    private final ProcessConfig process;
    private final Ledger ledger;
    private final Draft draft;

    ProcessLowering(ProcessConfig process, Ledger ledger, Draft draft) {
        this.process = process;
        this.ledger = ledger;
        this.draft = draft;
    }

    void lower() {
        command();
        user();
        directory();
        umask();
        environment();
        names();
        fate(
                "serverurl",
                process.serverUrl().isPresent()
                        ? Fate.notCarried("it set SUPERVISOR_SERVER_URL, and there is no such server", null)
                        : Fate.changed("not needed: there is no such server"));
    }

    private void fate(String key, Fate fate) {
        ledger.key(process.section(), key, fate);
    }

    private void formats(String key, Text text) {
        Templates.lostFormat(text).ifPresent(fate -> fate(key, fate));
    }

    private void command() {
        List<Text> words = new ArrayList<>(process.argv().orElse(List.of()));
        Fate fate = commandFate(words);
        if (PidProxy.is(words)) {
            fate = fate.and(PidProxy.lower(words));
        }
        Text program = words.get(0);
        if (program.startsWith("./") || program.startsWith("../")) {
            fate = fate.and(relative(words));
        }
        draft.set(Key.COMMAND, Templates.words(words));
        fate("command", fate);
    }

    /** {@code ./} is the service directory to Pintle, and was the working directory of supervisord or of the program. */
    private Fate relative(List<Text> words) {
        Optional<Text> directory = process.directory().filter(path -> path.startsWith("/"));
        Text base = directory.orElse(Text.of("/proc/self/cwd"));
        Text program = words.get(0);
        Text path = program.startsWith("./") ? program.part(2, program.length()) : program;
        words.set(0, new Text.Builder().add(base).add('/').add(path).build());
        return directory.isPresent()
                ? Fate.approximated(
                        "made absolute with 'directory'; supervisord looked for it in its own working directory"
                                + " first, and did not start the program where it is not there too",
                        null)
                : Fate.approximated(
                        "/proc/self/cwd stands for the container's working directory", "write the absolute path");
    }

    private Fate commandFate(List<Text> words) {
        Fate fate = Fate.kept("the same words");
        String variables = Templates.variables(words);
        if (!variables.isEmpty()) {
            fate = Fate.changed("the same words, where " + variables);
        }
        fate = Templates.lostFormat(process.command()).map(fate::and).orElse(fate);
        String all = process.command().toString().toLowerCase(Locale.ROOT);
        if (all.contains("supervisor_process_name") || all.contains("supervisor_group_name")) {
            fate = fate.and(Fate.approximated(
                    "it uses a variable that supervisord set and init does not", "write the name itself"));
        }
        boolean shell = words.stream().anyMatch(word -> word.toString().endsWith("sh"));
        if (!shell && words.stream().anyMatch(ProcessLowering::looksLikeShell)) {
            fate = fate.withHint("there is no shell in between, before as now: the program itself gets what looks like"
                    + " shell syntax");
        }
        return fate;
    }

    private static boolean looksLikeShell(Text word) {
        String text = word.toString();
        return List.of("|", "||", "&&", "&", ">", ">>", "<", "2>&1").contains(text)
                || (text.indexOf('$') >= 0 && !text.endsWith("$"));
    }

    private void user() {
        if (process.user().isEmpty()) {
            return;
        }
        Text user = process.user().get();
        if (withGroup(user)) {
            draft.set(Key.USER, Templates.of(user));
            draft.set(Key.LOGIN_ENVIRONMENT, "no");
            fate(
                    "user",
                    Fate.changed("user = " + user + ", login_environment = no: as under the supervisord written in Go;"
                            + " the original does not start with a group"));
            return;
        }
        if (!Templates.isUser(user)) {
            fate("user", Fate.notCarried("no user can be called that", "name a user or a number"));
            return;
        }
        draft.set(Key.USER, Templates.of(user));
        draft.set(Key.LOGIN_ENVIRONMENT, "no");
        formats("user", user);
        String variables = Templates.variables(user);
        String how = "user = " + Templates.of(user)
                + ", login_environment = no: HOME, USER and LOGNAME stay as they are," + " as under supervisord";
        fate("user", variables.isEmpty() ? Fate.kept(how) : Fate.changed(how));
    }

    private static boolean withGroup(Text user) {
        String[] parts = user.literal().orElse("").split(":", -1);
        return parts.length == 2 && Templates.isUser(Text.of(parts[0])) && Templates.isUser(Text.of(parts[1]));
    }

    private void directory() {
        if (process.directory().isEmpty()) {
            return;
        }
        Text directory = process.directory().get();
        Optional<String> plain = Templates.plain(directory);
        if (plain.isEmpty()) {
            fate(
                    "directory",
                    Fate.notCarried(
                            "no directory can be called that; supervisord could not start the program",
                            "remove the key, or name the directory"));
            return;
        }
        boolean absolute = directory.startsWith("/") || directory.at(0) == -1;
        formats("directory", directory);
        draft.set(Key.WORKING_DIR, absolute ? plain.get() : "/proc/self/cwd/" + plain.get());
        String emitted = "working_dir = " + draft.get(Key.WORKING_DIR);
        if (!absolute) {
            fate(
                    "directory",
                    Fate.approximated(
                            emitted + ": relative to the container's working directory", "write the absolute path"));
        } else if (directory.isLiteral()) {
            fate("directory", Fate.kept(emitted));
        } else {
            fate("directory", Fate.changed(emitted));
        }
    }

    private void umask() {
        if (process.umask().isEmpty()) {
            return;
        }
        Value<Long> umask = process.umask().get();
        String octal = Templates.value(umask, mask -> {
            String digits = Long.toString(mask & 0777, 8);
            return "0".repeat(Math.max(0, 3 - digits.length())) + digits;
        });
        draft.set(Key.UMASK, octal);
        fate("umask", Fate.kept("umask = " + octal));
    }

    private void environment() {
        List<String> impossible = new ArrayList<>();
        process.environment().forEach((name, value) -> {
            if (isVariable(name)) {
                formats("environment", value);
                draft.setVariable(name, Templates.of(value));
            } else {
                impossible.add(name);
            }
        });
        Fate fate = Templates.environmentFate("[environment]", process.environment());
        if (!impossible.isEmpty()) {
            fate = fate.and(Fate.notCarried(
                    "no variable can be called " + String.join(", ", impossible),
                    "supervisord needs quotes round values with special characters"));
        }
        Set<String> shadowed = shadowed();
        if (!shadowed.isEmpty()) {
            fate = fate.and(Fate.approximated(
                    "where other values refer to " + String.join(", ", shadowed)
                            + ", they get what is set here; supervisord gave them its own variable of that name",
                    "give the program's variable another name, or write the value"));
        }
        fate("environment", fate);
    }

    /** A service's keys see its own variables first, and each variable those above it. */
    private Set<String> shadowed() {
        Set<String> used = new TreeSet<>(process.command().variables());
        process.user().ifPresent(user -> used.addAll(user.variables()));
        process.directory().ifPresent(directory -> used.addAll(directory.variables()));
        Set<String> shadowed = new TreeSet<>();
        Set<String> above = new TreeSet<>();
        process.environment().forEach((name, value) -> {
            value.variables().stream().filter(above::contains).forEach(shadowed::add);
            above.add(name);
        });
        used.stream().filter(above::contains).forEach(shadowed::add);
        return shadowed;
    }

    /** What supervisord's lexer takes for a name can be more than the layout does. */
    private static boolean isVariable(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            boolean inner = (c >= '0' && c <= '9') || c == '.' || c == '-';
            if (!letter && !(inner && i > 0)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private void names() {
        String own = process.name().toString();
        if (!process.name().isLiteral()) {
            fate(
                    "process_name",
                    Fate.approximated(
                            "service " + draft.name() + ": a directory's name cannot depend on a" + " variable",
                            "pass the value with --env"));
        } else if (own.equals(draft.name())) {
            fate("process_name", Fate.kept("service " + own));
        } else {
            fate("process_name", Fate.changed("service " + draft.name() + " for the process " + own));
        }
        long count = process.start().processes().or(0L);
        if (count == 1) {
            fate("numprocs", Fate.kept("one service"));
        } else if (count > 1) {
            fate("numprocs", Fate.changed(count + " services, one directory for each process"));
        }
        fate("numprocs_start", Fate.kept("the number in the names and values"));
    }
}
