package dev.pintle.init.web;

import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RandomBytes;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import java.util.ArrayList;
import java.util.List;

/** {@code pintle-web}: serves the status page on the socket that init made (descriptor 3). */
public final class Web {
    private static final int LISTENER = ListenSocket.FIRST_DESCRIPTOR;
    /** A page and a few probes at a time, and who is slow; for one more the oldest has to go. */
    private static final int MOST_VISITS = 32;
    /** Connections that are taken in one turn: fewer than there is room for, so that none goes before it was heard. */
    private static final int MOST_ACCEPTED = MOST_VISITS / 2;
    /** Milliseconds until the whole request must be there. */
    private static final long LONGEST_REQUEST = 2_000;
    /** Milliseconds until the answer must have been taken. */
    private static final long LONGEST_ANSWER = 5_000;

    private static final int LONGEST_PASSWORD = 1024;
    private static final int TOKEN_BYTES = 18;

    private final Sys sys;
    private final Site site;
    private final List<Visit> visits = new ArrayList<>();
    private final PollSet set = new PollSet();
    private final PollSet listener = new PollSet();

    private Web(Sys sys, Site site) {
        this.sys = sys;
        this.site = site;
    }

    /** Serves until a signal ends it. */
    public static int run(Invocation call) throws FailureException {
        Options options = new Options(call.words, "u:p:a:", "user=u", "password-file=p", "allowed-host=a");
        Hosts hosts = new Hosts();
        String user = "";
        String passwordFile = "";
        for (int letter = options.next(); letter != Options.END; letter = options.next()) {
            if (letter == 'u') {
                user = options.value();
            } else if (letter == 'a') {
                hosts.allow(options.value());
            } else {
                passwordFile = options.value();
            }
        }
        if (user.isEmpty() != passwordFile.isEmpty()) {
            throw new UsageException("--user and --password-file belong together");
        }
        if (!call.environment().containsKey("LISTEN_FDS")) {
            throw new FailureException(ExitCode.FAILED, "cannot serve: init starts it, by [web] in pintle.conf");
        }
        Credentials credentials = user.isEmpty() ? null : new Credentials(user, password(call.sys, passwordFile));
        new Web(call.sys, new Site(call.sys, credentials, hosts, token(call.sys))).serve();
        return ExitCode.FAILED;
    }

    private static String password(Sys sys, String file) throws FailureException {
        String text = Files.read(sys, file, LONGEST_PASSWORD).text();
        int newline = text == null ? 0 : text.indexOf('\n');
        String password = text == null ? "" : newline < 0 ? text : text.substring(0, newline);
        if (password.isEmpty()) {
            throw new FailureException(ExitCode.FAILED, "cannot read a password in the first line of " + file);
        }
        return password;
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
            set.add(LISTENER, PollSet.READABLE);
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
            int descriptor = sys.accept(LISTENER);
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

    /** The socket is one that any service could have, and accept(2) waits on it. */
    private boolean somebodyWaits() {
        listener.clear();
        listener.add(LISTENER, PollSet.READABLE);
        return sys.poll(listener, 0) > 0;
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
        String text = site.answer(request);
        if (visit.answer(sys, text, sys.monotonicMillis() + LONGEST_ANSWER)) {
            end(visit);
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
