package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.Output;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.Section;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Backoff;
import dev.pintle.layout.text.ConfText.Entry;
import dev.pintle.layout.text.Diagnostics;
import org.jspecify.annotations.Nullable;

/** Warns of keys that a service.conf sets and that change nothing: whoever wrote them believes that they do. */
final class NoEffect {

    private final Settings settings;
    private final Diagnostics diagnostics;

    NoEffect(Settings settings, Diagnostics diagnostics) {
        this.settings = settings;
        this.diagnostics = diagnostics;
    }

    /** Looks at what a service has become. */
    void warn(ServiceDefinition service) {
        boolean oneshot = service.type() == ServiceDefinition.Type.ONESHOT;
        boolean started = "started".equals(settings.text(Key.READY)) || settings.entry(Key.READY) == null;
        if (!oneshot && started) {
            warn(Key.READY_TIMEOUT, "ready = started needs no time", "set ready too");
        }
        if (service.restart().backoff() == Backoff.NONE) {
            warn(Key.BACKOFF_MAX, "with backoff = none every pause is the same", null);
        }
        if (service.reload().command() != null) {
            warn(Key.RELOAD_SIGNAL, "reload_command is run instead", "remove one of the two");
        }
        if (service.process().credentials().user() == null) {
            warn(Key.LOGIN_ENVIRONMENT, "no user is set", "set user too");
        }
        boolean unix = false;
        for (ListenSocket socket : service.process().listen()) {
            unix |= socket.unix();
        }
        if (!unix
                && (settings.entry(Key.LISTEN) == null
                        || !service.process().listen().isEmpty())) {
            warn(Key.LISTEN_MODE, "listen names no unix socket", null);
            warn(Key.LISTEN_OWNER, "listen names no unix socket", null);
        }
        warn(Section.STDOUT, service.process().streams().output());
        warn(Section.STDERR, service.process().streams().error());
    }

    private void warn(Section section, Output output) {
        Key format = Key.get(section, "format");
        if (settings.get(format, text -> Settings.choiceText(format, text)).equals("json")) {
            String cause = "an object of format = json has the time, the service and the stream already";
            warn(Key.get(section, "prefix"), cause, null);
            warn(Key.get(section, "timestamp"), cause, null);
        }
        if (output == Output.Fixed.OTHER_STREAM) {
            for (Key key : Key.of(section)) {
                if (!key.text().equals("to")) {
                    warn(key, "it goes where the other stream goes", "write it there");
                }
            }
            return;
        }
        if (output == Output.Fixed.NULL || hasFile(output)) {
            warn(Key.get(section, "keep"), "only what goes to the container's own stream is kept in memory", null);
        }
        if (!hasFile(output)) {
            String cause = "to names no file";
            String hint = "write to = file:PATH under [" + section.text() + "]";
            warn(Key.get(section, "max_size"), cause, hint);
            warn(Key.get(section, "max_files"), cause, hint);
            warn(Key.get(section, "compress"), cause, hint);
        } else if (!OutputFiles.isSetAside(output)) {
            String cause = "the file is never set aside";
            String hint = "set max_size to more than 0";
            warn(Key.get(section, "max_files"), cause, hint);
            warn(Key.get(section, "compress"), cause, hint);
        }
    }

    private static boolean hasFile(Output output) {
        return !OutputFiles.paths(output).isEmpty();
    }

    private void warn(Key key, String cause, @Nullable String hint) {
        Entry entry = settings.ownEntry(key);
        if (entry != null) {
            diagnostics.warning(entry.position(), "no-effect", "follow " + key.label(), cause, hint);
        }
    }
}
