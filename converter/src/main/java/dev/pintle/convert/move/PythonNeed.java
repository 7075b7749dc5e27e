package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what in an image runs the Python that a distribution's package of supervisor brought with it, and nothing else brings. */
final class PythonNeed {

    private static final Pattern PYTHON = Pattern.compile("python(?:2|3)?(?:\\.\\d+)?");

    private static final Pattern INSTALLS = Pattern.compile("(?:pip|easy_install)(?:-?\\d)?(?:\\.\\d+)?");

    /** Packages that bring it by themselves, or by what they need. */
    private static final Pattern BRINGS = Pattern.compile(
            "python[23]?(?:\\.\\d+)?(?:=.*)?|python3\\d*-.+|py3-.+|python-.+|python3\\d+|ansible|certbot");

    private static final Pattern SHEBANG = Pattern.compile("\\A#![^\\n]*?\\b(python(?:2|3)?(?:\\.\\d+)?)\\b");

    /** On a line of a configuration or of a script, where a program stands; one that runs the supervisor is not meant. */
    private static final Pattern CALL = Pattern.compile(
            "(?m)^(?![ \\t]*[#;]).*?(?:^|[=;&|(\"'`\\s])(?:/usr/(?:local/)?bin/)?"
                    + "(python(?:2|3)?(?:\\.\\d+)?)(?=\\s)(?!\\s+(?:-\\w+\\s+){0,3}\\S{0,80}supervisor(?:d|ctl)?(?:\\s|$))");

    private static final Set<String> INSTALLERS =
            Set.of("apt-get", "apt", "aptitude", "apk", "dnf", "microdnf", "yum", "tdnf", "zypper");

    private final Build build;
    private final ContextFiles files;
    private final Set<Path> converted;

    /**
     * Who needs it.
     *
     * @param program as it is called
     * @param place   file and line
     */
    record Reader(String program, String place) {

        /** Whether {@code python3} is what it calls; older packages brought {@code python}. */
        boolean isPython3() {
            return program.startsWith("python3");
        }
    }

    /** {@code converted}: the configuration, whose programs run what it says. */
    PythonNeed(Build build, ContextFiles files, Set<Path> converted) {
        this.build = build;
        this.files = files;
        this.converted = converted;
    }

    /** Whether a package manager is one whose package of supervisor brings Python. */
    static boolean brings(String installer) {
        return INSTALLERS.contains(installer);
    }

    /** What needs it; absent where nothing does, or something else brings it. */
    Optional<Reader> find() {
        String base = new Variables(build.dockerfile())
                .global(build.stages().chain().get(0).base());
        if (base.contains("python") || isInstalled()) {
            return Optional.empty();
        }
        return build.instructions().stream()
                .flatMap(instruction -> ofInstruction(instruction).stream())
                .findFirst()
                .or(this::ofFiles);
    }

    /**
     * What installs Python's packages from an instruction on by a program that nothing in the build brings: it may have come with
     * the supervisor's package, or with what that needs. Absent where the base is no plain distribution, which may have it.
     *
     * @param installer of the supervisor's package
     */
    Optional<Reader> findInstaller(String installer, @Nullable Instruction from) {
        String base = new Variables(build.dockerfile())
                .global(build.stages().chain().get(0).base());
        boolean brings = build.supervisor() == Supervisor.SUPERVISORD && brings(installer);
        if (!brings || from == null || !Base.of(base).isDistribution() || isInstalled() || isFetched()) {
            return Optional.empty();
        }
        List<Instruction> all = build.instructions();
        return all.subList(Math.max(0, all.indexOf(from)), all.size()).stream()
                .flatMap(instruction -> run(instruction).stream()
                        .filter(this::installs)
                        .map(invocation -> new Reader(invocation.program(), place(instruction))))
                .findFirst();
    }

    /** What an instruction carries out when the image is built, scripts of the context included. */
    private List<Invocation> run(Instruction instruction) {
        List<Invocation> found = new ArrayList<>();
        if (instruction.keyword().equals("RUN")) {
            build.context()
                    .commands()
                    .read(
                            instruction,
                            build.context().workDirectory(),
                            (command, offset, always) -> found.add(Invocation.of(command.arguments())));
        }
        return found;
    }

    /** Other packages than the supervisor's, which are installed no more. */
    private boolean installs(Invocation invocation) {
        List<String> words =
                invocation.arguments().stream().map(ShellWord::value).toList();
        return INSTALLS.matcher(invocation.program()).matches()
                && words.stream()
                        .filter(word -> !word.startsWith("-") && !word.equals("install"))
                        .anyMatch(word -> !build.supervisor().isPackage(word));
    }

    private boolean isFetched() {
        return build.instructions().stream()
                .map(instruction -> instruction.arguments().text())
                .anyMatch(text -> text.contains("get-pip") || text.contains("ensurepip") || text.contains("conda"));
    }

    private String place(Instruction instruction) {
        SourceFile file = build.dockerfile().file();
        return file.name() + ":"
                + file.position(build.keywordOffset(instruction)).line();
    }

    private boolean isInstalled() {
        return build.instructions().stream()
                .flatMap(instruction -> run(instruction).stream())
                .filter(invocation -> INSTALLERS.contains(invocation.program()))
                .flatMap(invocation -> invocation.arguments().stream())
                .anyMatch(word -> BRINGS.matcher(word.value()).matches());
    }

    private Optional<Reader> ofInstruction(Instruction instruction) {
        if (!Set.of("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "COPY").contains(instruction.keyword())) {
            return Optional.empty();
        }
        Excerpt all = instruction.arguments();
        boolean check = all.text().regionMatches(true, 0, "CMD", 0, "CMD".length());
        Excerpt arguments = check ? all.part("CMD".length(), all.length()) : all;
        Optional<List<ShellWord>> exec = new Instruction("CMD", false, List.of(), arguments, List.of(), 0, 0)
                .exec()
                .map(words -> words.stream()
                        .map(word -> new ShellWord(word.value(), word.start(), word.end(), false))
                        .toList());
        List<ShellCommand> commands = exec.map(words -> List.of(new ShellCommand(words, "", "")))
                .orElseGet(() -> ShellScript.commands(arguments));
        return commands.stream()
                .map(command -> program(Invocation.of(command.arguments())))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> instruction.heredocs().stream()
                        .flatMap(heredoc -> called(heredoc.body().text()).stream())
                        .map(call -> call.group(1))
                        .findFirst())
                .map(program -> new Reader(program, place(instruction)));
    }

    /** The Python that a command runs, or writes into a file as what is to be run. */
    private Optional<String> program(Invocation invocation) {
        List<ShellWord> words = build.supervisor().starts(invocation) ? invocation.arguments() : invocation.words();
        return words.stream()
                .map(word -> PYTHON.matcher(Invocation.baseName(word.value())).matches()
                        ? Optional.of(Invocation.baseName(word.value()))
                        : called(word.value()).map(call -> call.group(1)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Reader> ofFiles() {
        for (Map.Entry<Path, String> file : files.files().entrySet()) {
            Optional<Reader> reader = ofFile(file.getKey(), file.getValue());
            if (reader.isPresent()) {
                return reader;
            }
        }
        return Optional.empty();
    }

    private Optional<Reader> ofFile(Path path, String place) {
        String text = ContextFiles.searched(path);
        Matcher shebang = SHEBANG.matcher(text);
        if (shebang.find()) {
            return Optional.of(new Reader(shebang.group(1), build.context().name(path) + ":1"));
        }
        boolean commands = converted.contains(path) || FileKind.of(place, text) == FileKind.COMMANDS;
        return (commands ? called(text) : Optional.<Matcher>empty())
                .map(call -> new Reader(
                        call.group(1),
                        build.context().name(path) + ":"
                                + (1
                                        + text.substring(0, call.start(1))
                                                .chars()
                                                .filter(c -> c == '\n')
                                                .count())));
    }

    private static Optional<Matcher> called(String text) {
        Matcher call = CALL.matcher(text);
        return call.find() ? Optional.of(call) : Optional.empty();
    }
}
