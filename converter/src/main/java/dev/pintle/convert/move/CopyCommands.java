package dev.pintle.convert.move;

import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Commands of a build that put files of the image into another place: {@code cp}, {@code mv}, {@code install}, {@code rsync}. */
final class CopyCommands {

    private static final Set<String> COPIERS = Set.of("cp", "mv", "ln", "install", "rsync");

    /** Options whose value is a word of its own. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-m", "--mode", "-o", "--owner", "-g", "--group", "-S", "--suffix", "-e", "--exclude", "--include", "-f");

    private final Directories directories;
    private final Function<String, List<String>> names;
    private final Copied copied;
    private final Deque<Optional<String>> outer = new ArrayDeque<>();
    private Optional<String> directory = Optional.of("/");
    private int at;
    private boolean sure;

    /** Gets the place that is copied from, the one that is copied to, where in the Dockerfile the command begins, and whether it is run for sure. */
    interface Copied {
        void take(String from, String to, int at, boolean always);
    }

    /**
     * @param directories that the image has; those that the commands make are added
     * @param names       what a directory of the image has, by the name
     * @param copied      gets what is copied
     */
    CopyCommands(Directories directories, Function<String, List<String>> names, Copied copied) {
        this.directories = directories;
        this.names = names;
        this.copied = copied;
    }

    /** Begins with a shell, in a directory. */
    void begin(String workDirectory) {
        directory = Optional.of(workDirectory);
        outer.clear();
    }

    /** Follows the next command of the shell, which begins at an offset of the Dockerfile. */
    void take(ShellCommand command, int offset, boolean always) {
        if (command.before().equals("(")) {
            outer.push(directory);
        }
        at = offset;
        sure = always;
        command(Invocation.of(command.arguments()));
        if (command.after().equals(")") && !outer.isEmpty()) {
            directory = outer.pop();
        }
    }

    private void command(Invocation invocation) {
        String program = invocation.program();
        List<String> words =
                invocation.arguments().stream().map(ShellWord::value).toList();
        if (program.equals("cd") || program.equals("pushd")) {
            directory = words.isEmpty() ? Optional.empty() : absolute(words.get(words.size() - 1));
        } else if (program.equals("mkdir") || (program.equals("install") && words.contains("-d"))) {
            operands(words).forEach(word -> absolute(word).ifPresent(directories::add));
        } else if (COPIERS.contains(program)) {
            copy(program, words);
        }
    }

    private void copy(String program, List<String> words) {
        List<String> operands = new ArrayList<>(operands(words));
        int option = Math.max(words.indexOf("-t"), words.indexOf("--target-directory"));
        boolean named = option >= 0 && option + 1 < words.size();
        if (operands.size() < 2) {
            return;
        }
        String target = named ? words.get(option + 1) : operands.get(operands.size() - 1);
        operands.remove(target);
        Optional<String> to = absolute(target);
        boolean many = named || operands.size() > 1 || operands.stream().anyMatch(GlobPattern::isPattern);
        boolean into = many
                || target.endsWith("/")
                || target.equals(".")
                || to.filter(directories::has).isPresent();
        if (many) {
            to.ifPresent(directories::add);
        }
        for (String source : operands) {
            boolean contents = source.endsWith("/.") || (program.equals("rsync") && source.endsWith("/"));
            for (String from : absolute(source).map(this::expanded).orElse(List.of())) {
                String name = from.substring(from.lastIndexOf('/') + 1);
                to.ifPresent(place -> copied.take(from, into && !contents ? below(place, name) : place, at, sure));
            }
        }
    }

    /** {@code install -d}, each of whose operands is a directory to be made. */
    static boolean makesDirectories(Invocation invocation) {
        return invocation.program().equals("install")
                && invocation.arguments().stream()
                        .anyMatch(word -> word.value().equals("--directory")
                                || word.value().matches("-[bcCDpsTv]*d.*"));
    }

    /** The words that are neither options nor their values. */
    private static List<String> operands(List<String> words) {
        List<String> operands = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (WITH_VALUE.contains(words.get(i))) {
                i++;
            } else if (!words.get(i).startsWith("-")) {
                operands.add(words.get(i));
            }
        }
        return operands;
    }

    /** Of a pattern in its last part, the files that match. */
    private List<String> expanded(String path) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        String parent = slash == 0 ? "/" : path.substring(0, slash);
        return !GlobPattern.isPattern(name)
                ? List.of(path)
                : names.apply(parent).stream()
                        .filter(each -> GlobPattern.matches(name, each))
                        .map(each -> below(parent, each))
                        .toList();
    }

    /** Absent where variables or commands decide. */
    private Optional<String> absolute(String path) {
        boolean known = !path.contains("$") && !path.contains("`") && path.indexOf('\0') < 0 && !path.contains(":");
        if (!known || (directory.isEmpty() && !path.startsWith("/"))) {
            return Optional.empty();
        }
        return Optional.of(
                Path.of(directory.orElse("/")).resolve(path).normalize().toString());
    }

    private static String below(String directory, String name) {
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }
}
