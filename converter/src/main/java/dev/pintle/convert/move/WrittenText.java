package dev.pintle.convert.move;

import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Excerpt;
import java.util.List;
import java.util.Optional;

/** What {@code echo} and {@code printf} write, of the characters of their words, so that it can be edited where it stands. */
final class WrittenText {

    private WrittenText() {}

    /** The words as they are, or one in quotes, and the end of the line. */
    static Optional<Excerpt> echo(Excerpt text, List<ShellWord> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        Excerpt.Builder out = new Excerpt.Builder();
        Excerpt inside = words.size() == 1
                ? inside(text, words.get(0))
                : text.part(words.get(0).start(), words.get(words.size() - 1).end());
        out.add(inside);
        out.add('\n', end(inside));
        return Optional.of(out.build(end(inside)));
    }

    /** A format with nothing to fill in, or {@code %s\\n} with a word for each line. */
    static Optional<Excerpt> printf(Excerpt text, List<ShellWord> words) {
        Excerpt.Builder out = new Excerpt.Builder();
        if (words.get(0).value().equals("%s\\n")) {
            int end = text.offset(words.get(0).end());
            for (ShellWord word : words.subList(1, words.size())) {
                Excerpt inside = inside(text, word);
                out.add(inside);
                end = end(inside);
                out.add('\n', end);
            }
            return Optional.of(out.build(end));
        }
        if (words.size() > 1) {
            return Optional.empty();
        }
        Excerpt format = inside(text, words.get(0));
        for (int i = 0; i < format.length(); i++) {
            char c = format.text().charAt(i);
            int offset = format.offset(i);
            if (c == '\\' && i + 1 < format.length()) {
                char next = format.text().charAt(++i);
                c = next == 'n' ? '\n' : next == 't' ? '\t' : next;
            }
            out.add(c, offset);
        }
        return Optional.of(out.build(end(format)));
    }

    /** Without the quotes around a word. */
    private static Excerpt inside(Excerpt text, ShellWord word) {
        char first = text.text().charAt(word.start());
        boolean quoted = (first == '\'' || first == '"') && word.end() - word.start() > 1;
        return quoted ? text.part(word.start() + 1, word.end() - 1) : text.part(word.start(), word.end());
    }

    private static int end(Excerpt text) {
        return text.offset(text.length());
    }
}
