package dev.pintle.web;

import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RandomBytes;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.text.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** {@code pintle-web serve}: serves the status page. */
final class Web {
    private static final byte[] EVERY_ADDRESS = {};
    /** A page and a few probes at a time, and who is slow; for one more the oldest has to go. */
    private static final int MOST_VISITS = 32;
    /** Connections that are taken in one turn: fewer than there is room for, so that none goes before it was heard. */
    private static final int MOST_ACCEPTED = MOST_VISITS / 2;
    /** Milliseconds until the whole request must be there. */
    private static final long LONGEST_REQUEST = 2_000;
    /** Milliseconds until the answer must have been taken. */
    private static final long LONGEST_ANSWER = 5_000;

    /** Bytes of answers that are kept for all who have not taken them so far. */
    private static final int MOST_KEPT = 6 * 1024 * 1024;

    private static final int TOKEN_BYTES = 18;

    private final Sys sys;
    private final Site site;
    private final List<Visit> visits = new ArrayList<>();
    private final PollSet set = new PollSet();
    private final PollSet waiting = new PollSet();
    private final int listener;

    private Web(Sys sys, Site site, int listener) {
        this.sys = sys;
        this.site = site;
        this.listener = listener;
    }

    /** Serves until a signal ends it. */
    static int run(Invocation call) throws FailureException {
        Settings settings = Settings.of(call);
        Site site = new Site(call.sys, settings.credentials(), settings.hosts(), token(call.sys));
        int listener = listen(call.sys, settings.address());
        settings.sayReady(call.sys);
        new Web(call.sys, site, listener).serve();
        return ExitCode.FAILED;
    }

    private static int listen(Sys sys, ListenSocket address) throws FailureException {
        byte[] bytes = IpAddress.parse(address.host());
        int listener = sys.listenTcp(bytes == null ? EVERY_ADDRESS : bytes, address.port());
        if (listener < 0) {
            throw new FailureException(
                    ExitCode.FAILED, "cannot listen on " + address.text() + ": " + Errno.describe(-listener));
        }
        return listener;
    }

    private static String token(Sys sys) throws FailureException {
        byte[] bytes = new byte[TOKEN_BYTES];
        int result = RandomBytes.fill(sys, bytes);
        if (result < 0) {
            throw new FailureException(
                    ExitCode.FAILED, "cannot make a token for the page's buttons: " + Errno.describe(-result));
        }
        // A form would encode the two characters that are no letters or digits.
        return Credentials.encode(bytes).replace('+', '-').replace('/', '_');
    }

    private void serve() {
        boolean more = false;
        while (true) {
            set.clear();
            for (Visit visit : visits) {
                set.add(visit.descriptor, visit.asked());
            }
            set.add(listener, PollSet.READABLE);
            int known = visits.size();
            sys.poll(set, more ? 0 : untilNextDeadline());
            for (int i = known - 1; i >= 0; i--) {
                goOn(visits.get(i), set.found(i));
            }
            if (set.found(known)) {
                accept();
            }
            more = answer();
        }
    }

    private void goOn(Visit visit, boolean found) {
        boolean late = visit.deadline <= sys.monotonicMillis();
        if (late || (found && visit.goOn(sys))) {
            end(visit);
        }
    }

    private void end(Visit visit) {
        sys.close(visit.descriptor);
        visits.remove(visit);
    }

    /** Takes who waits. Where there is no room, the oldest goes: whoever means it has sent its request by then. */
    private void accept() {
        for (int i = 0; i < MOST_ACCEPTED && somebodyWaits(); i++) {
            int descriptor = sys.accept(listener);
            if (descriptor < 0) {
                return;
            }
            if (visits.size() >= MOST_VISITS) {
                end(oldest());
            }
            Visit visit = new Visit(descriptor, sys.monotonicMillis() + LONGEST_REQUEST);
            visits.add(visit);
            goOn(visit, true);
        }
    }

    /** accept(2) waits on this socket. */
    private boolean somebodyWaits() {
        waiting.clear();
        waiting.add(listener, PollSet.READABLE);
        return sys.poll(waiting, 0) > 0;
    }

    /** The first that has not sent its request so far; where all have, the first. They are in the order that they came in. */
    private Visit oldest() {
        for (Visit visit : visits) {
            if (visit.asked() == PollSet.READABLE) {
                return visit;
            }
        }
        return visits.get(0);
    }

    /** Answers all probes, all the same, and one other: each takes a question to the init. Whether there is another. */
    private boolean answer() {
        List<Visit> asked = new ArrayList<>();
        for (Visit visit : new ArrayList<>(visits)) {
            HttpRequest request = visit.request();
            if (request != null && Site.asksForHealth(request)) {
                answer(visit, request);
            } else if (request != null) {
                asked.add(visit);
            }
        }
        if (!asked.isEmpty()) {
            Visit first = asked.get(0);
            HttpRequest request = first.request();
            if (request != null) {
                answer(first, request);
            }
        }
        return asked.size() > 1;
    }

    private void answer(Visit visit, HttpRequest request) {
        Answer response;
        try {
            response = site.answer(request);
        } catch (OutOfMemoryError e) {
            end(visit);
            return;
        }
        if (visit.answer(sys, response, sys.monotonicMillis() + LONGEST_ANSWER)) {
            end(visit);
        }
        limitKept(visit);
    }

    /** Those who do not take their answers have a bound together; beyond it the oldest of them goes, and never who was just answered. */
    private void limitKept(Visit answered) {
        int kept = answered.kept();
        for (int i = visits.size() - 1; i >= 0; i--) {
            Visit visit = visits.get(i);
            boolean fits = kept + visit.kept() <= MOST_KEPT;
            if (visit != answered && fits) {
                kept += visit.kept();
            } else if (visit != answered) {
                end(visit);
            }
        }
    }

    private long untilNextDeadline() {
        long next = Long.MAX_VALUE;
        for (Visit visit : visits) {
            next = Math.min(next, visit.deadline);
        }
        return next == Long.MAX_VALUE ? -1 : Math.max(0, next - sys.monotonicMillis());
    }
}
