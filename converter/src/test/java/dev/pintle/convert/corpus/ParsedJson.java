package dev.pintle.convert.corpus;

import dev.pintle.convert.parse.supervisord.AutoRestart;
import dev.pintle.convert.parse.supervisord.GroupConfig;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.convert.parse.supervisord.SupervisordConfig;
import dev.pintle.convert.parse.supervisord.Text;
import dev.pintle.convert.parse.supervisord.Value;
import dev.pintle.layout.text.Signals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Our model in the shape in which the golden data records supervisord's. */
final class ParsedJson {

    private ParsedJson() {}

    static Map<String, @Nullable Object> of(SupervisordConfig config) {
        Map<String, @Nullable Object> json = new HashMap<>();
        json.put("supervisord", settings(config.settings()));
        json.put("groups", config.groups().stream().map(ParsedJson::group).toList());
        json.put("servers", config.servers().stream().map(ParsedJson::server).toList());
        return json;
    }

    private static Map<String, @Nullable Object> settings(SupervisordConfig.Settings s) {
        Map<String, @Nullable Object> json = new HashMap<>();
        json.put("childlogdir", s.childLogDir().toString());
        json.put("directory", text(s.directory()));
        json.put("environment", environment(s.environment()));
        json.put("identifier", s.identifier().toString());
        json.put("logfile", s.logFile().toString());
        json.put("logfile_backups", known(s.logBackups()));
        json.put("logfile_maxbytes", known(s.logMaxBytes()));
        json.put("loglevel", known(s.logLevel()));
        json.put("minfds", known(s.minFds()));
        json.put("minprocs", known(s.minProcs()));
        json.put("nocleanup", known(s.noCleanup()));
        json.put("nodaemon", known(s.nodaemon()));
        json.put("pidfile", s.pidFile().toString());
        json.put("silent", known(s.silent()));
        json.put("strip_ansi", known(s.stripAnsi()));
        json.put("umask", known(s.umask()));
        json.put("user", text(s.user()));
        return json;
    }

    private static Map<String, @Nullable Object> group(GroupConfig g) {
        Map<String, @Nullable Object> json = new HashMap<>();
        json.put("name", g.name());
        json.put("priority", known(g.priority()));
        json.put("processes", g.processes().stream().map(ParsedJson::process).toList());
        json.put(
                "type",
                switch (g.kind()) {
                    case PROGRAM, GROUP -> "ProcessGroupConfig";
                    case EVENT_LISTENER -> "EventListenerPoolConfig";
                    case FCGI_PROGRAM -> "FastCGIGroupConfig";
                });
        g.listener().ifPresent(listener -> {
            json.put("buffer_size", known(listener.bufferSize()));
            json.put("events", listener.events());
        });
        g.socket().ifPresent(socket -> {
            json.put("socket", socket.url().toString());
            json.put("socket_owner", text(socket.owner()));
            boolean unix = socket.url().startsWith("unix:");
            json.put("socket_mode", socket.mode().map(ParsedJson::known).orElse(unix ? 0700L : null));
            json.put("backlog", socket.backlog().map(ParsedJson::known).orElse(null));
        });
        return json;
    }

    private static Map<String, @Nullable Object> process(ProcessConfig p) {
        Map<String, @Nullable Object> json = new HashMap<>();
        json.put("argv", p.argv().orElse(List.of()).stream().map(Text::toString).toList());
        json.put("command", p.command().toString());
        json.put("name", p.name().toString());
        json.put("directory", text(p.directory()));
        json.put("environment", environment(p.environment()));
        json.put("uid", text(p.user()));
        json.put("umask", p.umask().map(ParsedJson::known).orElse(null));
        json.put("serverurl", text(p.serverUrl()));
        json.put("redirect_stderr", known(p.redirectStderr()));
        ProcessConfig.Start start = p.start();
        json.put("autostart", known(start.autostart()));
        AutoRestart restart = start.autoRestart().or(AutoRestart.UNEXPECTED);
        json.put("autorestart", restart == AutoRestart.UNEXPECTED ? "unexpected" : restart == AutoRestart.ALWAYS);
        json.put(
                "exitcodes",
                start.exitCodes().or(List.of()).stream().map(Integer::longValue).toList());
        json.put("priority", known(start.priority()));
        json.put("startretries", known(start.retries()));
        json.put("startsecs", known(start.seconds()));
        ProcessConfig.Stop stop = p.stop();
        int signal = stop.signals().or(List.of(0)).get(0);
        json.put("stopsignal", signal == Signals.MAX ? "SIGRTMAX" : "SIG" + Signals.name(signal));
        json.put("stopwaitsecs", known(stop.waitSeconds()));
        json.put("stopasgroup", known(stop.asGroup()));
        json.put("killasgroup", known(stop.killAsGroup()));
        stream(json, "stdout", p.stdout());
        stream(json, "stderr", p.stderr());
        return json;
    }

    private static void stream(Map<String, @Nullable Object> json, String name, ProcessConfig.Stream stream) {
        json.put(
                name + "_logfile",
                switch (stream.logFile().kind()) {
                    case AUTO -> "AUTO";
                    case NONE -> null;
                    case FILE -> stream.logFile().path().toString();
                });
        json.put(name + "_logfile_maxbytes", known(stream.maxBytes()));
        json.put(name + "_logfile_backups", known(stream.backups()));
        json.put(name + "_capture_maxbytes", known(stream.captureMaxBytes()));
        json.put(name + "_events_enabled", known(stream.events()));
        json.put(name + "_syslog", known(stream.syslog()));
    }

    /** The golden data has all of a server's values as strings. */
    private static Map<String, @Nullable Object> server(SupervisordConfig.Server s) {
        Map<String, @Nullable Object> json = new HashMap<>();
        int colon = s.section().indexOf(':');
        json.put("name", colon < 0 ? "None" : s.section().substring(colon + 1));
        json.put("section", s.section());
        json.put("username", s.username().map(Text::toString).orElse("None"));
        json.put("password", s.password().map(Text::toString).orElse("None"));
        String address = s.address().toString();
        if (s.mode().isPresent()) {
            json.put("family", "1");
            json.put("file", address);
            json.put("chmod", String.valueOf(known(s.mode().get())));
            json.put("chown", s.owner().map(Text::toString).orElse("(-1, -1)"));
        } else {
            json.put("family", "2");
            json.put("host", address.substring(0, address.lastIndexOf(':')));
            json.put("port", address.substring(address.lastIndexOf(':') + 1));
        }
        return json;
    }

    private static Map<String, String> environment(Map<String, Text> environment) {
        Map<String, String> json = new HashMap<>();
        environment.forEach((name, value) -> json.put(name, value.toString()));
        return json;
    }

    private static @Nullable Object text(Optional<Text> text) {
        return text.map(Text::toString).orElse(null);
    }

    private static Object known(Value<?> value) {
        Object known = value.known().orElseThrow(() -> new AssertionError("not known in a closed environment"));
        return known instanceof Integer i ? (Object) i.longValue() : known;
    }
}
