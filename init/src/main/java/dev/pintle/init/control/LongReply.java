package dev.pintle.init.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply whose last member is a list with entries for each of many services. It is written a piece at a time, and the next piece
 * once the client has taken the one before: however long it is, it keeps nobody else waiting and takes no memory.
 */
final class LongReply {
    /** Characters after which a piece ends: less than a millisecond's work, and all that most containers have to tell. */
    private static final int PIECE = 16 * 1024;

    private static final String END = "]}";

    /** Makes the entries of one service. */
    interface Entries {
        /** Adds them; none for a service that is not there any more. */
        void add(String service, List<@Nullable Object> to);
    }

    private final List<String> services;
    private final Entries entries;
    /** What is written before the next entry. */
    private String before;

    private int next;
    private boolean begun;
    private boolean over;

    /**
     * A reply that ends with a list.
     *
     * @param reply    what comes before the list
     * @param list     its name
     * @param services who has entries in it, in this order
     */
    LongReply(Message reply, String list, List<String> services, Entries entries) {
        String empty = reply.with(list, List.of()).line();
        this.before = empty.substring(0, empty.length() - END.length());
        this.services = services;
        this.entries = entries;
    }

    /** Whether a piece has been made. */
    boolean begun() {
        return begun;
    }

    /** Whether the last piece has been made. */
    boolean over() {
        return over;
    }

    /** The next piece of the line. */
    String piece() {
        StringBuilder piece = new StringBuilder();
        List<@Nullable Object> added = new ArrayList<>();
        while (next < services.size() && piece.length() < PIECE) {
            entries.add(services.get(next++), added);
            for (Object entry : added) {
                piece.append(before);
                Json.write(piece, entry);
                before = ",";
            }
            added.clear();
        }
        if (next == services.size()) {
            over = true;
            piece.append(before.equals(",") ? "" : before).append(END);
        }
        String made = piece.toString();
        begun = true;
        return made;
    }
}
