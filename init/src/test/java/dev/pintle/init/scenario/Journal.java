package dev.pintle.init.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What services went through, by the messages of an init that tells everything ({@code log_level = debug}). */
final class Journal {
    /** What stands before it is the beginning of a line of some other process, which writes to the same stream. */
    private static final Pattern CHANGE = Pattern.compile(".*pintle: (?:info|debug): (\\S+) is (\\S+)");

    private static final Set<String> STATES =
            Set.of("down", "waiting", "starting", "up", "ready", "stopping", "finishing", "backoff", "failed", "done");

    /** A service has come to a state. */
    record Entry(String service, String state) {
        @Override
        public String toString() {
            return service + " " + state;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private int read;

    /** Takes the whole lines that have come since. */
    void take(String messages) {
        int end = messages.lastIndexOf('\n') + 1;
        if (end <= read) {
            return;
        }
        for (String line : messages.substring(read, end).split("\n", -1)) {
            Matcher change = CHANGE.matcher(line);
            if (change.matches() && STATES.contains(change.group(2))) {
                entries.add(new Entry(change.group(1), change.group(2)));
            }
        }
        read = end;
    }

    /** Whether a service has come to a state since it was last asked for; what it passed before is not asked for again. */
    boolean pass(Entry wanted) {
        int from = seen.getOrDefault(wanted.service, 0);
        for (int i = from; i < entries.size(); i++) {
            if (entries.get(i).equals(wanted)) {
                seen.put(wanted.service, i + 1);
                return true;
            }
        }
        return false;
    }

    /** The states of one service, in their order. */
    List<String> course(String service) {
        List<String> states = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.service.equals(service)) {
                states.add(entry.state);
            }
        }
        return states;
    }

    /** The entries that are among {@code these}, in their order. */
    List<Entry> only(List<Entry> these) {
        return entries.stream().filter(these::contains).toList();
    }
}
