package dev.pintle.s6;

import org.jspecify.annotations.Nullable;

/**
 * What became of a file, or of a line of it.
 *
 * @param kind in a word
 * @param text how and why, without a full stop
 * @param hint what the user can or should do, or null
 */
public record Fate(Kind kind, String text, @Nullable String hint) {

    /** From harmless to not. */
    public enum Kind {
        /** It means what it meant. */
        KEPT,
        /** It is written otherwise, or not needed any more, and has the same effect. */
        CHANGED,
        /** What it has become differs in something that can matter. */
        APPROXIMATED,
        /** Nothing has come of it. */
        NOT_CARRIED
    }

    static Fate kept(String text) {
        return new Fate(Kind.KEPT, text, null);
    }

    static Fate changed(String text) {
        return new Fate(Kind.CHANGED, text, null);
    }

    static Fate approximated(String text, @Nullable String hint) {
        return new Fate(Kind.APPROXIMATED, text, hint);
    }

    static Fate notCarried(String text, @Nullable String hint) {
        return new Fate(Kind.NOT_CARRIED, text, hint);
    }

    /** The worse of two, with what both say. */
    Fate and(Fate other) {
        if (equals(other) || text.equals(other.text)) {
            return kind.compareTo(other.kind) >= 0 ? this : other;
        }
        String hints = hint == null ? other.hint : other.hint == null ? hint : hint + "; " + other.hint;
        return new Fate(kind.compareTo(other.kind) >= 0 ? kind : other.kind, text + "; " + other.text, hints);
    }
}
