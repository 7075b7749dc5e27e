package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.read.GlobPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the commands of a build do to files that are copied, as far as their words tell. Paths are from the root.
 *
 * @param modes    what they do to execute bits, in order
 * @param links    the symbolic links that they make, with what these lead to
 * @param switches the {@code down} files that they make, or remove: whether each is there in the end; patterns among them
 * @param touched  the files that they make where they are not there
 * @param removed  what they remove, with the offset of the instruction that does; patterns among them
 */
public record FileCommands(
        List<Mode> modes,
        Map<String, String> links,
        Map<String, Boolean> switches,
        Set<String> touched,
        Map<String, Integer> removed) {

    /**
     * A change of execute bits.
     *
     * @param pattern    of the paths; that of a whole tree ends with a slash
     * @param executable whether the files have them afterwards
     */
    public record Mode(String pattern, boolean executable) {

        private boolean concerns(String path) {
            return pattern.endsWith("/") ? path.startsWith(pattern) : GlobPattern.matches(pattern, path);
        }
    }

    /** A clause of a mode that takes execute bits. */
    private static final Pattern TAKEN = Pattern.compile("(?<who>[ugoa]*)(?:-[rwst]*x[rwst]*|=[rwst]*)");

    static FileCommands of(Build build) {
        FileCommands found = new FileCommands(
                new ArrayList<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashSet<>(),
                new LinkedHashMap<>());
        String workDirectory = "/";
        for (Instruction instruction : build.stages().instructions()) {
            switch (instruction.keyword()) {
                case "WORKDIR" -> workDirectory = build.context().workDirectory(instruction, workDirectory);
                case "RUN" -> {
                    for (RunText text : RunText.of(instruction)) {
                        FileCommandReader reader =
                                new FileCommandReader(found, build.context(), workDirectory, instruction.start());
                        build.context()
                                .commands()
                                .read(text, workDirectory, (command, offset, always) -> reader.take(command));
                    }
                }
                default -> {
                    // COPY and ADD may give a mode.
                }
            }
            instruction
                    .flag("chmod")
                    .flatMap(FileCommands::execution)
                    .ifPresent(bits -> found.copied(build, instruction, bits));
        }
        return found;
    }

    private void copied(Build build, Instruction instruction, boolean bits) {
        build.context().copies().stream()
                .filter(copy -> copy.instruction().equals(instruction))
                .forEach(copy -> {
                    chmod(copy.destination(), bits);
                    chmod(copy.destination() + "/", bits);
                    copy.files().forEach(file -> copy.places(file).forEach(place -> chmod(place, bits)));
                });
    }

    void chmod(String pattern, boolean bits) {
        modes.add(new Mode(pattern.replaceAll("//+", "/"), bits));
    }

    /** Whether a word of a command on files is known to name what it names. */
    static boolean isPlain(String word) {
        return word.startsWith("/") && word.indexOf('$') < 0 && word.indexOf('{') < 0 && word.indexOf('`') < 0;
    }

    void makeOrRemove(String path, boolean makes, int at) {
        String plain = path.replaceFirst("(?<=.)/+$", "");
        if (plain.endsWith("/down")) {
            switches.put(plain, makes);
        }
        if (!makes) {
            touched.removeIf(each -> each.equals(plain) || each.startsWith(plain + "/"));
            removed.put(plain, at);
        } else if (!GlobPattern.isPattern(plain)) {
            touched.add(plain);
        }
    }

    /** Whether a mode gives execute bits, or takes them; absent where it does neither. */
    static Optional<Boolean> execution(String mode) {
        if (mode.matches("[ugoa]*\\+[rwX]*x[rwXs]*|[ugoa]*=[rwX]*x[rwXs]*|0?[0-7]*[1357][0-7]?[0-7]?")) {
            return Optional.of(true);
        }
        boolean takes = mode.matches("0?[0246]{3}") || takesFromAll(mode);
        return takes ? Optional.of(false) : Optional.empty();
    }

    /** One bit that is left is enough for root. */
    private static boolean takesFromAll(String mode) {
        Set<Integer> from = new HashSet<>();
        for (String clause : mode.split(",", -1)) {
            Matcher change = TAKEN.matcher(clause);
            if (!change.matches()) {
                return false;
            }
            String who = change.group("who");
            (who.isEmpty() || who.contains("a") ? "ugo" : who).chars().forEach(from::add);
        }
        return from.size() == 3;
    }

    /** Whether commands of the build give a path of the image execute bits, or take them; absent where they do neither. */
    public Optional<Boolean> executable(String path) {
        return modes.stream()
                .filter(mode -> mode.concerns(path))
                .reduce((a, b) -> b)
                .map(Mode::executable);
    }

    /** Whether a file of the image has execute bits in the end. */
    public boolean isExecutable(String path, boolean copied) {
        return executable(path).orElse(copied);
    }
}
