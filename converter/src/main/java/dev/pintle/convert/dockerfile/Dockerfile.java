package dev.pintle.convert.dockerfile;

import dev.pintle.convert.source.SourceFile;
import java.util.List;

/**
 * A Dockerfile.
 *
 * @param file         its text
 * @param escape       the character that continues lines
 * @param instructions in order
 * @param stages       in order
 */
public record Dockerfile(SourceFile file, char escape, List<Instruction> instructions, List<Stage> stages) {

    /**
     * One FROM and what follows it.
     *
     * @param name         behind AS, in lower case; else its number
     * @param base         the image or the stage that it is built on, as written
     * @param instructions the FROM among them
     */
    public record Stage(String name, String base, List<Instruction> instructions) {}

    /** The words of an instruction's arguments in the shell form. */
    public List<Word> words(Instruction instruction) {
        return Words.split(instruction.arguments().text(), escape);
    }
}
