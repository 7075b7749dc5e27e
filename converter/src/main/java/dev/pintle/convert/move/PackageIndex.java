package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The index of packages that one command of a build fetches, and later ones install from: {@code apt-get update} beside the
 * supervisor's installation may be what a later {@code apt-get install} needs.
 */
final class PackageIndex {

    /** Of Debian. */
    static final Set<String> APT = Set.of("apt-get", "apt", "aptitude");

    private static final Set<String> FETCHING = Set.of("-U", "--update", "--update-cache");

    private static final Pattern FORCED = Pattern.compile("-[a-zA-Z]*f[a-zA-Z]*|--force");

    /** What a package manager leaves behind; a pattern that matches nothing is a file that is not there. */
    private static final Pattern LEFT =
            Pattern.compile("/var/(?:cache/(?:apk|apt|yum|dnf)|lib/apt/lists)/(?:.*/)?[^/]*\\*[^/]*");

    private final Build build;

    PackageIndex(Build build) {
        this.build = build;
    }

    /** Whether the index that some commands fetch is needed behind them, once others of them are gone. */
    boolean isNeededBehind(List<ShellCommand> commands, List<ShellCommand> gone, Instruction instruction) {
        for (int i = commands.size() - 1; i >= 0; i--) {
            Invocation invocation = Invocation.of(commands.get(i).arguments());
            if (!gone.contains(commands.get(i)) && fetches(invocation)) {
                List<ShellCommand> rest = new ArrayList<>(commands.subList(i + 1, commands.size()));
                rest.removeAll(gone);
                return isNeeded(family(invocation), rest, instruction);
            }
        }
        return false;
    }

    /** Whether an installation fetched the index, and something behind it needs that, in a script in that alone. */
    boolean isFetchedFor(ShellCommand command, List<ShellCommand> commands, @Nullable Instruction instruction) {
        Invocation invocation = Invocation.of(command.arguments());
        List<ShellCommand> rest = commands.subList(commands.indexOf(command) + 1, commands.size());
        return fetches(invocation) && isNeeded(family(invocation), rest, instruction);
    }

    /** Whether a command fails where no package manager has left anything behind. */
    static boolean removesWhatMayNotBeThere(Invocation invocation) {
        List<ShellWord> words = invocation.arguments();
        return invocation.program().equals("rm")
                && words.stream().noneMatch(word -> FORCED.matcher(word.value()).matches())
                && words.stream().anyMatch(word -> LEFT.matcher(word.value()).matches());
    }

    private boolean isNeeded(String family, List<ShellCommand> rest, @Nullable Instruction instruction) {
        Optional<Boolean> here = isNeeded(family, rest);
        if (here.isPresent() || instruction == null) {
            return here.orElse(false);
        }
        List<Instruction> all = build.instructions();
        for (Instruction later : all.subList(Math.max(0, all.indexOf(instruction)) + 1, all.size())) {
            List<ShellCommand> commands = later.keyword().equals("RUN")
                    ? RunText.of(later).stream()
                            .flatMap(text -> text.commands().stream())
                            .toList()
                    : List.of();
            Optional<Boolean> there = isNeeded(family, commands);
            if (there.isPresent()) {
                return there.get();
            }
        }
        return false;
    }

    /** Absent where these commands neither need it nor make another. */
    private Optional<Boolean> isNeeded(String family, List<ShellCommand> commands) {
        for (ShellCommand command : commands) {
            Invocation invocation = Invocation.of(command.arguments());
            List<String> words =
                    invocation.arguments().stream().map(ShellWord::value).toList();
            boolean removed = invocation.program().equals("rm")
                    && words.stream().anyMatch(word -> word.matches("/var/(?:cache/apk|lib/apt/lists).*"));
            boolean ours = family(invocation).equals(family);
            if (removed || (ours && fetches(invocation))) {
                return Optional.of(false);
            }
            if (ours && installsOthers(words)) {
                return Optional.of(true);
            }
        }
        return Optional.empty();
    }

    private boolean installsOthers(List<String> words) {
        int at = Math.max(words.indexOf("install"), words.indexOf("add"));
        return at >= 0
                && !words.contains("--no-cache")
                && words.subList(at + 1, words.size()).stream()
                        .anyMatch(word ->
                                !word.startsWith("-") && !build.supervisor().isPackage(word));
    }

    private static String family(Invocation invocation) {
        String program = invocation.program();
        return APT.contains(program) ? "apt" : program.equals("apk") ? program : "";
    }

    private static boolean fetches(Invocation invocation) {
        List<String> words =
                invocation.arguments().stream().map(ShellWord::value).toList();
        boolean apk = invocation.program().equals("apk");
        return !family(invocation).isEmpty()
                && (words.contains("update")
                        || (apk
                                && !words.contains("--no-cache")
                                && words.stream().anyMatch(FETCHING::contains)));
    }
}
