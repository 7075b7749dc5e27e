package dev.pintle.layout;

import dev.pintle.layout.ServiceDefinition.Dependency;
import dev.pintle.layout.ServiceDefinition.Healthcheck;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.ServiceDefinition.Reload;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.StopPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a definition together by names; see {@link ServiceDefinition} for what each is. What is not said is as for a service that
 * starts with the container and runs once.
 */
public final class ServiceBuilder {
    /** See the record's component of this name, as for all others. */
    public String name;

    public String family;
    public List<String> groups = List.of();
    public String directory = "";
    public ServiceDefinition.Type type = ServiceDefinition.Type.SERVICE;
    public List<String> command;
    public boolean autostart = true;
    public List<Dependency> dependsOn = List.of();
    public List<String> after = List.of();
    public Readiness readiness = Readiness.STARTED;
    public RestartPolicy restart = RestartPolicy.ONE_RUN;
    public StopPolicy stop = StopPolicy.AT_ONCE;
    public Reload reload = Reload.HANGUP;
    public @Nullable String finish;
    public @Nullable Healthcheck healthcheck;
    public ProcessSettings process = ProcessSettings.PLAIN;

    /** One that has no family. */
    public ServiceBuilder(String name, List<String> command) {
        this.name = name;
        this.family = name;
        this.command = command;
    }

    /** One like another. */
    public ServiceBuilder(ServiceDefinition other) {
        name = other.name();
        family = other.family();
        groups = other.groups();
        directory = other.directory();
        type = other.type();
        command = other.command();
        autostart = other.autostart();
        dependsOn = other.dependsOn();
        after = other.after();
        readiness = other.readiness();
        restart = other.restart();
        stop = other.stop();
        reload = other.reload();
        finish = other.finish();
        healthcheck = other.healthcheck();
        process = other.process();
    }

    /** The definition. */
    public ServiceDefinition build() {
        return new ServiceDefinition(
                name,
                family,
                groups,
                directory,
                type,
                command,
                autostart,
                dependsOn,
                after,
                readiness,
                restart,
                stop,
                reload,
                finish,
                healthcheck,
                process);
    }
}
