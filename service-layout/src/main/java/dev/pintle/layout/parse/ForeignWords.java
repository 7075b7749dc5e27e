package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.Section;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.WordTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people write from habit: the words of Compose and Dockerfiles, systemd, supervisord and s6, and what they are called
 * here. The nearest known word would lead astray: {@code autorestart} is not meant to be {@code autostart}.
 */
final class ForeignWords {

    /** The key of a service that a word means. */
    private static final String KEYS = """
            entrypoint cmd exec execstart program run start: command
            workdir cwd directory dir chdir workingdirectory workingdir: working_dir
            envfile environmentfile envfiles: environment_file
            runas uid username setuser setuid runasuser: user
            gid group runasgroup: user = USER:GROUP
            groupadd supplementarygroups: groups
            scale replicas numprocs processes workers: instances
            stopwaitsecs stoptimeout timeoutstopsec killtimeout timeoutkill graceperiod: stop_grace_period
            killsignal stopsignal: stop_signal
            autorestart restartpolicy respawn: restart
            restartsec delay: restart_delay
            restartmaxdelaysec: backoff_max
            startsecs: min_uptime
            startretries maxattempts maxdeathtally maxretries: start_retries
            startlimitburst: restart_limit
            startlimitinterval startlimitintervalsec: restart_limit_period
            exitcodes successexitstatus: success_exit_codes
            stopasgroup: stop_group
            killasgroup killmode: kill_group
            execstop prestop: stop_command
            execreload: reload_command
            timeoutstartsec timeoutup starttimeout waittimeout: ready_timeout
            requires wants bindsto requisite waitson dependency dependencies: depends_on
            oomscoreadjust: oom_score_adj
            ambientcapabilities: cap_add
            capabilityboundingset: cap_drop
            limitnofile filelimit: a section [ulimits] with nofile
            limitnproc: a section [ulimits] with nproc
            limitcore: a section [ulimits] with core
            limitmemlock: a section [ulimits] with memlock
            onfailure exitonfailure: on_failed
            wantedby: autostart
            partof: depends_on = NAME:ready+restart
            disabled disable profiles conditionpathexists: enabled
            notificationfd: ready = fd:N
            notifyaccess: ready = notify
            securityopt: no_new_privileges
            """;

    /** What to do about words in one section: its name, a dot and the word. */
    private static final String IN_SECTION = """
            container.stoptimeout container.graceperiod container.stopwaitsecs container.timeoutstopsec container.stopgraceperiod: \
            write shutdown_grace_period
            healthcheck.disable: remove the section
            healthcheck.startinterval: there is nothing like it: the first success ends start_period
            stdout.file stdout.path stdout.filename stdout.logfile stderr.file stderr.path stderr.filename stderr.logfile: \
            write to = file:PATH
            stdout.rotate stdout.maxbytes stderr.rotate stderr.maxbytes: write max_size and max_files
            defaults.prefix defaults.timestamp defaults.format: write it under [stdout] and [stderr]
            """;

    /** The same for what a service prints. */
    private static final String OUTPUTS = """
            stdoutlogfile logfile standardoutput: a section [stdout] with to = file:PATH
            stderrlogfile standarderror: a section [stderr] with to = file:PATH
            redirectstderr: a section [stderr] with to = stdout
            stdoutlogfilemaxbytes logfilemaxbytes: a section [stdout] with max_size
            stderrlogfilemaxbytes: a section [stderr] with max_size
            stdoutlogfilebackups logfilebackups: a section [stdout] with max_files
            stderrlogfilebackups: a section [stderr] with max_files
            logging logdriver log: sections [stdout] and [stderr]
            syslogidentifier: a section [stdout] with prefix = yes
            """;

    /** What to do about words that no key stands for. */
    private static final String ADVICE = """
            environment env environ setenv exportenv: write a section [environment] with a line NAME = value for each variable
            healthcheck healthcmd healthchecks: write a section [healthcheck] with test, interval, timeout and retries
            ulimits ulimit rlimits: write a section [ulimits] with lines such as nofile = 65536
            priority: services start in the order of depends_on and after
            description documentation label labels annotations containername: write it as a comment, # …
            passenvironment: leave it out: a service has the container's variables, unless clear_environment = yes
            pidfile nodaemon daemon daemonize remainafterexit guessmainpid: nothing is to set: have the program stay in the \
            foreground
            execstartpre startpre prestart: write a service of its own with type = oneshot, and name it in depends_on of \
            this one
            init: leave it out: /init is the init of the container
            stdinopen: write stdin = inherit here, and set stdin_open in compose.yaml
            execstartpost poststart startpost: use ready, and a oneshot that depends on this service
            execstoppost poststop stoppost: write an executable file called finish in the service directory
            processname numprocsstart: instances are called NAME-1, NAME-2 …, and know it as PINTLE_INSTANCE
            watchdogsec: write a section [healthcheck] with on_unhealthy = restart
            loglevel: write it under [container] in pintle.conf
            logformat logtimestamp: write format and timestamp under [stdout] and [stderr]
            image build ports expose networks network volumes volume deploy secrets configs platform tty privileged links \
            extrahosts dns memlimit cpus hostname devices tmpfs sysctls shmsize pullpolicy readonly cgroup cgroupparent \
            cgroupnsmode slice memorymax memoryhigh memorylimit cpuquota cpuweight tasksmax: it is the engine's: \
            set it in compose.yaml or with docker run
            events eventlistener serverurl stdouteventsenabled stderreventsenabled stdoutcapturemaxbytes \
            stderrcapturemaxbytes: there is nothing like it: pintle events --json tells what happens
            """;

    private static final String SECTIONS = """
            program fcgiprogram: make a directory services/NAME with a service.conf, its keys above the first section; \
            pintle-convert supervisord does it
            eventlistener: there is nothing like it: pintle events --json tells what happens
            supervisord unixhttpserver inethttpserver supervisorctl rpcinterface include: it is supervisord's: \
            pintle-convert supervisord moves the whole file
            group: write group = NAME in each of its services
            service command main: a service's keys stand above the first section, without a header
            unit: it is systemd's: write depends_on and after above the first section
            install: it is systemd's: a service starts with the container, unless autostart = no
            timer: write restart = always and restart_delay, or use a cron program
            socket: write listen above the first section
            env variables: write [environment]
            limits rlimits: write [ulimits]
            log logging output: write [stdout] and [stderr]
            health: write [healthcheck]
            """;

    private static final String RESTARTS = """
            unlessstopped: write always: a service that was stopped stays down until it is started
            true yes on 1: write always
            false never off 0 none: write no
            unexpected onabnormal onabort onwatchdog: write on-failure
            """;

    private static final String TYPES = """
            simple exec idle longrun process: write service
            notify notifyreload: write type = service and ready = notify
            forking bgprocess: write service, and have the program stay in the foreground
            scripted job task: write oneshot
            bundle: write group in each of the services
            """;

    /** The key and the value. */
    private static final String VALUES = """
            timestampyes timestamptrue timestampon timestampiso timestamprfc3339: write iso8601
            logtimestampyes logtimestamptrue logtimestampon logtimestampiso logtimestamprfc3339: write iso8601
            formattext formatplain logformattext logformatplain: write raw
            """;

    private ForeignWords() {}

    /**
     * What to write for a key in a section where it is not known; null for a word that is none of another program's either, or
     * another way to write one of the section's keys.
     */
    static @Nullable String key(Section section, String name) {
        String here = WordTable.find(IN_SECTION, section.text() + "." + normal(name));
        if (here != null) {
            return here;
        }
        if (Key.find(Section.SERVICE, name) != null) {
            return null;
        }
        // systemd's Group is the process's; ours are names for several services.
        boolean spelled = isNear(name, Conf.names(section)) && !name.equals("Group");
        return spelled ? null : key(name);
    }

    /** What to write for a key that is another program's; null for a word that is not known. */
    static @Nullable String key(String name) {
        String word = normal(name);
        String key = WordTable.find(KEYS, word);
        if (key == null) {
            key = WordTable.find(OUTPUTS, word);
        }
        return key != null ? "write " + key : WordTable.find(ADVICE, word);
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

    /** What to write for a section that is another program's; null for one that is not known. */
    static @Nullable String section(String name) {
        int colon = name.indexOf(':');
        String meaning = WordTable.find(SECTIONS, normal(colon < 0 ? name : name.substring(0, colon)));
        return meaning == null || colon < 0 ? meaning : WordTable.fill(meaning, name.substring(colon + 1));
    }

    /** What to write for a value of {@code restart} that is another program's, or null. */
    private static @Nullable String restart(String value) {
        String word = normal(value);
        return word.startsWith("onfailure") && value.indexOf(':') >= 0
                ? "write restart = on-failure, and restart_limit = " + value.substring(value.indexOf(':') + 1)
                : WordTable.find(RESTARTS, word);
    }

    /** What to write for a value of a key that is another program's, or null. */
    static @Nullable String value(Key key, String value) {
        if (key == Key.RESTART) {
            return restart(value);
        }
        return key == Key.TYPE ? type(value) : WordTable.find(VALUES, normal(key.text() + value));
    }

    /** What to write for a value of {@code type} that is another program's, or null. */
    private static @Nullable String type(String value) {
        return WordTable.find(TYPES, normal(value));
    }
}
