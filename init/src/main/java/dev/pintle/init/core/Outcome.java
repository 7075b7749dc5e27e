package dev.pintle.init.core;

import dev.pintle.layout.ServiceDefinition.RestartPolicy;

/** What a run's end means by the layout's policy, where nobody asked for it. */
enum Outcome {
    /** It had not come up: another try after a pause, or none. */
    FAILED_START,
    /** It had come up, and is started again. */
    RESTART,
    /** It has ended with success, and is not started again. */
    DONE,
    /** It has ended without success, and is not started again. */
    FAILED;

    static Outcome of(Service service) {
        if (failedToStart(service)) {
            return FAILED_START;
        }
        if (service.sickened || !(service.oneshot() || endIsFinal(service))) {
            return RESTART;
        }
        return service.succeeded() ? DONE : FAILED;
    }

    private static boolean failedToStart(Service service) {
        if (service.startFailed) {
            return true;
        }
        if (service.oneshot()) {
            return !service.succeeded();
        }
        if (!service.cameUp) {
            return true;
        }
        RestartPolicy restart = service.restart();
        boolean tooShort = service.lasted() < restart.minUptime();
        return tooShort && (restart.strictUptime() || !(endIsFinal(service) || service.isPeriodic()));
    }

    private static boolean endIsFinal(Service service) {
        return switch (service.restart().policy()) {
            case ALWAYS -> false;
            case ON_FAILURE -> service.succeeded();
            case ON_SUCCESS -> !service.succeeded();
            case NO -> true;
        };
    }
}
