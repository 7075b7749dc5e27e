package dev.pintle.init.scenario;

/**
 * One step of a scenario.
 *
 * @param line what is written
 * @param move what it does
 */
public record Step(String line, Attempt move) {
    /** What is tried again and again until it is done. */
    @FunctionalInterface
    interface Attempt {
        /** Whether it is done; else it is tried again when something may have changed. */
        boolean isDone(Course course);
    }

    @Override
    public String toString() {
        return line;
    }
}
