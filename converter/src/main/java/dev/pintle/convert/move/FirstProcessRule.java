package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.FirstProcess;
import dev.pintle.convert.move.ImageNames.Owner;
import dev.pintle.convert.source.Edits;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What engines do to the first process of a container from outside. {@code docker run --init}, and what other engines call
 * it, puts a small init before the image's own; where processes share a namespace, another process is the first one; and
 * {@code docker kill -s HUP} means something else to init.
 */
final class FirstProcessRule {

    private static final Pattern RUN = Pattern.compile(
            "(?:\\b(?:docker|podman|nerdctl)|\\$[({]?\\w*(?:DOCKER|PODMAN|ENGINE|RUNTIME)\\w*[)}]?)\\s+(?:container\\s+)?"
                    + "(?:run|create)\\s(?<words>(?:\\\\\\r?\\n|[^\\n;&|])*)");

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\\\\\"']|\\\\.|\"[^\"\\n]*\"|'[^'\\n]*')+");

    /** An option without a value; any other has one. */
    private static final Pattern FLAG = Pattern.compile(
            "-[ditqP]+|--(?:detach|disable-content-trust|help|init|interactive|"
                    + "no-healthcheck|oom-kill-disable|privileged|publish-all|quiet|read-only|rm|sig-proxy|tty|replace)");

    /** Of a task definition of Amazon ECS. */
    private static final Pattern TASK = Pattern.compile("\\binitProcessEnabled[\"']?\\s*[:=]\\s*[\"']?true\\b");

    private static final Pattern SHARED = Pattern.compile(
            "\\b(?<key>shareProcessNamespace|hostPID|pid)[\"']?[ \\t]*:[ \\t]*[\"']?(?:true|host|service:|container:)");

    private static final Pattern KILL = Pattern.compile(
            "\\b(?:docker|podman|nerdctl|docker-compose|podman-compose|compose)\\s+(?:container\\s+)?(?:kill|stop|restart)\\s+(?:-s\\s*|--signal[= ])"
                    + "[\"']?(?:SIG)?(?:HUP|USR2|1|12)[\"']?\\s+[\"']?(?<name>[\\w.-]*)");

    private static final Pattern STOP_SIGNAL = Pattern.compile("--stop-signal[= ][\"']?(?<name>[\\w+-]+)");

    private static final Fate UNKNOWN = Fate.approximated(
            "the engine's small init is process 1 of this container, and /init has to be",
            "take it out if the container is of this image");

    private final Build build;
    private final ImageNames names;
    private final Function<String, Owner> containers;

    /** {@code containers}: whose image a container is of, by its name. */
    FirstProcessRule(Build build, ImageNames names, Function<String, Owner> containers) {
        this.build = build;
        this.names = names;
        this.containers = containers;
    }

    /** Whether a text may have something of that. */
    static boolean isSuspicious(String text) {
        return text.contains("--init")
                || text.contains("initProcessEnabled")
                || text.contains("shareProcessNamespace")
                || text.contains("hostPID")
                || text.contains("pid:")
                || text.contains("kill")
                || text.contains("--stop-signal")
                || text.contains("--signal")
                || text.contains(" stop -s")
                || text.contains(" restart -s");
    }

    /** Takes a small init out where a container is known to be of this image, and speaks of the rest. */
    void apply(Edits edits) {
        String text = edits.file().text();
        Matcher run = RUN.matcher(text);
        while (run.find()) {
            if (!Comments.isOne(edits.file(), run.start())) {
                command(edits, run.start("words"), run.group("words"));
            }
        }
        Matcher task = TASK.matcher(text);
        while (task.find()) {
            build.findings().add(edits.file(), task.start(), "init", UNKNOWN);
        }
        shared(edits);
        Matcher kill = KILL.matcher(text);
        while (kill.find()) {
            if (containers.apply(kill.group("name")) != Owner.ANOTHER && !Comments.isOne(edits.file(), kill.start())) {
                build.findings()
                        .add(
                                edits.file(),
                                kill.start(),
                                "kill",
                                Fate.notCarried(
                                        FirstProcess.WHY, "if the container is of this image: " + FirstProcess.HINT));
            }
        }
    }

    private void shared(Edits edits) {
        String text = edits.file().text();
        Matcher shared = SHARED.matcher(text.contains("services:") || text.contains("containers:") ? text : "");
        while (shared.find()) {
            if (!Comments.isOne(edits.file(), shared.start())) {
                build.findings()
                        .add(
                                edits.file(),
                                shared.start("key"),
                                shared.group("key"),
                                Fate.approximated(
                                        "containers that share processes have another first process, and /init has to be the"
                                                + " first",
                                        "take it out if one of the containers is of this image"));
            }
        }
    }

    /** Options stand before the image; what stands behind it is for the program. */
    private void command(Edits edits, int offset, String words) {
        int option = -1;
        int end = 0;
        boolean value = false;
        Matcher word = WORD.matcher(words);
        while (word.find()) {
            String now = word.group().replaceAll("[\"']", "");
            if (!value && !now.startsWith("-")) {
                if (option >= 0) {
                    init(edits, offset + option, offset + end, names.owner(now));
                }
                stopSignal(edits, offset, words.substring(0, word.start()), names.owner(now));
                return;
            }
            value = !value && now.indexOf('=') < 0 && !FLAG.matcher(now).matches();
            if (now.matches("--init(?:=true)?")) {
                option = word.start();
                end = word.end() < words.length() && words.charAt(word.end()) == ' ' ? word.end() + 1 : word.end();
            }
        }
    }

    private void stopSignal(Edits edits, int offset, String options, Owner owner) {
        Matcher signal = STOP_SIGNAL.matcher(options);
        if (owner != Owner.ANOTHER && signal.find() && !FirstProcess.stopsAt(signal.group("name"))) {
            build.findings().add(edits.file(), offset + signal.start(), "--stop-signal", FirstProcess.OTHER_STOP);
        }
    }

    private void init(Edits edits, int from, int to, Owner owner) {
        if (owner == Owner.OURS) {
            edits.delete(from, to);
            build.findings()
                    .add(
                            edits.file(),
                            from,
                            "--init",
                            Fate.changed(
                                    "without it: the engine's small init would be process 1, which /init has to be"));
        } else if (owner != Owner.ANOTHER) {
            build.findings().add(edits.file(), from, "--init", UNKNOWN);
        }
    }
}
