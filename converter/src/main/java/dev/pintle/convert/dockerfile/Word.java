package dev.pintle.convert.dockerfile;

/**
 * A word of an instruction.
 *
 * @param value without quotes
 * @param start where it begins in the arguments
 * @param end   behind its last character there
 */
public record Word(String value, int start, int end) {}
