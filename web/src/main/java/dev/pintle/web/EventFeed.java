package dev.pintle.web;

import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.layout.text.Ascii;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The events of the init, for all who follow them: it is asked once, and the last ones are kept once. Who does not take them as fast as
 * they come is told how many it has missed.
 */
final class EventFeed {
    /** The media type (HTML, 9.2). */
    static final String TYPE = "text/event-stream";

    /** Events that are kept. */
    private static final int MOST_EVENTS = 512;
    /** Bytes of them. */
    private static final int MOST_BYTES = 256 * 1024;
    /** Bytes of a line of the init's. */
    private static final int LONGEST_LINE = 128 * 1024;
    /** Milliseconds that the init is still listened to when nobody follows: who comes back then has missed nothing. */
    private static final long LINGER = 60_000;

    private static final byte[] HEARTBEAT = {':', '\n', '\n'};
    private static final byte[] BEGUN = RawText.encode(": following\n\n");

    /** An event. */
    private static final class Entry {
        /** Empty for the container. */
        final String service;
        /** As it is sent. */
        final byte[] frame;

        Entry(String service, byte[] frame) {
            this.service = service;
            this.frame = frame;
        }
    }

    private final Web web;
    /** What begins each id: those of another process mean nothing here. */
    private final String origin;

    /** By their numbers, modulo their number. */
    private final @Nullable Entry[] entries = new Entry[MOST_EVENTS];

    /** The oldest that is kept, and the next that comes. */
    private long first;

    private long next;
    private int bytes;
    private int followers;
    private @Nullable Line line;

    EventFeed(Web web, String origin) {
        this.web = web;
        this.origin = origin;
    }

    /** Begins to follow; null where the init cannot be asked. */
    @Nullable
    Stream follow(Outcome.Events wanted) {
        Line open = line;
        if (open == null) {
            open = open();
        }
        if (open == null) {
            return null;
        }
        followers++;
        open.deadline = Watched.NEVER;
        return new Follower(open, wanted);
    }

    private @Nullable Line open() {
        try {
            int descriptor = new Client(web.sys()).begin(Message.request("subscribe"));
            Line opened = new Line(descriptor);
            line = opened;
            web.watch(opened);
            return opened;
        } catch (Client.NoReplyException e) {
            return null;
        }
    }

    private void add(Message event, String text) {
        String service = event.text("service");
        String frame = "id: " + origin + next + "\nevent: " + event.text("event") + "\ndata: " + text + "\n\n";
        Entry entry = new Entry(service, RawText.encode(frame));
        while (next - first == MOST_EVENTS || (next > first && bytes + entry.frame.length > MOST_BYTES)) {
            Entry oldest = entries[(int) (first++ % MOST_EVENTS)];
            bytes -= oldest == null ? 0 : oldest.frame.length;
        }
        entries[(int) (next++ % MOST_EVENTS)] = entry;
        bytes += entry.frame.length;
    }

    /** The number of the event after the one with an id; -1 where that is not kept. */
    private long after(String id) {
        String digits = id.startsWith(origin) ? id.substring(origin.length()) : "";
        boolean number = !digits.isEmpty() && digits.length() < 18 && Ascii.isNumber(digits);
        long found = number ? Long.parseLong(digits) + 1 : -1;
        return found >= first && found <= next ? found : -1;
    }

    /** The connection to the init. */
    private final class Line extends Watched {
        private final Incoming in = new Incoming();
        /** Whether the init has begun to tell. */
        boolean begun;

        Line(int descriptor) {
            super(descriptor);
        }

        @Override
        int asked() {
            return PollSet.READABLE;
        }

        @Override
        void ready() {
            int got = in.read(web.sys(), descriptor);
            if (got == Incoming.END || !takeLines() || in.size >= LONGEST_LINE) {
                close();
            }
            web.pump();
        }

        /** Whether all of them make sense. */
        private boolean takeLines() {
            int start = 0;
            boolean good = true;
            for (int i = 0; i < in.size; i++) {
                if (in.bytes[i] == '\n') {
                    good &= take(RawText.decode(in.bytes, start, i - start));
                    start = i + 1;
                }
            }
            in.forget(start);
            return good;
        }

        private boolean take(String text) {
            try {
                Message message = Message.parse(text);
                if (begun) {
                    add(message, text);
                } else if (!message.ok()) {
                    return false;
                }
                begun = true;
                return true;
            } catch (Json.MalformedException e) {
                return false;
            }
        }

        @Override
        void late() {
            close();
        }

        /** What happens until the next one opens is not known: what was kept is no whole story any more. */
        private void close() {
            web.drop(this, 0);
            line = null;
            first = next;
            bytes = 0;
            Arrays.fill(entries, null);
        }
    }

    /** Where somebody is who follows. */
    private final class Follower implements Stream {
        private final Line from;
        private final String service;
        private boolean greeted;
        /** The next event that is sent. */
        private long at;
        /** Whether there were some that are gone. */
        private boolean missed;

        Follower(Line from, Outcome.Events wanted) {
            this.from = from;
            this.service = wanted.service();
            long known = wanted.after().isEmpty() ? next : after(wanted.after());
            missed = known < 0;
            at = missed ? next : known;
        }

        @Override
        public byte @Nullable [] next() {
            if (!from.begun) {
                return null;
            }
            if (!greeted) {
                greeted = true;
                return BEGUN;
            }
            if (missed || at < first) {
                byte[] frame = RawText.encode("event: missed\ndata: {\"event\":\"missed\""
                        + (missed ? "" : ",\"count\":" + (first - at)) + "}\n\n");
                missed = false;
                at = Math.max(at, first);
                return frame;
            }
            while (at < next) {
                Entry entry = entries[(int) (at++ % MOST_EVENTS)];
                if (entry != null && (service.isEmpty() || service.equals(entry.service))) {
                    return entry.frame;
                }
            }
            return null;
        }

        @Override
        public boolean over() {
            return from.closed && at >= next;
        }

        @Override
        public byte[] heartbeat() {
            return HEARTBEAT;
        }

        @Override
        public void close() {
            followers--;
            if (followers == 0 && !from.closed) {
                from.deadline = web.now() + LINGER;
            }
        }
    }
}
