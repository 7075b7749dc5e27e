package dev.pintle.init.compat.runit;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.Layout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * runit's {@code sv}: shows and controls services (sv(8)), which it asks the init for. Under another name, as a link in
 * {@code init.d}, it is that service's init script.
 */
public final class Sv {
    private static final String NAME = "sv";
    private static final int LSB_USAGE = 2;
    private static final int LSB_DOWN = 3;
    private static final int LSB_UNKNOWN = 4;
    private static final int MOST_FAILED = 99;
    private static final long DEFAULT_WAIT = 7;
    private static final long SECOND = 1_000;
    private static final long PAUSE = 100;
    private static final long PATIENCE = 10_000;

    private final Invocation call;
    private final boolean lsb;
    private final Client client;
    private long wait = DEFAULT_WAIT;
    private boolean verbose;
    private SvCommand command = new SvCommand("", false, false);
    private final List<SvService> services = new ArrayList<>();
    private int failed;

    private Sv(Invocation call) {
        this.call = call;
        this.lsb = !call.name.equals(NAME);
        this.client = new Client(call.sys);
    }

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        return new Sv(call).run();
    }

    private int run() throws FailureException {
        readWords();
        if (command.shows()) {
            int code = 0;
            for (SvService service : services) {
                code = show(service);
            }
            return lsb ? code : Math.min(failed, MOST_FAILED);
        }
        for (SvService service : services) {
            SvStatus status = status(service);
            service.settled = status == null || !control(service, status);
        }
        if (command.waits() || verbose) {
            await();
        }
        return Math.min(failed, MOST_FAILED);
    }

    // The command line

    private void readWords() throws FailureException {
        String given = call.environment().get("SVWAIT");
        wait = given == null ? wait : Runit.leadingNumber(given);
        Options options = new Options(call.words, "w:vV");
        for (int letter = next(options); letter != Options.END; letter = next(options)) {
            if (letter == 'V') {
                throw usage();
            }
            verbose = true;
            wait = letter == 'w' ? Runit.leadingNumber(options.value()) : wait;
        }
        List<String> words = options.operands();
        SvCommand known = words.isEmpty() ? null : SvCommand.of(words.get(0));
        if (known == null
                || (!lsb && words.size() == 1)
                || (lsb && known.shows() && !words.get(0).equals("status"))) {
            throw usage();
        }
        command = known;
        for (String word : lsb ? List.of(call.name) : words.subList(1, words.size())) {
            services.add(new SvService(call, word));
        }
    }

    private int next(Options options) throws FailureException {
        return Runit.next(options, call.name, usageCode(), usageText());
    }

    private FailureException usage() {
        return FailureException.verbatim(usageCode(), usageText());
    }

    private int usageCode() {
        return lsb ? LSB_USAGE : Runit.USAGE;
    }

    private String usageText() {
        return "usage: " + call.name + (lsb ? " [-w sec] command\n\n" : " [-v] [-w sec] command service ...\n\n");
    }

    // What there is to say

    private void say(String kind, SvService service, String what) {
        call.output.print(kind + service.word + ": " + what);
    }

    private void fail(SvService service, String what) {
        failed++;
        say("fail: ", service, what);
    }

    private void warn(SvService service, String what) {
        failed++;
        say("warning: ", service, what);
    }

    private void sayGone(SvService service) {
        say("ok: ", service, "runsv not running");
    }

    /** Shows a service and its logger; the exit code of an init script's status. */
    private int show(SvService service) {
        SvStatus status = status(service);
        if (status == null) {
            return LSB_UNKNOWN;
        }
        String text = status.text(service.word);
        Message logger =
                service.name.endsWith(Layout.LOG) ? null : ask(service, request("status", service.name + Layout.LOG));
        if (logger != null && logger.ok()) {
            text += "; " + new SvStatus(call.sys, first(logger)).text("log");
        }
        call.output.print(text);
        return status.pid != 0 ? ExitCode.OK : LSB_DOWN;
    }

    // Asking the init

    private static Message request(String what, String name) {
        return Message.request(what).with("names", new ArrayList<@Nullable Object>(List.of(name)));
    }

    private static Message first(Message reply) {
        List<Message> services = reply.objects("services");
        return services.isEmpty() ? reply : services.get(0);
    }

    /** What the init says; null where there is none, which is said. */
    private @Nullable Message ask(SvService service, Message request) {
        try {
            return client.ask(request, PATIENCE);
        } catch (Client.NoReplyException e) {
            if (e.code != ExitCode.NO_INIT) {
                warn(service, "unable to open supervise/ok: " + e.getMessage());
            } else if (command.acts().startsWith("x")) {
                sayGone(service);
            } else {
                fail(service, "runsv not running");
            }
            return null;
        }
    }

    private @Nullable SvStatus status(SvService service) {
        Message reply = ask(service, request("status", service.name));
        if (reply != null && !reply.ok()) {
            fail(service, "unable to change to service directory: file does not exist");
            return null;
        }
        return reply == null ? null : new SvStatus(call.sys, first(reply));
    }

    /** Asks for all that the command is about; whether that could be asked. */
    private boolean control(SvService service, SvStatus status) {
        service.startsBefore = status.starts;
        for (int i = 0; i < command.acts().length(); i++) {
            Message request = request(command.acts().charAt(i), service.name, status);
            Message reply = request == null ? null : ask(service, request);
            if (request != null && reply == null) {
                return false;
            }
            if (reply != null && !reply.ok()) {
                warn(service, "unable to write to supervise/control: " + reply.text("message"));
                return false;
            }
        }
        return true;
    }

    private static @Nullable Message request(char act, String name, SvStatus status) {
        return switch (act) {
            case 'u' -> request("start", name);
            case 'o' -> request("start", name).with("once", true);
            case 'd', 'x' -> request("stop", name);
            case 't' -> !status.runs() ? null : request(status.wanted ? "restart" : "stop", name);
            case 'h' -> request("reload", name);
            case 'C' -> null;
            default -> request("signal", name).with("signal", (long) signal(act));
        };
    }

    private static int signal(char act) {
        return switch (act) {
            case 'p' -> Signal.STOP;
            case 'c' -> Signal.CONT;
            case 'a' -> Signal.ALRM;
            case 'i' -> Signal.INT;
            case 'q' -> Signal.QUIT;
            case '1' -> Signal.USR1;
            case '2' -> Signal.USR2;
            default -> Signal.KILL;
        };
    }

    // Waiting for what was asked for

    private void await() {
        long start = call.sys.monotonicMillis();
        while (true) {
            boolean late = call.sys.monotonicMillis() - start > wait * SECOND;
            boolean all = true;
            for (SvService service : services) {
                if (!service.settled) {
                    service.settled = settle(service, late);
                }
                all &= service.settled;
            }
            if (all) {
                return;
            }
            call.sys.poll(new PollSet(), PAUSE);
        }
    }

    private boolean settle(SvService service, boolean late) {
        SvStatus status = status(service);
        if (status == null) {
            return true;
        }
        if (reached(service, status)) {
            if (command.acts().equals("x")) {
                sayGone(service);
            } else {
                call.output.print("ok: " + status.text(service.word));
            }
            return true;
        }
        if (late) {
            failed++;
            call.output.print((command.kills() ? "kill: " : "timeout: ") + status.text(service.word));
            if (command.kills()) {
                ask(service, request("signal", service.name).with("signal", (long) Signal.KILL));
            }
        }
        return late;
    }

    private boolean reached(SvService service, SvStatus status) {
        for (int i = 0; i < command.acts().length(); i++) {
            if (!reached(command.acts().charAt(i), service, status)) {
                return false;
            }
        }
        return true;
    }

    private static boolean reached(char act, SvService service, SvStatus status) {
        boolean anew = status.starts > service.startsBefore;
        return switch (act) {
            case 'u' -> status.done() || (status.runs() && service.checks());
            case 'd', 'x' -> status.pid == 0;
            case 'C' -> status.pid == 0 || service.checks();
            case 't', 'k' ->
                status.done()
                        || (status.pid == 0 && !status.wanted)
                        || (anew && status.pid != 0 && !status.gotTerm() && service.checks());
            case 'o' -> status.pid == 0 ? anew : !status.wanted;
            case 'p' -> status.pid == 0 || status.paused();
            case 'c' -> status.pid == 0 || !status.paused();
            default -> true;
        };
    }
}
