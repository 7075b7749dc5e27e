package dev.pintle.web.supervisorctl;

import dev.pintle.web.supervisord.Fault;
import dev.pintle.web.xmlrpc.FaultException;

/** What supervisorctl ends with (those of LSB's init scripts), and what it says of faults. */
final class Codes {
    static final int GENERIC = 1;
    static final int INVALID_ARGUMENTS = 2;
    /** There is no such interface. */
    static final int UNIMPLEMENTED = 3;
    /** Of status: something is not known. */
    static final int UNKNOWN = 4;
    /** Of status: something does not run. */
    static final int STOPPED = 3;
    /** Nobody is let in. */
    static final int REFUSED = 4;
    /** The interface has another version. */
    static final int NOT_INSTALLED = 5;

    static final int NOT_RUNNING = 7;

    private Codes() {}

    /** The code for what came of an order; what it was before where that is as good as done. */
    static int after(int before, long status, Fault ignored) {
        if (status == ignored.code || status == Fault.SUCCESS.code) {
            return before;
        }
        boolean dead = status == Fault.SPAWN_ERROR.code
                || status == Fault.ABNORMAL_TERMINATION.code
                || status == Fault.NOT_RUNNING.code;
        return dead ? NOT_RUNNING : GENERIC;
    }

    static boolean is(FaultException e, Fault fault) {
        return e.code == fault.code;
    }

    /** What is said of a status; {@code done} of a success. */
    static String words(String name, long status, String done, String description) {
        if (status == Fault.SUCCESS.code) {
            return name + ": " + done;
        }
        for (Fault fault : Fault.values()) {
            String words = fault.code == status ? words(fault) : "";
            if (!words.isEmpty()) {
                return name + ": ERROR (" + words + ")";
            }
        }
        return description;
    }

    private static String words(Fault fault) {
        return switch (fault) {
            case BAD_NAME -> "no such process";
            case NO_FILE -> "no such file";
            case NOT_EXECUTABLE -> "file is not executable";
            case ALREADY_STARTED -> "already started";
            case SPAWN_ERROR -> "spawn error";
            case ABNORMAL_TERMINATION -> "abnormal termination";
            case BAD_SIGNAL -> "bad signal name";
            case NOT_RUNNING -> "not running";
            default -> "";
        };
    }
}
