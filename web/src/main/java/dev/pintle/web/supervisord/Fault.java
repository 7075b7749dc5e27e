package dev.pintle.web.supervisord;

import dev.pintle.web.xmlrpc.FaultException;

/** The faults of supervisord's interface. A message is the name, and what it is about behind a colon. */
public enum Fault {
    /** There is no such method. */
    UNKNOWN_METHOD(1),
    /** It takes other arguments. */
    INCORRECT_PARAMETERS(2),
    /** Arguments that do not fit one another. */
    BAD_ARGUMENTS(3),
    /** Nothing is known of a method's arguments. */
    SIGNATURE_UNSUPPORTED(4),
    /** The container is stopping. */
    SHUTDOWN_STATE(6),
    /** There is no such process or group. */
    BAD_NAME(10),
    /** There is no such signal. */
    BAD_SIGNAL(11),
    /** A file is not there. */
    NO_FILE(20),
    /** A file cannot be executed. */
    NOT_EXECUTABLE(21),
    /** It could not be done. */
    FAILED(30),
    /** A process ended before it was up. */
    ABNORMAL_TERMINATION(40),
    /** A process could not be started. */
    SPAWN_ERROR(50),
    /** A process runs already. */
    ALREADY_STARTED(60),
    /** A process does not run. */
    NOT_RUNNING(70),
    /** None: the status of what went well. */
    SUCCESS(80),
    /** A group is there already. */
    ALREADY_ADDED(90),
    /** A process of a group runs still. */
    STILL_RUNNING(91),
    /** The layout has errors. */
    CANT_REREAD(92);

    /** Its number. */
    public final int code;

    Fault(int code) {
        this.code = code;
    }

    FaultException exception() {
        return new FaultException(code, name());
    }

    FaultException exception(String what) {
        return new FaultException(code, name() + ": " + what);
    }
}
