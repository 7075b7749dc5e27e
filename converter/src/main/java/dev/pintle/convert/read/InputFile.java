package dev.pintle.convert.read;

import java.nio.file.Path;

/**
 * A file that has been read.
 *
 * @param path absolute, on this machine
 * @param name as messages name it
 * @param text its content
 */
public record InputFile(Path path, String name, String text) {}
