package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Commands that a RUN carries out, in whichever form it has them.
 *
 * @param excerpt  that they stand in
 * @param commands in order
 * @param editable whether a shell's text stands there as it is: not so in the exec form, and between the escapes of JSON
 */
record RunText(Excerpt excerpt, List<ShellCommand> commands, boolean editable) {

    /** A heredoc by itself, or before a shell. */
    private static final Pattern TO_A_SHELL =
            Pattern.compile("<<-?[\"']?\\w+[\"']?(?:\\s+(?:/\\S*/)?(?:ba|da|a|k|z)?sh(?:\\s+-\\S+)*)?");

    /** Those of an instruction; a heredoc that a shell runs comes behind its own. */
    static List<RunText> of(Instruction instruction) {
        Optional<List<Word>> exec = instruction.exec();
        if (exec.isPresent()) {
            return List.of(ofExec(instruction, exec.get()));
        }
        List<RunText> texts = new ArrayList<>(List.of(ofShell(instruction.arguments())));
        if (TO_A_SHELL.matcher(instruction.arguments().text().strip()).matches()) {
            instruction.heredocs().stream()
                    .map(Instruction.Heredoc::body)
                    .filter(body -> !body.text().startsWith("#!") || FileKind.of("", body.text()) == FileKind.COMMANDS)
                    .forEach(body -> texts.add(ofShell(body)));
        }
        return texts;
    }

    private static RunText ofShell(Excerpt excerpt) {
        return new RunText(excerpt, ShellScript.commands(excerpt), true);
    }

    private static RunText ofExec(Instruction instruction, List<Word> exec) {
        List<ShellWord> words = exec.stream()
                .map(word -> new ShellWord(word.value(), word.start(), word.end(), false))
                .toList();
        Excerpt arguments = instruction.arguments();
        Optional<ShellWord> text = Start.commandString(Invocation.of(words));
        if (text.isEmpty()) {
            List<ShellCommand> commands = words.isEmpty() ? List.of() : List.of(new ShellCommand(words, "", ""));
            return new RunText(arguments, commands, false);
        }
        int start = text.get().start() + 1;
        int end = text.get().end() - 1;
        boolean plain = arguments.text().substring(start, end).equals(text.get().value());
        Excerpt inside = plain ? arguments.part(start, end) : unescaped(arguments, start, end);
        return new RunText(inside, ShellScript.commands(inside), plain);
    }

    /** A JSON string's text; what an escape stands for is where the escape begins. */
    private static Excerpt unescaped(Excerpt arguments, int start, int end) {
        Excerpt.Builder text = new Excerpt.Builder();
        String json = arguments.text();
        int at = start;
        while (at < end) {
            char c = json.charAt(at);
            int place = arguments.offset(at++);
            if (c == '\\' && at < end) {
                char escaped = json.charAt(at++);
                boolean unicode = escaped == 'u' && at + 4 <= end;
                c = unicode ? unicode(json.substring(at, at + 4)) : control(escaped);
                at += unicode ? 4 : 0;
            }
            text.add(c, place);
        }
        return text.build(arguments.offset(end));
    }

    private static char unicode(String digits) {
        return (char) Integer.parseInt(digits, 16);
    }

    private static char control(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escaped;
        };
    }
}
