package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.parse.supervisord.SupervisordConfig.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the HTTP servers and the plug-ins of the control plane. */
final class ServerParser {

    private final Context context;

    ServerParser(Context context) {
        this.context = context;
    }

    /** The TCP servers, then the Unix ones. */
    List<Server> parse() {
        List<Server> servers = new ArrayList<>();
        for (String section : context.document().sections()) {
            if (section.startsWith("inet_http_server")) {
                servers.add(inet(section, context.options(section, context.variables())));
            }
        }
        for (String section : context.document().sections()) {
            if (section.startsWith("unix_http_server")) {
                servers.add(unix(section, context.options(section, context.variables())));
            }
        }
        return servers;
    }

    private Server inet(String section, OptionReader options) {
        if (options.raw("port").isEmpty()) {
            options.missing("port", "write port = 127.0.0.1:9001");
        }
        Text address = options.text("port")
                .flatMap(text -> options.convert("port", text, ServerParser::address))
                .orElse(Text.EMPTY);
        return server(section, options, address, Optional.empty(), Optional.empty());
    }

    private static Text address(Text port) throws BadValueException {
        Optional<String> literal = port.literal();
        if (literal.isEmpty()) {
            return port;
        }
        String address = literal.get();
        int colon = address.lastIndexOf(':');
        long number = Conversions.port(address.substring(colon + 1));
        String host = colon < 0 ? "" : address.substring(0, colon).toLowerCase(Locale.ROOT);
        return Text.of((host.equals("*") ? "" : host) + ":" + number);
    }

    private Server unix(String section, OptionReader options) {
        OptionReader file = context.options(section, context.names());
        if (file.raw("file").isEmpty()) {
            file.missing("file", "write file = /run/supervisor.sock");
        }
        Text path = file.text("file")
                .map(Conversions::strip)
                .map(ServerParser::normalized)
                .orElse(Text.EMPTY);
        Value<Long> mode = options.value("chmod", 0700L, Conversions::octal);
        return server(section, options, path, Optional.of(mode), options.account("chown"));
    }

    private static Text normalized(Text path) {
        return path.literal()
                .filter(literal -> literal.startsWith("/"))
                .map(literal -> Text.of(Path.of(literal).normalize().toString()))
                .orElse(path);
    }

    private static Server server(
            String section, OptionReader options, Text address, Optional<Value<Long>> mode, Optional<Text> owner) {
        Optional<Text> username = options.text("username");
        Optional<Text> password = options.text("password");
        if (username.isPresent() != password.isPresent()) {
            options.missing(username.isPresent() ? "password" : "username", "set both or neither");
        }
        return new Server(section, address, mode, owner, username, password);
    }

    /** A plug-in names what makes it, and everything else in its section is handed to that. */
    void checkPlugins() {
        for (String section : context.document().sections()) {
            if (section.startsWith("rpcinterface:")) {
                OptionReader options = context.options(section, context.variables());
                if (options.raw("supervisor.rpcinterface_factory").isEmpty()) {
                    options.missing("supervisor.rpcinterface_factory", "name what makes the interface");
                }
                context.document().keys(section).forEach(options::text);
            }
        }
    }
}
