package dev.pintle.web;

import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Signal;

/** The signals that end the program. */
final class Signals extends Watched {
    private final Web web;

    Signals(Web web, int descriptor) {
        super(descriptor);
        this.web = web;
    }

    @Override
    int asked() {
        return PollSet.READABLE;
    }

    @Override
    void ready() {
        for (int signal = web.sys().nextSignal(descriptor);
                signal != 0;
                signal = web.sys().nextSignal(descriptor)) {
            switch (signal) {
                case Signal.TERM, Signal.INT, Signal.QUIT, Signal.HUP -> web.stop();
                default -> {
                    // A child has ended, or something else that is no business of ours.
                }
            }
        }
    }

    @Override
    void late() {
        // It waits for as long as this runs.
    }
}
