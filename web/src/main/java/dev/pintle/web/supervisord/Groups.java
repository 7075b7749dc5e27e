package dev.pintle.web.supervisord;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client.NoReplyException;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what has changed in the layout, by groups. supervisord takes over the groups that are named; the init all that has
 * changed, so that the first group that is added or removed takes the others with it.
 */
final class Groups {
    private final Supervisord supervisord;
    private final Backend backend;
    /** Groups that a client has heard are new or changed: to add them is no mistake, though the init has them by then. */
    private final Set<String> expected = new HashSet<>();

    Groups(Supervisord supervisord, Backend backend) {
        this.supervisord = supervisord;
        this.backend = backend;
    }

    /** Compares, and changes nothing. */
    List<Object> compare() throws FaultException, NoReplyException {
        supervisord.forgetDefinitions();
        Message reply = backend.ask(Message.request("reload").with("dry_run", true));
        if (!reply.ok()) {
            throw Fault.CANT_REREAD.exception(reason(reply));
        }
        Processes active = supervisord.processes();
        Set<String> configured = configured();
        Set<String> added = new TreeSet<>();
        Set<String> changed = new TreeSet<>();
        Set<String> removed = new TreeSet<>();
        for (String service : changedServices(reply)) {
            String group = groupOf(service, active);
            boolean isThere = !active.ofGroup(group).isEmpty();
            if (!group.isEmpty()) {
                (!isThere ? added : configured.contains(group) ? changed : removed).add(group);
            }
        }
        expected.addAll(added);
        expected.addAll(changed);
        List<Object> groups = new ArrayList<>();
        groups.add(new ArrayList<Object>(added));
        groups.add(new ArrayList<Object>(changed));
        groups.add(new ArrayList<Object>(removed));
        return List.of(groups);
    }

    private static String reason(Message reply) {
        List<String> diagnostics = reply.texts("diagnostics");
        return diagnostics.isEmpty() ? reply.text("message") : String.join("\n", diagnostics);
    }

    private static List<String> changedServices(Message reply) {
        List<String> services = new ArrayList<>();
        for (String what : List.of("added", "removed", "restarted", "updated")) {
            services.addAll(reply.texts(what));
        }
        return services;
    }

    private Set<String> configured() {
        Set<String> groups = new HashSet<>();
        for (ServiceDefinition definition : supervisord.definitions()) {
            if (!Processes.isHidden(definition.name(), definition)) {
                groups.add(Supervised.groupOf(definition.name(), definition.groups(), definition));
            }
        }
        return groups;
    }

    /** Empty for what supervisord has nothing like. */
    private String groupOf(String service, Processes active) {
        for (ServiceDefinition definition : supervisord.definitions()) {
            if (definition.name().equals(service)) {
                return Processes.isHidden(service, definition)
                        ? ""
                        : Supervised.groupOf(service, definition.groups(), definition);
            }
        }
        Supervised process = active.ofService(service);
        return process == null ? "" : process.group();
    }

    /** Takes over a group; what of it starts by itself is started. One that is stopped counts as removed before. */
    void add(String group) throws FaultException, NoReplyException {
        List<Supervised> there = supervisord.processes().ofGroup(group);
        boolean runs = false;
        for (Supervised process : there) {
            runs |= !process.state().isStopped();
        }
        if (!configured().contains(group)) {
            throw Fault.BAD_NAME.exception(group);
        }
        if (!expected.remove(group) && runs) {
            throw Fault.ALREADY_ADDED.exception(group);
        }
        takeOver();
        List<@Nullable Object> names = new ArrayList<>();
        for (Supervised process : supervisord.processes().ofGroup(group)) {
            ServiceDefinition definition = process.definition();
            if (definition != null && definition.autostart() && process.state().isStopped()) {
                names.add(process.service());
            }
        }
        if (!there.isEmpty() && !names.isEmpty()) {
            backend.ask(Message.request("start").with("names", names));
        }
    }

    /** Gives a group up: one that the layout has still stays, stopped. */
    void remove(String group) throws FaultException, NoReplyException {
        for (Supervised process : supervisord.processes().group(group)) {
            if (!process.state().isStopped()) {
                throw Fault.STILL_RUNNING.exception(group);
            }
        }
        if (!configured().contains(group)) {
            takeOver();
        }
    }

    /** Takes over the layout. */
    void takeOver() throws FaultException, NoReplyException {
        supervisord.forgetDefinitions();
        Message reply = backend.ask(Message.request("reload"));
        if (!reply.ok()) {
            throw Fault.FAILED.exception(reason(reply));
        }
    }

    /** Takes over the layout and begins again: all that starts by itself is restarted, all else stopped. */
    void restartAll() throws FaultException, NoReplyException {
        takeOver();
        List<@Nullable Object> restarted = new ArrayList<>();
        List<@Nullable Object> stopped = new ArrayList<>();
        for (Supervised process : supervisord.processes().all()) {
            ServiceDefinition definition = process.definition();
            if (definition != null && definition.autostart()) {
                restarted.add(process.service());
            } else if (!process.state().isStopped()) {
                stopped.add(process.service());
            }
        }
        if (!stopped.isEmpty()) {
            backend.ask(Message.request("stop").with("names", stopped));
        }
        if (!restarted.isEmpty()) {
            backend.ask(Message.request("restart").with("names", restarted));
        }
    }
}
