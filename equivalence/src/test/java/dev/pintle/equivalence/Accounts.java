package dev.pintle.equivalence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Adds users to a root, each with a group of its own and two more. */
final class Accounts {

    private static final int FIRST_ID = 7000;

    private Accounts() {}

    static void write(Path root, List<String> users) throws IOException {
        StringBuilder passwd = new StringBuilder(Files.readString(Path.of("/etc/passwd")));
        StringBuilder group = new StringBuilder(Files.readString(Path.of("/etc/group")));
        int id = FIRST_ID;
        for (String user : users) {
            passwd.append(user + ":x:" + id + ":" + id + "::/tmp:/bin/sh\n");
            group.append(user + ":x:" + id + ":\n");
            id++;
        }
        passwd.append("numbered:x:1234:1234::/tmp:/bin/sh\n");
        group.append("first:x:6001:" + String.join(",", users) + "\n");
        group.append("second:x:6002:" + String.join(",", users) + ",daemon\n");
        group.append("third:x:6003:\n");
        Machine.write(root, "etc/passwd", passwd.toString(), false);
        Machine.write(root, "etc/group", group.toString(), false);
    }
}
