package dev.pintle.convert.lower;

import java.util.regex.Pattern;

/** Commands that signal process 1, where init answers otherwise than what it took the place of. */
public final class FirstProcess {

    /** As a pattern to be put into others: {@code kill -HUP 1}, {@code kill -s USR2 1}. */
    public static final String SIGNALLED = "\\bkill\\s+(?:-s\\s*|-)(?:SIG)?(?:HUP|USR2|1|12)\\s+(?:--\\s+)?1(?![\\w.])";

    /** Why that is not what it was. */
    public static final String WHY =
            "it signals process 1, which is init now: at HUP it reads its layout anew, and USR2"
                    + " stops the container";

    /** What to use. */
    public static final String HINT =
            "use 'pintle restart all', 'pintle signal NAME SIGNAL' for a program's own signal, or 'pintle shutdown'";

    private static final Pattern PATTERN = Pattern.compile(SIGNALLED);

    private FirstProcess() {}

    /** Whether a text of commands does that. */
    public static boolean isSignalled(String text) {
        return text.contains("kill") && PATTERN.matcher(text).find();
    }
}
