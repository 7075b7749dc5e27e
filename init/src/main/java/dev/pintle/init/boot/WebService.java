package dev.pintle.init.boot;

import dev.pintle.init.launch.Environment;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ContainerSettings.Web;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Diagnostic.Severity;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.Section;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.text.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status page of {@code [web]} as a service. Its program comes in an archive of its own and listens itself: the init has no
 * HTTP and opens no socket for it.
 */
final class WebService {
    /** Where it says that it listens. */
    private static final int READY_DESCRIPTOR = 3;

    private static final long GRACE = 1_000;
    private static final long MIN_UPTIME = 1_000;
    private static final long LONGEST_BACKOFF = 30_000;

    private WebService() {}

    /** A layout that was read, with a warning where it asks for the page and the image does not have its program. */
    static ParseResult checked(Sys sys, ParseResult read) {
        Layout layout = read.layout();
        if (layout == null || layout.container().web() == null || isInstalled(sys)) {
            return read;
        }
        Map<String, String> environment = Environment.asMap(sys.environment());
        Position place = Position.of(LayoutReader.directory(environment) + "/" + Section.File.PINTLE_CONF.text());
        List<Diagnostic> diagnostics = new ArrayList<>(read.diagnostics());
        diagnostics.add(missing(Severity.WARNING, place));
        return new ParseResult(layout, diagnostics, read.draft(), read.disabled());
    }

    /** What is said where the program is missing. */
    static Diagnostic missing(Severity severity, Position place) {
        return new Diagnostic(
                severity,
                "no-such-program",
                place.file(),
                place.line(),
                place.column(),
                "cannot serve the status page: " + Layout.WEB + " is not in PATH",
                "ADD pintle-web-VERSION-ARCH.tar.gz to the image, beside the overlay");
    }

    /** Whether the page's program is there. */
    static boolean isInstalled(Sys sys) {
        KernelLayoutSource source = new KernelLayoutSource(sys);
        String path = Environment.asMap(sys.environment()).getOrDefault("PATH", Environment.DEFAULT_PATH);
        boolean found = false;
        for (String place : Environment.placesOf(Layout.WEB, path)) {
            found = found || source.isExecutable(place);
        }
        return found;
    }

    /** The layout with the page's service, where it asks for the page and can have it. */
    static Layout addTo(Sys sys, Layout layout) {
        Web web = layout.container().web();
        if (web == null || !isInstalled(sys)) {
            return layout;
        }
        List<ServiceDefinition> services = new ArrayList<>(layout.services());
        services.add(define(web));
        return new Layout(layout.container(), services);
    }

    private static ServiceDefinition define(Web web) {
        List<String> command =
                new ArrayList<>(List.of(Layout.WEB, "serve", "--ready", Integer.toString(READY_DESCRIPTOR)));
        for (String address : web.listen()) {
            add(command, "--listen", address);
        }
        add(command, "--socket-mode", web.socketMode());
        add(command, "--socket-group", web.socketGroup());
        add(command, "--users", web.users());
        add(command, "--user", web.username());
        add(command, "--password-file", web.passwordFile());
        for (String host : web.allowedHosts()) {
            add(command, "--allowed-host", host);
        }
        OwnService page = new OwnService(Layout.WEB, command);
        page.restart = OwnService.always(MIN_UPTIME, LONGEST_BACKOFF);
        page.gracePeriod = GRACE;
        page.readyDescriptor = READY_DESCRIPTOR;
        page.noNewPrivileges = true;
        return page.define();
    }

    private static void add(List<String> command, String option, @Nullable String value) {
        if (value != null) {
            command.add(option);
            command.add(value);
        }
    }
}
