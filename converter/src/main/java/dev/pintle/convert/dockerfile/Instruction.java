package dev.pintle.convert.dockerfile;

import dev.pintle.convert.source.Excerpt;
import java.util.List;
import java.util.Optional;

/**
 * One instruction.
 *
 * @param keyword   in upper case
 * @param onBuild   whether it stands behind ONBUILD, and is carried out in an image that is built on this one
 * @param flags     {@code --name=value} words before the arguments
 * @param arguments what follows, its lines joined, without comments and blanks at the ends
 * @param heredocs  in the order of their words
 * @param start     where its first line begins
 * @param end       behind the line feed of its last line
 */
public record Instruction(
        String keyword,
        boolean onBuild,
        List<String> flags,
        Excerpt arguments,
        List<Heredoc> heredocs,
        int start,
        int end) {

    /**
     * Text that follows an instruction.
     *
     * @param name that ends it
     * @param word where {@code <<NAME} begins in the arguments
     * @param body without the line that ends it
     */
    public record Heredoc(String name, int word, Excerpt body) {}

    /** Whether a text that follows it is a configuration of supervisord, or a part of one. */
    public boolean writesConfiguration() {
        return heredocs.stream()
                .anyMatch(heredoc -> isConfiguration(heredoc.body().text()));
    }

    /** Whether a text is a configuration of supervisord, or a part of one. */
    public static boolean isConfiguration(String text) {
        return text.lines()
                .map(String::strip)
                .anyMatch(line -> line.startsWith("[program:")
                        || line.startsWith("[supervisord]")
                        || line.startsWith("[eventlistener:"));
    }

    /** The words of the exec form, a JSON array of strings; absent where it is the shell form. */
    public Optional<List<Word>> exec() {
        return ExecForm.parse(arguments);
    }

    /** The value of a flag; absent where it is not given. */
    public Optional<String> flag(String name) {
        return flags(name).stream().findFirst();
    }

    /** The values of a flag that may be given several times. */
    public List<String> flags(String name) {
        String prefix = "--" + name + "=";
        return flags.stream()
                .filter(flag -> flag.startsWith(prefix))
                .map(flag -> flag.substring(prefix.length()))
                .toList();
    }
}
