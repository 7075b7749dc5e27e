package dev.pintle.web.supervisord;

import dev.pintle.init.control.Message;
import dev.pintle.init.launch.LogPipes;
import dev.pintle.layout.Output;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.Stream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service as supervisord's process.
 *
 * @param group      its group's name
 * @param name       its name in the group
 * @param status     what the init says of the service
 * @param definition what the layout says of it; null where it has it no more
 */
record Supervised(
        String group, String name, Message status, @Nullable ServiceDefinition definition) {
    private static final String NAME = "SUPERVISOR_PROCESS_NAME";
    private static final String GROUP = "SUPERVISOR_GROUP_NAME";

    /** The process that a service is. */
    static Supervised of(Message status, @Nullable ServiceDefinition definition) {
        String service = status.text("name");
        return new Supervised(
                groupOf(service, status.texts("groups"), definition), nameOf(service, definition), status, definition);
    }

    static String nameOf(String service, @Nullable ServiceDefinition definition) {
        return variable(definition, NAME, service);
    }

    static String groupOf(String service, List<String> groups, @Nullable ServiceDefinition definition) {
        String family = definition == null ? service : definition.family();
        return variable(definition, GROUP, groups.isEmpty() ? family : groups.get(0));
    }

    private static String variable(@Nullable ServiceDefinition definition, String name, String otherwise) {
        Map<String, String> variables = definition == null
                ? Map.of()
                : definition.process().environment().variables();
        return variables.getOrDefault(name, otherwise);
    }

    String service() {
        return status.text("name");
    }

    ProcessState state() {
        return ProcessState.of(status, definition);
    }

    /** How supervisord names it: with its group, where that has another name. */
    String fullName() {
        return group.equals(name) ? name : group + ":" + name;
    }

    EventSource.Facts facts() {
        return new EventSource.Facts(service(), group, name, state(), status.number("pid", 0), definition);
    }

    /** The file that a stream goes to; empty where it goes elsewhere. */
    String logFile(Stream stream) {
        return definition == null ? "" : logFile(definition.process().streams().of(stream));
    }

    static String logFile(Output output) {
        String path = output instanceof Output.ToFile file ? file.path() : LogPipes.option(output, LogPipes.FILE);
        return path.startsWith("/dev/") ? "" : path;
    }
}
