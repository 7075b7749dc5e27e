package dev.pintle.web.listener;

import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.Execution;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.text.Ascii;
import dev.pintle.web.supervisord.EventSource;
import dev.pintle.web.supervisord.KernelBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code pintle-web listener}: runs a listener, tells it of events, and ends as it does. */
public final class ListenerProgram {
    private static final int USUAL_ROOM = 10;
    private static final int MOST_ROOM = 10_000;
    private static final int CHUNK = 8_192;
    /** A line of the init's is shorter. */
    private static final int LONGEST_LINE = 1 << 20;

    private final Invocation call;
    private final ToolSys sys;
    private final List<String> events;
    private final Conversation conversation;
    private final Translation translation;
    private final EndedChild ended = new EndedChild();

    private int child;
    private int toListener;
    private int fromListener;
    private int init;
    private byte[] line = new byte[0];
    private byte[] out = new byte[0];

    private ListenerProgram(Invocation call, List<String> events, String pool, int room) {
        this.call = call;
        this.sys = call.sys;
        this.events = events;
        conversation = new Conversation(pool, room);
        translation = new Translation(EventSource.of(KernelBackend.connect(sys)), this::emit);
    }

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        Options options = new Options(call.words, "e:b:n:", "events=e", "buffer-size=b", "pool=n");
        List<String> events = new ArrayList<>();
        String pool = call.environment().getOrDefault(Environment.SERVICE, "listener");
        int room = USUAL_ROOM;
        for (int letter = options.next(); letter != Options.END; letter = options.next()) {
            switch (letter) {
                case 'e' -> addEvents(events, options.value());
                case 'b' -> room = room(options.value());
                default -> pool = options.value();
            }
        }
        if (events.isEmpty() || !options.hasOperand()) {
            throw new UsageException("name events and a command: listener --events PROCESS_STATE,TICK_60 COMMAND");
        }
        return new ListenerProgram(call, events, pool, room).run(options.operands());
    }

    private static void addEvents(List<String> events, String list) {
        for (int at = 0; at <= list.length(); ) {
            int comma = list.indexOf(',', at);
            int end = comma < 0 ? list.length() : comma;
            String event = Ascii.upper(Ascii.trim(list.substring(at, end)));
            if (!event.isEmpty()) {
                events.add(event);
            }
            at = end + 1;
        }
    }

    private static int room(String value) throws UsageException {
        int room = Ascii.isNumber(value) && value.length() < 6 ? Integer.parseInt(value) : 0;
        if (room < 1 || room > MOST_ROOM) {
            throw new UsageException("--buffer-size takes a number of events, 1 to " + MOST_ROOM);
        }
        return room;
    }

    /** Whether events of a name are asked for: a name means all that begin with it, and EVENT means all. */
    static boolean isAsked(List<String> events, String name) {
        for (String event : events) {
            if (event.equals("EVENT") || name.equals(event) || name.startsWith(event + "_")) {
                return true;
            }
        }
        return false;
    }

    private void emit(String name, String payload) {
        if (isAsked(events, name)) {
            conversation.add(name, payload);
        }
    }

    private int run(List<String> command) throws FailureException {
        int signals = sys.openSignals();
        subscribe();
        translation.begin(sys.wallClockMillis());
        begin(command);
        while (true) {
            int code = ended.reapAll(sys, child);
            if (code >= 0) {
                return code;
            }
            turn(signals);
        }
    }

    /** Before the listener begins, so that nothing is missed; the events then follow what is looked up. */
    private void subscribe() throws FailureException {
        try {
            init = new Client(sys).begin(Message.request("subscribe"));
        } catch (Client.NoReplyException e) {
            throw new FailureException(e.code, String.valueOf(e.getMessage()));
        }
    }

    private void begin(List<String> command) throws FailureException {
        int[] input = new int[2];
        int[] output = new int[2];
        int result = sys.pipe(input);
        result = result < 0 ? result : sys.pipe(output);
        if (result < 0) {
            throw new FailureException(ExitCode.NOT_PREPARED, "cannot make a pipe: " + Errno.describe(-result));
        }
        Map<String, String> environment = call.environment();
        ChildSpec spec = new ChildSpec();
        spec.programs =
                Environment.placesOf(command.get(0), environment.getOrDefault("PATH", Environment.DEFAULT_PATH));
        spec.arguments = command;
        spec.environment = Execution.words(environment);
        spec.stdin = input[0];
        spec.stdout = output[1];
        child = sys.spawn(spec);
        if (child < 0) {
            throw new FailureException(ExitCode.NOT_PREPARED, "cannot make a process: " + Errno.describe(-child));
        }
        // What keeps it from being executed it says itself by its exit code.
        sys.close(spec.statusDescriptor);
        sys.close(input[0]);
        sys.close(output[1]);
        toListener = input[1];
        fromListener = output[0];
    }

    private void turn(int signals) throws FailureException {
        out = out.length == 0 ? conversation.next() : out;
        long now = sys.wallClockMillis();
        PollSet set = new PollSet();
        set.add(signals, PollSet.READABLE);
        set.add(init, PollSet.READABLE);
        set.add(fromListener, PollSet.READABLE);
        set.add(toListener, out.length > 0 ? PollSet.WRITABLE : 0);
        sys.poll(set, Math.max(0, translation.next(now) - now));
        for (int signal = sys.nextSignal(signals); signal > 0; signal = sys.nextSignal(signals)) {
            passOn(signal);
        }
        if (set.found(1)) {
            hearInit();
        }
        if (set.found(2)) {
            hearListener();
        }
        if (set.found(3)) {
            tell();
        }
        translation.lookAtClock(sys.wallClockMillis());
        String trouble = conversation.trouble();
        if (!trouble.isEmpty()) {
            call.output.complain(trouble);
        }
    }

    private void passOn(int signal) {
        boolean endOfChild = signal == Signal.CHLD;
        if (!endOfChild) {
            sys.kill(child, signal);
        }
    }

    private void hearListener() {
        byte[] bytes = new byte[CHUNK];
        int got = sys.read(fromListener, bytes, 0, bytes.length);
        if (got > 0) {
            conversation.hear(bytes, got);
        } else if (got == 0) {
            // It has closed its output, and goes on or ends as it likes.
            sys.close(fromListener);
            fromListener = -1;
        }
    }

    private void tell() {
        int written = sys.write(toListener, out, 0, out.length);
        if (written > 0) {
            out = Arrays.copyOfRange(out, written, out.length);
        } else if (written != -Errno.EAGAIN) {
            out = new byte[0];
        }
    }

    private void hearInit() throws FailureException {
        byte[] bytes = new byte[CHUNK];
        int got = sys.read(init, bytes, 0, bytes.length);
        if (got == -Errno.EAGAIN || got == -Errno.EINTR) {
            return;
        }
        if (got <= 0 || line.length > LONGEST_LINE) {
            sys.close(init);
            subscribe();
            line = new byte[0];
            return;
        }
        int before = line.length;
        line = Arrays.copyOf(line, before + got);
        System.arraycopy(bytes, 0, line, before, got);
        takeLines();
    }

    private void takeLines() {
        int start = 0;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n') {
                take(RawText.decode(line, start, i - start));
                start = i + 1;
            }
        }
        line = Arrays.copyOfRange(line, start, line.length);
    }

    private void take(String text) {
        try {
            translation.hear(Message.parse(text));
        } catch (Json.MalformedException e) {
            call.output.complain("cannot read an event of the init: " + e.getMessage());
        }
    }
}
