package dev.pintle.convert.move;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of a program that controls the supervisor, wherever in a text of commands it stands: on a line of a script, in a
 * substitution, in a quoted text that another shell gets, behind the times of cron.
 *
 * @param start      where the program begins, its path and its interpreter included
 * @param end        behind its last argument
 * @param path       the program as it is written
 * @param words      its arguments as they are written, with their quotes
 * @param outputUsed whether something reads what it prints
 * @param quote      the quote that it stands in, or a blank
 */
record ControlCall(int start, int end, String path, List<String> words, boolean outputUsed, char quote) {

    /** Before a program's name, they do not run it. */
    private static final Set<String> NO_CALL = Set.of(
            "which", "type", "hash", "-v", "-V", "-x", "-f", "-e", "rm", "ls", "ln", "cp", "mv", "chmod", "chown",
            "alias", "unalias", "killall", "pkill", "pgrep", "pidof", "install", "cat", "touch", "whereis");

    /** None of those is longer. */
    private static final int LONGEST_WORD = 16;

    /** {@code 2>/dev/null}, {@code &> file}, {@code 2>&1}. */
    private static final Pattern REDIRECTION =
            Pattern.compile("[ \\t]*(?<from>\\d?|&)(?<sign>>{1,2}[|&]?)[ \\t]*(?<target>[^\\s;|&<>)\"'`]+)");

    private static final String ENDS = ";|&)<>`\r\n";

    /** What stands before a program's name, also in variables: {@code /usr/bin/}, {@code $VENV/bin/}. */
    private static final String DIRECTORY = "(?:(?:[\\w.-]|\\$\\w++|\\$\\{\\w++\\})*+/)*";

    /** Where a word may begin: not within one, but behind what echo and sed make a line end or a tab of. */
    private static final String BEGIN = "(?:(?<![\\w/.$}-])(?!(?<=\\\\)\\w)|(?<=\\\\[abefnrtv]))";

    /** All calls of {@code program} in a text; comments are no calls. */
    static List<ControlCall> find(String text, String program) {
        Pattern pattern = Pattern.compile(
                BEGIN + "((?:[\\w./-]*python[\\d.]*[ \\t]+)?(" + DIRECTORY + program + "))(?![\\w./-])");
        List<ControlCall> calls = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        LineStates states = new LineStates(text.contains(program) ? text : "");
        int at = 0;
        while (matcher.find(at)) {
            at = matcher.end();
            if (isCalled(text, matcher.start(), states)) {
                ControlCall call = read(text, matcher, states);
                calls.add(call);
                at = call.end();
            }
        }
        return calls;
    }

    /** Whether what stands before a place does not make it a comment, or a word of something else. */
    private static boolean isCalled(String text, int at, LineStates states) {
        boolean quotedPath = at > 1
                && text.charAt(at) == '/'
                && "\"'".indexOf(text.charAt(at - 1)) >= 0
                && (text.charAt(at - 2) == '}' || isOfName(text.charAt(at - 2)));
        if (states.isComment(at) || quotedPath) {
            // The latter is the rest of a path that begins within the quotes.
            return false;
        }
        return !NO_CALL.contains(wordBefore(text, at)) && !text.startsWith("=", at - 1);
    }

    private static boolean isOfName(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }

    /** The last word before a place on its line. */
    private static String wordBefore(String text, int at) {
        int end = at;
        while (end > 0 && text.charAt(end - 1) != '\n' && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && !Character.isWhitespace(text.charAt(start - 1)) && end - start <= LONGEST_WORD) {
            start--;
        }
        return text.substring(start, end);
    }

    private static ControlCall read(String text, Matcher program, LineStates states) {
        List<String> words = new ArrayList<>();
        char quote = states.quoteAt(program.start());
        int end = program.end();
        int at = program.end();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t') {
                at++;
            } else if (c == '\\' && text.startsWith("\n", at + 1)) {
                at += 2;
            } else if (c == '`' && isSubstitution(text, program.start(), at)) {
                end = text.indexOf('`', at + 1) + 1;
                words.add(text.substring(at, end));
                at = end;
            } else if (ENDS.indexOf(c) >= 0
                    || isComma(text, at)
                    || (c == '\\' && !isColon(text, at))
                    || c == '#'
                    || c == quote
                    || c == '}'
                    || c == ']') {
                break;
            } else {
                int next = word(text, at, quote);
                boolean redirects = text.substring(at, next).chars().allMatch(Character::isDigit)
                        && next < text.length()
                        && text.charAt(next) == '>';
                if (redirects || next == at) {
                    break;
                }
                words.add(text.substring(at, next));
                at = next;
                end = next;
            }
        }
        boolean used = isUsed(text, end, quote) || states.isSubstituted(program.start());
        return new ControlCall(program.start(), end, program.group(2), words, used, quote);
    }

    /** Whether a backquote begins a word of a call, and does not end what the call stands in. */
    private static boolean isSubstitution(String text, int call, int at) {
        int line = text.lastIndexOf('\n', at) + 1;
        int end = text.indexOf('\n', at);
        int close = text.indexOf('`', at + 1);
        boolean open = text.substring(Math.min(line, call), call)
                                .chars()
                                .filter(c -> c == '`')
                                .count()
                        % 2
                != 0;
        return !open && Character.isWhitespace(text.charAt(at - 1)) && close > 0 && (end < 0 || close < end);
    }

    /** Whether a comma ends a word, as in the lists of sudoers. */
    private static boolean isComma(String text, int at) {
        return text.charAt(at) == ',' && (at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1)));
    }

    /** A colon as sudoers needs it. */
    private static boolean isColon(String text, int at) {
        return text.startsWith("\\:", at);
    }

    /** Behind a word, with its quotes and substitutions. */
    private static int word(String text, int from, char quote) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isColon(text, at)) {
                at += 2;
                continue;
            }
            if (c == ' ' || c == '\t' || ENDS.indexOf(c) >= 0 || isComma(text, at) || c == '\\' || c == quote) {
                return at;
            }
            if (c == '"' || c == '\'') {
                int close = text.indexOf(c, at + 1);
                int line = text.indexOf('\n', at);
                if (close < 0 || (line >= 0 && line < close)) {
                    return at;
                }
                at = close + 1;
            } else if (c == '$' && (text.startsWith("{", at + 1) || text.startsWith("(", at + 1))) {
                int close = text.indexOf(text.charAt(at + 1) == '{' ? '}' : ')', at);
                at = close < 0 ? text.length() : close + 1;
            } else {
                at++;
            }
        }
        return at;
    }

    /** Whether a pipe or a file gets what a call prints. */
    private static boolean isUsed(String text, int end, char quote) {
        int at = end;
        Matcher redirection = REDIRECTION.matcher(text);
        while (redirection.region(at, text.length()).lookingAt()) {
            if (isWritten(redirection)) {
                return true;
            }
            at = redirection.end();
        }
        // A quoted text, or a group, is piped as a whole.
        while (at < text.length() && (" \t;)}".indexOf(text.charAt(at)) >= 0 || text.charAt(at) == quote)) {
            at++;
        }
        return text.startsWith("|", at) && !text.startsWith("||", at);
    }

    private static boolean isWritten(Matcher redirection) {
        String to = redirection.group("target");
        boolean errors = redirection.group("from").equals("2");
        boolean copied = redirection.group("sign").endsWith("&") && to.matches("\\d|-");
        return !errors && !copied && !to.equals("/dev/null") && !to.equals("/dev/stderr");
    }
}
