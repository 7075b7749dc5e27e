package dev.pintle.init.boot;

import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ContainerSettings.Web;
import dev.pintle.layout.ExitCodes;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.CapabilityChange;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ProcessSettings.Output;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.ServiceDefinition.Reload;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Backoff;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Policy;
import dev.pintle.layout.ServiceDefinition.StopPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The status page of {@code [web]} as a service: this same program under another name, with a socket that init makes. */
final class WebService {
    /** This program, wherever the image has it. */
    private static final String THIS_PROGRAM = "/proc/self/exe";

    private static final long GRACE = 1_000;
    private static final long LONGEST_BACKOFF = 30_000;

    private WebService() {}

    /** The layout with the page's service, where it asks for the page. */
    static Layout addTo(Layout layout) {
        Web web = layout.container().web();
        if (web == null) {
            return layout;
        }
        List<ServiceDefinition> services = new ArrayList<>(layout.services());
        services.add(define(web));
        return new Layout(layout.container(), services);
    }

    private static ServiceDefinition define(Web web) {
        List<String> command = new ArrayList<>(List.of(THIS_PROGRAM, Layout.WEB));
        String username = web.username();
        String passwordFile = web.passwordFile();
        if (username != null && passwordFile != null) {
            command.addAll(List.of("--user", username, "--password-file", passwordFile));
        }
        RestartPolicy always = new RestartPolicy(
                Policy.ALWAYS,
                ExitCodes.ZERO,
                1_000,
                false,
                -1,
                0,
                Backoff.EXPONENTIAL,
                LONGEST_BACKOFF,
                ContainerAction.IGNORE,
                ContainerAction.IGNORE);
        return new ServiceDefinition(
                Layout.WEB,
                Layout.WEB,
                List.of(),
                "",
                ServiceDefinition.Type.SERVICE,
                command,
                true,
                List.of(),
                List.of(),
                new Readiness(Readiness.Kind.STARTED, "", -1, 0),
                always,
                new StopPolicy(Signal.TERM, null, GRACE, false, true, null),
                new Reload(Signal.HUP, null),
                null,
                null,
                process(new ListenSocket("", web.host(), web.port(), 0, null)));
    }

    private static ProcessSettings process(ListenSocket socket) {
        return new ProcessSettings(
                null,
                null,
                false,
                null,
                -1,
                ProcessSettings.INHERITED,
                ProcessSettings.INHERITED,
                false,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                true,
                CapabilityChange.NONE,
                List.of(socket),
                Stdin.NULL,
                Output.INHERIT,
                Output.INHERIT);
    }
}
