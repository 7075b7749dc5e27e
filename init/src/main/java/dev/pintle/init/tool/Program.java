package dev.pintle.init.tool;

import dev.pintle.init.compat.runit.Chpst;
import dev.pintle.init.compat.runit.Daemontools;
import dev.pintle.init.compat.runit.Sv;
import dev.pintle.init.compat.runit.Svlogd;
import dev.pintle.init.compat.s6.ContainerEnvironment;
import dev.pintle.init.compat.s6.S6Envdir;
import dev.pintle.init.compat.s6.S6NotifyOnCheck;
import dev.pintle.init.compat.s6.S6SetUidGid;
import dev.pintle.init.helper.Check;
import dev.pintle.init.helper.Chown;
import dev.pintle.init.helper.Env;
import dev.pintle.init.helper.Limit;
import dev.pintle.init.helper.Notify;
import dev.pintle.init.helper.PidProxy;
import dev.pintle.init.helper.SetUser;
import dev.pintle.init.helper.Wait;
import dev.pintle.init.log.LogProgram;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import org.jspecify.annotations.Nullable;

/**
 * The programs that the binary is besides {@code init} and {@code pintle}, by the names that it is called by: the one list
 * that dispatch, help, documentation and the overlay's links come from.
 */
enum Program {
    LOG("pintle-log", "write lines to files and streams", "[OPTION…] [TARGET…]", """
            Reads lines from standard input and writes them to each TARGET: stdout (the default),
            stderr, or file:PATH, which is set aside as PATH.1, PATH.2 … when it has grown.

              -s SIZE, --max-size      of a file (10m; 0: no limit)
              -k N, --max-files        kept beside the present one (5)
              -z, --compress           those, with gzip
              -p TEXT, --prefix        before every line
              -t KIND, --timestamp     before that: iso8601 or tai64n
              -f json, --format        an object a line: time, service (--name), stream, message
              -i GLOB, --include       lines that match, of which --exclude (-x) takes away
              -r N, --rate-limit       lines a second; how many were dropped is said

            HUP opens files anew, ALRM sets them aside; TERM writes what is there, then ends.

              ./server | pintle-log -t iso8601 stdout file:/var/log/server.log"""),
    SETUSER("pintle-setuser", "run a program as another user", "[-k] USER[:GROUP] CMD…", """
            Becomes USER, with its groups from /etc/group, or GROUP alone as primary one, and runs CMD.
            Names or numbers; a number needs no entry in /etc/passwd. Sets HOME, USER, LOGNAME and
            SHELL, unless -k (--keep-environment). Nothing stays in between: CMD has the same pid.

              pintle-setuser app gunicorn app:app
              pintle-setuser 1000:1000 node server.js"""),
    ENV("pintle-env", "run a program with variables from files", "[OPTION…] [NAME=VALUE…] CMD…", """
              -d DIR, --directory   a file for each variable, as chpst -e and s6-envdir have it
              -f FILE, --file       lines NAME=value; -FILE may be missing
              -s NAME, --secret     NAME is read from the file that NAME_FILE names
              --secrets             likewise for every NAME_FILE whose value is a path
              -u NAME, --unset      takes NAME away
              -i, --clear           starts from nothing

            Options count in their order. A secret is the whole file without one newline at its end;
            it is written nowhere but into the environment of CMD.

              pintle-env --secret DB_PASSWORD -f /etc/app.env ./server"""),
    WAIT("pintle-wait", "wait for ports, files and pages", "[--timeout 60s] TARGET… [CMD…]", """
            Waits until every TARGET is there, then runs CMD, if any:
              tcp:[HOST:]PORT            accepts a connection
              file:PATH                  exists
              http://HOST[:PORT]/PATH    answers with 200 to 399

            --timeout 0 waits for ever. Exit code 124: timed out, with the reason.

              pintle-wait tcp:db:5432 http://auth:8080/ready ./server"""),
    NOTIFY("pintle-notify", "tell the supervisor that a service is ready", "[--fd N] [STATE…]", """
            Sends READY=1, or the STATEs, to $NOTIFY_SOCKET (ready = notify, sd_notify); with --fd a
            newline to descriptor N (ready = fd:N).

              pintle-notify
              pintle-notify READY=1 'STATUS=serving'"""),
    CHECK_HTTP("pintle-check-http", "tell whether a page answers", "[--timeout 5s] [--status CODE[-CODE]] URL", """
            Exit code 0 when http://HOST[:PORT]/PATH answers with a status from 200 to 399, or as
            --status says; else 1, with the reason.

              HEALTHCHECK CMD ["pintle-check-http", "http://127.0.0.1:8000/health"]"""),
    CHECK_TCP("pintle-check-tcp", "tell whether a port accepts", "[--timeout 5s] [HOST:]PORT", """
            Exit code 0 when HOST (else this container) accepts a connection at PORT; else 1, with
            the reason.

              [healthcheck]
              test = pintle-check-tcp 6379"""),
    CHOWN("pintle-chown", "give trees to a user, where they are not yet", "[-nvx] USER[:GROUP]|:GROUP PATH…", """
            Looks at every file below each PATH and changes the owner only of what has another: a
            tree that is right is not written to. Links are changed themselves and never followed.

              -n, --dry-run           changes nothing, prints what it would change
              -v, --verbose           prints what it changes
              -x, --one-file-system   leaves what is mounted below alone

            Exit code 1: something could not be changed; the rest was.

              pintle-chown app:app /data"""),
    LIMIT("pintle-limit", "run a program with other limits", "NAME=VALUE… CMD…", """
            NAME is a resource limit (nofile, nproc, core, memlock, as, fsize, stack, data, cpu …) with
            VALUE soft:hard, both as one, or unlimited; an empty half stays as it is. Or it is niceness
            (added to the present one) or oom_score_adj.

              pintle-limit nofile=65536 core=0 niceness=5 ./worker
              pintle-limit nofile=4096: ./server"""),
    PIDPROXY("pintle-pidproxy", "pass signals on to a daemon", "PIDFILE CMD…", """
            Runs CMD, which starts a daemon, and sends TERM, INT, QUIT, HUP, USR1 and USR2 on to the
            process whose pid is in PIDFILE. Ends with CMD, with its code; after TERM, INT or QUIT,
            when that process is gone. It takes the words of supervisor's pidproxy.

            A daemon that can stay in the foreground, as mysqld can, does not need it.

              pintle-pidproxy /run/mysqld/mysqld.pid /usr/bin/mysqld_safe"""),
    CHPST("chpst", "run a program with a changed process state", Origin.RUNIT),
    SETUIDGID("setuidgid", "run a program as another user", Origin.RUNIT),
    ENVUIDGID("envuidgid", "run a program with UID and GID set", Origin.RUNIT),
    ENVDIR("envdir", "run a program with variables from a directory", Origin.RUNIT),
    PGRPHACK("pgrphack", "run a program in a session of its own", Origin.RUNIT),
    SETLOCK("setlock", "run a program with a file locked", Origin.RUNIT),
    SOFTLIMIT("softlimit", "run a program with other soft limits", Origin.RUNIT),
    SVLOGD("svlogd", "write lines to directories of files", Origin.RUNIT),
    SV("sv", "show and control services", Origin.RUNIT),
    WITH_CONTENV("with-contenv", "run a program with the container's variables", Origin.S6),
    PRINTCONTENV("printcontenv", "print one of the container's variables", Origin.S6),
    S6_SETUIDGID("s6-setuidgid", "run a program as another user", Origin.S6),
    S6_ENVDIR("s6-envdir", "run a program with variables from a directory", Origin.S6),
    S6_NOTIFYONCHECK("s6-notifyoncheck", "run a service that a check finds ready", Origin.S6);

    /** Whose program a name was first. */
    enum Origin {
        /** Ours. */
        PINTLE,
        /** runit's, or daemontools', for which runit stands in too. */
        RUNIT,
        /** s6's or s6-overlay's. */
        S6
    }

    private static final String PREFIX = "pintle-";

    private final String command;
    private final String summary;
    private final String synopsis;
    private final String help;
    private final Origin origin;

    Program(String command, String summary, String synopsis, String help) {
        this(command, summary, synopsis, help, Origin.PINTLE);
    }

    Program(String command, String summary, Origin origin) {
        this(command, summary, "", "", origin);
    }

    Program(String command, String summary, String synopsis, String help, Origin origin) {
        this.command = command;
        this.summary = summary;
        this.synopsis = synopsis;
        this.help = help;
        this.origin = origin;
    }

    /** The program of a name, or null. */
    static @Nullable Program find(String name) {
        for (Program program : values()) {
            if (program.command.equals(name)) {
                return program;
            }
        }
        return null;
    }

    /** The name that it is called by. */
    String command() {
        return command;
    }

    /** The name as a word after {@code pintle}. */
    String word() {
        return origin == Origin.PINTLE ? command.substring(PREFIX.length()) : command;
    }

    /** Runs it; its exit code. */
    int run(Invocation call) throws FailureException {
        return switch (this) {
            case LOG -> LogProgram.run(call);
            case SETUSER -> SetUser.run(call);
            case ENV -> Env.run(call);
            case WAIT -> Wait.run(call);
            case NOTIFY -> Notify.run(call);
            case CHECK_HTTP -> Check.http(call);
            case CHECK_TCP -> Check.tcp(call);
            case CHOWN -> Chown.run(call);
            case LIMIT -> Limit.run(call);
            case PIDPROXY -> PidProxy.run(call);
            case CHPST -> Chpst.run(call);
            case SETUIDGID -> Daemontools.setuidgid(call);
            case ENVUIDGID -> Daemontools.envuidgid(call);
            case ENVDIR -> Daemontools.envdir(call);
            case PGRPHACK -> Daemontools.pgrphack(call);
            case SETLOCK -> Daemontools.setlock(call);
            case SOFTLIMIT -> Daemontools.softlimit(call);
            case SVLOGD -> Svlogd.run(call);
            case SV -> Sv.run(call);
            case WITH_CONTENV -> ContainerEnvironment.with(call);
            case PRINTCONTENV -> ContainerEnvironment.print(call);
            case S6_SETUIDGID -> S6SetUidGid.run(call);
            case S6_ENVDIR -> S6Envdir.run(call);
            case S6_NOTIFYONCHECK -> S6NotifyOnCheck.run(call);
        };
    }

    String summary() {
        return summary;
    }

    /** What follows its name; empty where its original says that itself. */
    String synopsis() {
        return synopsis;
    }

    /** More about it, with examples; empty where its original has a manual. */
    String help() {
        return help;
    }

    Origin origin() {
        return origin;
    }
}
