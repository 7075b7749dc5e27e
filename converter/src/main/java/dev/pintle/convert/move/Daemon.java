package dev.pintle.convert.move;

import java.util.List;

/**
 * How the old configuration has the supervisor run.
 *
 * @param foreground whether it keeps it in the foreground
 * @param settings   of all programs, as the report words them, that have an effect only where it goes to the background
 */
public record Daemon(boolean foreground, List<String> settings) {

    /** One that stays in the foreground. */
    public static final Daemon NONE = new Daemon(true, List.of());
}
