package dev.pintle.web.xmlrpc;

/** A call that cannot be answered otherwise than by a fault; the message is the fault's. */
public class FaultException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The fault's number. */
    public final int code;

    /** A fault. */
    public FaultException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Its message. */
    public final String text() {
        return String.valueOf(getMessage());
    }
}
