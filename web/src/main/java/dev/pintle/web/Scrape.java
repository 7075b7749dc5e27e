package dev.pintle.web;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client;
import dev.pintle.init.sys.Sys;
import java.util.List;

/**
 * What the init and the kernel say at one moment.
 *
 * @param init      the init's pid
 * @param healthy   whether {@code pintle health} would end with code 0
 * @param services  an object for each
 * @param processes all that there are
 */
record Scrape(long init, boolean healthy, List<Message> services, ProcessTable processes) {
    /** Milliseconds for an answer of the init. */
    private static final long PATIENCE = 2_000;

    /** No scrape: the init refuses. It must not look like one of a container without services. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(Message reply) {
            super(reply.text("message"));
        }
    }

    /** Asks both. */
    static Scrape of(Sys sys) throws Client.NoReplyException, RefusedException {
        Client client = new Client(sys);
        Message init = ask(client, "init");
        Message health = ask(client, "health");
        Message status = ask(client, "status");
        return new Scrape(
                init.number("pid", 0), health.flag("healthy"), status.objects("services"), new ProcessTable(sys));
    }

    private static Message ask(Client client, String what) throws Client.NoReplyException, RefusedException {
        Message reply = client.ask(Message.request(what), PATIENCE);
        if (!reply.ok()) {
            throw new RefusedException(reply);
        }
        return reply;
    }
}
