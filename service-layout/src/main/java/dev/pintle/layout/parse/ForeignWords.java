package dev.pintle.layout.parse;

import dev.pintle.layout.text.Ascii;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people write from habit: the words of Compose and Dockerfiles, systemd, supervisord and s6, and what they are called
 * here. The nearest known word would lead astray: {@code autorestart} is not meant to be {@code autostart}.
 */
final class ForeignWords {

    private static final String ENGINE = "it is the engine's: set it in compose.yaml or with docker run";
    private static final String VARIABLES = "write a section [environment] with a line NAME = value for each variable";
    private static final String ORDER = "services start in the order of depends_on and after";
    private static final String COMMENT = "write it as a comment, # …";
    private static final String FOREGROUND = "nothing is to set: have the program stay in the foreground";
    private static final String FIRST =
            "write a service of its own with type = oneshot, and name it in depends_on of this one";

    private ForeignWords() {}

    /** What to write for a key that is another program's; null for a word that is not known. */
    static @Nullable String key(String name) {
        String word = normal(name);
        String key = service(word);
        if (key != null) {
            return "write " + key;
        }
        String output = output(word);
        return output != null ? "write " + output : advice(word);
    }

    /** Whether one of {@code names} is the same but for letters' case and what separates words. */
    static boolean isNear(String word, List<String> names) {
        String normal = normal(word);
        for (String name : names) {
            if (normal(name).equals(normal)) {
                return true;
            }
        }
        return false;
    }

    /** In small letters, without what separates words. */
    private static String normal(String name) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < name.length() && i < 64; i++) {
            char c = name.charAt(i);
            if (Ascii.isLetter(c) || Ascii.isDigit(c)) {
                word.append(c);
            }
        }
        return Ascii.lower(word.toString());
    }

    /** The key of a service that a word means. */
    private static @Nullable String service(String word) {
        return switch (word) {
            case "entrypoint", "cmd", "exec", "execstart", "program", "run", "start" -> "command";
            case "workdir", "cwd", "directory", "dir", "chdir", "workingdirectory", "workingdir" -> "working_dir";
            case "envfile", "environmentfile", "envfiles" -> "environment_file";
            case "runas", "uid", "username", "setuser", "setuid", "runasuser" -> "user";
            case "gid", "runasgroup" -> "user = USER:GROUP";
            case "groupadd", "supplementarygroups" -> "groups";
            case "scale", "replicas", "numprocs", "processes", "workers" -> "instances";
            case "stopwaitsecs", "stoptimeout", "timeoutstopsec", "killtimeout", "timeoutkill", "graceperiod" ->
                "stop_grace_period";
            case "killsignal", "stopsignal" -> "stop_signal";
            case "autorestart", "restartpolicy", "respawn" -> "restart";
            case "restartsec", "delay" -> "restart_delay";
            case "startsecs" -> "min_uptime";
            case "startretries", "maxattempts", "maxdeathtally", "maxretries" -> "start_retries";
            case "startlimitburst" -> "restart_limit";
            case "startlimitinterval", "startlimitintervalsec" -> "restart_limit_period";
            case "exitcodes", "successexitstatus" -> "success_exit_codes";
            case "stopasgroup" -> "stop_group";
            case "killasgroup", "killmode" -> "kill_group";
            case "execstop", "prestop" -> "stop_command";
            case "execreload" -> "reload_command";
            case "timeoutstartsec", "timeoutup", "starttimeout", "waittimeout" -> "ready_timeout";
            case "requires", "wants", "bindsto", "requisite", "waitson", "dependency", "dependencies" -> "depends_on";
            case "oomscoreadjust" -> "oom_score_adj";
            case "ambientcapabilities" -> "cap_add";
            case "capabilityboundingset" -> "cap_drop";
            case "limitnofile", "filelimit" -> "a section [ulimits] with nofile";
            case "limitnproc" -> "a section [ulimits] with nproc";
            case "limitcore" -> "a section [ulimits] with core";
            case "limitmemlock" -> "a section [ulimits] with memlock";
            case "onfailure", "exitonfailure" -> "on_failed";
            case "wantedby" -> "autostart";
            case "partof" -> "depends_on = NAME:ready+restart";
            case "disabled", "disable", "profiles", "conditionpathexists" -> "enabled";
            case "notificationfd" -> "ready = fd:N";
            case "notifyaccess" -> "ready = notify";
            case "securityopt" -> "no_new_privileges";
            default -> null;
        };
    }

    /** The same for what a service prints. */
    private static @Nullable String output(String word) {
        return switch (word) {
            case "stdoutlogfile", "logfile", "standardoutput" -> "a section [stdout] with to = file:PATH";
            case "stderrlogfile", "standarderror" -> "a section [stderr] with to = file:PATH";
            case "redirectstderr" -> "a section [stderr] with to = stdout";
            case "stdoutlogfilemaxbytes", "logfilemaxbytes" -> "a section [stdout] with max_size";
            case "stderrlogfilemaxbytes" -> "a section [stderr] with max_size";
            case "stdoutlogfilebackups", "logfilebackups" -> "a section [stdout] with max_files";
            case "stderrlogfilebackups" -> "a section [stderr] with max_files";
            case "logging", "logdriver", "log" -> "sections [stdout] and [stderr]";
            case "syslogidentifier" -> "a section [stdout] with prefix = yes";
            default -> null;
        };
    }

    /** What to do about words that no key stands for. */
    private static @Nullable String advice(String word) {
        return switch (word) {
            case "environment", "env", "environ", "setenv", "exportenv" -> VARIABLES;
            case "healthcheck", "healthcmd", "healthchecks" ->
                "write a section [healthcheck] with test, interval, timeout and retries";
            case "ulimits", "ulimit", "rlimits" -> "write a section [ulimits] with lines such as nofile = 65536";
            case "priority", "before" -> ORDER;
            case "description", "documentation", "label", "labels", "annotations", "containername" -> COMMENT;
            case "pidfile", "nodaemon", "daemon", "daemonize", "remainafterexit", "guessmainpid" -> FOREGROUND;
            case "execstartpre", "startpre", "prestart" -> FIRST;
            case "init" -> "leave it out: /init is the init of the container";
            case "stdinopen" -> "write stdin = inherit here, and set stdin_open in compose.yaml";
            case "execstartpost", "poststart", "startpost" -> "use ready, and a oneshot that depends on this service";
            case "execstoppost", "poststop", "stoppost" ->
                "write an executable file called finish in the service directory";
            case "processname", "numprocsstart" ->
                "instances are called NAME-1, NAME-2 …, and know it as PINTLE_INSTANCE";
            case "watchdogsec" -> "write a section [healthcheck] with on_unhealthy = restart";
            case "loglevel" -> "write it under [container] in pintle.conf";
            case "image",
                    "build",
                    "ports",
                    "expose",
                    "networks",
                    "network",
                    "volumes",
                    "volume",
                    "deploy",
                    "secrets",
                    "configs",
                    "platform",
                    "tty",
                    "privileged",
                    "links",
                    "extrahosts",
                    "dns",
                    "memlimit",
                    "cpus",
                    "hostname",
                    "devices",
                    "tmpfs",
                    "sysctls",
                    "shmsize",
                    "pullpolicy",
                    "readonly" -> ENGINE;
            case "events",
                    "eventlistener",
                    "serverurl",
                    "stdouteventsenabled",
                    "stderreventsenabled",
                    "stdoutcapturemaxbytes",
                    "stderrcapturemaxbytes" -> "there is nothing like it: pintle events --json tells what happens";
            default -> null;
        };
    }

    /** What to write for a section that is another program's; null for one that is not known. */
    static @Nullable String section(String name) {
        int colon = name.indexOf(':');
        String word = normal(colon < 0 ? name : name.substring(0, colon));
        String own = colon < 0 ? "NAME" : name.substring(colon + 1);
        return switch (word) {
            case "program", "fcgiprogram" ->
                "make a directory services/" + own + " with a service.conf, its keys above the first section;"
                        + " pintle-convert supervisord does it";
            case "eventlistener" -> "there is nothing like it: pintle events --json tells what happens";
            case "supervisord", "unixhttpserver", "inethttpserver", "supervisorctl", "rpcinterface", "include" ->
                "it is supervisord's: pintle-convert supervisord moves the whole file";
            case "group" -> "write group = " + own + " in each of its services";
            case "service", "command", "main" -> "a service's keys stand above the first section, without a header";
            case "unit" -> "it is systemd's: write depends_on and after above the first section";
            case "install" -> "it is systemd's: a service starts with the container, unless autostart = no";
            case "timer" -> "write restart = always and restart_delay, or use a cron program";
            case "socket" -> "write listen above the first section";
            case "env", "variables" -> "write [environment]";
            case "limits", "rlimits" -> "write [ulimits]";
            case "log", "logging", "output" -> "write [stdout] and [stderr]";
            case "health" -> "write [healthcheck]";
            default -> null;
        };
    }

    /** What to write for a value of {@code restart} that is another program's, or null. */
    static @Nullable String restart(String value) {
        String word = normal(value);
        return switch (word) {
            case "unlessstopped" -> "write always: a service that was stopped stays down until it is started";
            case "true", "yes", "on", "1" -> "write always";
            case "false", "never", "off", "0", "none" -> "write no";
            case "unexpected", "onabnormal", "onabort", "onwatchdog" -> "write on-failure";
            default ->
                word.startsWith("onfailure") && value.indexOf(':') >= 0
                        ? "write restart = on-failure, and restart_limit = " + value.substring(value.indexOf(':') + 1)
                        : null;
        };
    }

    /** What to write for a value of {@code type} that is another program's, or null. */
    static @Nullable String type(String value) {
        return switch (normal(value)) {
            case "simple", "exec", "idle", "longrun", "process" -> "write service";
            case "notify", "notifyreload" -> "write type = service and ready = notify";
            case "forking", "bgprocess" -> "write service, and have the program stay in the foreground";
            case "scripted", "job", "task" -> "write oneshot";
            case "bundle" -> "write group in each of the services";
            default -> null;
        };
    }
}
