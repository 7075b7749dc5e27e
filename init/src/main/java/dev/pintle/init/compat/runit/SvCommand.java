package dev.pintle.init.compat.runit;

import org.jspecify.annotations.Nullable;

/**
 * A command of sv(8).
 *
 * @param acts  what is asked for, by the letters of runsv(8); C is a look at the check alone; empty for the status
 * @param waits whether it waits for that whatever the options say
 * @param kills whether what has not happened in time is enforced with KILL
 */
record SvCommand(String acts, boolean waits, boolean kills) {
    private static final String[] WORDS = {
        "start=u",
        "stop=d",
        "restart=tcu",
        "reload=h",
        "try-restart=tc",
        "shutdown=x",
        "check=C",
        "force-stop=d",
        "force-reload=tc",
        "force-restart=tcu",
        "force-shutdown=x"
    };

    /** The command of a word; null where there is none. */
    static @Nullable SvCommand of(String word) {
        for (String each : WORDS) {
            int end = each.indexOf('=');
            if (each.substring(0, end).equals(word)) {
                return new SvCommand(each.substring(end + 1), true, word.startsWith("force"));
            }
        }
        return word.isEmpty() ? null : ofLetter(word.charAt(0));
    }

    private static @Nullable SvCommand ofLetter(char letter) {
        return switch (letter) {
            case 's' -> new SvCommand("", false, false);
            case 'x', 'e' -> new SvCommand("x", false, false);
            case 'X', 'E' -> new SvCommand("x", true, true);
            case 'D' -> new SvCommand("d", true, true);
            case 'T' -> new SvCommand("tc", true, true);
            default ->
                "cudtophaikq12".indexOf(letter) >= 0 ? new SvCommand(String.valueOf(letter), false, false) : null;
        };
    }

    /** Whether it only shows. */
    boolean shows() {
        return acts.isEmpty();
    }
}
