package dev.pintle.convert.shell;

import java.util.List;

/**
 * A simple command.
 *
 * @param words  with reserved words such as {@code then} before it, redirections among them; never empty
 * @param before the operator before it: {@code &&}, {@code ||}, {@code ;}, {@code |}, {@code (}, a line feed; empty at
 *               the start
 * @param after  the operator behind it; empty at the end
 */
public record ShellCommand(List<ShellWord> words, String before, String after) {

    /** Where its first word begins. */
    public int start() {
        return words.get(0).start();
    }

    /** Behind its last word. */
    public int end() {
        return words.get(words.size() - 1).end();
    }

    /** The words that are no redirections. */
    public List<ShellWord> arguments() {
        return words.stream().filter(word -> !word.redirect()).toList();
    }

    /** Whether it is a pattern of {@code case}, and no command. */
    public boolean isPattern() {
        return after.equals(")pattern");
    }
}
