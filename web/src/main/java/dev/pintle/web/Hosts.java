package dev.pintle.web;

import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.IpAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The names that the page is served under. A site of strangers can have its own name lead to the page's address, and its scripts
 * then read the page as their own (DNS rebinding); they cannot change what the browser says in {@code Host}. An address is no name
 * that could be made to lead elsewhere, nor is localhost.
 */
final class Hosts {
    private static final String LOCALHOST = "localhost";

    private final List<String> allowed = new ArrayList<>();

    /** Allows a name besides, or any for {@code *}. */
    void allow(String name) {
        allowed.add(Ascii.lower(name));
    }

    /**
     * Whether the page is served under the name in a request.
     *
     * @param host the value of Host, with or without a port; empty where there is none: no browser leaves it out
     */
    boolean allows(String host) {
        String name = nameOf(Ascii.lower(host));
        return host.isEmpty()
                || name.equals(LOCALHOST)
                || name.endsWith("." + LOCALHOST)
                || IpAddress.parse(name) != null
                || allowed.contains(name)
                || allowed.contains("*");
    }

    private static String nameOf(String host) {
        int colon = host.lastIndexOf(':');
        String name = colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
