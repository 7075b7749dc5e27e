package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.runit.RunitConfig.ImageFiles;
import dev.pintle.convert.parse.runit.ServiceDirectory;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.convert.parse.shell.ShellException;
import dev.pintle.convert.parse.shell.ShellParser;
import dev.pintle.convert.parse.shell.ShellScript;
import dev.pintle.convert.parse.shell.ShellScript.Assignment;
import dev.pintle.convert.parse.shell.ShellScript.Clause;
import dev.pintle.convert.parse.shell.ShellScript.Command;
import dev.pintle.convert.parse.shell.ShellScript.Connector;
import dev.pintle.convert.parse.shell.ShellScript.Simple;
import dev.pintle.convert.parse.shell.ShellScript.Statement;
import dev.pintle.convert.parse.shell.Word;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Follows a run script that is a straight list of settings and one {@code exec}, and makes keys of it. Anything else is
 * refused, and stays a script: guessing what a program does is not this converter's business.
 */
final class RunScript {

    private static final Set<String> FILE_TESTS = Set.of("-r", "-e", "-f", "-s");

    private final ServiceDirectory service;
    private final ServiceFile run;
    private final ImageFiles image;
    private final Interpreter interpreter;
    private final Variables variables;
    private final Streams streams;
    private final RunPlan plan = new RunPlan();
    private boolean endsOnFailure;
    private Optional<String> directory = Optional.empty();

    RunScript(
            ServiceDirectory service, ServiceFile run, Interpreter interpreter, ImageFiles image, Variables variables) {
        this.service = service;
        this.run = run;
        this.image = image;
        this.interpreter = interpreter;
        this.variables = variables;
        this.streams = new Streams(variables);
    }

    /** The keys that the script amounts to. */
    RunPlan follow(ShellScript script) throws Refusal {
        options(interpreter.options(), 0);
        List<Statement> statements = script.statements();
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            if (isFinal(statement)) {
                finish(statement);
                for (Statement unreachable : statements.subList(i + 1, statements.size())) {
                    say(unreachable, Fate.changed("no effect, as before: exec never returns"));
                }
                return plan;
            }
            Optional<SvCall> call = SvCall.of(statement, endsOnFailure);
            if (call.isPresent()) {
                plan.dependencies().addAll(Dependencies.of(call.get(), run, statement));
            } else {
                say(statement, setting(statement));
            }
        }
        throw new Refusal("it does not end with exec", script.text().length());
    }

    private void say(Statement statement, Fate fate) {
        plan.line(run, statement.start(), Labels.of(statement), fate);
    }

    private static boolean isFinal(Statement statement) {
        return statement.clauses().size() == 1
                && statement.clauses().get(0).command() instanceof Simple simple
                && simple.words().size() > 1
                && simple.words().get(0).isBare("exec");
    }

    private void finish(Statement statement) throws Refusal {
        Simple simple = (Simple) statement.clauses().get(0).command();
        if (statement.background() || statement.clauses().get(0).negated()) {
            throw new Refusal("it runs exec in the background", statement.start());
        }
        for (Assignment assignment : simple.assignments()) {
            variables.set(assignment.name(), Expansion.single(assignment.value(), variables), statement.start());
            variables.export(assignment.name());
        }
        List<Value> words =
                Expansion.fields(simple.words().subList(1, simple.words().size()), variables);
        streams.redirect(simple.redirections());
        Fate fate = new CommandLowering(service, plan, directory).lower(words, statement.start());
        streams.fill(plan);
        // What env sets for the command, it sets over what the script exports.
        variables.exported().forEach(plan.environment()::putIfAbsent);
        say(statement, fate);
    }

    /** One statement before the last; the fate says what has become of it. */
    private Fate setting(Statement statement) throws Refusal {
        if (statement.background()) {
            throw new Refusal("it runs something in the background", statement.start());
        }
        List<Clause> clauses = statement.clauses();
        Simple first = simple(clauses.get(0), statement);
        if (clauses.size() == 1) {
            return command(first, statement, endsOnFailure);
        }
        Optional<String> tested = clauses.size() == 2 && clauses.get(1).connector() == Connector.AND
                ? testedFile(first)
                : Optional.empty();
        if (tested.isPresent()) {
            return guardedSource(tested.get(), simple(clauses.get(1), statement), statement);
        }
        if (clauses.size() == 2 && clauses.get(1).connector() == Connector.OR && isExit(clauses.get(1))) {
            return command(first, statement, true);
        }
        throw new Refusal("it decides at run time", statement.start());
    }

    private static Simple simple(Clause clause, Statement statement) throws Refusal {
        Command command = clause.command();
        if (!(command instanceof Simple simple)) {
            throw new Refusal("it has a " + ((ShellScript.Compound) command).describe(), statement.start());
        }
        if (clause.negated()) {
            throw new Refusal("it decides at run time", statement.start());
        }
        return simple;
    }

    private static boolean isExit(Clause clause) {
        return clause.command() instanceof Simple simple
                && !simple.words().isEmpty()
                && simple.words().get(0).isBare("exit");
    }

    private Fate command(Simple simple, Statement statement, boolean guarded) throws Refusal {
        if (simple.words().isEmpty()) {
            if (!simple.redirections().isEmpty()) {
                throw new Refusal("it makes an empty file", statement.start());
            }
            return assign(simple.assignments(), statement);
        }
        String name = simple.words().get(0).literal().orElse("");
        List<Word> arguments = simple.words().subList(1, simple.words().size());
        boolean plain = simple.assignments().isEmpty() && simple.redirections().isEmpty();
        if (name.equals("exec") && arguments.isEmpty() && simple.assignments().isEmpty()) {
            streams.redirect(simple.redirections());
            return Fate.kept("standard output and standard error go where they went");
        }
        if (!plain) {
            throw new Refusal("it runs " + (name.isEmpty() ? "a command" : name), statement.start());
        }
        return switch (name) {
            case ":", "true" -> Fate.kept("it does nothing");
            case "export", "readonly" -> export(name.equals("export"), arguments, statement);
            case "set" -> set(arguments, statement);
            case "cd" -> changeDirectory(arguments, guarded, statement);
            case "umask" -> umask(arguments, statement);
            case "ulimit" -> limit(arguments, guarded, statement);
            case "." -> source(arguments, statement);
            case "source" -> {
                if (!interpreter.isBash()) {
                    throw new Refusal("it runs source", statement.start());
                }
                yield source(arguments, statement);
            }
            default -> throw new Refusal("it runs " + (name.isEmpty() ? "a command" : name), statement.start());
        };
    }

    private Fate limit(List<Word> arguments, boolean guarded, Statement statement) throws Refusal {
        Fate fate = new Limits(plan, interpreter.isBash())
                .ulimit(Expansion.fields(arguments, variables), statement.start());
        return guarded
                ? fate
                : Fate.changed(fate.text() + ": where the container allows less the service does not start; the script"
                        + " went on");
    }

    private Fate assign(List<Assignment> assignments, Statement statement) throws Refusal {
        for (Assignment assignment : assignments) {
            variables.set(assignment.name(), Expansion.single(assignment.value(), variables), statement.start());
        }
        boolean exported =
                assignments.stream().allMatch(a -> variables.exported().containsKey(a.name()));
        return exported
                ? Fate.kept("in [environment]")
                : used(assignments.stream().map(Assignment::name).collect(Collectors.joining(", ")));
    }

    private static Fate used(String names) {
        return Fate.changed("its value stands where " + names
                + " was used; the program does not get it, which it did if" + " the container has such a variable");
    }

    private Fate export(boolean exports, List<Word> arguments, Statement statement) throws Refusal {
        for (Word word : arguments) {
            Optional<Assignment> assignment = ShellParser.assignment(word);
            String name = assignment.map(Assignment::name).or(word::literal).orElse("");
            if (!ShellParser.isName(name)) {
                throw new Refusal("it exports something that is no plain name", statement.start());
            }
            if (assignment.isPresent()) {
                variables.set(name, Expansion.single(assignment.get().value(), variables), statement.start());
            }
            if (exports) {
                variables.export(name);
            }
        }
        return exports
                ? Fate.kept("in [environment]")
                : used(arguments.stream()
                        .map(word -> ShellParser.assignment(word)
                                .map(Assignment::name)
                                .orElse("it"))
                        .collect(Collectors.joining(", ")));
    }

    private Fate set(List<Word> arguments, Statement statement) throws Refusal {
        StringBuilder letters = new StringBuilder();
        boolean named = false;
        for (Word word : arguments) {
            String text = word.literal().orElse("");
            if (named) {
                named = false;
                letters.append(
                        switch (text) {
                            case "errexit" -> "e";
                            case "nounset" -> "u";
                            case "allexport" -> "a";
                            case "pipefail", "posix" -> "";
                            default -> throw new Refusal("it sets an option of the shell", statement.start());
                        });
            } else if (text.equals("-o")) {
                named = true;
            } else if (text.startsWith("-") && text.length() > 1) {
                letters.append(text.substring(1));
            } else {
                throw new Refusal("it sets positional parameters, or takes an option back", statement.start());
            }
        }
        options(letters.toString(), statement.start());
        return Fate.changed("not needed: no shell is left");
    }

    private void options(String letters, int offset) throws Refusal {
        for (int i = 0; i < letters.length(); i++) {
            switch (letters.charAt(i)) {
                case 'e' -> endsOnFailure = true;
                case 'u' -> variables.unsetIsFatal(true);
                case 'a' -> variables.exportAll(true);
                case 'x', 'v', 'C', 'h' -> {}
                default -> throw new Refusal("it sets an option of the shell", offset);
            }
        }
    }

    private Fate changeDirectory(List<Word> arguments, boolean guarded, Statement statement) throws Refusal {
        List<Value> values = Expansion.fields(arguments, variables);
        if (values.size() != 1 || !LayoutText.isPlain(values.get(0).template())) {
            throw new Refusal("it changes to a directory that is not named plainly", statement.start());
        }
        Value target = values.get(0);
        boolean absolute = target.template().startsWith("/");
        if (!absolute && target.literal().isEmpty()) {
            throw new Refusal("it changes to a directory that only the container knows", statement.start());
        }
        String base = directory.orElse(Paths.directory(service));
        directory = Optional.of(absolute ? target.template() : Paths.normal(base + "/" + target.template()));
        plan.set(Key.WORKING_DIR, directory.get());
        String text = "working_dir = " + directory.get();
        return guarded
                ? Fate.kept(text)
                : Fate.changed(text + ": if it is not there the service does not start; the script went on");
    }

    private Fate umask(List<Word> arguments, Statement statement) throws Refusal {
        List<Value> values = Expansion.fields(arguments, variables);
        String mask = values.size() == 1 ? values.get(0).literal().orElse("") : "";
        boolean octal = !mask.isEmpty() && mask.length() <= 4 && mask.chars().allMatch(c -> c >= '0' && c <= '7');
        if (!octal || Integer.parseInt(mask, 8) > 0777) {
            throw new Refusal("it sets the umask in another way than by an octal number", statement.start());
        }
        plan.set(Key.UMASK, mask);
        return Fate.kept("umask = " + mask);
    }

    /** The file that {@code [ -r FILE ]} or {@code test -r FILE} asks for. */
    private static Optional<String> testedFile(Simple simple) {
        List<String> words =
                simple.words().stream().map(word -> word.literal().orElse("")).toList();
        boolean plain = simple.assignments().isEmpty() && simple.redirections().isEmpty();
        boolean bracket =
                words.size() == 4 && words.get(0).equals("[") && words.get(3).equals("]");
        boolean test = words.size() == 3 && words.get(0).equals("test");
        return plain && (bracket || test) && FILE_TESTS.contains(words.get(1))
                ? Optional.of(words.get(2))
                : Optional.empty();
    }

    private Fate guardedSource(String file, Simple simple, Statement statement) throws Refusal {
        boolean sources = simple.words().size() == 2
                && (simple.words().get(0).isBare(".")
                        || (interpreter.isBash() && simple.words().get(0).isBare("source")))
                && simple.words().get(1).literal().filter(file::equals).isPresent()
                && simple.assignments().isEmpty()
                && simple.redirections().isEmpty();
        if (!sources) {
            throw new Refusal("it decides at run time", statement.start());
        }
        Sourced sourced = sourced(file, statement);
        return sourced.text().isEmpty()
                ? Fate.changed("there is no such file: nothing is read")
                : include(sourced, statement);
    }

    private Fate source(List<Word> arguments, Statement statement) throws Refusal {
        String file = arguments.size() == 1 ? arguments.get(0).literal().orElse("") : "";
        if (file.isEmpty()) {
            throw new Refusal("it reads a file that is not named plainly", statement.start());
        }
        Sourced sourced = sourced(file, statement);
        if (sourced.text().isEmpty()) {
            throw new Refusal("it reads " + file + ", which is not there", statement.start());
        }
        return include(sourced, statement);
    }

    /** A file that the script reads; no text where it is known not to be there. */
    private record Sourced(String name, Optional<ServiceFile> file, Optional<String> text) {}

    private Sourced sourced(String name, Statement statement) throws Refusal {
        boolean own = !name.startsWith("/") && directory.isEmpty();
        if (own) {
            String path = name.startsWith("./") ? name.substring(2) : name;
            Optional<ServiceFile> file = service.regular(path);
            if (file.isEmpty() && (service.has(path) || path.contains(".."))) {
                throw new Refusal("it reads " + name + ", whose content is not known", statement.start());
            }
            return new Sourced(name, file, file.map(ServiceFile::text));
        }
        if (!name.startsWith("/")) {
            throw new Refusal("it reads a file below the directory that it changes to", statement.start());
        }
        Optional<String> text = image.read(name).map(content -> content.text());
        if (text.isEmpty()) {
            throw new Refusal("it reads " + name + ", whose content is not known here", statement.start());
        }
        return new Sourced(name, Optional.empty(), text);
    }

    private Fate include(Sourced sourced, Statement statement) throws Refusal {
        int before = plan.lines().size();
        try {
            for (Statement inner : ShellParser.parse(sourced.text().orElse("")).statements()) {
                includeStatement(inner, sourced, statement);
            }
        } catch (ShellException e) {
            throw new Refusal("it reads " + sourced.name() + ", which no shell would read", statement.start());
        }
        sourced.file().ifPresent(file -> plan.inline(file.path()));
        if (plan.lines().size() > before + 1000) {
            throw new Refusal("it reads a file of more than 1000 statements", statement.start());
        }
        return Fate.changed(
                "the variables that it sets now are in the keys; a later change of the file has no effect here");
    }

    private void includeStatement(Statement inner, Sourced sourced, Statement statement) throws Refusal {
        Simple simple = inner.clauses().size() == 1 && !inner.background()
                ? simple(inner.clauses().get(0), statement)
                : new Simple(List.of(), List.of(), List.of());
        String name =
                simple.words().isEmpty() ? "" : simple.words().get(0).literal().orElse("?");
        boolean sets = simple.redirections().isEmpty()
                && (simple.words().isEmpty()
                        ? !simple.assignments().isEmpty()
                        : Set.of("export", "set").contains(name));
        if (!sets) {
            throw new Refusal("it reads " + sourced.name() + ", which is more than settings", statement.start());
        }
        Fate fate = command(simple, new Statement(statement.start(), statement.end(), inner.clauses(), false), true);
        sourced.file().ifPresent(file -> plan.line(file, inner.start(), Labels.of(inner), fate));
    }
}
