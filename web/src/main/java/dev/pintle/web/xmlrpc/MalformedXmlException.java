package dev.pintle.web.xmlrpc;

/** A text that is no call or response; the message says why and where. */
public final class MalformedXmlException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedXmlException(String message, int at) {
        super(message + " at character " + at);
    }
}
