package dev.pintle.init.sys.remote;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.layout.ProcessSettings.CapabilityChange;
import dev.pintle.layout.ProcessSettings.Limit;
import dev.pintle.layout.ProcessSettings.Resource;
import dev.pintle.layout.ProcessSettings.ResourceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A {@link ChildSpec} as values. */
final class ChildMessage {
    private static final Resource[] RESOURCES = Resource.values();

    private ChildMessage() {}

    static void put(Message message, ChildSpec child) {
        message.putTexts(child.programs).putTexts(child.arguments).putTexts(child.environment);
        message.put(child.inheritsEnvironment ? 1 : 0);
        message.putText(child.directory).put(child.foreground ? 1 : 0);
        message.putLong(child.userId).putLong(child.groupId).putInts(child.groups);
        message.put(child.umask).put(child.resources.nice()).put(child.resources.oomScoreAdj());
        message.put(child.resources.limits().size());
        for (Limit limit : child.resources.limits()) {
            message.put(limit.resource().number()).putLong(limit.soft()).putLong(limit.hard());
        }
        message.put(child.noNewPrivileges ? 1 : 0).put(child.blocksSignals ? 1 : 0);
        message.put(child.stdin).put(child.stdout).put(child.stderr);
        message.putText(child.stdoutFile).putText(child.stderrFile).put(child.stderrToStdout ? 1 : 0);
        message.put(child.extraTarget).put(child.extraSource).putInts(child.sockets);
        message.putLong(child.capabilities.drop()).putLong(child.capabilities.add());
    }

    static ChildSpec get(Message message) {
        ChildSpec child = new ChildSpec();
        child.programs = message.texts();
        child.arguments = message.texts();
        child.environment = message.texts();
        child.inheritsEnvironment = message.get() == 1;
        child.directory = message.getText();
        child.foreground = message.get() == 1;
        child.userId = message.getLong();
        child.groupId = message.getLong();
        child.groups = message.getInts();
        child.umask = message.get();
        int nice = message.get();
        int oomScoreAdj = message.get();
        List<Limit> limits = new ArrayList<>();
        int count = message.get();
        for (int i = 0; i < count; i++) {
            limits.add(new Limit(RESOURCES[message.get()], message.getLong(), message.getLong()));
        }
        child.resources = new ResourceSettings(nice, oomScoreAdj, limits);
        child.noNewPrivileges = message.get() == 1;
        child.blocksSignals = message.get() == 1;
        child.stdin = message.get();
        child.stdout = message.get();
        child.stderr = message.get();
        child.stdoutFile = message.getText();
        child.stderrFile = message.getText();
        child.stderrToStdout = message.get() == 1;
        child.extraTarget = message.get();
        child.extraSource = message.get();
        child.sockets = Objects.requireNonNullElse(message.getInts(), child.sockets);
        child.capabilities = new CapabilityChange(message.getLong(), message.getLong());
        return child;
    }
}
