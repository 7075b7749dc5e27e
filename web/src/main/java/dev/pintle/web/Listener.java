package dev.pintle.web;

import dev.pintle.init.sys.PollSet;

/** A socket that is listened on. */
final class Listener extends Watched {
    /** Connections that are taken in one turn: fewer than there is room for, so that none goes before it was heard. */
    private static final int MOST_ACCEPTED = Web.MOST_VISITS / 2;

    private final Web web;
    /** Somebody who has said no name and comes this way. */
    private final Caller unasked;

    private final PollSet waiting = new PollSet();

    Listener(Web web, int descriptor, Caller unasked) {
        super(descriptor);
        this.web = web;
        this.unasked = unasked;
    }

    /** Who has asked is not sent away for who may: others wait meanwhile. */
    @Override
    int polled() {
        return web.hasRoom() ? descriptor : -1;
    }

    @Override
    int asked() {
        return PollSet.READABLE;
    }

    @Override
    void ready() {
        for (int i = 0; i < MOST_ACCEPTED && web.hasRoom() && somebodyWaits(); i++) {
            int connection = web.sys().accept(descriptor);
            if (connection < 0) {
                return;
            }
            web.enter(new Visit(web, connection, unasked));
        }
    }

    /** accept(2) waits on this socket. */
    private boolean somebodyWaits() {
        waiting.clear();
        waiting.add(descriptor, PollSet.READABLE);
        return web.sys().poll(waiting, 0) > 0;
    }

    @Override
    void late() {
        // It listens for as long as this runs.
    }
}
