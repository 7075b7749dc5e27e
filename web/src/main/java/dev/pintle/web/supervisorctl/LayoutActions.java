package dev.pintle.web.supervisorctl;

import dev.pintle.web.supervisord.Fault;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is done to the whole: the layout taken over, the container ended. */
final class LayoutActions {
    private final Session session;
    private final RpcServer server;

    LayoutActions(Session session, RpcServer server) {
        this.session = session;
        this.server = server;
    }

    void shutdown() throws FaultException, UnreachableException {
        if (!isMeant("Really shut the remote supervisord process down y/N? ")) {
            return;
        }
        try {
            server.ask("shutdown");
            session.print("Shut down");
        } catch (FaultException e) {
            if (!Codes.is(e, Fault.SHUTDOWN_STATE)) {
                throw e;
            }
            session.print("ERROR: already shutting down");
        }
    }

    void reload() throws FaultException, UnreachableException {
        if (!isMeant("Really restart the remote supervisord process y/N? ")) {
            return;
        }
        try {
            server.ask("restart");
            session.print("Restarted supervisord");
        } catch (FaultException e) {
            if (!Codes.is(e, Fault.SHUTDOWN_STATE)) {
                throw e;
            }
            session.fail(Codes.GENERIC, "ERROR: already shutting down");
        }
    }

    private boolean isMeant(String question) {
        if (!session.interactive) {
            return true;
        }
        String answer = session.ask(question);
        return answer != null && (answer.startsWith("y") || answer.startsWith("Y"));
    }

    void avail() throws FaultException, UnreachableException {
        for (Map<?, ?> process : ProcessActions.structures(server.list("getAllConfigInfo"))) {
            session.print(ProcessActions.padded(ProcessActions.fullName(process), 32) + " "
                    + ProcessActions.padded(ProcessActions.flag(process, "inuse") ? "in use" : "avail", 9) + " "
                    + ProcessActions.padded(ProcessActions.flag(process, "autostart") ? "auto" : "manual", 9) + " "
                    + ProcessActions.text(process, "group_prio") + ":"
                    + ProcessActions.text(process, "process_prio"));
        }
    }

    // Changes

    /** What differs, by groups. */
    private record Changes(List<String> added, List<String> changed, List<String> removed) {}

    private Changes changes() throws FaultException, UnreachableException {
        List<?> answer = server.list("reloadConfig");
        List<?> lists = !answer.isEmpty() && answer.get(0) instanceof List<?> first ? first : List.of();
        return new Changes(names(lists, 0), names(lists, 1), names(lists, 2));
    }

    private static List<String> names(List<?> lists, int index) {
        List<String> names = new ArrayList<>();
        if (index < lists.size() && lists.get(index) instanceof List<?> list) {
            for (Object name : list) {
                names.add(String.valueOf(name));
            }
        }
        return names;
    }

    void reread() throws FaultException, UnreachableException {
        Changes changes;
        try {
            changes = changes();
        } catch (FaultException e) {
            if (Codes.is(e, Fault.CANT_REREAD)) {
                session.fail(Codes.GENERIC, "ERROR: " + e.text());
                return;
            }
            throw e;
        }
        Map<String, String> said = new TreeMap<>();
        changes.added.forEach(name -> said.put(name, "available"));
        changes.changed.forEach(name -> said.put(name, "changed"));
        changes.removed.forEach(name -> said.put(name, "disappeared"));
        said.forEach((name, what) -> session.print(name + ": " + what));
        if (said.isEmpty()) {
            session.print("No config updates to processes");
        }
    }

    void update(List<String> wanted) throws FaultException, UnreachableException {
        Changes changes = changes();
        List<String> named = wanted.contains("all") ? List.of() : wanted;
        if (!named.isEmpty()) {
            sayUnknown(named, changes.added);
        }
        for (String group : meant(changes.removed, named)) {
            stop(group);
            server.ask("removeProcessGroup", group);
            session.print(group + ": removed process group");
        }
        for (String group : meant(changes.changed, named)) {
            stop(group);
            server.ask("removeProcessGroup", group);
            server.ask("addProcessGroup", group);
            session.print(group + ": updated process group");
        }
        for (String group : meant(changes.added, named)) {
            server.ask("addProcessGroup", group);
            session.print(group + ": added process group");
        }
    }

    private void stop(String group) throws FaultException, UnreachableException {
        server.list("stopProcessGroup", group);
        session.print(group + ": stopped");
    }

    private static List<String> meant(List<String> groups, List<String> named) {
        List<String> meant = new ArrayList<>(groups);
        meant.removeIf(group -> !named.isEmpty() && !named.contains(group));
        return meant;
    }

    private void sayUnknown(List<String> named, List<String> added) throws FaultException, UnreachableException {
        List<String> groups = new ArrayList<>(added);
        for (Map<?, ?> process : ProcessActions.structures(server.list("getAllProcessInfo"))) {
            groups.add(ProcessActions.text(process, "group"));
        }
        for (String name : new TreeSet<>(named)) {
            if (!groups.contains(name)) {
                session.fail(Codes.GENERIC, "ERROR: no such group: " + name);
            }
        }
    }

    void add(List<String> names) throws FaultException, UnreachableException {
        for (String name : names) {
            FaultException fault = refusal("addProcessGroup", name);
            if (fault == null) {
                session.print(name + ": added process group");
            } else if (Codes.is(fault, Fault.ALREADY_ADDED)) {
                session.print("ERROR: process group already active");
            } else if (Codes.is(fault, Fault.SHUTDOWN_STATE)) {
                session.fail(Codes.GENERIC, "ERROR: shutting down");
            } else {
                sayBadName(fault, name);
            }
        }
    }

    void remove(List<String> names) throws FaultException, UnreachableException {
        for (String name : names) {
            FaultException fault = refusal("removeProcessGroup", name);
            if (fault == null) {
                session.print(name + ": removed process group");
            } else if (Codes.is(fault, Fault.STILL_RUNNING)) {
                session.fail(Codes.GENERIC, "ERROR: process/group still running: " + name);
            } else {
                sayBadName(fault, name);
            }
        }
    }

    private @Nullable FaultException refusal(String method, String name) throws UnreachableException {
        try {
            server.ask(method, name);
            return null;
        } catch (FaultException e) {
            return e;
        }
    }

    private void sayBadName(FaultException fault, String name) throws FaultException {
        if (!Codes.is(fault, Fault.BAD_NAME)) {
            throw fault;
        }
        session.fail(Codes.GENERIC, "ERROR: no such process/group: " + name);
    }
}
