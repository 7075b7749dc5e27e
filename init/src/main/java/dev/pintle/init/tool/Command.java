package dev.pintle.init.tool;

/** The commands of {@code pintle}: the one list that dispatch, help and completion come from. */
enum Command {
    /** Show services. */
    STATUS("status", "[-a|--all] [--json] [NAME|@GROUP…]", "show services, their state and why", """
            Shows every service, or those that are named: state, since when, pid, health, and
            for one that waits, backs off or has failed, why.

            Loggers and log services (NAME/log) are shown when they are named, do not run as they should,
            or with --all.

              pintle status
              pintle status web @backend
              pintle status --json | jq '.services[] | select(.state != "ready")'

            Exit code 0: all that should run does; 3: something does not, keeps ending or is unhealthy;
            4: no such service."""),
    /** Bring services up. */
    START("start", "[--no-wait] [--timeout 30s] NAME|@GROUP…", "start services and what they depend on", """
            Starts the named services, and before them what they depend on. Waits until they are
            ready (with ready = started: until they have run for min_uptime), and says why where one
            is not.

              pintle start worker
              pintle start --timeout 2m @backend

            Exit code 0: ready; 1: one could not be started; 124: not ready in time."""),
    /** Bring services down. */
    STOP("stop", "[--only] [--no-wait] [--timeout 30s] NAME|@GROUP…", "stop services and what depends on them", """
            Stops the named services; before them, in order, those that depend on them, unless with
            --only. They stay down until they are started. Waits until they are. The container's command
            keeps running unless main is named.

              pintle stop db
              pintle stop --only db
              pintle stop all"""),
    /** Run services anew. */
    RESTART("restart", "[--no-wait] [--timeout 30s] NAME|@GROUP…", "stop services and start them again", """
            Restarts just the named services: what depends on them is left alone, unless it says +restart
            in depends_on. A service that is down or has failed is started; a oneshot runs again.

              pintle restart web"""),
    /** Read the layout anew, or make services re-read their configuration. */
    RELOAD(
            "reload",
            "[--dry-run] [--no-wait] [--timeout 30s] [NAME|@GROUP…]",
            "reload the layout, or have services reload",
            """
            Without a name, reads the layout again and changes only what differs: new services start,
            those that are gone stop, those whose process would be another are restarted, and other
            settings apply at once. A layout with errors changes nothing. (HUP to init does the same.)
            With --dry-run, just prints what would change.

            With names, runs the reload_command of the services, or sends their reload_signal (HUP).

              pintle reload
              pintle reload nginx

            Exit code 0: done; 1: the layout has errors, a service did not come up, or a reload_command
            failed."""),
    /** Send a signal. */
    SIGNAL("signal", "NAME|@GROUP… SIGNAL", "send a signal to services", """
            Sends a signal, by name or number, to the main process of each named service. Exit code 1: one
            that was named does not run, or none of a group does.

              pintle signal web USR1"""),
    /** Wait for a state. */
    WAIT(
            "wait",
            "[--for STATE] [--timeout 30s] [NAME|@GROUP…]",
            "wait until services are ready, or in another state",
            """
            Waits until the named services, or all that are meant to run, are in a state: started,
            ready, healthy, completed, finished (what depends_on knows) or down. Without --for, what a
            bare name in depends_on means: completed for a oneshot, else ready.

              pintle wait --timeout 2m
              pintle wait web --for healthy && curl -fsS http://127.0.0.1/

            Exit code 0: they are; 1: one will not be by itself; 124: not in time."""),
    /** Draw the dependencies. */
    TREE("tree", "[-a|--all] [NAME|@GROUP…]", "draw what waits for what", """
            Draws the services that nothing waits for, or those that are named, and below each what it
            waits for, with its state and, in parentheses, what it has to be where that is not ready or
            completed. Loggers and log services are left out as by pintle status.

              pintle tree
              pintle tree web"""),
    /** Tell what happens. */
    EVENTS("events", "[--json] [NAME|@GROUP…]", "print changes as they happen", """
            Prints a line for each change: of a service's state or health, of the layout, and the
            container's stop. Ends with the init, or when it is interrupted. --json: one object a line.

              pintle events
              pintle events --json web | jq -r 'select(.to == "failed") | .reason'"""),
    /** Show output. */
    LOGS(
            "logs",
            "[-f|--follow] [-n|--tail 100] [-t|--timestamps] [--since TIME] [--until TIME] [--reopen] [NAME|@GROUP…]",
            "show what services have written",
            """
            Shows the last lines of each service (100, or as many as --tail says; all), and with
            --follow what it writes from then on. They come from the files of [stdout] and [stderr],
            with those that were set aside, or from the last 64 KiB that a logger keeps in memory.
            Output that goes to the container's own streams without a logger is the engine's to show
            (docker logs).

            Lines that have times (timestamp, format = json, or in memory) are shown in their order.
            --timestamps shows the times of those in memory. --since and --until choose among them: by a
            duration before now, or a time.

            With --reopen, it shows nothing: loggers open their files again, after logrotate has moved
            them away (in its postrotate). So does pintle reload.

              pintle logs web
              pintle logs -f --tail all @backend
              pintle logs --since 10m
              pintle logs --since 2026-11-24T06:40:00Z --until 2026-11-24T06:50:00Z web

            With --follow, a service that has no logger yet is waited for.

            Exit code 0: shown; 1: not all could be, or not chosen by time."""),
    /** Tell whether all is well. */
    HEALTH("health", "[--live] [--json]", "tell whether all that should be up is ready and healthy", """
            Exit code 0 when every service that should be up is ready, and healthy where it has a
            health check; else 1, with a line for each that is not. For HEALTHCHECK and for startup and
            readiness probes:

              HEALTHCHECK CMD ["pintle", "health"]

            With --live, exit code 0 when the init answers, whatever its services do: it restarts them
            itself, so a liveness probe that looked at them would only get in its way."""),
    /** Print metrics. */
    METRICS("metrics", "[--openmetrics]", "print metrics of all services, for Prometheus", """
            Prints states, counts, CPU time and memory of all services in Prometheus' text format, or with
            --openmetrics as OpenMetrics. The program pintle-web does it, and serves the same as /metrics:
            it comes in an archive of its own.

              pintle metrics > /var/lib/node_exporter/pintle.prom"""),
    /** Lint a layout. */
    CHECK(
            "check",
            "[--environment] [--layout-only] [--format text|json] [DIR]",
            "find everything that is wrong with a layout",
            """
            Reads a layout as the init would (DIR, else $PINTLE_DIR, else /etc/pintle) and reports
            everything that is wrong with it, with programs, interpreters and users that are not in this
            file system, environment files that cannot be read, and files that nothing reads (not with
            --layout-only). Its last line says what it has read. In a Dockerfile, a mistake fails the
            build:

              RUN pintle check

            A variable that is required, ${NAME:?}, may be missing there: check lists what the start
            will need. With --environment it demands them, as the start does.

            Exit code 0: no error, though there may be warnings; 1: it has errors."""),
    /** Stop the container. */
    SHUTDOWN("shutdown", "[CODE]", "stop all services, then the container", """
            Stops all services in reverse order and ends the container, with CODE (0 to 255) where
            one is given, else with the code that the layout decides on.

              pintle shutdown
              pintle shutdown 3"""),
    /** Say the version. */
    VERSION("version", "", "print the version", "Prints the version and the commit of this program.");

    private final String word;
    private final String usage;
    private final String summary;
    private final String help;

    Command(String word, String usage, String summary, String help) {
        this.word = word;
        this.usage = usage;
        this.summary = summary;
        this.help = help;
    }

    String word() {
        return word;
    }

    String usage() {
        return usage;
    }

    String summary() {
        return summary;
    }

    String help() {
        return help;
    }
}
