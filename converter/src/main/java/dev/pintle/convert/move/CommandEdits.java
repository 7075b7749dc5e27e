package dev.pintle.convert.move;

import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.Excerpt;
import java.util.List;
import java.util.Set;

/** Takes words and commands out of a shell text so that a working one is left. */
final class CommandEdits {

    private static final Set<String> SEQUENCE = Set.of("&&", ";", "\n");

    private final Excerpt excerpt;
    private final List<ShellCommand> commands;
    private final Edits edits;

    CommandEdits(Excerpt excerpt, List<ShellCommand> commands, Edits edits) {
        this.excerpt = excerpt;
        this.commands = commands;
        this.edits = edits;
    }

    /**
     * Removes a word that others are left beside: with its line where it stands alone on one, else with the blanks
     * before it.
     *
     * @param gone all words that are removed from the command
     */
    void removeWord(ShellCommand command, ShellWord word, List<ShellWord> gone) {
        String text = edits.file().text();
        int start = excerpt.offset(word.start());
        int end = excerpt.offsetAfter(word.end());
        int lineStart = edits.file().lineStart(start);
        int lineEnd = edits.file().lineEnd(start);
        boolean first = text.substring(lineStart, start).isBlank();
        String rest = text.substring(end, Math.max(end, lineEnd)).strip();
        if (first && isContinuation(rest)) {
            edits.delete(lineStart, lineEnd);
        } else if (first && rest.isEmpty()) {
            // The line before must not be continued any more.
            int before = excerpt.offsetAfter(previousEnd(command, word, gone));
            edits.delete(before, contentEnd(text, before));
            edits.delete(lineStart, lineEnd);
        } else if (first) {
            edits.delete(start, skipBlanks(text, end));
        } else {
            edits.delete(backOverBlanks(text, start), end);
        }
    }

    private static boolean isContinuation(String rest) {
        return rest.equals("\\") || rest.equals("`");
    }

    private static int previousEnd(ShellCommand command, ShellWord word, List<ShellWord> gone) {
        int end = command.start();
        for (ShellWord each : command.words()) {
            if (each.start() >= word.start()) {
                return end;
            }
            end = gone.contains(each) ? end : each.end();
        }
        return end;
    }

    private static int contentEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        end = end < 0 ? text.length() : end;
        return end > from && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static int backOverBlanks(String text, int from) {
        int at = from;
        while (at > 0 && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t')) {
            at--;
        }
        return at;
    }

    /** Removes commands with the operators that joined them; where that is not possible, {@code true} replaces them. */
    void removeCommands(List<ShellCommand> gone) {
        for (int first = 0; first < commands.size(); first++) {
            if (gone.contains(commands.get(first))) {
                int last = loop(first, gone);
                while (last + 1 < commands.size()
                        && gone.contains(commands.get(last + 1))
                        && reserved(commands.get(last + 1)) == 0) {
                    last = loop(last + 1, gone);
                }
                removeRun(first, last);
                first = last;
            }
        }
    }

    /** The end of a loop that goes as a whole; else the command. */
    private int loop(int at, List<ShellCommand> gone) {
        int end = ShellWalk.end(commands, at);
        return gone.containsAll(commands.subList(at, end + 1)) ? end : at;
    }

    private void removeRun(int first, int last) {
        int reserved = reserved(commands.get(first));
        if (reserved > 0) {
            // A branch, or a loop, has to have a command.
            ShellWord word = commands.get(first).words().get(reserved);
            edits.replace(
                    excerpt.offset(word.start()),
                    excerpt.offsetAfter(commands.get(last).end()),
                    "true");
            return;
        }
        String before = commands.get(first).before();
        String after = commands.get(last).after();
        boolean follows = first > 0 && SEQUENCE.contains(before);
        boolean goesOn = last + 1 < commands.size() && SEQUENCE.contains(after);
        // What comes behind "a && b; c" does not depend on a.
        boolean apart = before.equals("&&") && !after.equals("&&");
        int start = excerpt.offset(commands.get(first).start());
        int end = excerpt.offsetAfter(commands.get(last).end());
        if (hasLinesOfItsOwn(start, end)) {
            edits.delete(edits.file().lineStart(start), edits.file().lineEnd(end));
        } else if (follows && (goesOn || after.isEmpty()) && (!goesOn || apart || operatorLeads(first))) {
            edits.delete(
                    excerpt.offsetAfter(behindBrackets(commands.get(first - 1).end(), commands.get(first))), end);
        } else if (goesOn && (first == 0 || follows)) {
            edits.delete(start, excerpt.offset(beforeBrackets(commands.get(last), commands.get(last + 1))));
        } else {
            edits.replace(start, end, "true");
        }
    }

    /** How many words such as {@code then} stand before a command. */
    private static int reserved(ShellCommand command) {
        int count = 0;
        while (count + 1 < command.words().size()
                && Invocation.isReserved(command.words().get(count).value())) {
            count++;
        }
        return count;
    }

    /** The brackets that the command before stands in are closed where they were. */
    private int behindBrackets(int previousEnd, ShellCommand command) {
        int close = excerpt.text().lastIndexOf(')', command.start());
        return Math.max(previousEnd, close + 1);
    }

    /** The brackets that the next command stands in are opened where they were. */
    private int beforeBrackets(ShellCommand command, ShellCommand next) {
        int open = excerpt.text().indexOf('(', command.end());
        return open >= 0 && open < next.start() ? open : next.start();
    }

    /** Whether nothing else stands on the lines, and none of them is joined to another: so it is in a script. */
    private boolean hasLinesOfItsOwn(int start, int end) {
        String text = edits.file().text();
        int lineStart = edits.file().lineStart(start);
        boolean joined = text.substring(0, lineStart).stripTrailing().endsWith("\\");
        return excerpt.text().indexOf('\n') >= 0
                && !joined
                && text.substring(lineStart, start).isBlank()
                && text.substring(end, Math.max(end, edits.file().lineEnd(end))).isBlank();
    }

    /** Whether the operator before a command stands on its line. */
    private boolean operatorLeads(int index) {
        int previous = excerpt.offsetAfter(commands.get(index - 1).end());
        String between = edits.file()
                .text()
                .substring(previous, excerpt.offset(commands.get(index).start()));
        int line = between.lastIndexOf('\n');
        return line >= 0
                && between.substring(line).strip().equals(commands.get(index).before());
    }
}
