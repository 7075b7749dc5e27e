package dev.pintle.convert.parse.supervisord;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that mean something to supervisord, by the kind of section; it passes over all others without a word. */
public final class KnownKeys {

    private static final List<String> PROGRAM_KEYS = List.of(
            "command",
            "process_name",
            "numprocs",
            "numprocs_start",
            "priority",
            "autostart",
            "autorestart",
            "startsecs",
            "startretries",
            "exitcodes",
            "stopsignal",
            "stopwaitsecs",
            "stopasgroup",
            "killasgroup",
            "user",
            "umask",
            "directory",
            "environment",
            "serverurl",
            "redirect_stderr",
            "stdout_logfile",
            "stdout_logfile_maxbytes",
            "stdout_logfile_backups",
            "stdout_capture_maxbytes",
            "stdout_events_enabled",
            "stdout_syslog",
            "stderr_logfile",
            "stderr_logfile_maxbytes",
            "stderr_logfile_backups",
            "stderr_capture_maxbytes",
            "stderr_events_enabled",
            "stderr_syslog");

    private static final Map<String, List<String>> KEYS = Map.of(
            "program", PROGRAM_KEYS,
            "fcgi-program", PROGRAM_KEYS,
            "group", List.of("programs", "priority"),
            "include", List.of("files"),
            "unix_http_server", List.of("file", "chmod", "chown", "username", "password"),
            "supervisord",
                    List.of(
                            "logfile",
                            "logfile_maxbytes",
                            "logfile_backups",
                            "loglevel",
                            "pidfile",
                            "umask",
                            "directory",
                            "user",
                            "nodaemon",
                            "silent",
                            "identifier",
                            "childlogdir",
                            "nocleanup",
                            "strip_ansi",
                            "minfds",
                            "minprocs",
                            "environment"));

    private KnownKeys() {}

    /** The keys of a kind of section, such as {@code program}; null where it is not known, or reads keys of its own. */
    public static @Nullable List<String> of(String kind) {
        return KEYS.get(kind);
    }
}
