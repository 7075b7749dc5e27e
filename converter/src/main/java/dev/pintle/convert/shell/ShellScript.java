package dev.pintle.convert.shell;

import dev.pintle.convert.source.Excerpt;
import java.util.ArrayList;
import java.util.List;

/** Finds the simple commands of a shell text. */
public final class ShellScript {

    private static final String BLANKS = " \t\r";
    private static final List<String> OPERATORS = List.of("&&", "||", ";;", "|&", ";", "|", "&", "(", ")", "\n");

    private final String text;
    private final List<ShellCommand> commands = new ArrayList<>();
    private final List<ShellWord> words = new ArrayList<>();
    /** Where the heredocs are opened whose bodies begin on the next line. */
    private final List<Opener> openers = new ArrayList<>();

    private final List<Heredoc> heredocs = new ArrayList<>();

    private String before = "";
    private int parentheses;
    private int at;

    private ShellScript(String text) {
        this.text = text;
    }

    /** The commands of a text, in its order; places are those in the excerpt. */
    public static List<ShellCommand> commands(Excerpt excerpt) {
        ShellScript script = new ShellScript(excerpt.text());
        script.read();
        return script.commands;
    }

    /**
     * A text that a command is given.
     *
     * @param opener where its redirection begins in the excerpt
     * @param start  where the text begins there
     * @param end    where the line that ends it begins
     * @param behind behind that line
     */
    public record Heredoc(int opener, int start, int end, int behind) {}

    private record Opener(int start, String name) {}

    /** The heredocs of a text, in its order. */
    public static List<Heredoc> heredocs(Excerpt excerpt) {
        ShellScript script = new ShellScript(excerpt.text());
        script.read();
        return script.heredocs;
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            String operator = operator();
            if (BLANKS.indexOf(c) >= 0) {
                at++;
            } else if (c == '\\' && text.startsWith("\n", at + 1)) {
                at += 2;
            } else if (c == '#') {
                at = lineEnd(at);
            } else if (isRedirection()) {
                redirection();
            } else if (!operator.isEmpty()) {
                operator(operator);
            } else {
                int start = at;
                words.add(new ShellWord(word(), start, at, false));
            }
        }
        close("");
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private String operator() {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                return operator;
            }
        }
        return "";
    }

    private void operator(String operator) {
        at += operator.length();
        boolean opens = operator.equals("(");
        boolean closes = operator.equals(")");
        // A parenthesis that nothing opened ends a pattern of case.
        boolean pattern = closes && parentheses == 0;
        parentheses = Math.max(0, parentheses + (opens ? 1 : closes ? -1 : 0));
        close(pattern ? ")pattern" : operator);
        if (operator.equals("\n")) {
            openers.forEach(this::heredoc);
            openers.clear();
        }
    }

    private void close(String operator) {
        if (!words.isEmpty()) {
            commands.add(new ShellCommand(List.copyOf(words), before, operator));
            words.clear();
        } else if (operator.equals("\n") && !before.isEmpty()) {
            // A line that ends with an operator goes on with the next one.
            return;
        }
        before = operator;
    }

    private void heredoc(Opener opener) {
        int start = at;
        int line = at;
        while (at < text.length()) {
            line = at;
            int end = lineEnd(at);
            at = Math.min(text.length(), end + 1);
            if (text.substring(line, end).strip().equals(opener.name())) {
                break;
            }
            line = at;
        }
        heredocs.add(new Heredoc(opener.start(), start, line, at));
    }

    /** {@code >}, {@code 2>&1}, {@code <<EOF}; a number before it has to stand alone. */
    private boolean isRedirection() {
        int i = at;
        if (text.startsWith("&>", at)) {
            return true;
        }
        while (i < text.length() && Character.isDigit(text.charAt(i))) {
            i++;
        }
        boolean angle = i < text.length() && (text.charAt(i) == '<' || text.charAt(i) == '>');
        return angle && !(text.startsWith("<(", i) || text.startsWith(">(", i));
    }

    private void redirection() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '<' && text.charAt(at) != '>') {
            at++;
        }
        int sign = at;
        while (at < text.length() && "<>&|-".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String operator = text.substring(sign, at);
        while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String target = at < text.length() && operator().isEmpty() ? word() : "";
        if (operator.startsWith("<<") && !operator.startsWith("<<<")) {
            openers.add(new Opener(start, target));
        }
        words.add(new ShellWord(text.substring(start, at), start, at, true));
    }

    private String word() {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean substitution = (c == '<' || c == '>') && text.startsWith("(", at + 1);
            if (BLANKS.indexOf(c) >= 0
                    || (!operator().isEmpty() && c != '(')
                    || ("<>".indexOf(c) >= 0 && !substitution)) {
                break;
            }
            if (c == '(' && value.isEmpty()) {
                break;
            }
            piece(c, value);
        }
        return value.toString();
    }

    private void piece(char c, StringBuilder value) {
        switch (c) {
            case '\'' -> {
                int end = text.indexOf('\'', at + 1);
                end = end < 0 ? text.length() : end;
                value.append(text, at + 1, end);
                at = Math.min(text.length(), end + 1);
            }
            case '"' -> doubleQuoted(value);
            case '\\' -> {
                if (!text.startsWith("\n", at + 1) && at + 1 < text.length()) {
                    value.append(text.charAt(at + 1));
                }
                at = Math.min(text.length(), at + 2);
            }
            case '$', '`', '(', '<', '>' -> expansion(value);
            default -> {
                value.append(c);
                at++;
            }
        }
    }

    private void doubleQuoted(StringBuilder value) {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                char next = text.charAt(at + 1);
                value.append("\"\\$`".indexOf(next) >= 0 ? "" : next == '\n' ? "" : "\\");
                value.append(next == '\n' ? "" : String.valueOf(next));
                at += 2;
            } else if (c == '$' || c == '`') {
                expansion(value);
            } else {
                value.append(c);
                at++;
            }
        }
        at = Math.min(text.length(), at + 1);
    }

    /** Takes a substitution over as it stands, to the bracket that closes it. */
    private void expansion(StringBuilder value) {
        int start = at;
        char c = text.charAt(at);
        if (c == '`') {
            int end = text.indexOf('`', at + 1);
            at = end < 0 ? text.length() : end + 1;
        } else {
            at += c == '(' ? 0 : 1;
            char open = at < text.length() ? text.charAt(at) : ' ';
            if (open == '(' || open == '{') {
                at = closing(open, open == '(' ? ')' : '}');
            }
        }
        value.append(text, start, at);
    }

    private int closing(char open, char close) {
        int depth = 0;
        char quote = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == open) {
                depth++;
            } else if (c == close && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }
}
