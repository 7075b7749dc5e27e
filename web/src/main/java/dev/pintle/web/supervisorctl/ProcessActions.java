package dev.pintle.web.supervisorctl;

import dev.pintle.layout.text.Ascii;
import dev.pintle.web.supervisord.Fault;
import dev.pintle.web.supervisord.ProcessName;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is done to processes, and said of them. */
final class ProcessActions {
    private static final String ALL = "all";
    private static final int LEAST_WIDTH = 30;
    private static final int STATE_WIDTH = 10;

    private final Session session;
    private final RpcServer server;

    ProcessActions(Session session, RpcServer server) {
        this.session = session;
        this.server = server;
    }

    // status and pid

    void status(List<String> names) throws FaultException, UnreachableException {
        List<Map<?, ?>> all = structures(server.list("getAllProcessInfo"));
        List<Map<?, ?>> shown = names.isEmpty() || names.contains(ALL) ? all : new ArrayList<>();
        if (shown != all) {
            for (String name : names) {
                select(ProcessName.of(name), all, shown);
            }
        }
        show(shown);
        for (Map<?, ?> process : shown) {
            String state = text(process, "statename");
            if (List.of("STOPPED", "EXITED", "FATAL", "UNKNOWN").contains(state)) {
                session.code = Codes.STOPPED;
            }
        }
    }

    private void select(ProcessName name, List<Map<?, ?>> all, List<Map<?, ?>> shown) {
        int before = shown.size();
        for (Map<?, ?> process : all) {
            boolean named = name.isGroup() || text(process, "name").equals(name.process());
            if (named && text(process, "group").equals(name.group())) {
                shown.add(process);
            }
        }
        if (shown.size() == before) {
            session.fail(
                    Codes.UNKNOWN,
                    name.isGroup() ? noSuchGroup(name.group()) : name.text() + ": ERROR (no such process)");
        }
    }

    private static String noSuchGroup(String group) {
        return group + ": ERROR (no such group)";
    }

    private void show(List<Map<?, ?>> processes) {
        int width = LEAST_WIDTH;
        for (Map<?, ?> process : processes) {
            width = Math.max(width, fullName(process).length());
        }
        for (Map<?, ?> process : processes) {
            session.print(padded(fullName(process), width + 3)
                    + padded(text(process, "statename"), STATE_WIDTH)
                    + text(process, "description"));
        }
    }

    static String padded(String text, int width) {
        StringBuilder padded = new StringBuilder(text);
        while (padded.length() < width) {
            padded.append(' ');
        }
        return padded.toString();
    }

    void pid(List<String> names) throws FaultException, UnreachableException {
        if (names.isEmpty()) {
            session.print(server.text("getPID"));
        } else if (names.contains(ALL)) {
            for (Map<?, ?> process : structures(server.list("getAllProcessInfo"))) {
                session.print(text(process, "pid"));
            }
        } else {
            for (String name : names) {
                pid(name);
            }
        }
    }

    private void pid(String name) throws FaultException, UnreachableException {
        try {
            String pid = text(server.structure("getProcessInfo", name), "pid");
            session.print(pid);
            session.code = pid.equals("0") ? Codes.NOT_RUNNING : session.code;
        } catch (FaultException e) {
            if (!Codes.is(e, Fault.BAD_NAME)) {
                throw e;
            }
            session.fail(Codes.GENERIC, "No such process " + name);
        }
    }

    // start, stop, signal and clear

    /**
     * An order to processes.
     *
     * @param one      the method for one process
     * @param group    for all of a group; empty where there is none
     * @param all      for all
     * @param done     what is said of a process when it is done
     * @param ignored  what is as good as done
     * @param badGroup the code where there is no such group
     */
    private record Order(String one, String group, String all, String done, Fault ignored, int badGroup) {}

    private static final Order START = new Order(
            "startProcess",
            "startProcessGroup",
            "startAllProcesses",
            "started",
            Fault.ALREADY_STARTED,
            Codes.INVALID_ARGUMENTS);
    private static final Order STOP = new Order(
            "stopProcess", "stopProcessGroup", "stopAllProcesses", "stopped", Fault.NOT_RUNNING, Codes.GENERIC);
    private static final Order SIGNAL = new Order(
            "signalProcess", "signalProcessGroup", "signalAllProcesses", "signalled", Fault.SUCCESS, Codes.GENERIC);
    private static final Order CLEAR =
            new Order("clearProcessLogs", "", "clearAllProcessLogs", "cleared", Fault.SUCCESS, Codes.GENERIC);

    void start(List<String> names) throws FaultException, UnreachableException {
        give(START, names);
    }

    void stop(List<String> names) throws FaultException, UnreachableException {
        give(STOP, names);
    }

    void clear(List<String> names) throws FaultException, UnreachableException {
        give(CLEAR, names);
    }

    void signal(String signal, List<String> names) throws FaultException, UnreachableException {
        give(SIGNAL, names, signal);
    }

    private void give(Order order, List<String> names, String... argument) throws FaultException, UnreachableException {
        if (names.contains(ALL)) {
            tell(order, server.list(order.all, (Object[]) argument));
            return;
        }
        for (String text : names) {
            ProcessName name = ProcessName.of(text);
            if (name.isGroup() && !order.group.isEmpty()) {
                giveGroup(order, name.group(), argument);
            } else {
                giveOne(order, name, argument);
            }
        }
    }

    private void giveGroup(Order order, String group, String... argument) throws FaultException, UnreachableException {
        try {
            tell(order, server.list(order.group, with(group, argument)));
        } catch (FaultException e) {
            if (!Codes.is(e, Fault.BAD_NAME)) {
                throw e;
            }
            session.fail(order.badGroup, noSuchGroup(group));
        }
    }

    private void giveOne(Order order, ProcessName name, String... argument) throws UnreachableException {
        String full = ProcessName.of(name.group(), name.process());
        try {
            server.ask(order.one, with(name.text(), argument));
            session.print(full + ": " + order.done);
        } catch (FaultException e) {
            session.print(Codes.words(full, e.code, order.done, e.text()));
            session.code = Codes.after(session.code, e.code, order.ignored);
        }
    }

    private static Object[] with(String name, String... argument) {
        return argument.length == 0 ? new Object[] {name} : new Object[] {name, argument[0]};
    }

    private void tell(Order order, List<?> results) {
        for (Map<?, ?> result : structures(results)) {
            long status = result.get("status") instanceof Long number ? number : Fault.FAILED.code;
            session.print(Codes.words(fullName(result), status, order.done, text(result, "description")));
            session.code = Codes.after(session.code, status, order.ignored);
        }
    }

    // Values

    static List<Map<?, ?>> structures(List<?> list) {
        List<Map<?, ?>> structures = new ArrayList<>();
        for (Object element : list) {
            if (element instanceof Map<?, ?> map) {
                structures.add(map);
            }
        }
        return structures;
    }

    static String text(Map<?, ?> structure, String member) {
        Object value = structure.get(member);
        return value == null ? "" : value.toString();
    }

    static boolean flag(Map<?, ?> structure, String member) {
        return Boolean.TRUE.equals(structure.get(member));
    }

    static String fullName(Map<?, ?> structure) {
        return ProcessName.of(text(structure, "group"), text(structure, "name"));
    }

    /** The words of a text. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || Ascii.isSpace(text.charAt(i))) {
                if (i > start) {
                    words.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }
}
