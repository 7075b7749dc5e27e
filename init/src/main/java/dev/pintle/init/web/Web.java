package dev.pintle.init.web;

import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import java.util.ArrayList;
import java.util.List;

/** {@code pintle-web}: serves the status page on the socket that init made (descriptor 3). */
public final class Web {
    private static final int LISTENER = ListenSocket.FIRST_DESCRIPTOR;
    /** A page and a few probes at a time; more wait in the socket's queue. */
    private static final int MOST_VISITS = 16;

    private static final long LONGEST_VISIT = 5_000;
    private static final int LONGEST_PASSWORD = 1024;
    private static final int TOKEN_BYTES = 18;

    private final Sys sys;
    private final Site site;
    private final List<Visit> visits = new ArrayList<>();
    private final PollSet set = new PollSet();

    private Web(Sys sys, Site site) {
        this.sys = sys;
        this.site = site;
    }

    /** Serves until a signal ends it. */
    public static int run(Invocation call) throws FailureException {
        Options options = new Options(call.words, "u:p:", "user=u", "password-file=p");
        String user = "";
        String passwordFile = "";
        for (int letter = options.next(); letter != Options.END; letter = options.next()) {
            if (letter == 'u') {
                user = options.value();
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
        new Web(call.sys, new Site(call.sys, credentials, token(call.sys))).serve();
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
        int random = sys.openForReading("/dev/urandom");
        int got = random < 0 ? random : sys.read(random, bytes, 0, bytes.length);
        sys.close(random);
        if (got != bytes.length) {
            throw new FailureException(ExitCode.FAILED, "cannot read /dev/urandom: " + Errno.describe(-got));
        }
        // A form would encode the two characters that are no letters or digits.
        return Credentials.encode(bytes).replace('+', '-').replace('/', '_');
    }

    private void serve() {
        while (true) {
            boolean room = visits.size() < MOST_VISITS;
            set.clear();
            for (Visit visit : visits) {
                set.add(visit.descriptor, visit.asked());
            }
            set.add(LISTENER, room ? PollSet.READABLE : 0);
            sys.poll(set, untilNextDeadline());
            for (int i = visits.size() - 1; i >= 0; i--) {
                Visit visit = visits.get(i);
                boolean late = visit.deadline <= sys.monotonicMillis();
                if (late || (set.found(i) && visit.goOn(sys, site))) {
                    sys.close(visit.descriptor);
                    visits.remove(i);
                }
            }
            if (room && set.found(set.size() - 1)) {
                accept();
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

    private void accept() {
        int descriptor = sys.accept(LISTENER);
        if (descriptor >= 0) {
            visits.add(new Visit(descriptor, sys.monotonicMillis() + LONGEST_VISIT));
        }
    }
}
