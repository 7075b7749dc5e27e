package dev.pintle.init.core;

/** What can happen to one service: the columns of the state table. */
enum Trigger {
    /** It is asked to run: by the boot, a command, or a dependent. */
    START("is asked to start"),
    /** It is asked to run anew. */
    RESTART("is asked to restart"),
    /** It is asked to go down, and nothing that depends on it runs any more. */
    STOP("is asked to stop"),
    /** What is left of it must go now. */
    KILL("must go at once"),
    /** Everything that it waited for has come. */
    CLEARED("has its dependencies met"),
    /** Something that it waits for will not come. */
    BLOCKED("loses a dependency for good"),
    /** The kernel made its process. */
    SPAWNED("has a process"),
    /** The kernel refused to make its process. */
    REFUSED("is refused a process"),
    /** Its process cannot even be described: an unknown user, a missing file of variables. */
    UNLAUNCHABLE("cannot be launched"),
    /** Its process has executed its command. */
    EXECUTED("has executed"),
    /** Its process could not be set up, and is about to end. */
    BROKEN("could not be set up"),
    /** It says, or is seen, to be ready. */
    CAME_READY("is ready"),
    /** It is unhealthy, and the layout restarts it for that. */
    SICKENED("is unhealthy"),
    /** Its process has ended. */
    ENDED("has ended"),
    /** Nothing is left of the process group that its stop waits for. */
    GROUP_GONE("has nothing left of its process group"),
    /** The helper process of its state (stop command, down command, finish) has ended, or could not be made. */
    HELPER_ENDED("has its helper ended"),
    /** The time that its state allows is over. */
    DEADLINE("is out of time");

    private final String text;

    Trigger(String text) {
        this.text = text;
    }

    /** What happens, with the service as the subject. */
    String text() {
        return text;
    }
}
