package dev.pintle.init.scenario;

import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Signals;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A process that does what a scenario says. Each line is an occasion and its moves, one after another:
 *
 * <pre>
 *   start: pause 50ms, ready fd 3      # fd N, notify, tcp (on $PORT), file FILE
 *   TERM:  say $* ends, exit 0         # to standard output; $* are its arguments, $NAME a variable
 *   HUP:   ignore
 * </pre>
 *
 * <p>Other moves: {@code die SIGNAL}, {@code touch FILE}, {@code delete FILE}, {@code fork PROCESS} (it stays in the
 * group), {@code daemon PROCESS} (it leaves it and is an orphan). Any move may end in {@code if FILE} or {@code unless
 * FILE}. After its last move a process stays; signals that have no line do what they do by default. A line {@code then}
 * begins what the next run does, and those after it.
 *
 * @param name the program, below the layout's directory
 * @param runs what it does in its first run, in its second…; the last one stands for all that follow
 */
public record Puppet(String name, List<Run> runs) {
    /** The occasion of a process's start; others are numbers of signals. */
    public static final int START = 0;

    /** What one run does, by its occasions. */
    public record Run(Map<Integer, List<Move>> moves) {}

    /** What kind of move. */
    public enum Verb {
        /** Waits. */
        PAUSE,
        /** Says that it is ready. */
        READY,
        /** Prints a line. */
        SAY,
        /** Makes an empty file. */
        TOUCH,
        /** Removes a file. */
        DELETE,
        /** Ends. */
        EXIT,
        /** Ends by a signal. */
        DIE,
        /** Makes a process. */
        FORK,
        /** Makes a process that is nobody's. */
        DAEMON
    }

    /** When a move is made. */
    public enum When {
        /** In any case. */
        ALWAYS,
        /** Where the file is there. */
        IF,
        /** Where it is not. */
        UNLESS
    }

    /**
     * A move.
     *
     * @param number milliseconds of PAUSE, the code of EXIT, the signal of DIE
     * @param words  of the others
     * @param file   that {@code when} asks for
     */
    public record Move(Verb verb, long number, String words, When when, String file) {
        @Override
        public String toString() {
            String condition = when == When.ALWAYS ? "" : Ascii.lower(when.name()) + " " + file + " ";
            return condition + Ascii.lower(verb.name()) + " " + (words.isEmpty() ? Long.toString(number) : words);
        }
    }

    /** Reads a description. */
    static Puppet read(String name, List<String> lines) throws BadValueException {
        List<Run> runs = new ArrayList<>();
        Map<Integer, List<Move>> moves = new LinkedHashMap<>();
        for (String line : lines) {
            if (line.equals("then")) {
                runs.add(new Run(moves));
                moves = new LinkedHashMap<>();
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new BadValueException("a process's line is OCCASION: MOVE, MOVE…", null);
            }
            String occasion = line.substring(0, colon);
            int number = occasion.equals("start") ? START : Signals.number(occasion);
            if (number < 0) {
                throw new BadValueException(occasion + " is neither start nor a signal", null);
            }
            moves.put(number, readMoves(line.substring(colon + 1)));
        }
        runs.add(new Run(moves));
        return new Puppet(name, runs);
    }

    private static List<Move> readMoves(String text) throws BadValueException {
        List<Move> moves = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.strip().equals("ignore")) {
                moves.add(readMove(part.strip()));
            }
        }
        return moves;
    }

    private static Move readMove(String text) throws BadValueException {
        for (When when : new When[] {When.IF, When.UNLESS}) {
            int at = text.lastIndexOf(" " + Ascii.lower(when.name()) + " ");
            if (at >= 0) {
                String file = text.substring(at + when.name().length() + 2);
                return readMove(text.substring(0, at), when, file);
            }
        }
        return readMove(text, When.ALWAYS, "");
    }

    private static Move readMove(String text, When when, String file) throws BadValueException {
        int space = (text + " ").indexOf(' ');
        String rest = text.substring(Math.min(space + 1, text.length()));
        return switch (text.substring(0, space)) {
            case "pause" -> new Move(Verb.PAUSE, Values.duration(rest), "", when, file);
            case "exit" -> new Move(Verb.EXIT, Values.count(rest, 255), "", when, file);
            case "die" -> new Move(Verb.DIE, Values.signal(rest), "", when, file);
            case "ready" -> new Move(Verb.READY, 0, rest, when, file);
            case "say" -> new Move(Verb.SAY, 0, rest, when, file);
            case "touch" -> new Move(Verb.TOUCH, 0, rest, when, file);
            case "delete" -> new Move(Verb.DELETE, 0, rest, when, file);
            case "fork" -> new Move(Verb.FORK, 0, rest, when, file);
            case "daemon" -> new Move(Verb.DAEMON, 0, rest, when, file);
            default -> throw new BadValueException("there is no move '" + text + "'", null);
        };
    }

    /** What a process does in its {@code nth} run, counted from 1. */
    public Run run(int nth) {
        return runs.get(Math.min(nth, runs.size()) - 1);
    }

    /** As a script of the program that does it; see puppet.c. */
    String script(String interpreter) {
        StringBuilder text = new StringBuilder("#!" + interpreter + "\n");
        for (Run run : runs) {
            text.append("run\n");
            run.moves.forEach((occasion, moves) -> {
                text.append("on ").append(occasion).append('\n');
                moves.forEach(move -> text.append(move).append('\n'));
            });
        }
        return text.toString();
    }
}
