package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile.Stage;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The archives of s6-overlay are not fetched and unpacked any more: by ADD of an address or a file, by commands that fetch,
 * check and unpack, or by COPY from an image that has nothing else.
 */
final class InstallRule {

    /** An archive or an installer by its name, or where they are released. */
    private static final Pattern ARCHIVE = Pattern.compile(
            "just-containers/s6-overlay|(?:^|/)s6[-_]overlay(?:[\\w.${}*+~-]*)$|(?:^|/)s6[\\w.${}*-]*\\.(?:tar|tgz|txz)[\\w.*]*$");

    /** Images that have s6-overlay alone, to be copied from. */
    private static final Pattern DISTRIBUTION =
            Pattern.compile("(?:^|/)(?:alpine-s6-dist|[\\w.-]*s6[-_]overlay[\\w.-]*)(?::|@|$)");

    /** What fetches, checks, unpacks and cleans up. */
    private static final Set<String> PROGRAMS = Set.of(
            "curl",
            "wget",
            "aria2c",
            "tar",
            "bsdtar",
            "rm",
            "gunzip",
            "unxz",
            "xz",
            "mv",
            "chmod",
            "sha256sum",
            "sha1sum",
            "sha512sum",
            "md5sum",
            "gpg",
            "echo",
            "printf",
            "cat",
            "ls",
            "test",
            "[",
            "untar",
            "mkdir",
            "install",
            "cd");

    /** What does nothing by itself. */
    private static final Set<String> IDLE = Set.of(
            "", "set", "cd", "[", "test", "echo", "exit", "true", "case", "esac", "fi", "done", "uname", "export");

    private static final Set<String> OUTPUT =
            Set.of("-o", "-O", "--output", "--output-document", "-qO", "-Lo", "-sLo", "-fsSLo", "-fLo", "-sSLo");

    private static final Pattern NAME = Pattern.compile("(?i)_?S6_\\w+|S6\\w*VER\\w*");

    private final Build build;
    /** Names of archives' files, and of variables that hold an address, as words have them. */
    private final Set<String> names = new LinkedHashSet<>();

    private final Set<Path> scripts = new HashSet<>();
    private boolean installed;

    InstallRule(Build build) {
        this.build = build;
    }

    /** Edits what installs; returns whether something installed s6-overlay. */
    boolean apply() {
        List<Instruction> instructions = new ArrayList<>(build.instructions());
        for (Stage stage : build.stages().inputs()) {
            instructions.addAll(stage.instructions());
        }
        for (Instruction instruction : instructions) {
            switch (instruction.keyword()) {
                case "ARG", "ENV" -> variables(instruction);
                case "ADD", "COPY" -> copy(instruction);
                case "RUN" -> run(instruction);
                default -> {
                    // Others install nothing.
                }
            }
        }
        instructions.forEach(this::unread);
        return installed;
    }

    private boolean isArchive(String word) {
        return !word.contains("/etc/s6-overlay")
                && !word.startsWith("/package/")
                && (ARCHIVE.matcher(word).find() || names.stream().anyMatch(name -> holds(word, name)));
    }

    private static boolean holds(String word, String name) {
        return name.startsWith("$")
                ? word.contains("${" + name.substring(1) + "}") || word.matches(".*\\" + name + "(?!\\w).*")
                : word.equals(name) || word.endsWith(" " + name);
    }

    private void variables(Instruction instruction) {
        for (Word word : build.dockerfile().words(instruction)) {
            assigned(word.value());
        }
    }

    /** Takes note of a variable that holds the address of an archive. */
    private boolean assigned(String assignment) {
        int equals = assignment.indexOf('=');
        boolean archive = equals > 0
                && assignment.substring(0, equals).matches("\\w+")
                && isArchive(assignment.substring(equals + 1))
                && assignment.indexOf('/') > 0;
        if (archive) {
            names.add("$" + assignment.substring(0, equals));
        }
        return archive;
    }

    private void copy(Instruction instruction) {
        List<Word> words = instruction.exec().orElseGet(() -> build.dockerfile().words(instruction));
        if (words.size() < 2) {
            return;
        }
        List<Word> sources = words.subList(0, words.size() - 1);
        Optional<String> from = instruction.flag("from").map(build.context()::expand);
        boolean distribution = from.filter(this::isDistribution).isPresent();
        boolean archives = sources.stream().allMatch(word -> isArchive(word.value()) && !isTree(word.value()));
        if (!distribution && !archives) {
            return;
        }
        String target = words.get(words.size() - 1).value();
        for (Word source : sources) {
            String name = source.value().substring(source.value().lastIndexOf('/') + 1);
            names.add(target.endsWith("/") ? target + name : target);
            names.add(target + "/" + name);
        }
        remove(instruction);
        say(
                instruction,
                distribution ? "nothing is copied from " + from.orElse("") + " any more" : "not added any more");
    }

    /** A directory of the context that holds services, and no archive. */
    private boolean isTree(String source) {
        Path path = build.directory().resolve(source.replaceFirst("^/+", ""));
        return java.nio.file.Files.isDirectory(path);
    }

    /** An image that is known for it, or a stage that does nothing but install s6-overlay. */
    private boolean isDistribution(String from) {
        Optional<StageChain> stage = StageChain.of(build.dockerfile(), Optional.of(from));
        if (stage.isEmpty()) {
            return DISTRIBUTION.matcher(from).find();
        }
        String base = new Variables(build.dockerfile())
                .global(stage.get().chain().get(0).base());
        boolean alone = stage.get().all().stream()
                .allMatch(i -> Set.of("FROM", "ARG", "ENV", "WORKDIR").contains(i.keyword()));
        return alone && DISTRIBUTION.matcher(base).find();
    }

    private void run(Instruction instruction) {
        if (instruction.exec().isPresent()) {
            return;
        }
        boolean whole = instruction.heredocs().isEmpty();
        if (commands(
                instruction.arguments(), build.edits(), Optional.of(instruction).filter(any -> whole))) {
            say(instruction, "not fetched and unpacked any more");
        }
        instruction.heredocs().forEach(heredoc -> {
            if (commands(heredoc.body(), build.edits(), Optional.empty())) {
                say(instruction, "not fetched and unpacked any more");
            }
        });
        for (ShellCommand command : ShellScript.commands(instruction.arguments())) {
            build.script(Invocation.of(command.arguments()))
                    .filter(scripts::add)
                    .flatMap(build::other)
                    .ifPresent(this::script);
        }
    }

    private void script(Edits edits) {
        if (commands(edits.file().whole(), edits, Optional.empty())) {
            installed = true;
            build.findings().add(edits.file(), 0, "s6-overlay", Fate.changed("not fetched and unpacked any more"));
        }
    }

    /** Takes the commands out of a text; returns whether there were any. */
    private boolean commands(Excerpt excerpt, Edits target, Optional<Instruction> instruction) {
        List<ShellCommand> commands = ShellScript.commands(excerpt);
        Set<ShellCommand> gone = new LinkedHashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (ShellCommand command : commands) {
                more |= !gone.contains(command) && installs(command) && gone.add(command);
            }
        }
        boolean fetches = gone.stream()
                .anyMatch(command -> !Invocation.of(command.arguments()).word().isEmpty());
        if (!fetches) {
            return false;
        }
        pipelines(commands, gone);
        List<ShellCommand> all = commands.stream().filter(gone::contains).toList();
        if (instruction.isPresent() && commands.stream().allMatch(c -> all.contains(c) || isIdle(c))) {
            remove(instruction.get());
        } else {
            new CommandEdits(excerpt, commands, target).removeCommands(all);
        }
        return true;
    }

    /** {@code sh -c "…"} of nothing else. */
    private boolean installs(ShellWord string) {
        List<ShellCommand> commands = ShellScript.commands(new SourceFile("", string.value()).whole());
        Set<ShellCommand> gone = new LinkedHashSet<>();
        commands.stream().filter(this::installs).forEach(gone::add);
        pipelines(commands, gone);
        return !gone.isEmpty() && gone.containsAll(commands);
    }

    private boolean installs(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        List<String> words = command.words().stream().map(ShellWord::value).toList();
        if (invocation.program().isEmpty()) {
            return words.stream().filter(word -> word.contains("=")).anyMatch(this::assigned);
        }
        if (Build.SHELLS.contains(invocation.program())) {
            return Start.commandString(invocation).filter(this::installs).isPresent();
        }
        boolean program = PROGRAMS.contains(invocation.program()) || isArchive(invocation.word());
        if (!program || words.stream().noneMatch(this::isArchive)) {
            return false;
        }
        for (int i = 0; i + 1 < words.size(); i++) {
            if (OUTPUT.contains(words.get(i)) && words.get(i + 1).startsWith("/")) {
                names.add(words.get(i + 1));
            }
        }
        command.words().stream()
                .filter(ShellWord::redirect)
                .map(word -> word.value().replaceFirst("^\\d?>+\\s*", ""))
                .filter(word -> word.startsWith("/") && !word.startsWith("/dev/"))
                .forEach(names::add);
        return true;
    }

    /** Whether a command is of no use when nothing is installed. */
    private static boolean isIdle(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        List<String> words =
                invocation.arguments().stream().map(ShellWord::value).toList();
        boolean cleans = invocation.program().equals("rm")
                && words.stream()
                        .allMatch(w -> w.startsWith("-") || w.startsWith("/tmp/") || w.startsWith("/var/tmp/"));
        boolean writes = command.words().stream()
                .anyMatch(word -> word.redirect() && !word.value().contains("/dev/"));
        return cleans || command.isPattern() || (IDLE.contains(invocation.program()) && !writes);
    }

    /** Removes an instruction, and the comment above it that speaks of s6. */
    private void remove(Instruction instruction) {
        SourceFile file = build.dockerfile().file();
        int start = instruction.start();
        while (start > 0) {
            int above = file.lineStart(start - 1);
            String line = file.text().substring(above, start).strip();
            if (!line.startsWith("#") || !line.toLowerCase(Locale.ROOT).contains("s6")) {
                break;
            }
            start = above;
        }
        if (start < instruction.start() && !build.edits().touches(start, instruction.start())) {
            build.edits().delete(start, instruction.start());
        }
        build.remove(instruction);
    }

    /** What is piped into a command that goes, or out of it, goes with it. */
    private static void pipelines(List<ShellCommand> commands, Set<ShellCommand> gone) {
        for (int i = 1; i < commands.size(); i++) {
            if (commands.get(i).before().startsWith("|")
                    && !commands.get(i).before().equals("||")
                    && gone.contains(commands.get(i - 1))) {
                gone.add(commands.get(i));
            }
        }
        for (int i = commands.size() - 1; i > 0; i--) {
            if (commands.get(i).before().startsWith("|")
                    && !commands.get(i).before().equals("||")
                    && gone.contains(commands.get(i))) {
                gone.add(commands.get(i - 1));
            }
        }
    }

    /** A variable that was for the installation alone. */
    private void unread(Instruction instruction) {
        if (!Set.of("ARG", "ENV").contains(instruction.keyword()) || !installed) {
            return;
        }
        List<Word> words = build.dockerfile().words(instruction);
        boolean ours = !words.isEmpty()
                && (words.size() == 1 || !words.get(0).value().contains("="))
                && NAME.matcher(words.get(0).value().replaceFirst("=.*", "")).matches();
        String name = words.isEmpty() ? "" : words.get(0).value().replaceFirst("=.*", "");
        if (ours && !dev.pintle.s6.Translator.knows(name) && !build.reads(name)) {
            remove(instruction);
            build.say(instruction, Fate.changed("nothing reads " + name + " any more"));
        }
    }

    private void say(Instruction instruction, String what) {
        installed = true;
        build.say(instruction, Fate.changed("s6-overlay: " + what));
    }
}
