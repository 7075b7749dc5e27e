package dev.pintle.init.boot;

import dev.pintle.layout.ContainerSettings.Web;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;

/** The status page of {@code [web]} as a service: this same program under another name, with a socket that init makes. */
final class WebService {
    /** This program, wherever the image has it. */
    private static final String THIS_PROGRAM = "/proc/self/exe";

    private static final long GRACE = 1_000;
    private static final long MIN_UPTIME = 1_000;
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
        for (String host : web.allowedHosts()) {
            command.addAll(List.of("--allowed-host", host));
        }
        OwnService page = new OwnService(Layout.WEB, command);
        page.restart = OwnService.always(MIN_UPTIME, LONGEST_BACKOFF);
        page.gracePeriod = GRACE;
        page.listen = List.of(new ListenSocket("", web.host(), web.port(), 0, null));
        page.noNewPrivileges = true;
        return page.define();
    }
}
