package dev.pintle.convert.move;

import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the commands of one shell do to files, wherever {@code cd} and WORKDIR have led them. */
final class FileCommandReader {

    private static final Pattern REDIRECTION = Pattern.compile("\\d?>+\\|?\\s*(.+)");

    /** Directories of services: a link to one is a name for it, and no service. */
    private static final Set<String> ALL_SERVICES =
            Set.of("/etc/service", "/etc/sv", "/service", "/etc/runit/runsvdir/default", "/etc/runit/runsvdir/current");

    private static final Set<String> MAKERS = Set.of("touch", "tee", "truncate", "cp", "install", "mv");

    private final FileCommands found;
    private final BuildContext context;
    private final WorkingDirectory directory;
    private final int at;

    /** {@code at}: the offset of the instruction. */
    FileCommandReader(FileCommands found, BuildContext context, String workDirectory, int at) {
        this.found = found;
        this.context = context;
        this.directory = new WorkingDirectory(workDirectory);
        this.at = at;
    }

    /** Follows the next command of the shell. */
    void take(ShellCommand command) {
        directory.follow(command);
        command(command);
        directory.leave(command);
    }

    private Optional<String> path(String word) {
        String path = word.isEmpty() ? "" : directory.of(word);
        return Optional.of(path).filter(FileCommands::isPlain);
    }

    private void command(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        List<String> words =
                invocation.arguments().stream().map(ShellWord::value).toList();
        List<String> operands =
                words.stream().filter(word -> !word.startsWith("-")).toList();
        command.words().stream()
                .filter(ShellWord::redirect)
                .map(word -> REDIRECTION.matcher(word.value()))
                .filter(Matcher::matches)
                .map(redirection -> redirection.group(1).replaceAll("[\"']", ""))
                .forEach(this::written);
        String program = invocation.program();
        switch (program) {
            case "chmod" -> chmod(words, operands);
            case "find" -> find(words);
            case "touch" -> operands.forEach(word -> makeOrRemove(word, true));
            case "rm", "unlink" -> operands.forEach(word -> makeOrRemove(word, false));
            case "ln" -> {
                if (words.stream().anyMatch(word -> word.matches("-\\w*s\\w*|--symbolic"))) {
                    link(words, operands);
                }
            }
            default -> {
                if (MAKERS.contains(program) && !operands.isEmpty()) {
                    moved(program, operands);
                }
            }
        }
    }

    /** A switch that is made otherwise than by {@code touch}; other files are read by other rules. */
    private void written(String word) {
        path(word)
                .filter(path -> path.endsWith("/down"))
                .ifPresent(path -> found.switches().put(path, true));
    }

    private void moved(String program, List<String> operands) {
        operands.subList(program.equals("tee") ? 0 : operands.size() - 1, operands.size())
                .forEach(this::written);
        if (program.equals("mv")) {
            operands.subList(0, operands.size() - 1).stream()
                    .flatMap(word -> path(word).stream())
                    .filter(path -> path.endsWith("/down"))
                    .forEach(path -> found.switches().put(path, false));
        }
    }

    private void makeOrRemove(String word, boolean makes) {
        path(word)
                .map(path -> word.endsWith("/") ? path + "/" : path)
                .ifPresent(path -> found.makeOrRemove(path, makes, at));
    }

    private void chmod(List<String> words, List<String> operands) {
        boolean tree = words.stream().anyMatch(word -> word.matches("-\\w*R\\w*|--recursive"));
        Optional<String> mode = words.stream()
                .filter(word -> FileCommands.execution(word).isPresent())
                .findFirst();
        mode.flatMap(FileCommands::execution)
                .ifPresent(bits -> operands.stream()
                        .filter(word -> !word.equals(mode.get()))
                        .flatMap(word -> path(word).stream())
                        .forEach(path -> found.chmod(tree ? path + "/" : path, bits)));
    }

    /** {@code find DIRECTORY … -exec chmod +x}; what takes bits of other names than {@code run} switches nothing off. */
    private void find(List<String> words) {
        int chmod = words.indexOf("chmod");
        Optional<Boolean> bits = chmod < 0
                ? Optional.empty()
                : words.subList(chmod, words.size()).stream()
                        .flatMap(word -> FileCommands.execution(word).stream())
                        .findFirst();
        int name = Math.max(words.indexOf("-name"), words.indexOf("-iname"));
        boolean run = name < 0 || name + 1 >= words.size() || GlobPattern.matches(words.get(name + 1), "run");
        if (bits.filter(gives -> gives || run).isPresent()) {
            words.stream()
                    .takeWhile(word -> !word.startsWith("-"))
                    .flatMap(word -> path(word).stream())
                    .forEach(path -> found.chmod(path + "/", bits.get()));
        }
    }

    /** One name, or several and a directory that they are put into. */
    private void link(List<String> words, List<String> operands) {
        int option = Math.max(words.indexOf("-t"), words.indexOf("--target-directory"));
        boolean named = option >= 0 && option + 1 < words.size();
        boolean here = !named && operands.size() == 1;
        if (operands.isEmpty()) {
            return;
        }
        String last = named ? words.get(option + 1) : here ? "." : operands.get(operands.size() - 1);
        List<String> targets = named
                ? operands.stream().filter(word -> !word.equals(last)).toList()
                : here ? operands : operands.subList(0, operands.size() - 1);
        Optional<String> place = path(last);
        boolean into = named
                || here
                || targets.size() > 1
                || last.endsWith("/")
                || targets.stream().anyMatch(GlobPattern::isPattern)
                || (!ALL_SERVICES.contains(last(targets))
                        && place.filter(path -> path.equals("/var/service") || context.hasDirectory(path))
                                .filter(path -> !isMadeBy(path, targets))
                                .isPresent());
        for (String target : targets) {
            place.ifPresent(path -> each(target)
                    .forEach(to ->
                            found.links().put(into ? BuildContext.below(path, Invocation.baseName(to)) : path, to)));
        }
    }

    /** Whether a directory is there because of the link alone, by which its files have another name. */
    private boolean isMadeBy(String path, List<String> targets) {
        String target = directory.of(targets.get(0)) + "/";
        return context.aliases().entrySet().stream()
                .anyMatch(alias -> alias.getKey().startsWith(path + "/")
                        && alias.getValue().startsWith(target));
    }

    private static String last(List<String> targets) {
        return targets.get(targets.size() - 1).replaceFirst("/+$", "");
    }

    /** What a link leads to, which is from where it is; of a pattern, what matches it. */
    private List<String> each(String target) {
        String plain = target.replaceFirst("(?<=.)/+$", "");
        if (plain.indexOf('$') >= 0 || plain.indexOf('`') >= 0) {
            return List.of();
        }
        if (!GlobPattern.isPattern(plain)) {
            return List.of(plain);
        }
        int slash = plain.lastIndexOf('/');
        String parent = slash < 0 ? "" : plain.substring(0, slash);
        return context.names(directory.of(parent.isEmpty() && slash < 0 ? "." : parent + "/")).stream()
                .filter(name -> GlobPattern.matches(plain.substring(slash + 1), name))
                .map(name -> slash < 0 ? name : parent + "/" + name)
                .toList();
    }
}
