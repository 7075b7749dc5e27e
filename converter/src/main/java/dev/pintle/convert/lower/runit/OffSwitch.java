package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.runit.RunPlan.Line;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.convert.parse.shell.ShellScript;
import dev.pintle.convert.parse.shell.ShellScript.Clause;
import dev.pintle.convert.parse.shell.ShellScript.Compound;
import dev.pintle.convert.parse.shell.ShellScript.Connector;
import dev.pintle.convert.parse.shell.ShellScript.Simple;
import dev.pintle.convert.parse.shell.ShellScript.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scripts that switch their service off by {@code exit 0} before the program is executed: {@code [ -n "$ENABLED" ] || exit
 * 0}. To runsv that is an end like any other, a second later it tries again, for ever and without a word. To init such a
 * service fails to start each second; so the script stops it instead.
 *
 * @param text  of the script to be
 * @param lines that were changed, and those that look at what nobody makes any more
 */
record OffSwitch(String text, List<Line> lines) {

    private static final Pattern EXIT = Pattern.compile("(?<![\\w$./-])exit(?:[ \\t]+0)?[ \\t]*(?=;|\\n|$|\\})");

    /** Compound commands whose parts run in the script's own shell. */
    private static final Set<String> BRANCHES = Set.of("if", "case", "{");

    private static final Pattern DOWN_FILE =
            Pattern.compile("(?:-[efr]|test)\\s+[\"']?(?:\\./|\\S*/)?down[\"']?(?![\\w./-])");

    /** What becomes of a script. */
    static OffSwitch of(ServiceFile file, ShellScript script, String service) {
        List<Line> lines = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int done = 0;
        boolean executes = endsWithExec(script);
        for (Statement statement : script.statements()) {
            String own = script.text().substring(statement.start(), statement.end());
            if (DOWN_FILE.matcher(own).find()) {
                lines.add(new Line(file, statement.start(), "down", DOWN));
            }
            Matcher exit = EXIT.matcher(own);
            while (executes && exit.find()) {
                if (!switchesOff(statement, exit, own)) {
                    continue;
                }
                int at = statement.start() + exit.start();
                text.append(script.text(), done, at).append("exec pintle stop --no-wait " + service);
                done = statement.start() + exit.end();
                lines.add(new Line(file, at, "exit 0", stops(service)));
            }
        }
        return new OffSwitch(text.append(script.text().substring(done)).toString(), lines);
    }

    private static final Fate DOWN = Fate.approximated(
            "it looks for a file down: what made one in a directory of /etc/service makes none in /etc/pintle/services",
            "write enabled = ${NAME:-yes} in service.conf, and set that variable instead");

    private static Fate stops(String service) {
        return Fate.approximated(
                "'pintle stop' in place of 'exit 0': the service is down until it is started; runsv tried again each second",
                "write enabled = ${NAME:-yes} in service.conf where a variable decides; 'pintle start " + service
                        + "' starts it where something has changed");
    }

    private static boolean endsWithExec(ShellScript script) {
        return !script.statements().isEmpty()
                && Facts.lastStatement(script).clauses().size() == 1
                && Facts.lastStatement(script).clauses().get(0).command() instanceof Simple simple
                && simple.words().size() > 1
                && simple.words().get(0).isBare("exec");
    }

    /** An exit without a code passes on that of the command before it, which has failed where it stands behind ||. */
    private static boolean switchesOff(Statement statement, Matcher exit, String text) {
        List<Clause> clauses = statement.clauses();
        Clause last = clauses.get(clauses.size() - 1);
        boolean code = exit.group().strip().length() > "exit".length();
        if (last.command() instanceof Compound compound) {
            return BRANCHES.contains(compound.what()) && (code || !text.contains("||"));
        }
        return clauses.size() > 1
                && exit.end() == text.length()
                && (code || last.connector() == Connector.AND)
                && last.command() instanceof Simple simple
                && !simple.words().isEmpty()
                && simple.words().get(0).isBare("exit");
    }
}
