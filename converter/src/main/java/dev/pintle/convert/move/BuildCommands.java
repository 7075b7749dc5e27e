package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.SourceFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** The commands that a RUN carries out: its own, with loops unrolled, and those of the scripts of the context that it runs. */
final class BuildCommands {

    /** Of scripts that run scripts. */
    private static final int MAX_DEPTH = 5;

    private static final Set<String> SOURCES = Set.of(".", "source");

    private final Variables variables;
    private final Function<String, List<String>> names;
    private final Function<String, Optional<Path>> files;
    private final Set<Path> run;

    /**
     * Gets a command, where in the Dockerfile the one begins that carries it out, and whether it is run whatever happens, as far
     * as conditions around it tell.
     */
    interface Taker {
        void take(ShellCommand command, int offset, boolean always);
    }

    /**
     * @param variables of the build, where the RUN stands
     * @param names     what a directory of the image has, by the name
     * @param files     the file of the context that a program is, by its path or its name
     * @param run       the scripts that have been run are added
     */
    BuildCommands(
            Variables variables,
            Function<String, List<String>> names,
            Function<String, Optional<Path>> files,
            Set<Path> run) {
        this.variables = variables;
        this.names = names;
        this.files = files;
        this.run = run;
    }

    /** Those of one RUN, in order. What is in brackets, as what a script does, changes no directory for what follows. */
    void read(RunText text, String workDirectory, Taker taker) {
        new Shell(new HashSet<>(), taker, 0, true)
                .walk(
                        variables,
                        workDirectory,
                        text.commands(),
                        command -> text.excerpt().offset(command.start()));
    }

    /** Those of some commands of a shell by themselves. */
    void walk(List<ShellCommand> commands, String workDirectory, Consumer<ShellCommand> taker) {
        new ShellWalk(variables, names, workDirectory, (command, always) -> taker.accept(command)).walk(commands);
    }

    /** Of all texts of an instruction. */
    void read(Instruction instruction, String workDirectory, Taker taker) {
        RunText.of(instruction).forEach(text -> read(text, workDirectory, taker));
    }

    /** One shell, with the scripts that have been run. */
    private final class Shell {
        private final Set<Path> seen;
        private final Taker taker;
        private final int depth;
        private final boolean always;

        Shell(Set<Path> seen, Taker taker, int depth, boolean always) {
            this.seen = seen;
            this.taker = taker;
            this.depth = depth;
            this.always = always;
        }

        void walk(
                Variables known,
                String workDirectory,
                List<ShellCommand> commands,
                Function<ShellCommand, Integer> offsets) {
            WorkingDirectory directory = new WorkingDirectory(workDirectory);
            new ShellWalk(known, names, workDirectory, (command, sure) -> {
                        int offset = offsets.apply(command);
                        directory.follow(command);
                        taker.take(command, offset, always && sure);
                        script(known, Invocation.of(command.arguments()), directory, offset, always && sure);
                        directory.leave(command);
                    })
                    .walk(commands);
        }

        private void script(
                Variables known, Invocation invocation, WorkingDirectory directory, int offset, boolean sure) {
            Optional<String> program = Build.program(invocation);
            Optional<Path> file = depth >= MAX_DEPTH
                    ? Optional.empty()
                    : program.map(word -> word.contains("/") ? directory.of(word) : word)
                            .flatMap(files)
                            .filter(path -> seen.add(path.toAbsolutePath().normalize()));
            String text = file.map(ContextFiles::searched).orElse("");
            if (text.isEmpty() || !Start.isShellScript(text)) {
                return;
            }
            run.add(file.orElseThrow().toAbsolutePath().normalize());
            String place = directory.of(program.orElseThrow());
            Variables inside = new Variables(known);
            inside.set("0", place);
            if (!SOURCES.contains(invocation.program())) {
                arguments(invocation, inside);
            }
            bracket("(", offset);
            OwnDirectory own = new OwnDirectory(place);
            List<ShellCommand> commands = ShellScript.commands(new SourceFile("", text).whole()).stream()
                    .map(command -> put(own, command))
                    .toList();
            new Shell(seen, taker, depth + 1, sure).walk(inside, directory.path(), commands, command -> offset);
            bracket(")", offset);
        }

        /** A script's commands are those of a shell of its own. */
        private void bracket(String operator, int offset) {
            boolean opens = operator.equals("(");
            taker.take(
                    new ShellCommand(
                            List.of(new ShellWord(":", 0, 0, false)), opens ? operator : ";", opens ? ";" : operator),
                    offset,
                    always);
        }

        private void arguments(Invocation invocation, Variables inside) {
            List<String> words =
                    invocation.arguments().stream().map(ShellWord::value).toList();
            List<String> own = Build.SHELLS.contains(invocation.program())
                    ? words.stream()
                            .dropWhile(word -> word.startsWith("-"))
                            .skip(1)
                            .toList()
                    : words;
            for (int i = 0; i < own.size(); i++) {
                inside.set(String.valueOf(i + 1), own.get(i));
            }
        }

        private static ShellCommand put(OwnDirectory own, ShellCommand command) {
            return new ShellCommand(
                    command.words().stream()
                            .map(word ->
                                    new ShellWord(own.put(word.value()), word.start(), word.end(), word.redirect()))
                            .toList(),
                    command.before(),
                    command.after());
        }
    }
}
