package dev.pintle.equivalence;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random programs for supervisord, each made from a seed of its own. */
final class SupervisordPrograms {

    private static final List<String> WORDS = List.of(
            "plain",
            "'two words'",
            "\"double \\\" quote\"",
            "back\\\\slash",
            "$HOME",
            "%%d",
            "''",
            "a=b",
            "*",
            "--flag",
            "\"tab\\t\"",
            "é",
            "x,y",
            "%(ENV_HOME)s",
            "\"%(ENV_GREETING)s\"",
            "%(program_name)s",
            "%(here)s");

    private static final List<String> VARIABLES = List.of(
            "A=1",
            "B=\"two words\"",
            "C='single'",
            "D=\"%%(x)s\"",
            "PATH=\"/usr/bin:/bin\"",
            "E=\"a,b\"",
            "F=%(program_name)s",
            "HOME=/tmp",
            "G=\"%(ENV_GREETING)s\"",
            "GREETING=hello");

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final String name;

    /**
     * A program.
     *
     * @param name of the program, and of its record
     * @param text its section
     */
    record Program(String name, String text) {}

    private SupervisordPrograms(long seed) {
        this.random = new Random(seed * 31 + 7);
        this.name = "p" + seed;
    }

    static Program of(long seed) {
        return new SupervisordPrograms(seed).program();
    }

    private Program program() {
        text.append("[program:").append(name).append("]\n");
        String behaviour = behaviour();
        set("command", "/probe /equivalence/records " + name + " " + behaviour + words());
        restarts();
        maybe("directory", "/tmp", "/", "/usr/share", "/var/empty dir");
        maybe("user", "app", "daemon", "1234", "root");
        maybe("umask", "022", "077", "002", "0");
        if (random.nextInt(3) == 0) {
            set("environment", String.join(",", pick(VARIABLES, 3)));
        }
        maybe("priority", "1", "10", "999", "1000", "-5");
        maybe("stopsignal", "TERM", "INT", "QUIT", "USR1", "USR2", "ALRM");
        maybe("stopwaitsecs", "1", "2", "3");
        // supervisord refuses one that stops a group and does not kill it.
        if (random.nextInt(3) == 0) {
            set("killasgroup", "true");
            maybe("stopasgroup", "true", "false");
        } else {
            maybe("killasgroup", "false");
        }
        streams();
        return new Program(name, text.toString());
    }

    private String behaviour() {
        return switch (random.nextInt(10)) {
            case 0 -> "exit:" + random.nextInt(3);
            case 1 -> "exit:" + random.nextInt(3) + ":1500";
            default -> "wait";
        };
    }

    private void restarts() {
        maybe("startsecs", "0", "4");
        maybe("startretries", "0", "1", "2");
        maybe("autorestart", "true", "false", "unexpected");
        maybe("exitcodes", "0,2");
    }

    private void streams() {
        maybe("redirect_stderr", "true", "false");
        for (String stream : List.of("stdout", "stderr")) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    set(stream + "_logfile", "/dev/" + stream);
                    set(stream + "_logfile_maxbytes", "0");
                }
                case 1 -> set(stream + "_logfile", "/equivalence/logs/" + name + "." + stream);
                case 2 -> set(stream + "_logfile", "NONE");
                default -> {}
            }
        }
    }

    private void set(String key, String value) {
        text.append(key).append('=').append(value).append('\n');
    }

    private void maybe(String key, String... values) {
        if (random.nextInt(3) == 0) {
            set(key, values[random.nextInt(values.length)]);
        }
    }

    private String words() {
        List<String> words = pick(WORDS, 4);
        return words.isEmpty() ? "" : " " + String.join(" ", words);
    }

    private List<String> pick(List<String> from, int most) {
        List<String> picked = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            String word = from.get(random.nextInt(from.size()));
            if (!picked.contains(word)) {
                picked.add(word);
            }
        }
        return picked;
    }
}
