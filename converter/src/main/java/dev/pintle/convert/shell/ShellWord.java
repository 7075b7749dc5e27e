package dev.pintle.convert.shell;

/**
 * A word of a command.
 *
 * @param value    without quotes; expansions stand in it as they are written
 * @param start    where it begins in the excerpt
 * @param end      behind its last character there
 * @param redirect whether it is a redirection with its target, and no argument
 */
public record ShellWord(String value, int start, int end, boolean redirect) {}
