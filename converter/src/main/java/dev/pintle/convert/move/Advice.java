package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.FirstProcess;
import dev.pintle.s6.Mentions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a word of the old supervisor does nothing any more, and what Pintle has instead. */
final class Advice {

    private final Supervisor supervisor;

    Advice(Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    private static final Set<String> SET_BY_IT =
            Set.of("SUPERVISOR_ENABLED", "SUPERVISOR_PROCESS_NAME", "SUPERVISOR_GROUP_NAME", "SUPERVISOR_SERVER_URL");

    /** Whether a file is a configuration or a run script, and no switch, variable or state of the supervisor. */
    static boolean isConfiguration(String place) {
        return place.matches(".*(?:\\.conf|\\.ini|/run|/finish|/config)");
    }

    /** Of a command that writes a configuration of the supervisor, whose text is not plain or that is not always run. */
    static Fate written(String place) {
        return Fate.notCarried(
                "what is written to " + place
                        + " here is known only when this runs, or is added to another file: it is not converted",
                "move it to a file of the build context, and COPY that; ${VARIABLE} in a service.conf is read when the"
                        + " container starts, and enabled = ${VARIABLE} is a switch");
    }

    /** Whether supervisord sets a variable, which its plug-ins and the programs' own tools read. */
    static boolean isSetByIt(String name) {
        return SET_BY_IT.contains(name);
    }

    private static boolean isVariable(String word) {
        return word.matches("[A-Z0-9_]*SUPERVISORD?_\\w+");
    }

    private static boolean isXmlRpc(String word) {
        return word.contains("/RPC2")
                || word.matches(".*\\bsupervisor(?:\\.|->|::)?(?:[a-z]+[A-Z]\\w*|shutdown|restart)");
    }

    private static boolean isButton(String word) {
        return word.contains("processname=") || word.contains("html?action");
    }

    /** Why. */
    String why(String word) {
        if (FirstProcess.isMention(word)) {
            return FirstProcess.WHY;
        }
        if (word.startsWith("/proc/1/")) {
            return "process 1 is init now, and no " + supervisor.program();
        }
        dev.pintle.s6.Fate missing = s6(word);
        if (missing != null) {
            return missing.text();
        }
        if (word.startsWith("S6_")) {
            return "init does not read " + word + " when the container starts";
        }
        if (isXmlRpc(word)) {
            return "init has no XML-RPC: nothing answers " + word;
        }
        if (isButton(word)) {
            return "supervisord's page is not there any more, and init's has other addresses";
        }
        if (LogDirectory.is(word)) {
            return "supervisord writes no log files to " + word + " any more";
        }
        if (word.startsWith("/")) {
            return word + " is not there any more";
        }
        if (SET_BY_IT.contains(word)) {
            return "init sets no " + word;
        }
        if (isVariable(word)) {
            return word + " was for the supervisor";
        }
        return word.contains(".") ? word + " is not made any more" : word + " is not in the image any more";
    }

    /** What to use. */
    String of(String word) {
        if (FirstProcess.isMention(word)) {
            return FirstProcess.HINT;
        }
        if (word.startsWith("/proc/1/")) {
            return "'pintle health' tells whether all is well, 'pintle status' what runs";
        }
        dev.pintle.s6.Fate missing = s6(word);
        if (missing != null && missing.hint() != null) {
            return missing.hint();
        }
        if (word.startsWith("S6_")) {
            return "'pintle-convert s6 --env " + word + "=VALUE' writes what it means into the layout";
        }
        if (isXmlRpc(word) || isButton(word)) {
            return "run pintle instead: 'pintle status --json', 'pintle start NAME' and the others";
        }
        if (word.contains("supervisorctl")) {
            return "use pintle: status, start, stop, restart, signal, logs, reload";
        }
        if (word.endsWith(".pid") || word.endsWith(".sock")) {
            return "'pintle status' tells whether init answers, 'pintle shutdown' stops it";
        }
        if (word.endsWith(".log") || LogDirectory.is(word)) {
            return "'pintle logs' shows what services print, 'pintle events' what init does";
        }
        if (word.equals("pidproxy")) {
            return "run the daemon itself, in the foreground";
        }
        if (isVariable(word) && word.endsWith("PID_FILE")) {
            return "'pintle shutdown' stops the container, 'pintle status' tells whether init answers";
        }
        if (isVariable(word) && !SET_BY_IT.contains(word)) {
            return "remove the variable where it is for the supervisor alone";
        }
        if (SET_BY_IT.contains(word)) {
            return "use 'pintle status --json'; a variable that the program needs goes under [environment]";
        }
        if (word.contains("conf") || word.endsWith(".ini") || word.startsWith("/etc/supervisor")) {
            return "the settings are in /etc/pintle/services/NAME/service.conf; ${VARIABLE} in one is read at start";
        }
        if (supervisor == Supervisor.RUNIT) {
            return runit(word);
        }
        if (supervisor == Supervisor.S6 && word.matches("s6-setuidgid|s6-envdir|s6-notifyoncheck|with-contenv")) {
            return "/usr/lib/pintle/compat/s6/" + word + " is there once the overlay is in the image";
        }
        if (supervisor == Supervisor.S6) {
            return "services are in /etc/pintle/services; 'pintle' controls them";
        }
        return word.contains("supervisord")
                ? "start /init where it is started; settings are in /etc/pintle/services/NAME/service.conf"
                : "remove it where it is for the supervisor alone; 'pintle' controls services, /etc/pintle has their settings";
    }

    private dev.pintle.s6.@Nullable Fate s6(String word) {
        return supervisor == Supervisor.S6 ? Mentions.of(word, true) : null;
    }

    private static String runit(String word) {
        return switch (word.substring(word.lastIndexOf('/') + 1)) {
            case "sv" -> "use pintle, or " + SvWords.COMPATIBLE + "sv";
            case "chpst", "svlogd" -> "use " + SvWords.COMPATIBLE + word;
            case "setuser" -> "use pintle-setuser USER PROGRAM";
            case "container_environment" ->
                "set the variable in the container's environment, or under [environment] of a service";
            default ->
                "services are in /etc/pintle/services; autostart = no is what 'down' was, enabled = ${VARIABLE} a switch;"
                        + " 'pintle' controls them";
        };
    }
}
