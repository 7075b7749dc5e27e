package dev.pintle.convert.lower;

import org.jspecify.annotations.Nullable;

/**
 * What became of a key or a section of the input.
 *
 * @param kind in a word
 * @param text how and why, without a full stop
 * @param hint what the user can or should do, or null
 */
public record Fate(Kind kind, String text, @Nullable String hint) {

    /** From harmless to not. */
    public enum Kind {
        /** It means what it meant. */
        KEPT("kept"),
        /** It is written otherwise, or not needed any more, and has the same effect. */
        CHANGED("changed"),
        /** What it has become differs in something that can matter. */
        APPROXIMATED("approximated"),
        /** Nothing has come of it. */
        NOT_CARRIED("not carried");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** In the words of a report. */
        public String text() {
            return text;
        }
    }

    /** Means what it meant. */
    public static Fate kept(String text) {
        return new Fate(Kind.KEPT, text, null);
    }

    /** Has the same effect, in another way. */
    public static Fate changed(String text) {
        return new Fate(Kind.CHANGED, text, null);
    }

    /** Differs. */
    public static Fate approximated(String text, @Nullable String hint) {
        return new Fate(Kind.APPROXIMATED, text, hint);
    }

    /** Is gone. */
    public static Fate notCarried(String text, @Nullable String hint) {
        return new Fate(Kind.NOT_CARRIED, text, hint);
    }

    /** The same with a hint in place of its own. */
    public Fate withHint(String better) {
        return new Fate(kind, text, better);
    }

    /** The worse of two, with what both say. */
    public Fate and(Fate other) {
        if (equals(other)) {
            return this;
        }
        Fate worse = other.kind.compareTo(kind) > 0 ? other : this;
        String both =
                text.contains(other.text) ? text : other.text.contains(text) ? other.text : text + "; " + other.text;
        String hints = hint == null
                ? other.hint
                : other.hint == null || other.hint.equals(hint) ? hint : hint + "; " + other.hint;
        return new Fate(worse.kind, both, hints);
    }
}
