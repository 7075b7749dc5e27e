package dev.pintle.convert;

import java.util.List;
import java.util.Random;

/**
 * Changes texts at random, as mistakes and strange files do.
 *
 * @param tokens  what is put in
 * @param longest one more than the longest piece that is taken out or doubled
 */
public record Mutation(List<String> tokens, int longest) {

    /** A text with so many changes. */
    public String apply(String text, int changes, Random random) {
        StringBuilder out = new StringBuilder(text);
        for (int i = changes; i > 0 && !out.isEmpty(); i--) {
            int at = random.nextInt(out.length());
            int to = Math.min(out.length(), at + random.nextInt(longest));
            switch (random.nextInt(4)) {
                case 0 -> out.delete(at, to);
                case 1 -> out.insert(at, out.substring(at, to));
                case 2 -> out.insert(Math.max(0, out.lastIndexOf("\n", at) + 1), token(random));
                default -> out.insert(at, token(random));
            }
        }
        return out.toString();
    }

    private String token(Random random) {
        return tokens.get(random.nextInt(tokens.size()));
    }
}
