package dev.pintle.web.supervisord;

/**
 * How a client names a process, {@code NAME} or {@code GROUP:NAME}, or all of a group, {@code GROUP:} or {@code GROUP:*}.
 *
 * @param text    as it came
 * @param group   the group's name
 * @param process the process's name in it; empty for all of them
 */
public record ProcessName(String text, String group, String process) {
    /** Takes a name apart. */
    public static ProcessName of(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new ProcessName(text, text, text);
        }
        String process = text.substring(colon + 1);
        return new ProcessName(text, text.substring(0, colon), process.equals("*") ? "" : process);
    }

    /** How a process is named in what people read. */
    public static String of(String group, String process) {
        return group.equals(process) ? process : group + ":" + process;
    }

    /** Whether it means all of a group. */
    public boolean isGroup() {
        return process.isEmpty();
    }
}
