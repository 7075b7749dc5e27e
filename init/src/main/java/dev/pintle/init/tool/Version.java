package dev.pintle.init.tool;

/** The version of this build; a test holds it to the POM's. */
public final class Version {
    /** As in the POM. */
    public static final String NUMBER = "0.1.0";

    private Version() {}
}
