package dev.pintle.web.supervisord;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of the interface: what each is called, returns and takes, and is for. */
enum Method {
    GET_API_VERSION("supervisor.getAPIVersion", "string", "The version of this interface."),
    GET_VERSION("supervisor.getVersion", "string", "The same as getAPIVersion."),
    GET_SUPERVISOR_VERSION("supervisor.getSupervisorVersion", "string", "The version of supervisor that this speaks."),
    GET_IDENTIFICATION("supervisor.getIdentification", "string", "What the supervisor calls itself."),
    GET_STATE("supervisor.getState", "struct", "Whether the supervisor runs or shuts down: statecode, statename."),
    GET_PID("supervisor.getPID", "int", "The pid of the init."),
    READ_LOG("supervisor.readLog", "string int int", "The init has no log of its own: always the fault NO_FILE."),
    READ_MAIN_LOG("supervisor.readMainLog", "string int int", "The same as readLog."),
    CLEAR_LOG("supervisor.clearLog", "boolean", "The init has no log of its own: always the fault NO_FILE."),
    SHUTDOWN("supervisor.shutdown", "boolean", "Stops all and ends the container."),
    RESTART("supervisor.restart", "boolean", "Takes over the layout, and restarts all that starts by itself."),
    RELOAD_CONFIG(
            "supervisor.reloadConfig", "array", "Compares the layout with what runs: [[added, changed, removed]]."),
    ADD_PROCESS_GROUP("supervisor.addProcessGroup", "boolean string", "Takes over a group of the layout."),
    REMOVE_PROCESS_GROUP("supervisor.removeProcessGroup", "boolean string", "Gives up a group that is stopped."),
    START_PROCESS("supervisor.startProcess", "boolean string boolean", "Starts a process, or all of a group."),
    START_PROCESS_GROUP("supervisor.startProcessGroup", "array string boolean", "Starts all of a group."),
    START_ALL_PROCESSES("supervisor.startAllProcesses", "array boolean", "Starts all."),
    STOP_PROCESS("supervisor.stopProcess", "boolean string boolean", "Stops a process, or all of a group."),
    STOP_PROCESS_GROUP("supervisor.stopProcessGroup", "array string boolean", "Stops all of a group."),
    STOP_ALL_PROCESSES("supervisor.stopAllProcesses", "array boolean", "Stops all."),
    SIGNAL_PROCESS("supervisor.signalProcess", "boolean string string", "Sends a signal, by name or number."),
    SIGNAL_PROCESS_GROUP("supervisor.signalProcessGroup", "array string string", "Sends a signal to all of a group."),
    SIGNAL_ALL_PROCESSES("supervisor.signalAllProcesses", "array string", "Sends a signal to all."),
    GET_ALL_CONFIG_INFO("supervisor.getAllConfigInfo", "array", "What the layout says of each process."),
    GET_PROCESS_INFO("supervisor.getProcessInfo", "struct string", "What is known of a process."),
    GET_ALL_PROCESS_INFO("supervisor.getAllProcessInfo", "array", "What is known of all."),
    READ_PROCESS_STDOUT_LOG(
            "supervisor.readProcessStdoutLog", "string string int int", "Reads a file of standard output."),
    READ_PROCESS_LOG("supervisor.readProcessLog", "string string int int", "The same as readProcessStdoutLog."),
    READ_PROCESS_STDERR_LOG(
            "supervisor.readProcessStderrLog", "string string int int", "Reads a file of standard error."),
    TAIL_PROCESS_STDOUT_LOG(
            "supervisor.tailProcessStdoutLog", "array string int int", "The end of a file of standard output."),
    TAIL_PROCESS_LOG("supervisor.tailProcessLog", "array string int int", "The same as tailProcessStdoutLog."),
    TAIL_PROCESS_STDERR_LOG(
            "supervisor.tailProcessStderrLog", "array string int int", "The end of a file of standard error."),
    CLEAR_PROCESS_LOGS("supervisor.clearProcessLogs", "boolean string", "Empties the log files of a process."),
    CLEAR_PROCESS_LOG("supervisor.clearProcessLog", "boolean string", "The same as clearProcessLogs."),
    CLEAR_ALL_PROCESS_LOGS("supervisor.clearAllProcessLogs", "array", "Empties the log files of all."),
    SEND_PROCESS_STDIN("supervisor.sendProcessStdin", "boolean string string", "Writes to standard input."),
    SEND_REMOTE_COMM_EVENT("supervisor.sendRemoteCommEvent", "boolean string string", "Nobody hears of it."),
    LIST_METHODS("system.listMethods", "array", "The names of all methods."),
    METHOD_HELP("system.methodHelp", "string string", "What a method is for."),
    METHOD_SIGNATURE("system.methodSignature", "array string", "What a method returns and takes, by types."),
    MULTICALL("system.multicall", "array array", "Makes several calls: [{methodName, params}].");

    /** What clients call it. */
    final String text;
    /** The types of what it returns and takes, between blanks. */
    final String signature;
    /** What it is for. */
    final String help;

    Method(String text, String signature, String help) {
        this.text = text;
        this.signature = signature;
        this.help = help;
    }

    /** The method of a name; null for none. */
    static @Nullable Method of(String text) {
        for (Method method : values()) {
            if (method.text.equals(text)) {
                return method;
            }
        }
        return null;
    }

    /** How many arguments it takes at most; those to wait may be left out. */
    int most() {
        return types().size() - 1;
    }

    int least() {
        return switch (this) {
            case START_PROCESS,
                    START_PROCESS_GROUP,
                    START_ALL_PROCESSES,
                    STOP_PROCESS,
                    STOP_PROCESS_GROUP,
                    STOP_ALL_PROCESSES -> most() - 1;
            default -> most();
        };
    }

    /** What it returns, and what it takes. */
    List<String> types() {
        List<String> types = new ArrayList<>();
        int at = 0;
        for (int space = signature.indexOf(' '); space >= 0; space = signature.indexOf(' ', at)) {
            types.add(signature.substring(at, space));
            at = space + 1;
        }
        types.add(signature.substring(at));
        return types;
    }
}
