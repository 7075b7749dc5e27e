package dev.pintle.init.web;

import dev.pintle.init.fuzz.Target;
import dev.pintle.init.sys.RawText;

/** A request to the status page. */
public final class RequestTarget implements Target {
    @Override
    public void take(byte[] input) {
        HttpRequest.parse(RawText.decode(input, 0, input.length));
    }
}
