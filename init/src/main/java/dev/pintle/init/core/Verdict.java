package dev.pintle.init.core;

/** Whether what is waited for has come. */
public enum Verdict {
    /** All of it. */
    MET,
    /** Not all of it so far. */
    PENDING,
    /** Some of it never will by itself. */
    LOST
}
