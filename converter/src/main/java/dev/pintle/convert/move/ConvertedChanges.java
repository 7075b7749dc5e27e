package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of a text that write, edit, remove or move files that were converted. What they do is not in what was
 * converted, whether these files are still in the image or not.
 */
final class ConvertedChanges {

    private static final Set<String> REMOVE = Set.of("rm", "unlink", "shred", "rename");
    /** Programs after which what others have found is not where it was. */
    private static final Set<String> TAKE_AWAY = Set.of("rm", "mv", "unlink");

    private static final Set<String> COPY = Set.of("cp", "mv", "ln", "install", "rsync");

    /** Programs that write the files that they are given. */
    private static final Set<String> WRITE =
            Set.of("tee", "truncate", "sponge", "ed", "ex", "vi", "vim", "patch", "crudini", "dd", "augtool");

    private static final Set<String> EDIT_IN_PLACE = Set.of("sed", "gsed", "perl", "ruby", "awk", "gawk");

    private static final Pattern REDIRECTION = Pattern.compile("(?:&|1)?>>?\\|?\\s*([^&>].*)");
    private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=([^$`(]+)");
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)[^{}]*\\}|(\\w+))");
    private static final Pattern PART = Pattern.compile(".*\\.(?:conf|ini)");

    /** How a program of another language than the shell's writes, renames or removes what it names. */
    private static final Pattern WRITES = Pattern.compile("\\b(?:f?open\\s*\\([^)\\n]{0,200}[\"'][wa][b+t]{0,2}[\"']"
            + "|write|file_put_contents|unlink|remove|rmtree|rename|move|symlink)|\\bsed\\s+-\\w*i");

    private final ConvertedPlaces places;
    private final IntUnaryOperator offsets;
    private final UnaryOperator<String> known;
    private final WorkingDirectory directory;
    private final Map<String, List<String>> variables = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();

    /**
     * What a command changes.
     *
     * @param command   that does
     * @param place     of the file in the image
     * @param takesAway whether the file is not there any more
     */
    record Change(ShellCommand command, String place, boolean takesAway) {

        /** Where it is changed when the image is built. */
        Fate atBuild() {
            return Fate.notCarried(
                    (takesAway ? "it removes " : "it changes ") + place
                            + " when the image is built, and that is not in what was converted",
                    takesAway
                            ? "leave the file out of the build context, or remove its services from what was converted"
                            : "make the change in the files of the build context, and convert again");
        }

        /** Where it is changed when the container starts. */
        Fate atStart() {
            return Fate.notCarried(
                    (takesAway ? "it removes " : "it changes ") + place
                            + ", which nothing reads any more: the services that were converted from it are as they were",
                    takesAway
                            ? "enabled = ${VARIABLE} in a service.conf is a switch that is read when the container starts"
                            : "the settings are in /etc/pintle/services/NAME/service.conf; ${VARIABLE} in one is read when the"
                                    + " container starts, and enabled = ${VARIABLE} is a switch");
        }
    }

    private ConvertedChanges(
            ConvertedPlaces places, String workDirectory, IntUnaryOperator offsets, UnaryOperator<String> known) {
        this.places = places;
        this.offsets = offsets;
        this.known = known;
        this.directory = new WorkingDirectory(workDirectory, word -> places.expand(known.apply(word)));
    }

    /**
     * Of the commands of one shell, in order.
     *
     * @param workDirectory which it begins in
     * @param offsets       where in the Dockerfile a command begins; behind all else, for files
     */
    static List<Change> of(
            ConvertedPlaces places, List<ShellCommand> commands, String workDirectory, IntUnaryOperator offsets) {
        return of(places, commands, workDirectory, offsets, UnaryOperator.identity());
    }

    /** The same of a script: {@code known} puts what is known of its own place into its words. */
    static List<Change> of(
            ConvertedPlaces places,
            List<ShellCommand> commands,
            String workDirectory,
            IntUnaryOperator offsets,
            UnaryOperator<String> known) {
        ConvertedChanges found = new ConvertedChanges(places, workDirectory, offsets, known);
        for (List<ShellCommand> line : Pipelines.of(commands)) {
            for (ShellCommand command : line) {
                found.directory.follow(command);
                found.assign(command);
                found.command(command);
                found.directory.leave(command);
            }
            found.xargs(line);
        }
        return found.changes;
    }

    /** Whether a line of a program speaks of a place in order to change what is there. */
    static boolean isWriting(String line) {
        return WRITES.matcher(line).find();
    }

    /** Takes note of plain values, and of those of a loop. */
    private void assign(ShellCommand command) {
        List<String> words = command.words().stream().map(ShellWord::value).toList();
        if (words.size() > 3 && words.get(0).equals("for") && words.get(2).equals("in")) {
            variables.put(words.get(1), words.subList(3, words.size()));
        }
        for (String word : words) {
            Matcher assignment = ASSIGNMENT.matcher(known.apply(word));
            if (assignment.matches()) {
                variables.put(assignment.group(1), List.of(assignment.group(2)));
            }
        }
    }

    private void command(ShellCommand command) {
        command.words().stream()
                .filter(ShellWord::redirect)
                .map(word -> REDIRECTION.matcher(word.value()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1).replaceAll("[\"']", ""))
                .forEach(target -> written(command, target));
        Invocation invocation = Invocation.of(command.arguments());
        List<String> words =
                invocation.arguments().stream().map(ShellWord::value).toList();
        program(command, invocation.program(), words);
    }

    private void program(ShellCommand command, String program, List<String> words) {
        List<String> operands =
                words.stream().filter(word -> !word.startsWith("-")).toList();
        if (REMOVE.contains(program)) {
            operands.forEach(word -> removed(command, word));
        } else if (COPY.contains(program) && operands.size() > 1) {
            copy(command, program, operands);
        } else if (EDIT_IN_PLACE.contains(program)) {
            edit(command, program, words).forEach(word -> changed(command, word));
        } else if (WRITE.contains(program)) {
            operands.forEach(word -> written(command, word.replaceFirst("^of=", "")));
        } else if (program.equals("find")) {
            find(command, words);
        }
    }

    /** The files that an editor writes anew, unless it makes nothing else of a configuration. */
    private static List<String> edit(ShellCommand command, String program, List<String> words) {
        if (!EditWords.EDITORS.contains(program)) {
            boolean inPlace = words.stream().anyMatch(word -> word.matches("-\\w{0,3}i.*|inplace"));
            return inPlace ? words : List.of();
        }
        EditWords edit =
                EditWords.of(command.arguments().stream().map(ShellWord::value).toList());
        return edit.inPlace() && !edit.changeNothing() ? edit.files() : List.of();
    }

    private void copy(ShellCommand command, String program, List<String> operands) {
        String target = operands.get(operands.size() - 1);
        List<String> sources = operands.subList(0, operands.size() - 1);
        if (program.equals("mv") && !isPlacing(command, target)) {
            sources.forEach(word -> removed(command, word));
        }
        written(command, target);
        for (String source : sources) {
            values(source).forEach(each -> written(command, target + "/" + Invocation.baseName(each)));
        }
    }

    /** Whether a command of the build moves files to where the supervisor reads them, which is where they were converted. */
    private boolean isPlacing(ShellCommand command, String target) {
        int offset = offsets.applyAsInt(command.start());
        return paths(target).stream()
                .anyMatch(path -> places.isPutBy(path, offset)
                        && (places.isService(path) || PART.matcher(path).matches() || !hasRead(command)));
    }

    /** Whether a command names what the supervisor reads where it is. */
    private boolean hasRead(ShellCommand command) {
        List<ShellWord> words = Invocation.of(command.arguments()).arguments();
        return words.subList(0, Math.max(0, words.size() - 1)).stream()
                .flatMap(word -> paths(word.value()).stream())
                .anyMatch(places::isRead);
    }

    private void find(ShellCommand command, List<String> words) {
        boolean deletes = words.contains("-delete");
        int exec = words.indexOf("-exec");
        exec = exec < 0 ? words.indexOf("-execdir") : exec;
        List<String> run = exec < 0 ? List.of() : words.subList(exec + 1, words.size());
        if (deletes || isChanging(run)) {
            boolean takesAway = deletes || TAKE_AWAY.contains(Invocation.baseName(run.get(0)));
            found(command, words, takesAway);
        }
    }

    /** {@code find DIR | xargs rm}. */
    private void xargs(List<ShellCommand> line) {
        List<String> first =
                line.get(0).arguments().stream().map(ShellWord::value).toList();
        for (ShellCommand command : line.subList(1, line.size())) {
            List<String> words =
                    command.arguments().stream().map(ShellWord::value).toList();
            List<String> run = words.stream()
                    .skip(1)
                    .dropWhile(word -> word.startsWith("-") || word.matches("\\d+|\\{\\}"))
                    .toList();
            if (words.get(0).equals("xargs") && isChanging(run)) {
                boolean takesAway = TAKE_AWAY.contains(Invocation.baseName(run.get(0)));
                boolean finds = first.get(0).equals("find");
                if (finds) {
                    found(line.get(0), first.subList(1, first.size()), takesAway);
                } else {
                    first.forEach(word -> add(line.get(0), word, true, takesAway));
                }
            }
        }
    }

    private static boolean isChanging(List<String> run) {
        if (run.isEmpty()) {
            return false;
        }
        String program = Invocation.baseName(run.get(0));
        return REMOVE.contains(program)
                || program.equals("mv")
                || (EditWords.EDITORS.contains(program)
                        && EditWords.of(run).inPlace()
                        && !EditWords.of(run).changeNothing());
    }

    private void found(ShellCommand command, List<String> words, boolean takesAway) {
        int option = Math.max(words.indexOf("-name"), words.indexOf("-iname"));
        String name = option >= 0 && option + 1 < words.size() ? words.get(option + 1) : "*";
        int offset = offsets.applyAsInt(command.start());
        words.stream()
                .takeWhile(word -> !word.startsWith("-"))
                .flatMap(word -> paths(word).stream())
                .flatMap(path -> places.below(path, name, offset).stream())
                .findFirst()
                .ifPresent(place -> changes.add(new Change(command, place, takesAway)));
    }

    private void removed(ShellCommand command, String word) {
        add(command, word, true, true);
    }

    private void changed(ShellCommand command, String word) {
        add(command, word, false, false);
    }

    /** A file that is written beside those of a configuration may be one of them too. */
    private void written(ShellCommand command, String word) {
        changed(command, word);
        int offset = offsets.applyAsInt(command.start());
        paths(word).stream()
                .filter(path -> PART.matcher(path).matches() && !places.contains(path))
                .filter(path -> offset == Integer.MAX_VALUE
                        && places.isIncluded(path.substring(0, Math.max(0, path.lastIndexOf('/')))))
                .findFirst()
                .ifPresent(path -> changes.add(new Change(command, path, false)));
    }

    private void add(ShellCommand command, String word, boolean tree, boolean takesAway) {
        int offset = offsets.applyAsInt(command.start());
        paths(word).stream()
                .filter(path -> !path.endsWith("/down"))
                .flatMap(path -> places.named(path, tree, offset).stream())
                .findFirst()
                .ifPresent(place -> changes.add(new Change(command, place, takesAway)));
    }

    /** The paths that a word may name; what is not known of the name of a configuration is a pattern. */
    private List<String> paths(String unknown) {
        String word = known.apply(unknown);
        return values(word).stream()
                .filter(each -> !each.isEmpty() && each.indexOf('\0') < 0)
                .map(directory::of)
                .toList();
    }

    private List<String> values(String word) {
        Matcher variable = VARIABLE.matcher(word);
        if (!variable.find()) {
            return List.of(word.replaceAll("\\{[^{}$]*,[^{}$]*\\}", "*"));
        }
        String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
        String part = PART.matcher(word).matches() && !word.startsWith("$") ? "*" : variable.group();
        return variables.getOrDefault(name, List.of(part)).stream()
                .map(value -> word.replace(variable.group(), value))
                .toList();
    }
}
