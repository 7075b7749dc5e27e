package dev.pintle.init.scenario;

import dev.pintle.init.control.Message;
import dev.pintle.init.scenario.Journal.Entry;
import dev.pintle.init.scenario.Step.Attempt;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads steps. What is done:
 *
 * <pre>
 *   pintle REQUEST                  asks as the pintle command does (--wait waits for the outcome, --must-run is for signal
 *                                   and reload); it has to be done
 *   pintle REQUEST -> refused WORD  it has to be refused, with this error
 *   pintle REQUEST -> KEY VALUE, …  it has to be done, and the reply has these
 *   NAME: REQUEST                   a client NAME asks, and stays connected
 *   signal TERM                     sends the init a signal
 *   put FILE, remove FILE           edits the layout
 *   pause 300ms                     lets time pass
 * </pre>
 *
 * <p>What is waited for; all but {@code ends} holds at the latest when it has ended, too:
 *
 * <pre>
 *   await web ready, db ready       each service has come to the state since it was last awaited
 *   status web: KEY VALUE, …        pintle status --json says so
 *   health: healthy                 pintle health says so, or these troubles, with ';' in between
 *   health has: TEXT                the troubles have TEXT in them
 *   NAME is told done               the reply to a client's request; or the error
 *   NAME hears web ready            the next event of a subscriber; or: stopping, layout, missed
 *   output: one / two               the lines that the processes have printed; 'output has: one' for one of them
 *   says TEXT                       the init has written a message with TEXT in it
 *   reaped                          no ended process waits for the init
 *   course web: waiting starting …  the states of a service, from the boot on
 *   order: db ready, web starting   of all changes, these happened once each and in this order
 *   ends 0                          the container has ended with this code
 * </pre>
 */
final class Steps {
    private static final String ARROW = " -> ";

    private Steps() {}

    /** The step that a line stands for. */
    static Step read(String line) throws BadValueException {
        return new Step(line, attempt(line));
    }

    private static Attempt attempt(String line) throws BadValueException {
        int space = (line + " ").indexOf(' ');
        String word = line.substring(0, space);
        String rest = line.substring(space).strip();
        return switch (word) {
            case "pintle" -> command(rest);
            case "signal" -> signal(rest);
            case "put" -> put(rest);
            case "remove" -> remove(rest);
            case "pause" -> pause(Values.duration(rest));
            case "await" -> await(entries(rest));
            case "status" -> status(rest);
            case "health:" -> health(rest);
            case "health" -> healthHas(rest);
            case "output:" -> output(rest);
            case "output" -> outputHas(rest);
            case "says" ->
                course -> course.expect(true, course.container.messages().contains(rest));
            case "reaped" -> course -> course.expect(false, course.container.hasZombies());
            case "course" -> course(rest);
            case "order:" -> order(entries(rest));
            case "ends" -> ends(Values.count(rest, 255));
            default -> client(word, rest);
        };
    }

    private static List<Entry> entries(String text) throws BadValueException {
        List<Entry> entries = new ArrayList<>();
        for (String part : text.split(", *", -1)) {
            String[] words = part.split(" ", -1);
            if (words.length != 2) {
                throw new BadValueException("'" + part + "' is no SERVICE STATE", null);
            }
            entries.add(new Entry(words[0], words[1]));
        }
        return entries;
    }

    /** The text before and after a colon. */
    private static String[] cut(String text) throws BadValueException {
        String[] parts = text.split(": *", 2);
        if (parts.length != 2) {
            throw new BadValueException("there is no colon in '" + text + "'", null);
        }
        return parts;
    }

    // What is done

    private static Attempt command(String text) throws BadValueException {
        int arrow = text.indexOf(ARROW);
        Message request = Requests.read(arrow < 0 ? text : text.substring(0, arrow));
        String expected = arrow < 0 ? "" : text.substring(arrow + ARROW.length());
        return course -> {
            Message reply = course.ask(request);
            if (reply != null && !answers(reply, expected)) {
                throw new AssertionError("pintle " + text + " is answered " + reply.line());
            }
            return reply != null;
        };
    }

    private static boolean answers(Message reply, String expected) {
        if (expected.startsWith("refused ")) {
            return !reply.ok() && reply.text("error").equals(expected.substring("refused ".length()));
        }
        return reply.ok() && (expected.isEmpty() || has(reply, expected));
    }

    /** Whether a message has all of {@code KEY VALUE, KEY VALUE}; the value of a list is its elements. */
    private static boolean has(Message message, String expected) {
        for (String part : expected.split(", *", -1)) {
            int space = (part + " ").indexOf(' ');
            String wanted = part.substring(space).strip();
            if (!wanted.equals(value(message, part.substring(0, space)))) {
                return false;
            }
        }
        return true;
    }

    private static String value(Message message, String key) {
        long number = message.number(key, Long.MIN_VALUE);
        String list = String.join(" ", message.texts(key));
        return number != Long.MIN_VALUE ? Long.toString(number) : list.isEmpty() ? message.text(key) : list;
    }

    private static Attempt signal(String name) throws BadValueException {
        int signal = Values.signal(name);
        if (signal == Signal.QUIT || signal == Signal.USR2) {
            throw new BadValueException("a JVM keeps " + name + " to itself", null);
        }
        return course -> {
            course.container.signal(signal);
            return true;
        };
    }

    private static Attempt put(String file) {
        return course -> {
            course.container.put(file, course.scenario.later().getOrDefault(file, ""));
            return true;
        };
    }

    private static Attempt remove(String file) {
        return course -> {
            course.container.remove(file);
            return true;
        };
    }

    private static Attempt pause(long millis) {
        return course -> course.pause(millis);
    }

    private static Attempt client(String word, String rest) throws BadValueException {
        if (word.endsWith(":")) {
            String name = word.substring(0, word.length() - 1);
            Message request = Requests.read(rest);
            return course -> course.send(name, request);
        }
        if (rest.startsWith("is told ")) {
            String expected = rest.substring("is told ".length());
            return course -> takes(course, word, expected, reply -> reply.ok() ? "done" : reply.text("error"));
        }
        if (rest.startsWith("hears ")) {
            String expected = rest.substring("hears ".length());
            return course -> takes(course, word, expected, Steps::told);
        }
        throw new BadValueException("there is no step '" + word + " " + rest + "'", null);
    }

    // What is waited for

    private interface Reading {
        String of(Message message);
    }

    /** Whether a client's next line is what is expected; another one is a failure. */
    private static boolean takes(Course course, String client, String expected, Reading reading) {
        Message next = course.nextLine(client);
        if (next == null) {
            return false;
        }
        course.takeLine(client);
        if (!expected.equals(reading.of(next))) {
            throw new AssertionError(client + " is sent " + next.line() + ", not " + expected);
        }
        return true;
    }

    private static String told(Message event) {
        String service = event.text("service");
        return service.isEmpty() ? event.text("event") : service + " " + event.text("to");
    }

    private static Attempt await(List<Entry> entries) {
        return course -> course.await(entries);
    }

    private static Attempt status(String text) throws BadValueException {
        String[] parts = cut(text);
        Message request = Requests.read("status " + parts[0]);
        return course -> course.eventually(request, reply -> {
            course.expect("", reply.line());
            return reply.ok() && has(reply.objects("services").get(0), parts[1]);
        });
    }

    private static Attempt health(String expected) {
        return course -> course.eventually(
                Message.request("health"),
                reply -> course.expect(
                        expected, reply.flag("healthy") ? "healthy" : String.join("; ", reply.texts("troubles"))));
    }

    private static Attempt healthHas(String text) throws BadValueException {
        String part = cut(text)[1];
        return course -> course.eventually(Message.request("health"), reply -> {
            String troubles = String.join("; ", reply.texts("troubles"));
            return course.expect(true, troubles.contains(part)) || course.expect(part, troubles);
        });
    }

    private static Attempt output(String expected) {
        return course -> course.expect(
                expected, String.join(" / ", course.container.output().lines().toList()));
    }

    private static Attempt outputHas(String text) throws BadValueException {
        String line = cut(text)[1];
        return course -> course.container.output().lines().anyMatch(line::equals);
    }

    private static Attempt course(String text) throws BadValueException {
        String[] parts = cut(text);
        return course -> course.expect(parts[1], String.join(" ", course.journal.course(parts[0])));
    }

    private static Attempt order(List<Entry> entries) {
        return course -> course.expect(entries, course.journal.only(entries));
    }

    private static Attempt ends(int code) {
        return course -> course.container.exitCode() >= 0 && course.expect(code, course.container.exitCode());
    }
}
