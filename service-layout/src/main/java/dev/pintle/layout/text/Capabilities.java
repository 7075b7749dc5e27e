package dev.pintle.layout.text;

import java.util.ArrayList;
import java.util.List;

/** Capabilities by name and number, as Linux numbers them (capabilities(7)), in sets of one bit each. */
public final class Capabilities {

    /** Every capability that there is or will be. */
    public static final long ALL = -1;

    private static final String[] NAMES = {
        "CHOWN",
        "DAC_OVERRIDE",
        "DAC_READ_SEARCH",
        "FOWNER",
        "FSETID",
        "KILL",
        "SETGID",
        "SETUID",
        "SETPCAP",
        "LINUX_IMMUTABLE",
        "NET_BIND_SERVICE",
        "NET_BROADCAST",
        "NET_ADMIN",
        "NET_RAW",
        "IPC_LOCK",
        "IPC_OWNER",
        "SYS_MODULE",
        "SYS_RAWIO",
        "SYS_CHROOT",
        "SYS_PTRACE",
        "SYS_PACCT",
        "SYS_ADMIN",
        "SYS_BOOT",
        "SYS_NICE",
        "SYS_RESOURCE",
        "SYS_TIME",
        "SYS_TTY_CONFIG",
        "MKNOD",
        "LEASE",
        "AUDIT_WRITE",
        "AUDIT_CONTROL",
        "SETFCAP",
        "MAC_OVERRIDE",
        "MAC_ADMIN",
        "SYSLOG",
        "WAKE_ALARM",
        "BLOCK_SUSPEND",
        "AUDIT_READ",
        "PERFMON",
        "BPF",
        "CHECKPOINT_RESTORE"
    };

    private static final String PREFIX = "CAP_";

    private Capabilities() {}

    /** The set that one word stands for: a name, with or without {@code CAP_} and in any case, or {@code all}. */
    public static long set(String text) throws BadValueException {
        String name = Ascii.upper(text);
        if (name.equals("ALL")) {
            return ALL;
        }
        if (name.startsWith(PREFIX)) {
            name = name.substring(PREFIX.length());
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].equals(name)) {
                return 1L << i;
            }
            names.add(NAMES[i]);
        }
        names.add("ALL");
        String nearest = Nearest.didYouMean(name, names);
        throw new BadValueException(
                "'" + text + "' is not a capability",
                nearest != null ? nearest : "write a name such as NET_BIND_SERVICE, or all");
    }

    /** The names of a set, without {@code CAP_}; the number where this build knows no name. */
    public static String names(long set) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < Long.SIZE; i++) {
            if ((set >> i & 1) != 0) {
                names.append(names.length() == 0 ? "" : ", ").append(i < NAMES.length ? NAMES[i] : String.valueOf(i));
            }
        }
        return names.toString();
    }
}
