package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.parse.supervisord.SupervisordConfig;
import dev.pintle.convert.parse.supervisord.SupervisordConfig.Server;
import dev.pintle.convert.parse.supervisord.Text;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.IpAddress;
import java.util.Optional;

/** Accounts for the sections by which supervisord is controlled from outside. */
final class ControlLowering {

    private static final String NO_XML_RPC =
            "'pintle' speaks to init by another protocol: a client of supervisord's XML-RPC gets no answer";

    private final SupervisordConfig config;
    private final Ledger ledger;
    private final Draft container;

    ControlLowering(SupervisordConfig config, Ledger ledger, Draft container) {
        this.container = container;
        this.config = config;
        this.ledger = ledger;
    }

    void lower() {
        for (String section : config.document().sections()) {
            if (section.startsWith("unix_http_server")) {
                unix(section);
            } else if (section.startsWith("inet_http_server")) {
                config.servers().stream()
                        .filter(server -> server.section().equals(section))
                        .forEach(this::inet);
            } else if (section.equals("rpcinterface:supervisor")) {
                rpcInterface(section);
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

    /** A status page takes the place of the web interface; the password goes to a file of the layout, and nowhere else. */
    private void inet(Server server) {
        String section = server.section();
        if (!container.get(Key.WEB_LISTEN).isEmpty()) {
            whole(section, Fate.notCarried("there is one status page, and another section has it", null));
            return;
        }
        Optional<String> address = address(server);
        if (address.isEmpty()) {
            whole(
                    section,
                    Fate.notCarried(
                            "its address is not known to be one of this machine",
                            "set listen under" + " [web] in pintle.conf to a port, or a numeric address and a port"));
            return;
        }
        ledger.section(
                section,
                Fate.approximated(
                        "a status page at the same address, by the program of the archive pintle-web; "
                                + (server.password().isPresent()
                                        ? "with its password it has buttons to start, stop and restart services"
                                        : "without a password it only shows, and supervisord's could start and stop too")
                                + "; there is no XML-RPC",
                        "use 'pintle' in the container: docker exec NAME pintle status"));
        container.set(Key.WEB_LISTEN, address.get());
        ledger.key(section, "port", Fate.kept("[web] listen = " + address.get()));
        if (server.username().isPresent() && server.password().isPresent()) {
            credentials(section, server.username().get(), server.password().get());
        }
    }

    /** supervisord takes a name for an address; init does not look names up. */
    private static Optional<String> address(Server server) {
        if (!server.address().isLiteral()) {
            Optional<String> template = Templates.plain(server.address());
            boolean onlyPort = server.address().at(0) == ':'
                    || (server.address().length() == 1 && server.address().at(0) == -1);
            return onlyPort ? template.map(port -> port.startsWith(":") ? "0.0.0.0" + port : port) : Optional.empty();
        }
        String text = server.address().toString();
        String host = text.substring(0, text.lastIndexOf(':'));
        return Optional.of(host.isEmpty() ? "0.0.0.0" + text : text).filter(a -> isNumeric(host));
    }

    private static boolean isNumeric(String host) {
        return host.isEmpty() || IpAddress.parse(host) != null;
    }

    private void credentials(String section, Text username, Text password) {
        Optional<String> name = Templates.plain(username);
        boolean hashed = password.startsWith("{SHA}");
        if (name.isEmpty() || hashed || !password.isLiteral()) {
            Fate fate = Fate.notCarried(
                    hashed ? "init compares passwords, not their SHA-1 hashes" : "its value is known only at run time",
                    "set username and password_file under [web] in pintle.conf; the page is open until then");
            ledger.key(section, "username", fate);
            ledger.key(section, "password", fate);
            return;
        }
        container.set(Key.WEB_USERNAME, name.get());
        container.set(Key.WEB_PASSWORD_FILE, "/etc/pintle/" + OutputFile.WEB_PASSWORD);
        // supervisord answers under any name; the password keeps out what comes by a name that somebody else has made.
        container.set(Key.WEB_ALLOWED_HOSTS, "*");
        container.add(OutputFile.WEB_PASSWORD, OutputFile.secret(password + "\n"));
        ledger.key(section, "username", Fate.kept("[web] username"));
        ledger.key(
                section,
                "password",
                Fate.changed("in the file /etc/pintle/" + OutputFile.WEB_PASSWORD)
                        .withHint("who has the image can read it, as before; a secret that is mounted is"
                                + " better. Its mode is 0600, which git does not keep: COPY --chmod=0600 sets it"));
    }

    private void whole(String section, Fate fate) {
        ledger.section(section, fate);
        Fate.Kind kind = fate.kind();
        ledger.rest(section, new Fate(kind, "with its section", null));
    }

    /** Without a server nobody could call it. */
    private void rpcInterface(String section) {
        boolean served = !config.servers().isEmpty();
        whole(
                section,
                served
                        ? Fate.approximated(
                                NO_XML_RPC,
                                "look for what calls it (supervisorctl, superlance, a client of xmlrpc): 'pintle status"
                                        + " --json', 'pintle start' and the others take its place")
                        : Fate.changed("no effect, as under supervisord: no server is there to be called"));
    }

    /** A control socket is there by design; who may use it is told by the kernel, not by a password. */
    private void unix(String section) {
        ledger.section(
                section,
                Fate.approximated(
                        "init has a control socket of its own, for root and its own user; " + NO_XML_RPC,
                        "look for what connects to it"));
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
