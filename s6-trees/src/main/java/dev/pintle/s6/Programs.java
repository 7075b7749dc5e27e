package dev.pintle.s6;

/** Which programs of s6's names an image has when it runs under Pintle, and so where scripts find them. */
public enum Programs {
    /** Pintle's own, in a directory that services have in their PATH. */
    COMPAT,
    /** These, and links to them in {@code /command} and {@code /usr/bin}, if scripts need them there. */
    LINKED,
    /**
     * All: s6-overlay stays in the image, and the archive {@code pintle-s6} has put what talks to s6's supervision in its
     * place. The trees are read when the container starts.
     */
    ARCHIVE
}
