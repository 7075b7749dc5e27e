package dev.pintle.layout.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a misspelt word was meant to be. */
public final class Nearest {

    /** Longer words are not compared: nothing known is that long. */
    private static final int MAX_LENGTH = 64;

    private Nearest() {}

    /**
     * The candidate that {@code word} is nearest to, if it is near: at most one edit in three characters, where an edit is
     * a character too many, too few, another or swapped with its neighbour. Case and {@code -} for {@code _} are none.
     */
    public static @Nullable String find(String word, List<String> candidates) {
        String normal = normal(word);
        int best = Math.max(1, normal.length() / 3) + 1;
        String nearest = null;
        if (normal.isEmpty() || normal.length() > MAX_LENGTH) {
            return null;
        }
        for (String candidate : candidates) {
            if (candidate.length() <= MAX_LENGTH && Math.abs(candidate.length() - normal.length()) < best) {
                int distance = distance(normal, normal(candidate));
                if (distance < best) {
                    best = distance;
                    nearest = candidate;
                }
            }
        }
        return nearest;
    }

    /** {@code did you mean 'X'?} for the nearest candidate, or null where none is near. */
    public static @Nullable String didYouMean(String word, List<String> candidates) {
        String nearest = find(word, candidates);
        return nearest == null ? null : "did you mean '" + nearest + "'?";
    }

    private static String normal(String word) {
        return Ascii.lower(word).replace('-', '_');
    }

    /** The optimal string alignment distance. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int cost = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                row[j] = swapped ? Math.min(cost, beforeLast[j - 2] + 1) : cost;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
