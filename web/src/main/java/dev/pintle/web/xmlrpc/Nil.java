package dev.pintle.web.xmlrpc;

/** The value that is none, an extension that most clients know. */
public enum Nil {
    /** The only one. */
    NIL
}
