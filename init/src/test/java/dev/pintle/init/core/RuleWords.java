package dev.pintle.init.core;

/** What each rule does, in the words of the page of states: for readers alone, so that the binary does without. */
final class RuleWords {
    private RuleWords() {}

    static String of(Rule rule) {
        return switch (rule) {
            case STAY -> "nothing";
            case IMPOSSIBLE -> "cannot happen: `internal error` is logged";
            case AWAIT -> "forget earlier failures, wait for dependencies";
            case RESUME -> "wait for dependencies";
            case AWAIT_UNLESS_COMPLETED -> "a completed oneshot stays; else wait for dependencies";
            case QUEUE_START -> "start again once stopped";
            case CANCEL_START -> "do not start again";
            case LAUNCH -> "make the process; a milestone is done";
            case GIVE_UP -> "give up, the dependency named in status";
            case NOTE_PROCESS -> "note its pid";
            case NOTE_AND_STOP -> "note its pid, then stop it";
            case RETRY_LATER ->
                "try again after a pause that is not counted as a failed start; down where it is to go down";
            case FAIL_UNBORN -> "it counts as a failed start; down where it is to go down";
            case STOPPED_UNBORN -> "nothing is left to stop: settle";
            case COME_UP -> "ready at once where `ready = started`";
            case NOTE_BREAKAGE -> "note the step and the errno";
            case COME_READY -> "ready";
            case BEGIN_STOP -> "run the stop command, or send the stop signal; start the grace period";
            case BEGIN_RESTART -> "stop it, then start it again";
            case FAIL_START -> "stop it; it counts as a failed start";
            case SICKEN ->
                "stop it; then what its policy says of an end, or of a failed start where it had not come up";
            case BEGIN_DOWN -> "run a completed oneshot's down command; else down";
            case BEGIN_RERUN -> "run a completed oneshot's down command; then wait for dependencies";
            case GO_DOWN -> "down";
            case KILL_ALL ->
                "KILL its process group and its helper; what is left of a group a second after that is waited for no more";
            case KILL_FINISH -> "KILL its finish script";
            case AFTER_STOP_COMMAND -> "after a stop command, send the stop signal; after a down command, settle";
            case CONCLUDE ->
                "in a stop with `stop_group`, and of main, wait for the rest of its group; else KILL that; run the finish"
                        + " script, or settle by policy";
            case CONCLUDE_GROUP -> "run the finish script, or settle by policy";
            case SETTLE -> "settle by policy";
            case UNWANT -> "down once the finish script has ended";
            case WANT -> "start again once the finish script has ended";
        };
    }
}
