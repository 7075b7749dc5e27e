package dev.pintle.init.scenario;

import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import dev.pintle.init.scenario.Container.Client;
import dev.pintle.init.scenario.Journal.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How far a scenario has come in a container. */
public final class Course {
    private static final String ONCE = "";
    private static final long PAUSE_BETWEEN_QUESTIONS = 20;

    final Scenario scenario;
    final Container container;
    final Journal journal = new Journal();
    private final Map<String, Client> clients = new HashMap<>();
    /** How many lines of each client have been looked at. */
    private final Map<String, Integer> heard = new HashMap<>();

    private int next;
    private long pauseEnd = -1;
    /** What this step has still to see; null where it has not been asked. */
    private @Nullable List<Entry> awaited;

    private String found = "";
    private long nextQuestion;

    /** At its beginning. */
    public Course(Scenario scenario, Container container) {
        this.scenario = scenario;
        this.container = container;
    }

    /** Does as many steps as can be done now. */
    public void goOn() {
        journal.take(container.messages());
        while (!isOver() && scenario.steps().get(next).move().isDone(this)) {
            journal.take(container.messages());
            found = "";
            next++;
        }
    }

    /** Whether all steps are done. */
    public boolean isOver() {
        return next == scenario.steps().size();
    }

    /** What it waits for, and all that is known: for who has to find out why. */
    public String whereItIs() {
        return scenario.name() + ": not done: " + scenario.steps().get(next)
                + (found.isEmpty() ? "" : "\nfound: " + found) + "\nexit code " + container.exitCode()
                + "\noutput:\n" + container.output() + "\nmessages:\n" + container.messages();
    }

    // What steps do

    /** Whether what is found is what is wanted; else notes it for {@link #whereItIs}. */
    boolean expect(Object wanted, @Nullable Object is) {
        found = String.valueOf(is);
        return wanted.equals(is);
    }

    /** Whether each of these has come since it was last awaited. */
    boolean await(List<Entry> entries) {
        List<Entry> left = awaited == null ? new ArrayList<>(entries) : awaited;
        left.removeIf(journal::pass);
        awaited = left.isEmpty() ? null : left;
        return expect(List.of(), left);
    }

    /** Whether a pause is over, which begins when it is first asked for. */
    boolean pause(long millis) {
        if (pauseEnd < 0) {
            pauseEnd = container.now() + millis;
            container.wakeAt(pauseEnd);
        }
        if (container.now() < pauseEnd) {
            return false;
        }
        pauseEnd = -1;
        return true;
    }

    /** Sends a request by a client that stays; whether there is anybody to send it to. */
    boolean send(String name, Message request) {
        Client client = clients.get(name);
        if (client == null) {
            client = container.connect();
            if (client == null) {
                return false;
            }
            clients.put(name, client);
        }
        client.send(request.line() + "\n");
        return true;
    }

    /** The next line that a client is sent, which is taken by {@link #takeLine}; null where none has come. */
    @Nullable
    Message nextLine(String name) {
        Client client = clients.get(name);
        List<String> lines =
                client == null ? List.of() : client.received().lines().toList();
        int at = heard.getOrDefault(name, 0);
        if (at >= lines.size() || (at == lines.size() - 1 && !endsWithNewline(client))) {
            return null;
        }
        try {
            return Message.parse(lines.get(at));
        } catch (Json.MalformedException e) {
            throw new AssertionError(lines.get(at), e);
        }
    }

    private static boolean endsWithNewline(@Nullable Client client) {
        return client != null && client.received().endsWith("\n");
    }

    void takeLine(String name) {
        heard.merge(name, 1, Integer::sum);
    }

    /** Whether a question's answer is a wanted one, which is asked again and again until it is. */
    boolean eventually(Message question, Predicate<Message> wanted) {
        Message reply = container.now() < nextQuestion ? null : ask(question);
        if (reply != null && !wanted.test(reply)) {
            nextQuestion = container.now() + PAUSE_BETWEEN_QUESTIONS;
            container.wakeAt(nextQuestion);
        }
        return reply != null && wanted.test(reply);
    }

    /** Asks by a client of its own; the reply, or null while there is none. To be asked with the same until there is. */
    @Nullable
    Message ask(Message request) {
        if (!clients.containsKey(ONCE) && !send(ONCE, request)) {
            return null;
        }
        Message reply = nextLine(ONCE);
        Client client = clients.get(ONCE);
        if (reply != null && client != null) {
            client.close();
            clients.remove(ONCE);
        }
        return reply;
    }
}
