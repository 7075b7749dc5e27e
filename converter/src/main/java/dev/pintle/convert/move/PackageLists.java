package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.Excerpt;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables whose values are lists of packages, which a command installs: {@code ENV PACKAGES="nginx supervisor"}. */
final class PackageLists {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");

    /** A word of a list, with the blanks and joined lines before it. */
    private static final Pattern ENTRY =
            Pattern.compile("(?:(?:\\s|\\\\\\r?\\n)+|(?<=[=\"'])|^)([^\\s\"'=\\\\][^\\s\"'\\\\]*)");

    private final Build build;
    private final Set<String> names = new HashSet<>();

    PackageLists(Build build) {
        this.build = build;
    }

    /** Takes note of what a command that installs packages is given. */
    void installed(List<ShellWord> words) {
        for (ShellWord word : words) {
            Matcher variable = VARIABLE.matcher(word.value());
            while (variable.find()) {
                names.add(variable.group(1));
            }
        }
    }

    /** Edits what ENV and ARG say; returns whether the supervisor was in a list. */
    boolean edit(Instruction instruction) {
        boolean found = false;
        List<Word> words = build.dockerfile().words(instruction);
        boolean old = words.size() > 1 && !words.get(0).value().contains("=");
        for (Word word : words) {
            String name = word.value().replaceFirst("(?s)=.*", "");
            int end = old ? instruction.arguments().length() : word.end();
            if (names.contains(name) && edit(instruction.arguments(), word.start(), end, build.edits())) {
                build.say(instruction, fate(name));
                found = true;
            }
        }
        return found;
    }

    /** The same of an assignment in a shell's text. */
    boolean edit(Excerpt excerpt, List<ShellCommand> commands, Edits edits) {
        boolean found = false;
        for (ShellCommand command : commands) {
            for (ShellWord word : command.words()) {
                int equals = word.value().indexOf('=');
                String name =
                        equals < 0 ? "" : word.value().substring(0, equals).replaceFirst("\\+$", "");
                if (names.contains(name) && edit(excerpt, word.start(), word.end(), edits)) {
                    build.findings().add(edits.file(), excerpt.offset(word.start()), "packages", fate(name));
                    found = true;
                }
            }
        }
        return found;
    }

    private static Fate fate(String name) {
        return Fate.changed("without the supervisor, which a command installed from " + name);
    }

    private boolean edit(Excerpt excerpt, int start, int end, Edits edits) {
        int from = excerpt.offset(start);
        int to = excerpt.offsetAfter(end);
        String text = edits.file().text().substring(from, to);
        boolean found = false;
        Matcher entry = ENTRY.matcher(text);
        while (entry.find()) {
            if (build.supervisor().isPackage(entry.group(1))
                    && !edits.touches(from + entry.start(), from + entry.end())) {
                edits.delete(from + entry.start(), from + entry.end());
                found = true;
            }
        }
        return found;
    }
}
