package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.Output;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.Section;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.text.ConfText.Entry;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A service and its log service, the directory {@code log} in its own (runit's and s6's habit): what the one writes to standard
 * output, the other reads. It is there before its service, and stops after it, once it has read everything.
 *
 * @param service  the draft of the service
 * @param settings of the service
 * @param log      the draft of its log service
 * @param its      settings of the log service
 */
record LogService(Draft service, Settings settings, Draft log, Settings its, Diagnostics diagnostics) {

    /** Adds the two, led together; the service alone where the log service is not enabled. */
    void addTo(List<Draft> drafts) {
        if (!its.bool(Key.ENABLED)) {
            drafts.add(service);
            return;
        }
        checkService();
        checkLog();
        ServiceDefinition reader = log.service();
        ServiceDefinition writer = service.service();
        ProcessSettings process = writer.process();
        List<Draft.Edge> edges = new ArrayList<>(service.edges());
        edges.add(new Draft.Edge(reader.name(), Condition.STARTED, true, Position.of(reader.directory())));
        drafts.add(new Draft(
                writer.withProcess(process.with(process.streams().withOutput(Output.Fixed.LOG_SERVICE))),
                edges,
                service.before(),
                service.listen(),
                service.ready(),
                service.grace(),
                service.stdout(),
                service.stderr()));
        ProcessSettings own = reader.process();
        drafts.add(log.as(reader.withProcess(own.with(own.streams().withInput(Stdin.LOG)))));
    }

    /**
     * The defaults of a service that has a log service, and of that: what pintle.conf says of every service's output is not for
     * them.
     */
    static Map<Key, Entry> defaults(Map<Key, Entry> all) {
        Map<Key, Entry> defaults = new HashMap<>();
        for (Map.Entry<Key, Entry> entry : all.entrySet()) {
            Section section = entry.getKey().section();
            if (section != Section.STDOUT && section != Section.STDERR) {
                defaults.put(entry.getKey(), entry.getValue());
            }
        }
        return defaults;
    }

    private void checkService() {
        Entry output = settings.firstOwnEntry(Key.of(Section.STDOUT));
        if (output != null) {
            diagnostics.error(
                    output.position(),
                    "two-outputs",
                    "follow [stdout]",
                    "the log service " + log.service().name() + " takes the output",
                    "remove the section, or the directory log");
        }
        if (service.service().process().streams().error() instanceof Output.ToLogger) {
            diagnostics.error(
                    Position.of(log.service().directory()),
                    "two-outputs",
                    "follow [stderr]",
                    "what it asks for takes a logger, and " + service.service().name() + " has a log service",
                    "write inherit, null, or stdout, which leads to the log service too");
        }
    }

    private void checkLog() {
        Entry entry = its.firstOwnEntry(List.of(Key.STDIN, Key.INSTANCES, Key.LISTEN));
        boolean oneshot = log.service().type() == ServiceDefinition.Type.ONESHOT;
        if (entry == null && oneshot) {
            entry = its.ownEntry(Key.TYPE);
        }
        if (entry != null) {
            diagnostics.error(
                    entry.position(),
                    "key-does-not-fit",
                    "set " + entry.key(),
                    "it means nothing for a log service, which reads what "
                            + service.service().name() + " writes",
                    null);
        }
    }
}
