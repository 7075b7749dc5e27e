package dev.pintle.equivalence;

import java.util.List;
import java.util.Map;

/**
 * What was seen of all programs under one supervisor.
 *
 * @param records one for each start of each program, by its name
 * @param stdout  what came out of the container
 * @param stderr  the same of its standard error
 * @param files   texts of the log files, by their names
 * @param ended   whether the supervisor ended when it was told to
 */
record Observation(
        Map<String, List<ProbeRecord>> records,
        String stdout,
        String stderr,
        Map<String, String> files,
        boolean ended) {

    /** Where what a program printed has come out. */
    String destination(String stream, String program) {
        String line = stream + " of " + program + "\n";
        StringBuilder found = new StringBuilder();
        if (stdout.contains(line)) {
            found.append("the container's stdout ");
        }
        if (stderr.contains(line)) {
            found.append("the container's stderr ");
        }
        files.forEach((name, text) -> {
            if (text.contains(line)) {
                found.append(name).append(' ');
            }
        });
        return found.isEmpty() ? "nowhere" : found.toString().strip();
    }
}
