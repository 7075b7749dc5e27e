package dev.pintle.matrix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The processes of a container at one moment, from {@code /proc}. */
record ProcessTable(List<Entry> entries) {

    /** Prints `PID (NAME) STATE PPID …` of each process in one line, and its command line in the next. */
    static final String SCRIPT = """
            for directory in /proc/[0-9]*; do
              if IFS= read -r line <"$directory/stat"; then
                printf '%s\\n' "$line"
                tr '\\0\\n' '  ' <"$directory/cmdline"
                echo
              fi
            done 2>/dev/null
            """;

    /**
     * One process.
     *
     * @param state the letter that {@code /proc/PID/stat} has for it
     * @param commandLine its arguments with a space after each; empty for a zombie
     */
    record Entry(int pid, int parent, char state, String commandLine) {

        boolean isZombie() {
            return state == 'Z';
        }
    }

    /** Reads what {@link #SCRIPT} printed. */
    static ProcessTable parse(String output) {
        List<String> lines = output.lines().toList();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String stat = lines.get(i);
            // The name is in parentheses and may hold any character, so the last one counts.
            int nameEnd = stat.lastIndexOf(')');
            int pid = Integer.parseInt(stat.substring(0, stat.indexOf(' ')));
            String afterName = stat.substring(nameEnd + 2);
            int parent = Integer.parseInt(afterName.substring(2, afterName.indexOf(' ', 2)));
            entries.add(new Entry(pid, parent, afterName.charAt(0), lines.get(i + 1)));
        }
        return new ProcessTable(entries);
    }

    /** Pintle's own processes: the init, and any other that runs its binary. */
    List<Entry> own() {
        return entries.stream().filter(e -> e.commandLine().startsWith("/init")).toList();
    }

    /** The children of a process whose command line contains a text. */
    List<Entry> children(int parent, String commandLine) {
        return entries.stream()
                .filter(e -> e.parent() == parent && e.commandLine().contains(commandLine))
                .toList();
    }

    Set<Integer> zombies() {
        Set<Integer> pids = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.isZombie()) {
                pids.add(entry.pid());
            }
        }
        return pids;
    }
}
