package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.parse.supervisord.SupervisordConfig.Settings;
import java.util.Map;
import java.util.Optional;

/** Reads {@code [supervisord]}. */
final class SettingsParser {

    private final OptionReader options;
    private final Context context;

    SettingsParser(Context context) {
        this.context = context;
        this.options = context.options("supervisord", context.names());
    }

    /** Its environment becomes the context's global environment, which the sections after it see. */
    Settings parse() {
        Settings settings = new Settings(
                options.text("logfile").orElse(Text.of("supervisord.log")),
                options.value("logfile_maxbytes", 50L << 20, Conversions::size),
                options.value("logfile_backups", 10L, Conversions::integer),
                options.value("loglevel", 20, Conversions::logLevel),
                options.text("pidfile").orElse(Text.of("supervisord.pid")),
                options.value("umask", 022L, Conversions::octal),
                options.text("directory"),
                options.account("user"),
                options.value("nodaemon", false, Conversions::bool),
                options.value("silent", false, Conversions::bool),
                options.text("identifier").orElse(Text.of("supervisor")),
                options.text("childlogdir").orElse(Text.of("/tmp")),
                options.value("nocleanup", false, Conversions::bool),
                options.value("strip_ansi", false, Conversions::bool),
                options.value("minfds", 1024L, Conversions::integer),
                options.value("minprocs", 200L, Conversions::integer),
                environment());
        context.globalEnvironment().putAll(settings.environment());
        return settings;
    }

    /** Expanded twice before 4.4, and by different names, so a percent sign in it has to be written four times. */
    private Map<String, Text> environment() {
        OptionReader again =
                context.options("supervisord", context.names().with("host_node_name", context.hostNodeName()));
        OptionReader first = context.version() == Version.V4_4 ? again : options;
        return first.text("environment")
                .flatMap(text ->
                        context.version() == Version.V4_4 ? Optional.of(text) : again.expand("environment", text))
                .flatMap(text -> options.environment("environment", text))
                .orElse(Map.of());
    }
}
