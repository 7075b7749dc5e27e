package dev.pintle.init.core;

/**
 * The state table: what is done when something happens to a service in a state. Every pair is decided here and nowhere
 * else; the page in docs/ is printed from it.
 */
final class Transitions {

    private Transitions() {}

    /** The rule for a pair. */
    static Rule rule(State state, Trigger trigger) {
        return switch (state) {
            case DOWN -> whenDown(trigger);
            case WAITING -> whenWaiting(trigger);
            case STARTING -> whenStarting(trigger);
            case UP -> whenUp(trigger);
            case READY -> whenReady(trigger);
            case STOPPING -> whenStopping(trigger);
            case FINISHING -> whenFinishing(trigger);
            case BACKOFF -> whenBackingOff(trigger);
            case FAILED -> whenFailed(trigger);
            case DONE -> whenDone(trigger);
        };
    }

    private static Rule whenDown(Trigger trigger) {
        return switch (trigger) {
            case START, RESTART -> Rule.AWAIT;
            case STOP, KILL, CAME_READY, SICKENED, GROUP_GONE -> Rule.STAY;
            case CLEARED, BLOCKED, SPAWNED, REFUSED, UNLAUNCHABLE, EXECUTED, BROKEN, ENDED, HELPER_ENDED, DEADLINE ->
                Rule.IMPOSSIBLE;
        };
    }

    private static Rule whenWaiting(Trigger trigger) {
        return switch (trigger) {
            case CLEARED -> Rule.LAUNCH;
            case BLOCKED -> Rule.GIVE_UP;
            case STOP, KILL -> Rule.GO_DOWN;
            case START, RESTART, CAME_READY, SICKENED, GROUP_GONE -> Rule.STAY;
            case SPAWNED, REFUSED, UNLAUNCHABLE, EXECUTED, BROKEN, ENDED, HELPER_ENDED, DEADLINE -> Rule.IMPOSSIBLE;
        };
    }

    private static Rule whenStarting(Trigger trigger) {
        return switch (trigger) {
            case SPAWNED -> Rule.NOTE_PROCESS;
            case REFUSED -> Rule.RETRY_LATER;
            case UNLAUNCHABLE -> Rule.FAIL_UNBORN;
            case EXECUTED -> Rule.COME_UP;
            case BROKEN -> Rule.NOTE_BREAKAGE;
            case CAME_READY -> Rule.COME_READY;
            case STOP -> Rule.BEGIN_STOP;
            case RESTART -> Rule.BEGIN_RESTART;
            case KILL -> Rule.KILL_ALL;
            case ENDED -> Rule.CONCLUDE;
            case DEADLINE -> Rule.FAIL_START;
            case START, SICKENED, GROUP_GONE -> Rule.STAY;
            case CLEARED, BLOCKED, HELPER_ENDED -> Rule.IMPOSSIBLE;
        };
    }

    private static Rule whenUp(Trigger trigger) {
        return switch (trigger) {
            case CAME_READY -> Rule.COME_READY;
            case STOP -> Rule.BEGIN_STOP;
            case RESTART -> Rule.BEGIN_RESTART;
            case SICKENED -> Rule.SICKEN;
            case KILL -> Rule.KILL_ALL;
            case ENDED -> Rule.CONCLUDE;
            case DEADLINE -> Rule.FAIL_START;
            case START, GROUP_GONE -> Rule.STAY;
            case CLEARED, BLOCKED, SPAWNED, REFUSED, UNLAUNCHABLE, EXECUTED, BROKEN, HELPER_ENDED -> Rule.IMPOSSIBLE;
        };
    }

    private static Rule whenReady(Trigger trigger) {
        return switch (trigger) {
            case STOP -> Rule.BEGIN_STOP;
            case RESTART -> Rule.BEGIN_RESTART;
            case SICKENED -> Rule.SICKEN;
            case KILL -> Rule.KILL_ALL;
            case ENDED -> Rule.CONCLUDE;
            case START, EXECUTED, CAME_READY, GROUP_GONE -> Rule.STAY;
            case CLEARED, BLOCKED, SPAWNED, REFUSED, UNLAUNCHABLE, BROKEN, HELPER_ENDED, DEADLINE -> Rule.IMPOSSIBLE;
        };
    }

    private static Rule whenStopping(Trigger trigger) {
        return switch (trigger) {
            case START, RESTART -> Rule.QUEUE_START;
            case STOP -> Rule.CANCEL_START;
            case KILL, DEADLINE -> Rule.KILL_ALL;
            case SPAWNED -> Rule.NOTE_AND_STOP;
            case REFUSED, UNLAUNCHABLE -> Rule.STOPPED_UNBORN;
            case BROKEN -> Rule.NOTE_BREAKAGE;
            case ENDED -> Rule.CONCLUDE;
            case HELPER_ENDED -> Rule.AFTER_STOP_COMMAND;
            case GROUP_GONE -> Rule.CONCLUDE_GROUP;
            case EXECUTED, CAME_READY, SICKENED -> Rule.STAY;
            case CLEARED, BLOCKED -> Rule.IMPOSSIBLE;
        };
    }

    private static Rule whenFinishing(Trigger trigger) {
        return switch (trigger) {
            case START, RESTART -> Rule.WANT;
            case STOP -> Rule.UNWANT;
            case KILL, DEADLINE -> Rule.KILL_FINISH;
            case HELPER_ENDED -> Rule.SETTLE;
            case CAME_READY, SICKENED, GROUP_GONE -> Rule.STAY;
            case CLEARED, BLOCKED, SPAWNED, REFUSED, UNLAUNCHABLE, EXECUTED, BROKEN, ENDED -> Rule.IMPOSSIBLE;
        };
    }

    private static Rule whenBackingOff(Trigger trigger) {
        return switch (trigger) {
            case START, RESTART -> Rule.AWAIT;
            case DEADLINE -> Rule.RESUME;
            case STOP, KILL -> Rule.GO_DOWN;
            case CAME_READY, SICKENED, GROUP_GONE -> Rule.STAY;
            case CLEARED, BLOCKED, SPAWNED, REFUSED, UNLAUNCHABLE, EXECUTED, BROKEN, ENDED, HELPER_ENDED ->
                Rule.IMPOSSIBLE;
        };
    }

    private static Rule whenFailed(Trigger trigger) {
        return switch (trigger) {
            case START, RESTART -> Rule.AWAIT;
            case STOP, KILL, CAME_READY, SICKENED, GROUP_GONE -> Rule.STAY;
            case CLEARED, BLOCKED, SPAWNED, REFUSED, UNLAUNCHABLE, EXECUTED, BROKEN, ENDED, HELPER_ENDED, DEADLINE ->
                Rule.IMPOSSIBLE;
        };
    }

    private static Rule whenDone(Trigger trigger) {
        return switch (trigger) {
            case START -> Rule.AWAIT_UNLESS_COMPLETED;
            case RESTART -> Rule.BEGIN_RERUN;
            case STOP -> Rule.BEGIN_DOWN;
            case KILL -> Rule.GO_DOWN;
            case CAME_READY, SICKENED, GROUP_GONE -> Rule.STAY;
            case CLEARED, BLOCKED, SPAWNED, REFUSED, UNLAUNCHABLE, EXECUTED, BROKEN, ENDED, HELPER_ENDED, DEADLINE ->
                Rule.IMPOSSIBLE;
        };
    }
}
