package dev.pintle.equivalence;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of {@code docker run}, as far as a sandbox without Docker can have them.
 *
 * @param before     words that make the container's PID 1 what the options say, and execute what follows them
 * @param stopSignal what {@code docker stop} sends
 */
record DockerOptions(List<String> before, String stopSignal) {

    /** Docker's own options for a tmpfs, before those that are given. */
    private static final String TMPFS = "noexec,nosuid,nodev,mode=1777";

    private static String tmpfs(String value) {
        int colon = value.indexOf(':');
        String place = colon < 0 ? value : value.substring(0, colon);
        String more = colon < 0 ? "" : "," + value.substring(colon + 1);
        return "mount -t tmpfs -o " + TMPFS + more + " none " + place + " && ";
    }

    /** Reads the lines of a file of options; {@code -i} and {@code -t} change nothing here. */
    static DockerOptions parse(List<String> lines) {
        StringBuilder script = new StringBuilder();
        List<String> rights = new ArrayList<>();
        boolean readOnly = false;
        String directory = "";
        String signal = "TERM";
        List<String> words = List.of(String.join(" ", lines).split(" +", -1));
        for (int i = 0; i < words.size(); i++) {
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            switch (words.get(i)) {
                case "--read-only" -> readOnly = true;
                case "--tmpfs" -> script.append(tmpfs(value));
                case "--user" -> {
                    String[] ids = value.split(":", 2);
                    String group = ids.length < 2 ? "0" : ids[1];
                    rights.addAll(List.of("--reuid=" + ids[0], "--regid=" + group, "--groups=" + group));
                    // What Docker sets for a user who has no entry.
                    script.append("export HOME=/ && ");
                }
                case "--security-opt" -> rights.add("--no-new-privs");
                case "--stop-signal" -> signal = value;
                case "-w" -> directory = value;
                default -> {}
            }
        }
        if (readOnly) {
            script.append("mount -o remount,bind,ro / && ");
        }
        if (!directory.isEmpty()) {
            script.append("cd ").append(directory).append(" && ");
        }
        if (script.isEmpty() && rights.isEmpty()) {
            return new DockerOptions(List.of(), signal);
        }
        script.append(rights.isEmpty() ? "exec" : "exec setpriv " + String.join(" ", rights))
                .append(" \"$@\"");
        return new DockerOptions(List.of("sh", "-c", script.toString(), "sh"), signal);
    }
}
