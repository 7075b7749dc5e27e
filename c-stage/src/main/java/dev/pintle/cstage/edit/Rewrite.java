package dev.pintle.cstage.edit;

/** One change of the generated C, with what it expects to find. */
public interface Rewrite {
    /** What a message calls it: a few words for what it changes. */
    String name();

    /**
     * Edits the tree. What does not match as expected is noted with the editor, never thrown: the rewrites after it run too, so
     * that one build shows all that no longer matches.
     */
    void apply(Editor editor);
}
