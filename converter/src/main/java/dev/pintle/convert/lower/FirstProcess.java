package dev.pintle.convert.lower;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Commands that signal process 1, where init answers otherwise than what it took the place of. */
public final class FirstProcess {

    /** As a pattern to be put into others: {@code kill -HUP 1}, {@code kill -s USR2 1}. */
    public static final String SIGNALLED;

    static {
        String signal = "(?:SIG)?(?:HUP|USR2|1|12)";
        String option = "\\bkill\\s+(?:-[sn]\\s*|-)" + signal + "\\s+(?:--\\s+)?[\"']?";
        SIGNALLED = option + "(?:1(?![\\w.])|\\$\\{?PPID\\b)"
                // The parent of what the supervisor runs is process 1.
                + "|(?<![a-z])[kK]ill\\(\\s*(?:\\w{1,20}\\.)?(?:getppid\\(\\)|ppid)\\s*,[^)\\n]{0,40}?(?:HUP|USR2|\\b1|\\b12)\\b"
                // os.kill(1, signal.SIGHUP), and so in other languages; perl and Ruby have the signal first.
                + "|(?<![a-z])[kK]ill\\(\\s*1\\s*,[^)\\n]{0,40}?(?:HUP|USR2|\\b1|\\b12)\\b"
                + "|\\bkill\\s*\\(?\\s*:?[\"']?-?" + signal + "[\"']?\\s*(?:,|=>)\\s*1(?![\\w.])"
                + "|\\b(?<first>\\w+)=[\"']?1[\"']?(?=[ \\t]*[;\\n](?s:.{0,500}?)" + option
                + "\\$\\{?\\k<first>\\b)";
    }

    /** Why that is not what it was. */
    public static final String WHY =
            "it signals process 1, which is init now: at HUP it reads its layout anew, and USR2"
                    + " stops the container";

    /** What to use. */
    public static final String HINT =
            "use 'pintle restart all', 'pintle signal NAME SIGNAL' for a program's own signal, or 'pintle shutdown'";

    /** Signals at which init stops all services, or is killed as anything is. */
    private static final Set<String> STOPS = Set.of("TERM", "INT", "QUIT", "KILL", "15", "2", "3", "9");

    /** An engine stops a container by another signal than these. */
    public static final Fate OTHER_STOP = Fate.notCarried(
            "at this signal init does not stop, and at HUP it reads its layout again: the engine would kill the container",
            "take it out if the container is of this image, which has STOPSIGNAL SIGTERM");

    private static final Pattern PATTERN = Pattern.compile(SIGNALLED);
    /** What is left of a variable's mention without what follows it. */
    private static final Pattern OF_VARIABLE = Pattern.compile("\\w+=[\"']?1[\"']?");

    private FirstProcess() {}

    /** Whether init stops at a signal, by its name, with or without SIG, or its number. */
    public static boolean stopsAt(String signal) {
        return STOPS.contains(signal.toUpperCase(Locale.ROOT).replaceFirst("^SIG", ""));
    }

    /** Whether a text of commands does that. */
    public static boolean isSignalled(String text) {
        return PATTERN.matcher(text).find();
    }

    /** The same of a mention that was found by {@link #SIGNALLED}, without what stands behind it. */
    public static boolean isMention(String word) {
        return isSignalled(word) || OF_VARIABLE.matcher(word).matches();
    }
}
