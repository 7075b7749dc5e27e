package dev.pintle.layout;

/** A stream that a service writes. */
public enum Stream {
    /** Standard output. */
    OUTPUT("stdout", 1),
    /** Standard error. */
    ERROR("stderr", 2);

    private final String text;
    private final int descriptor;

    Stream(String text, int descriptor) {
        this.text = text;
        this.descriptor = descriptor;
    }

    /** The word that users write. */
    public String text() {
        return text;
    }

    /** The number of its descriptor in every process. */
    public int descriptor() {
        return descriptor;
    }

    /** The other one. */
    public Stream other() {
        return this == OUTPUT ? ERROR : OUTPUT;
    }
}
