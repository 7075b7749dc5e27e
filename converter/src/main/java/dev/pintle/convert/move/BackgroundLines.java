package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.FirstProcess;
import dev.pintle.convert.move.Start.Script;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.source.SourceFile;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a script that go on with a supervisor in the background: each is said to work, or not to. */
final class BackgroundLines {

    private static final Pattern TAKEN = Pattern.compile("\\b(\\w+)=[\"']?\\$!");
    private static final Pattern HUP = Pattern.compile("(?:-s\\s+|-)(?:SIG)?(HUP|1)\\b");
    private static final Pattern KILL = Pattern.compile("\\bkill\\b[^;&|\\n]*");
    private static final Pattern STOPS = Pattern.compile(
            "\\bkill\\s+(?:(?:-[sn]\\s*|-)(?:SIG)?(?:TERM|INT|QUIT|0|2|3|15)\\s+|-9\\s+|-KILL\\s+)?(?:--\\s+)?[\"']?\\$");
    private static final Pattern WAIT = Pattern.compile("\\bwait\\b[^;&|\\n\"']*");

    private final Build build;
    private final Script script;
    private final SourceFile file;
    private final int from;
    private final Set<String> names = new LinkedHashSet<>();

    /** {@code start}: the command that is in the background. */
    BackgroundLines(Build build, Script script, ShellCommand start) {
        this.build = build;
        this.script = script;
        this.file = script.edits().file();
        this.from = script.launch().excerpt().offset(start.start());
    }

    void apply() {
        Matcher taken = TAKEN.matcher(file.text()).region(from, file.text().length());
        while (taken.find()) {
            names.add(taken.group(1));
        }
        for (String name : names) {
            for (int at = file.text().indexOf(name); at >= 0; at = file.text().indexOf(name, at + 1)) {
                build.findings().understand(file, at, at + name.length());
            }
        }
        Matcher kill = KILL.matcher(file.text());
        while (kill.find()) {
            if (isAboutIt(kill.group())) {
                kill(kill.start(), kill.group());
            }
        }
        Matcher wait = WAIT.matcher(file.text());
        while (wait.find()) {
            if (isAboutIt(wait.group())) {
                say(wait.start(), "wait", Fate.kept("it waits for /init"));
            }
        }
    }

    private boolean isAboutIt(String text) {
        return text.contains("$!") || names.stream().anyMatch(name -> text.matches("(?s).*\\$\\{?" + name + "\\b.*"));
    }

    /** HUP stopped runsvdir and its services, and made supervisord start anew; init reads its layout anew. */
    private void kill(int offset, String text) {
        Matcher hup = HUP.matcher(text);
        if (!hup.find()) {
            boolean stops = STOPS.matcher(text).find();
            say(
                    offset,
                    "kill",
                    stops
                            ? Fate.kept("it signals /init: TERM, INT and QUIT stop it")
                            : Fate.notCarried(
                                    "it signals /init, which other signals than TERM, INT and QUIT do not tell what they told "
                                            + build.supervisor().program() + ": USR2 stops the container",
                                    FirstProcess.HINT));
            return;
        }
        if (build.supervisor() == Supervisor.RUNIT) {
            int at = offset + hup.start(1);
            script.edits().replace(at, at + hup.group(1).length(), "TERM");
            say(
                    offset,
                    "kill",
                    Fate.changed("TERM instead of HUP, at which runsvdir stopped its services, and init would reload"));
        } else {
            say(
                    offset,
                    "kill",
                    Fate.approximated(
                            "at HUP init starts, stops and restarts only what differs in its layout; supervisord restarted"
                                    + " all",
                            "use 'pintle restart all'"));
        }
    }

    private void say(int offset, String what, Fate fate) {
        build.findings().add(file, offset, what, fate);
    }
}
