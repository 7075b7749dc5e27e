package dev.pintle.web;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client;
import dev.pintle.init.sys.Sys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the init and the kernel say at one moment.
 *
 * @param init      the init's pid
 * @param healthy   whether {@code pintle health} would end with code 0
 * @param services  an object for each
 * @param processes all that there are
 */
record Scrape(long init, boolean healthy, List<Message> services, ProcessTable processes) {
    /** What follows. */
    interface Then {
        /**
         * The outcome.
         *
         * @param scrape  null where the init refuses, which must not look like a container without services
         * @param trouble its words then
         */
        Outcome of(@Nullable Scrape scrape, Message trouble);
    }

    /** Asks both, and others are served meanwhile. */
    static Outcome of(Sys sys, Then then) {
        return ask(
                "init",
                then,
                init -> ask(
                        "health",
                        then,
                        health -> ask("status", then, status -> then.of(of(sys, init, health, status), status))));
    }

    /** What follows a reply. */
    private interface Next {
        Outcome of(Message reply);
    }

    private static Outcome ask(String what, Then then, Next next) {
        return Outcome.Question.of(
                Message.request(what), reply -> reply.ok() ? next.of(reply.message()) : then.of(null, reply.message()));
    }

    private static Scrape of(Sys sys, Message init, Message health, Message status) {
        return new Scrape(
                init.number("pid", 0), health.flag("healthy"), status.objects("services"), new ProcessTable(sys));
    }

    /** No scrape: the init refuses. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(Message reply) {
            super(reply.text("message"));
        }
    }

    /** Asks both. */
    static Scrape now(Sys sys) throws Client.NoReplyException, RefusedException {
        Client client = new Client(sys);
        return of(sys, ask(client, "init"), ask(client, "health"), ask(client, "status"));
    }

    private static Message ask(Client client, String what) throws Client.NoReplyException, RefusedException {
        Message reply = client.ask(Message.request(what), Outcome.Question.SHORT);
        if (!reply.ok()) {
            throw new RefusedException(reply);
        }
        return reply;
    }
}
