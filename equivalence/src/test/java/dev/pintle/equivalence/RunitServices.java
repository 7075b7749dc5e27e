package dev.pintle.equivalence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random service directories for runit, each made from a seed of its own. */
final class RunitServices {
    /**
     * runsvdir leaves its services running when it is told to stop, so something has to stop them before. The shell goes:
     * what it starts in the background would ignore SIGINT.
     */
    static final String DRIVER = """
            #!/bin/sh
            (
              until [ -e /equivalence/stop ]; do sleep 0.1; done
              sv -w 30 force-stop /etc/service/* >/dev/null
              kill -HUP 1
            ) &
            exec env -u PWD -u OLDPWD -u SHLVL -u _ runsvdir -P /etc/service
            """;

    private static final List<String> WORDS = List.of(
            "plain",
            "'two words'",
            "\"double \\\" quote\"",
            "back\\\\slash",
            "'$HOME'",
            "\"$HOME\"",
            "\"${GREETING}\"",
            "\"${NOTHING:-a default}\"",
            "''",
            "a=b",
            "--flag",
            "\"$OWN\"",
            "$OWN",
            "é",
            "\"$EMPTY\"",
            "'%d'",
            "x,y",
            "\\$x",
            "a\"b\"c");

    private static final List<String> SETTINGS = List.of(
            "umask 027",
            "umask 0",
            "cd /tmp",
            "cd /var/empty\\ dir || exit 1",
            "ulimit -n 512",
            "ulimit -c 0",
            "ulimit -s 4096",
            "export A=1 B='two words'",
            "GREETING=\"good day\"",
            "export GREETING",
            "PATH=/probe-bin:$PATH",
            "export PATH",
            "HOME=/tmp",
            "set -e",
            "EMPTY=full",
            "export C=\"${NOTHING-unset} $OWN\"",
            ": nothing",
            "[ -r ./conf ] && . ./conf",
            "# a comment");

    /** What makes a script stay one. */
    private static final List<String> PROGRAMS = List.of(
            "if [ -d /tmp ]; then X=1; fi",
            "mkdir -p /tmp/x",
            "Y=$(echo out)",
            "for i in 1 2; do :; done",
            "true | true",
            "case $HOME in (*) Z=3;; esac");

    private static final List<String> CHPST = List.of(
            "-u app",
            "-u app:first",
            "-u app:app:second:third",
            "-u :7000:6001",
            "-n 3",
            "-n +2",
            "-P",
            "-o 300",
            "-c 0",
            "-m 8000000",
            "-e /etc/service/NAME/env",
            "-e ./env",
            "-v",
            "-f 1000000");

    private static final String FINISH = """
            #!/bin/sh
            exec /probe /equivalence/records NAME-finish exit:0 "$@"
            """;

    private final Random random;
    private final String name;
    private final Path root;
    private boolean changesDirectory;

    private RunitServices(long seed, Path root) {
        this.random = new Random(seed * 37 + 11);
        this.name = "s" + seed;
        this.root = root;
    }

    /** Writes the service of a seed below a root's /etc/service; returns its name. */
    static String write(long seed, Path root) {
        RunitServices service = new RunitServices(seed, root);
        service.write();
        return service.name;
    }

    private void write() {
        file("run", script(), true);
        file("conf", "D=from-conf\nexport D OWN=conf\n", false);
        file("env/FROM_ENV", "value with blanks  \nsecond line\n", false);
        file("env/GREETING", "", false);
        if (random.nextInt(6) == 0) {
            file(
                    "control/t",
                    "#!/bin/sh\nkill -"
                            + pick(List.of("INT", "QUIT", "USR1"), 1).get(0) + " $(cat supervise/pid)\n",
                    true);
        }
        if (random.nextInt(6) == 0) {
            file("finish", FINISH.replace("NAME", name), true);
        }
    }

    private void file(String path, String text, boolean executable) {
        Machine.write(root, "etc/service/" + name + "/" + path, text, executable);
    }

    private String script() {
        List<String> lines = new ArrayList<>();
        lines.add(pick(List.of("#!/bin/sh", "#!/bin/bash", "#!/bin/sh -e", "#!/usr/bin/env sh"), 1)
                .get(0));
        lines.add("OWN='own value'");
        if (random.nextInt(3) == 0) {
            lines.add("exec 2>&1");
        }
        lines.addAll(some(SETTINGS, 4));
        changesDirectory = lines.stream().anyMatch(line -> line.startsWith("cd "));
        if (random.nextInt(4) == 0) {
            lines.addAll(some(PROGRAMS, 2));
        }
        StringBuilder last = new StringBuilder("exec");
        if (random.nextInt(2) == 0) {
            last.append(" chpst ").append(String.join(" ", options()));
        }
        last.append(" /probe /equivalence/records ").append(name).append(' ').append(behaviour());
        some(WORDS, 4).forEach(word -> last.append(' ').append(word));
        if (random.nextInt(5) == 0) {
            last.append(" 2>&1");
        }
        lines.add(last.toString());
        return String.join("\n", lines) + "\n";
    }

    private String behaviour() {
        return switch (random.nextInt(12)) {
            case 0 -> "exit:" + random.nextInt(3);
            case 1 -> "exit:" + random.nextInt(3) + ":1500";
            case 2 -> "kill:9";
            case 3 -> "slow:200";
            default -> "wait";
        };
    }

    /** One user at most: a second one would not be allowed to. And ./env is there only where run is. */
    private List<String> options() {
        List<String> options = new ArrayList<>(some(CHPST, 3));
        options.replaceAll(option -> option.replace("NAME", name));
        if (changesDirectory) {
            options.remove("-e ./env");
        }
        List<String> users = options.stream().filter(o -> o.startsWith("-u")).toList();
        if (users.size() > 1) {
            options.removeAll(users.subList(1, users.size()));
        }
        return options;
    }

    private List<String> some(List<String> from, int most) {
        return pick(from, random.nextInt(most + 1));
    }

    private List<String> pick(List<String> from, int count) {
        List<String> picked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String word = from.get(random.nextInt(from.size()));
            if (!picked.contains(word)) {
                picked.add(word);
            }
        }
        return picked;
    }
}
