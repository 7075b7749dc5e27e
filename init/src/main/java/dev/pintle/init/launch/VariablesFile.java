package dev.pintle.init.launch;

import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.Budget;
import java.util.Map;

/**
 * A file of variables, as {@code docker run --env-file} and Compose's {@code env_file} have them. Where the two differ:
 *
 * <ul>
 *   <li>quotes around a value, escapes in double quotes, a comment after a value, blanks around a name or a value, {@code export}
 *       and {@code NAME: value} are read as Compose reads them; Docker keeps quotes and comments and refuses a blank in a name;
 *   <li>a dollar sign is one, as for Docker: a password is what the file says. Compose would interpolate.
 * </ul>
 *
 * <p>Both take a name alone to mean the variable of that name where they run; here that is the container's.
 */
final class VariablesFile {
    private final String path;
    private final String text;
    private final Map<String, String> container;
    private final Map<String, String> variables;
    private int at;
    private int line = 1;

    private VariablesFile(String path, String text, Map<String, String> container, Map<String, String> variables) {
        this.path = path;
        this.text = text;
        this.container = container;
        this.variables = variables;
    }

    /**
     * Sets the variables of a file.
     *
     * @param container what a name alone takes its value from
     */
    static void read(String path, String text, Map<String, String> container, Map<String, String> variables)
            throws LaunchException {
        if (text.indexOf('\0') >= 0) {
            throw new LaunchException("cannot read " + path + ": it has a NUL character; is it UTF-8?");
        }
        VariablesFile file = new VariablesFile(path, text, container, variables);
        file.at = text.startsWith("\uFEFF") ? 1 : 0;
        while (file.at < text.length()) {
            file.entry();
            if (variables.size() > Budget.MOST_VARIABLES) {
                throw file.wrong("the service has more than " + Budget.MOST_VARIABLES + " variables");
            }
        }
    }

    /** One line, or as many as a quoted value takes. */
    private void entry() throws LaunchException {
        int end = endOfLine(at);
        String content = trim(text.substring(at, end));
        int start = text.indexOf(content, at);
        int next = end + 1;
        if (content.startsWith("export ") || content.startsWith("export\t")) {
            start += "export ".length();
            content = text.substring(start, Math.max(start, end));
        }
        if (!trim(content).isEmpty() && content.charAt(0) != '#') {
            int separator = separator(content);
            String name = trim(separator < 0 ? content : content.substring(0, separator));
            checkName(name);
            if (separator >= 0) {
                next = value(name, start + separator + 1, end);
            } else {
                inherit(name);
            }
        }
        for (; at < next && at < text.length(); at++) {
            line += text.charAt(at) == '\n' ? 1 : 0;
        }
        at = next;
    }

    /** Without blanks at its ends, nor the carriage return before a line's end. */
    private static String trim(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        return Ascii.trim(text.substring(0, end));
    }

    private int endOfLine(int from) {
        int newline = text.indexOf('\n', from);
        return newline < 0 ? text.length() : newline;
    }

    private static int separator(String content) {
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            boolean last = i + 1 == content.length();
            if (c == '=' || (c == ':' && (last || Ascii.isBlank(content.charAt(i + 1))))) {
                return i;
            }
        }
        return -1;
    }

    private void checkName(String name) throws LaunchException {
        boolean bad = name.isEmpty();
        for (int i = 0; i < name.length(); i++) {
            bad |= Ascii.isSpace(name.charAt(i));
        }
        if (bad) {
            throw wrong("a line is NAME=value");
        }
    }

    private LaunchException wrong(String cause) {
        return new LaunchException("cannot read " + path + ":" + line + ": " + cause);
    }

    private void inherit(String name) {
        String value = container.get(name);
        if (value != null) {
            variables.put(name, value);
        }
    }

    /** Sets a variable to the value from {@code from} on; the place after its line. */
    private int value(String name, int from, int end) throws LaunchException {
        int start = from;
        while (start < end && Ascii.isBlank(text.charAt(start))) {
            start++;
        }
        char quote = start < end ? text.charAt(start) : 0;
        if (quote == '"' || quote == '\'') {
            int close = closing(quote, start + 1);
            if (close < 0) {
                throw wrong("the quote " + quote + " is not closed");
            }
            int last = endOfLine(close);
            String rest = trim(text.substring(close + 1, last));
            if (rest.isEmpty() || rest.charAt(0) == '#') {
                String quoted = text.substring(start + 1, close);
                variables.put(name, quote == '"' ? unescaped(quoted) : quoted);
                return last + 1;
            }
        }
        variables.put(name, withoutComment(trim(text.substring(start, Math.max(start, end)))));
        return end + 1;
    }

    private int closing(char quote, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote == '"') {
                i++;
            } else if (c == quote) {
                return i;
            }
        }
        return -1;
    }

    private static String withoutComment(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '#' && (i == 0 || Ascii.isBlank(value.charAt(i - 1)))) {
                return trim(value.substring(0, i));
            }
        }
        return value;
    }

    private static String unescaped(String quoted) {
        StringBuilder value = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            char meant = c == '\\' && i + 1 < quoted.length() ? escape(quoted.charAt(i + 1)) : 0;
            if (meant != 0) {
                i++;
            }
            // A line of the file may end with CR LF within a value too.
            boolean carriageReturn = c == '\r' && i + 1 < quoted.length() && quoted.charAt(i + 1) == '\n';
            if (!carriageReturn) {
                value.append(meant != 0 ? meant : c);
            }
        }
        return value.toString();
    }

    private static char escape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '"', '$' -> c;
            default -> 0;
        };
    }
}
