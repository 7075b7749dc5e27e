package dev.pintle.web.supervisord;

import dev.pintle.init.control.Message;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All processes at a moment, by group and name. */
final class Processes {
    private final List<Supervised> all = new ArrayList<>();

    /**
     * Those that there are.
     *
     * @param status      the init's answer to a request for status
     * @param definitions of the layout
     */
    Processes(Message status, List<ServiceDefinition> definitions) {
        Map<String, ServiceDefinition> byName = new HashMap<>();
        for (ServiceDefinition definition : definitions) {
            byName.put(definition.name(), definition);
        }
        for (Message service : status.objects("services")) {
            ServiceDefinition definition = byName.get(service.text("name"));
            if (!isHidden(service.text("name"), definition)) {
                all.add(Supervised.of(service, definition));
            }
        }
        all.sort(Comparator.comparing(Supervised::group).thenComparing(Supervised::name));
    }

    /** What supervisord has nothing like: loggers, milestones, and who answers this. */
    static boolean isHidden(String name, @Nullable ServiceDefinition definition) {
        if (definition == null) {
            return name.equals(Layout.WEB) || name.endsWith(Layout.LOG);
        }
        return name.equals(Layout.WEB)
                || definition.isMilestone()
                || definition.process().streams().input() == Stdin.LOGGED;
    }

    /** All of them, in the order of groups and names. */
    List<Supervised> all() {
        return all;
    }

    /** Those of a group; empty where there is none. */
    List<Supervised> ofGroup(String group) {
        List<Supervised> found = new ArrayList<>();
        for (Supervised process : all) {
            if (process.group().equals(group)) {
                found.add(process);
            }
        }
        return found;
    }

    /** Those of a group. */
    List<Supervised> group(String group) throws FaultException {
        List<Supervised> found = ofGroup(group);
        if (found.isEmpty()) {
            throw Fault.BAD_NAME.exception(group);
        }
        return found;
    }

    /** The one that is called so. */
    Supervised find(ProcessName name) throws FaultException {
        for (Supervised process : all) {
            if (process.group().equals(name.group()) && process.name().equals(name.process())) {
                return process;
            }
        }
        throw Fault.BAD_NAME.exception(name.text());
    }

    /** That of a service; null where it has gone. */
    @Nullable
    Supervised ofService(String service) {
        for (Supervised process : all) {
            if (process.service().equals(service)) {
                return process;
            }
        }
        return null;
    }
}
