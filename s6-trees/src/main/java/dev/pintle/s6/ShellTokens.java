package dev.pintle.s6;

import org.jspecify.annotations.Nullable;

/**
 * Cuts a shell's script into words as they are written, and {@code ; && || >}; a line's end is a {@code ;}. What it cannot cut
 * ends it.
 */
final class ShellTokens {

    private final String text;
    private int at;
    private boolean understood = true;
    /** The end of a line belongs to nothing right after one of these. */
    private boolean goesOn = true;

    ShellTokens(String text) {
        this.text = text;
    }

    /** Whether all of it could be cut. */
    boolean understood() {
        return understood;
    }

    /** The next token, or null at the end. */
    @Nullable
    String next() {
        while (understood && at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at += 2;
            } else if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (c == '\n' || c == ';') {
                at++;
                if (!goesOn) {
                    goesOn = true;
                    return ";";
                }
            } else if (Text.isBlank(c)) {
                at++;
            } else {
                return token(c);
            }
        }
        return null;
    }

    private @Nullable String token(char c) {
        if (text.startsWith("&&", at) || text.startsWith("||", at)) {
            at += 2;
            goesOn = true;
            return c == '&' ? "&&" : "||";
        }
        goesOn = false;
        if (text.startsWith(">&2", at)) {
            at++;
            return ">";
        }
        if (text.startsWith("&2", at) && at > 0 && text.charAt(at - 1) == '>') {
            at += 2;
            return "&2";
        }
        if (c == '>' && !text.startsWith(">>", at)) {
            at++;
            return ">";
        }
        if ("<>|&()`".indexOf(c) >= 0) {
            understood = false;
            return null;
        }
        return word();
    }

    private @Nullable String word() {
        int start = at;
        char quote = 0;
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quote == 0 && depth == 0 && (Text.isBlank(c) || ";&|<>".indexOf(c) >= 0)) {
                break;
            }
            if (quote != '\'' && text.startsWith("$(", at)) {
                depth++;
                at++;
            } else if (depth > 0 && c == '(') {
                depth++;
            } else if (depth > 0 && c == ')') {
                depth--;
            } else if (depth == 0 && quote == 0 && (c == '(' || c == ')' || c == '`')) {
                understood = false;
                return null;
            } else if (depth == 0 && c == '\\' && quote != '\'') {
                at++;
            } else if (depth == 0 && (c == '\'' || c == '"')) {
                quote = quote == 0 ? c : quote == c ? 0 : quote;
            }
            at++;
        }
        if (quote != 0 || depth != 0) {
            understood = false;
            return null;
        }
        return text.substring(start, Math.min(at, text.length()));
    }
}
