package dev.pintle.convert.parse.supervisord;

/** What {@code autorestart} says about a program that ends after it had been RUNNING. */
public enum AutoRestart {
    /** {@code true}: start it again. */
    ALWAYS,
    /** {@code unexpected}: start it again unless it ended with one of its exit codes. */
    UNEXPECTED,
    /** {@code false}: leave it. */
    NEVER
}
