package dev.pintle.init.sim;

import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A client that wants to hear of everything, and reads now and then. Rule: it hears of all that happens from its
 * subscription on, each once and in order, but for what it is told to have missed.
 */
final class Subscriber extends Visitor {
    private static final String REQUEST = "{\"pintle\":1,\"do\":\"subscribe\"}\n";

    private final News news;
    private final long pause;
    private @Nullable SimClient connected;
    private String rest = "";
    private boolean subscribed;
    /** Where in the news it may be: its subscription began anywhere between its request and the reply. */
    private Set<Integer> places = new TreeSet<>();

    private int came;
    private int heard;
    private long missed;
    /** How much came at the last two readings: where a socket was full, there may be more behind. */
    private int lastReading;

    private int readingBefore;

    /**
     * A subscriber.
     *
     * @param pause milliseconds between two readings; 0 to read after each turn of the supervisor
     */
    Subscriber(SimSys sys, News news, long pause) {
        super(sys, Manner.SUBSCRIBES);
        this.news = news;
        this.pause = pause;
    }

    /** How many events it was told. */
    int heard() {
        return heard;
    }

    /** How many it was told to have missed. */
    long missed() {
        return missed;
    }

    @Override
    void begin(SimClient client) {
        connected = client;
        came = news.size();
        client.send(REQUEST);
        if (pause > 0) {
            readLater();
        }
    }

    private void readLater() {
        // Who has woken up reads all that there is.
        sys.simulation.after(lastReading >= SimSocket.CAPACITY ? 1 : pause, () -> {
            read();
            if (connected != null) {
                readLater();
            }
        });
    }

    @Override
    void lookOn() {
        if (pause == 0) {
            read();
        }
    }

    @Override
    void judgeEnd() {
        read();
        boolean all = places.contains(news.size());
        boolean full = Math.max(lastReading, readingBefore) >= SimSocket.CAPACITY;
        if (subscribed && connected != null && !all && !full) {
            violation("has not heard of all: it is at " + places + " of " + news.size());
        }
    }

    private void read() {
        SimClient client = connected;
        if (client == null) {
            return;
        }
        String text = client.take();
        readingBefore = lastReading;
        lastReading = text.length();
        rest += text;
        int from = 0;
        for (int end = rest.indexOf('\n'); end >= 0 && connected != null; end = rest.indexOf('\n', from)) {
            hear(client, parse(rest.substring(from, end)));
            from = end + 1;
        }
        rest = rest.substring(from);
    }

    private static Message parse(String line) {
        try {
            return Message.parse(line);
        } catch (Json.MalformedException e) {
            throw new IllegalStateException(line, e);
        }
    }

    private void hear(SimClient client, Message message) {
        if (!subscribed) {
            begin(client, message);
            return;
        }
        String event = message.text("event");
        if (event.equals("missed")) {
            int count = (int) message.number("count", 0);
            missed += count;
            moveOn(count, place -> place + count <= news.size());
            return;
        }
        String told = event.equals("state") || event.equals("health")
                ? message.text("service") + " " + message.text("from") + " " + message.text("to")
                : event;
        String before = places.toString();
        heard++;
        moveOn(1, place -> place < news.size() && news.get(place).equals(told));
        if (places.isEmpty()) {
            violation("is told '" + told + "', which is not what comes at " + before);
            giveUp(client);
        }
    }

    private void begin(SimClient client, Message reply) {
        subscribed = reply.ok();
        for (int place = came; subscribed && place <= news.size(); place++) {
            places.add(place);
        }
        if (!subscribed) {
            if (!mayBeTurnedAway(reply.line())) {
                violation("is refused: " + reply.line());
            }
            giveUp(client);
        }
    }

    private void moveOn(int steps, IntPredicate possible) {
        Set<Integer> moved = new TreeSet<>();
        for (int place : places) {
            if (possible.test(place)) {
                moved.add(place + steps);
            }
        }
        places = moved;
    }

    private void giveUp(SimClient client) {
        connected = null;
        leave(client);
    }
}
