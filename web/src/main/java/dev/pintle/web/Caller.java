package dev.pintle.web;

/**
 * Who asks.
 *
 * @param name  of a user; empty for anybody
 * @param level what he may do
 * @param token what a browser must send along when it changes something, as it sends the password or the cookie by itself, for other
 *     sites too; empty for who is no browser
 */
record Caller(String name, Level level, String token) {
    /** Who could connect to a Unix socket, which its permissions allow. */
    static final Caller LOCAL = new Caller("", Level.OPERATE, "");
}
