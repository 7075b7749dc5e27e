package dev.pintle.init.fuzz;

/** Something that is given input. */
public interface Target {
    /** Takes any bytes. What it throws is a finding. */
    void take(byte[] input);
}
