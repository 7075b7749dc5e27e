package dev.pintle.web;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RandomBytes;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.text.IpAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code pintle-web serve}: the loop that never waits for anybody alone, neither for a client nor for the init. */
final class Web {
    /** A page and a few probes at a time, and who is slow; for one more the oldest has to go. Who follows something does not count. */
    static final int MOST_VISITS = 32;
    /** Those who follow events. */
    private static final int MOST_FOLLOWERS = 256;
    /** Children that read logs, each for one client. */
    private static final int MOST_READERS = 64;
    /** Children that do something else for a moment. */
    private static final int MOST_WORKERS = 2;
    /** Questions to the init at a time; probes are asked for beyond it. It has 64 connections for all who ask it. */
    private static final int MOST_QUESTIONS = 16;

    private static final int MOST_QUESTIONS_WITH_PROBES = 24;
    /** Bytes of answers that are kept for all who have not taken them so far. */
    private static final int MOST_KEPT = 6 * 1024 * 1024;

    /** Milliseconds that answers are given after the signal to end. */
    private static final long LONGEST_END = 500;

    private static final byte[] EVERY_ADDRESS = {};
    private static final int SECRET_BYTES = 18;

    private static final Answer NO_CHILD =
            Problem.of(Status.UNAVAILABLE, "no-process", "cannot answer: no process can be made for it");

    private final ToolSys sys;
    private final Site site;
    private final EventFeed events;
    private final List<Watched> watched = new ArrayList<>();
    /** Those of them that are connections, in the order that they came in. */
    private final List<Visit> visits = new ArrayList<>();
    /** What waits for something to become free. */
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

    private final PollSet set = new PollSet();
    private int questions;
    private int workers;
    private int readers;
    private int followers;
    /** When it ends. */
    private long stopAt = Watched.NEVER;

    /** What a visit will have done once it can. */
    private record Waiting(Visit visit, Outcome outcome) {}

    private Web(ToolSys sys, Site site, String origin) {
        this.sys = sys;
        this.site = site;
        this.events = new EventFeed(this, origin);
    }

    /** Serves until a signal ends it. */
    static int run(Invocation call) throws FailureException {
        Settings settings = Settings.of(call);
        Site site = new Site(call.sys, settings.access(), settings.hosts());
        Web web = new Web(call.sys, site, secret(call.sys) + "-");
        for (ListenSocket address : settings.addresses()) {
            web.watch(new Listener(web, listen(call.sys, address, settings.group()), settings.unasked(address)));
        }
        settings.sayReady(call.sys);
        web.watch(new Signals(web, call.sys.openSignals()));
        web.serve();
        return ExitCode.OK;
    }

    private static int listen(ToolSys sys, ListenSocket address, int group) throws FailureException {
        byte[] bytes = IpAddress.parse(address.host());
        int listener = address.unix()
                ? sys.listenLocal(address.path(), address.mode(), -1, group)
                : sys.listenTcp(bytes == null ? EVERY_ADDRESS : bytes, address.port());
        if (listener < 0) {
            throw new FailureException(
                    ExitCode.FAILED, "cannot listen on " + address.text() + ": " + Errno.describe(-listener));
        }
        return listener;
    }

    /** Something that nobody can guess, of letters, digits, - and _. */
    static String secret(ToolSys sys) throws FailureException {
        byte[] bytes = new byte[SECRET_BYTES];
        int result = RandomBytes.fill(sys, bytes);
        if (result < 0) {
            throw new FailureException(ExitCode.FAILED, "cannot make a secret: " + Errno.describe(-result));
        }
        return Base64.urlEncode(bytes);
    }

    ToolSys sys() {
        return sys;
    }

    /** Milliseconds on the clock that never jumps. */
    long now() {
        return sys.monotonicMillis();
    }

    // The loop

    private void serve() {
        while (true) {
            set.clear();
            long next = stopAt;
            for (Watched one : watched) {
                set.add(one.polled(), one.asked());
                next = Math.min(next, one.deadline);
            }
            Watched[] asked = watched.toArray(new Watched[0]);
            sys.poll(set, next == Watched.NEVER ? -1 : Math.max(0, next - now()));
            // Those who are listened for stand first, and have their turn last: nobody makes room before he was heard.
            for (int i = asked.length - 1; i >= 0; i--) {
                turn(asked[i], set.found(i));
            }
            startWaiting();
            if (stopAt != Watched.NEVER && (now() >= stopAt || !owesAnswers())) {
                return;
            }
        }
    }

    /** A signal says that it is over: who has asked gets his answer, such as to a request to stop the container. */
    void stop() {
        stopAt = Math.min(stopAt, now() + LONGEST_END);
    }

    private boolean owesAnswers() {
        for (Visit visit : visits) {
            if (!visit.reads() && !visit.streams()) {
                return true;
            }
        }
        return false;
    }

    private void turn(Watched one, boolean found) {
        try {
            if (!one.closed && found) {
                one.ready();
            }
            if (!one.closed && one.deadline <= now()) {
                one.late();
            }
        } catch (OutOfMemoryError e) {
            forget(one);
        }
    }

    private void forget(Watched one) {
        if (one instanceof Visit visit) {
            end(visit);
        } else if (one instanceof Dialogue dialogue) {
            dialogue.late();
        }
    }

    /** Waits at one more. */
    void watch(Watched one) {
        watched.add(one);
    }

    /** Waits at one no more, and ends the child that wrote there. */
    void drop(Watched one, int pid) {
        if (one.closed) {
            return;
        }
        one.closed = true;
        watched.remove(one);
        sys.close(one.descriptor);
        if (pid > 0) {
            sys.kill(pid, Signal.KILL);
            sys.release(pid);
        }
        if (one instanceof Dialogue dialogue) {
            questions -= dialogue.asksInit() ? 1 : 0;
            workers -= dialogue.asksInit() ? 0 : 1;
        } else if (one instanceof ChildStream) {
            readers--;
        }
    }

    // Connections

    /** Lets one in. Where there is no room, the oldest goes that may: whoever means it has sent its request by then. */
    void enter(Visit visit) {
        if (isFull()) {
            Visit least = least();
            if (least != null) {
                end(least);
            }
        }
        watch(visit);
        visits.add(visit);
        visit.ready();
    }

    /** Whether one more can be let in. */
    boolean hasRoom() {
        return !isFull() || least() != null;
    }

    private boolean isFull() {
        int count = 0;
        for (Visit visit : visits) {
            count += visit.streams() ? 0 : 1;
        }
        return count >= MOST_VISITS;
    }

    /** The oldest of those that have asked for nothing so far, else of those that do not take their answer, or wait for long. */
    private @Nullable Visit least() {
        Visit least = null;
        for (Visit visit : visits) {
            if (visit.reads()) {
                return visit;
            }
            least = least == null && visit.mayGo() ? visit : least;
        }
        return least;
    }

    /** Ends one. */
    void end(Visit visit) {
        if (!visit.closed) {
            followers -= visit.follows ? 1 : 0;
            visit.follows = false;
            visits.remove(visit);
            drop(visit, 0);
            visit.release();
        }
    }

    /** One has not sent, taken or got in time what it should. */
    void late(Visit visit) {
        if (visit.reads() || visit.answered()) {
            end(visit);
        } else {
            visit.answer(Problem.of(Status.UNAVAILABLE, "busy", "cannot answer now: too many ask"));
        }
    }

    /** A request is there. */
    void came(Visit visit, HttpRequest request) {
        settle(visit, site.answer(request, visit.unasked));
    }

    /** Gives a visit its answer, or begins what takes time. */
    void settle(Visit visit, Outcome outcome) {
        if (outcome instanceof Answer answer) {
            visit.answer(answer);
            limitKept(visit);
        } else if (isFree(outcome)) {
            start(visit, outcome);
        } else if (outcome instanceof Outcome.Feed) {
            visit.answer(Problem.of(Status.TOO_MANY, "busy", "cannot serve another reader: too many follow"));
        } else {
            visit.queued();
            queue.add(new Waiting(visit, outcome));
        }
    }

    private void startWaiting() {
        for (int i = queue.size(); i > 0; i--) {
            Waiting waiting = queue.remove();
            if (waiting.visit.closed || waiting.visit.answered()) {
                continue;
            }
            if (isFree(waiting.outcome)) {
                waiting.visit.deadline = Watched.NEVER;
                start(waiting.visit, waiting.outcome);
            } else {
                queue.add(waiting);
            }
        }
    }

    private boolean isFree(Outcome outcome) {
        if (outcome instanceof Outcome.Question question) {
            return questions < (question.probe() ? MOST_QUESTIONS_WITH_PROBES : MOST_QUESTIONS);
        }
        if (outcome instanceof Outcome.Work) {
            return workers < MOST_WORKERS;
        }
        return outcome instanceof Outcome.Events ? followers < MOST_FOLLOWERS : readers < MOST_READERS;
    }

    private void start(Visit visit, Outcome outcome) {
        if (outcome instanceof Outcome.Question question) {
            ask(visit, question);
        } else if (outcome instanceof Outcome.Work work) {
            work(visit, work);
        } else if (outcome instanceof Outcome.Events wanted) {
            follow(visit, wanted);
        } else if (outcome instanceof Outcome.Output output) {
            read(visit, output);
        }
    }

    private void ask(Visit visit, Outcome.Question question) {
        int connection;
        try {
            connection = new Client(sys).begin(question.request());
        } catch (Client.NoReplyException e) {
            settle(visit, question.next().of(noInit(String.valueOf(e.getMessage()))));
            return;
        }
        questions++;
        Dialogue.Next next = (bytes, size) -> question.next()
                .of(
                        size == 0
                                ? noInit("cannot read the init's reply: it closed the connection")
                                : new Reply(bytes, size));
        Reply late = new Reply(Message.refused("timed-out", "timed out: what was asked for may still happen"));
        begin(
                visit,
                new Dialogue(
                        this,
                        visit,
                        connection,
                        0,
                        question.patience(),
                        next,
                        () -> question.next().of(late)));
    }

    private static Reply noInit(String why) {
        return new Reply(Message.refused("no-init", why));
    }

    private void begin(Visit visit, Dialogue dialogue) {
        visit.dialogue = dialogue;
        watch(dialogue);
    }

    private void work(Visit visit, Outcome.Work work) {
        Child child = child(work.task());
        if (child == null) {
            visit.answer(NO_CHILD);
            return;
        }
        workers++;
        Dialogue.Next next = (bytes, size) -> work.next().of(Arrays.copyOf(bytes, size));
        begin(
                visit,
                new Dialogue(
                        this,
                        visit,
                        child.pipe,
                        child.pid,
                        work.patience(),
                        next,
                        () -> work.next().of(new byte[0])));
    }

    private void follow(Visit visit, Outcome.Events wanted) {
        Stream stream = events.follow(wanted);
        if (stream == null) {
            visit.answer(Problem.of(Status.UNAVAILABLE, "no-init", "cannot reach the init"));
            return;
        }
        followers++;
        visit.follows = true;
        visit.follow(wanted.type(), stream);
    }

    private void read(Visit visit, Outcome.Output output) {
        Child child = child(output.task());
        if (child == null) {
            visit.answer(NO_CHILD);
            return;
        }
        readers++;
        ChildStream stream = new ChildStream(
                this, visit, child.pipe, child.pid, output.type().equals(EventFeed.TYPE));
        watch(stream);
        visit.follow(output.type(), stream);
    }

    /** A child and the pipe that it writes to. */
    private record Child(int pid, int pipe) {}

    /** Has a child do something; null where none can be made. It has no connections: who is gone must not seem to be there. */
    private @Nullable Child child(Outcome.Task task) {
        int[] ends = new int[2];
        if (sys.pipe(ends) < 0) {
            return null;
        }
        int pid = sys.fork();
        if (pid == 0) {
            sys.close(ends[0]);
            for (Watched one : watched) {
                sys.close(one.descriptor);
            }
            int code = 0;
            try {
                task.run(new PipeOutput(sys, ends[1]));
            } catch (RuntimeException | OutOfMemoryError e) {
                code = ExitCode.FAILED;
            }
            sys.exit(code);
        }
        sys.close(ends[1]);
        if (pid < 0) {
            sys.close(ends[0]);
            return null;
        }
        return new Child(pid, ends[0]);
    }

    /** There is more for those who follow events. */
    void pump() {
        for (Visit visit : visits.toArray(new Visit[0])) {
            if (visit.follows) {
                visit.pump();
            }
        }
    }

    /** Those who do not take their answers have a bound together; beyond it the oldest of them goes, and never who was just answered. */
    private void limitKept(Visit answered) {
        int kept = answered.closed ? 0 : answered.kept();
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
}
