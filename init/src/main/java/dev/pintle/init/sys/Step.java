package dev.pintle.init.sys;

/**
 * The steps of a child's set-up between fork and exec, in their order. A step that fails is reported by its ordinal and
 * an errno over a close-on-exec pipe.
 */
public enum Step {
    /** A session and process group of its own. */
    SESSION("make a session"),
    /** The foreground of the container's terminal. */
    FOREGROUND("take the terminal"),
    /** A file that standard output goes to. */
    STDOUT("open the file of stdout"),
    /** A file that standard error goes to. */
    STDERR("open the file of stderr"),
    /** Descriptors in their places. */
    DESCRIPTORS("place descriptors"),
    /** Resource limits. */
    LIMITS("set resource limits"),
    /** Niceness. */
    NICE("set niceness"),
    /** The out-of-memory killer's adjustment. */
    OOM_SCORE("set oom_score_adj"),
    /** Supplementary groups. */
    GROUPS("set supplementary groups"),
    /** The group. */
    GROUP("set the group"),
    /** Capabilities that are taken away or kept. */
    CAPABILITIES("set capabilities"),
    /** The user. */
    USER("set the user"),
    /** No new privileges. */
    NO_NEW_PRIVILEGES("set no_new_privileges"),
    /** The working directory. */
    DIRECTORY("change to directory"),
    /** The program. */
    EXECUTE("execute");

    private static final Step[] STEPS = values();

    private final String verb;

    Step(String verb) {
        this.verb = verb;
    }

    /** What the step does, to follow {@code cannot}. */
    public String verb() {
        return verb;
    }

    /** The step of an ordinal that came over the pipe; EXECUTE where there is none of that number. */
    public static Step of(int ordinal) {
        return ordinal >= 0 && ordinal < STEPS.length ? STEPS[ordinal] : EXECUTE;
    }
}
