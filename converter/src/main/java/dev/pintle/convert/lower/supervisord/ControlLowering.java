package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.SupervisordConfig;

/** Accounts for the sections by which supervisord is controlled from outside. */
final class ControlLowering {

    private final SupervisordConfig config;
    private final Ledger ledger;

    ControlLowering(SupervisordConfig config, Ledger ledger) {
        this.config = config;
        this.ledger = ledger;
    }

    void lower() {
        for (String section : config.document().sections()) {
            if (section.startsWith("unix_http_server")) {
                unix(section);
            } else if (section.startsWith("inet_http_server")) {
                whole(
                        section,
                        Fate.notCarried(
                                "init listens on no network port",
                                "use 'pintle' in the container: docker exec NAME pintle status"));
            } else if (section.equals("rpcinterface:supervisor")) {
                whole(section, Fate.changed("not needed: 'pintle' talks to init by a protocol of its own"));
            } else if (section.startsWith("rpcinterface:")) {
                whole(
                        section,
                        Fate.notCarried(
                                "plug-ins of supervisord have no place in init",
                                "see what the plug-in is for; dependencies, readiness and health checks are keys of a service"));
            } else if (section.equals("supervisorctl")) {
                whole(section, Fate.changed("not needed: 'pintle' finds init by itself"));
            } else if (section.startsWith("ctlplugin:")) {
                whole(section, Fate.notCarried("plug-ins of supervisorctl have no place in pintle", null));
            }
        }
    }

    private void whole(String section, Fate fate) {
        ledger.section(section, fate);
        Fate.Kind kind = fate.kind();
        ledger.rest(section, new Fate(kind, "with its section", null));
    }

    /** A control socket is there by design; who may use it is told by the kernel, not by a password. */
    private void unix(String section) {
        ledger.section(section, Fate.changed("not needed: init has a control socket, for root and its own user"));
        ledger.key(section, "file", Fate.changed("'pintle' finds the socket by itself; [control] path moves it"));
        Fate access = Fate.approximated(
                "the socket is for root and init's own user only",
                "set group, or mode, under [control] in pintle.conf to let others use it");
        ledger.key(section, "chown", access);
        boolean wider = config.servers().stream()
                .filter(server -> server.section().equals(section))
                .flatMap(server -> server.mode().stream())
                .anyMatch(mode -> (mode.or(0777L) & 077) != 0);
        ledger.key(section, "chmod", wider ? access : Fate.kept("the socket is for its owner only"));
        Fate password = Fate.changed("not needed: the kernel tells init who is calling");
        ledger.key(section, "username", password);
        ledger.key(section, "password", password);
    }
}
