package dev.pintle.web.supervisord;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client.NoReplyException;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.Stream;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** supervisord's interface: calls by their names. */
public final class Supervisord {
    /** The version of supervisor whose interface this is. Clients take it apart at its dots. */
    public static final String VERSION = "4.3.0";

    /** The version of the interface. */
    public static final String API_VERSION = "3.0";

    /** How long the layout that was read is taken for the one that there is, in milliseconds: who waits looks often. */
    private static final long FRESH = 1_000;

    private final Backend backend;
    private List<ServiceDefinition> read = List.of();
    private long readAt = Long.MIN_VALUE;
    private final Orders orders;
    private final ProcessLogs logFiles;
    private final Groups groups;

    Supervisord(Backend backend) {
        this.backend = backend;
        orders = new Orders(this, backend);
        logFiles = new ProcessLogs(backend);
        groups = new Groups(this, backend);
    }

    /** The services of the layout as it was on the disk a moment ago. */
    List<ServiceDefinition> definitions() {
        long now = backend.now();
        if (now < readAt || now - readAt >= FRESH || readAt == Long.MIN_VALUE) {
            read = backend.definitions();
            readAt = now;
        }
        return read;
    }

    /** Has the layout read again before it is used. */
    void forgetDefinitions() {
        readAt = Long.MIN_VALUE;
    }

    /**
     * Makes a call.
     *
     * @return its value, or a {@link Later} that will have it
     * @throws FaultException   for what supervisord answers with a fault
     * @throws NoReplyException where there is no init
     */
    public Object call(String name, List<Object> values) throws FaultException, NoReplyException {
        Method method = Method.of(name);
        if (method == null) {
            throw Fault.UNKNOWN_METHOD.exception();
        }
        Parameters parameters = new Parameters(values, method.least(), method.most());
        return switch (method) {
            case LIST_METHODS -> methods();
            case METHOD_HELP -> described(parameters).help;
            case METHOD_SIGNATURE -> described(parameters).types();
            case MULTICALL -> whole(new Multicall(this, parameters.list(0)));
            case SEND_REMOTE_COMM_EVENT -> true;
            default -> ofSupervisor(method, parameters);
        };
    }

    /** The value, where it is there already. */
    private static Object whole(Later later) throws FaultException, NoReplyException {
        Object value = later.answer();
        return value == null ? later : value;
    }

    private static List<Object> methods() {
        List<Object> names = new ArrayList<>();
        for (Method method : Method.values()) {
            names.add(method.text);
        }
        names.sort(Comparator.comparing(String::valueOf));
        return names;
    }

    private static Method described(Parameters parameters) throws FaultException {
        Method method = Method.of(parameters.text(0));
        if (method == null) {
            throw Fault.SIGNATURE_UNSUPPORTED.exception();
        }
        return method;
    }

    private Object ofSupervisor(Method method, Parameters parameters) throws FaultException, NoReplyException {
        Message status = status();
        if (status.flag("stopping")) {
            throw Fault.SHUTDOWN_STATE.exception();
        }
        return switch (method) {
            case GET_API_VERSION, GET_VERSION -> API_VERSION;
            case GET_SUPERVISOR_VERSION -> VERSION;
            case GET_IDENTIFICATION -> "supervisor";
            case GET_STATE -> state();
            case GET_PID -> backend.ask(Message.request("init")).number("pid", 0);
            case READ_LOG, READ_MAIN_LOG, CLEAR_LOG -> throw Fault.NO_FILE.exception();
            case GET_ALL_CONFIG_INFO -> configuration();
            case GET_PROCESS_INFO -> ProcessReport.of(processes().find(parameters.name()), backend.now());
            case GET_ALL_PROCESS_INFO -> all();
            case SHUTDOWN, RESTART, RELOAD_CONFIG, ADD_PROCESS_GROUP, REMOVE_PROCESS_GROUP ->
                ofLayout(method, parameters);
            case START_PROCESS,
                    START_PROCESS_GROUP,
                    START_ALL_PROCESSES,
                    STOP_PROCESS,
                    STOP_PROCESS_GROUP,
                    STOP_ALL_PROCESSES,
                    SIGNAL_PROCESS,
                    SIGNAL_PROCESS_GROUP,
                    SIGNAL_ALL_PROCESSES -> ofProcesses(method, parameters);
            default -> ofStreams(method, parameters);
        };
    }

    private static Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("statecode", 1L);
        state.put("statename", "RUNNING");
        return state;
    }

    private Object ofLayout(Method method, Parameters parameters) throws FaultException, NoReplyException {
        switch (method) {
            case RELOAD_CONFIG -> {
                return groups.compare();
            }
            case SHUTDOWN -> backend.ask(Message.request("shutdown"));
            case RESTART -> groups.restartAll();
            case ADD_PROCESS_GROUP -> groups.add(parameters.text(0));
            default -> groups.remove(parameters.text(0));
        }
        return true;
    }

    private Object ofProcesses(Method method, Parameters parameters) throws FaultException, NoReplyException {
        return switch (method) {
            case START_PROCESS -> orders.start(parameters.name(), parameters.waits(1));
            case START_PROCESS_GROUP -> orders.startGroup(parameters.text(0), parameters.waits(1));
            case START_ALL_PROCESSES -> orders.startAll(parameters.waits(0));
            case STOP_PROCESS -> orders.stop(parameters.name(), parameters.waits(1));
            case STOP_PROCESS_GROUP -> orders.stopGroup(parameters.text(0), parameters.waits(1));
            case STOP_ALL_PROCESSES -> orders.stopAll(parameters.waits(0));
            case SIGNAL_PROCESS -> orders.signal(parameters.name(), parameters.word(1));
            case SIGNAL_PROCESS_GROUP -> orders.signalGroup(parameters.text(0), parameters.word(1));
            default -> orders.signalAll(parameters.word(0));
        };
    }

    private Object ofStreams(Method method, Parameters parameters) throws FaultException, NoReplyException {
        return switch (method) {
            case READ_PROCESS_STDOUT_LOG, READ_PROCESS_LOG -> read(parameters, Stream.OUTPUT);
            case READ_PROCESS_STDERR_LOG -> read(parameters, Stream.ERROR);
            case TAIL_PROCESS_STDOUT_LOG, TAIL_PROCESS_LOG -> tail(parameters, Stream.OUTPUT);
            case TAIL_PROCESS_STDERR_LOG -> tail(parameters, Stream.ERROR);
            case CLEAR_PROCESS_LOGS, CLEAR_PROCESS_LOG -> clear(parameters.name());
            case CLEAR_ALL_PROCESS_LOGS -> clearAll();
            default -> send(parameters.name(), parameters.text(1));
        };
    }

    private String read(Parameters parameters, Stream stream) throws FaultException, NoReplyException {
        Supervised process = processes().find(parameters.name());
        return logFiles.read(process, stream, parameters.number(1), parameters.number(2));
    }

    private List<Object> tail(Parameters parameters, Stream stream) throws FaultException, NoReplyException {
        Supervised process = processes().find(parameters.name());
        return logFiles.tail(process, stream, parameters.number(1), parameters.number(2));
    }

    private Object clear(ProcessName name) throws FaultException, NoReplyException {
        logFiles.clear(processes().find(name));
        return true;
    }

    private List<Object> clearAll() throws NoReplyException {
        List<Object> results = new ArrayList<>();
        for (Supervised process : processes().all()) {
            try {
                logFiles.clear(process);
                results.add(Several.result(process, null));
            } catch (FaultException e) {
                results.add(Several.result(process, e));
            }
        }
        return results;
    }

    private Object send(ProcessName name, String text) throws FaultException, NoReplyException {
        Supervised process = processes().find(name);
        long pid = process.status().number("pid", 0);
        if (pid == 0 || process.state() == ProcessState.STOPPING) {
            throw Fault.NOT_RUNNING.exception(name.text());
        }
        if (!backend.send(pid, text)) {
            throw Fault.NO_FILE.exception(name.text());
        }
        return true;
    }

    private List<Object> all() throws NoReplyException {
        List<Object> reports = new ArrayList<>();
        for (Supervised process : processes().all()) {
            reports.add(ProcessReport.of(process, backend.now()));
        }
        return reports;
    }

    private List<Object> configuration() throws NoReplyException {
        Processes active = processes();
        List<ServiceDefinition> definitions = new ArrayList<>(definitions());
        definitions.removeIf(definition -> Processes.isHidden(definition.name(), definition));
        definitions.sort(Comparator.comparing(definition -> Supervised.nameOf(definition.name(), definition)));
        List<Object> reports = new ArrayList<>();
        for (ServiceDefinition definition : definitions) {
            boolean inUse = active.ofService(definition.name()) != null;
            reports.add(ConfigReport.of(definition, inUse, backend.userId(definition)));
        }
        return reports;
    }

    private Message status() throws NoReplyException {
        return backend.ask(Message.request("status"));
    }

    /** All processes as they are now. */
    Processes processes() throws NoReplyException {
        return new Processes(status(), definitions());
    }
}
