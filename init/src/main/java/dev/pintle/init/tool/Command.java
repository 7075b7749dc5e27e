package dev.pintle.init.tool;

/** The commands of {@code pintle}: the one list that dispatch, help and completion come from. */
enum Command {
    /** Show services. */
    STATUS("status", "[--json] [NAME|@GROUP…]", "show services, their state and why", """
            Shows every service, or those that are named: state, since when, pid, health, and
            for one that waits, backs off or has failed, why.

              pintle status
              pintle status web @backend
              pintle status --json | jq '.services[] | select(.state != "ready")'

            Exit code 0: all that should run does; 3: something does not; 4: no such service."""),
    /** Bring services up. */
    START("start", "[--no-wait] [--timeout 30s] NAME|@GROUP…", "start services and what they depend on", """
            Starts the named services, and before them what they depend on. Waits until they are
            ready, and says why where one is not.

              pintle start worker
              pintle start --timeout 2m @backend

            Exit code 0: ready; 1: one could not be started; 124: not ready in time."""),
    /** Bring services down. */
    STOP("stop", "[--no-wait] [--timeout 30s] NAME|@GROUP…", "stop services and what depends on them", """
            Stops the named services; before them, in order, those that depend on them. They stay
            down until they are started. Waits until they are.

              pintle stop db
              pintle stop all"""),
    /** Run services anew. */
    RESTART("restart", "[--no-wait] [--timeout 30s] NAME|@GROUP…", "stop services and start them again", """
            Restarts just the named services: what depends on them is left alone. A service that is
            down or has failed is started; a oneshot runs again.

              pintle restart web"""),
    /** Make services re-read their configuration. */
    RELOAD("reload", "NAME|@GROUP…", "tell services to re-read their configuration", """
            Runs the reload_command of the named services, or sends their reload_signal (HUP).

              pintle reload nginx"""),
    /** Send a signal. */
    SIGNAL("signal", "NAME|@GROUP… SIGNAL", "send a signal to services", """
            Sends a signal, by name or number, to the main process of each named service.

              pintle signal web USR1"""),
    /** Tell whether all is well. */
    HEALTH("health", "[--json]", "tell whether all that should be up is ready and healthy", """
            Exit code 0 when every service that should be up is ready, and healthy where it has a
            health check; else 1, with a line for each that is not. For HEALTHCHECK and probes:

              HEALTHCHECK CMD ["pintle", "health"]"""),
    /** Lint a layout. */
    CHECK("check", "[--format text|json] [DIR]", "find everything that is wrong with a layout", """
            Reads a layout as the init would (DIR, else $PINTLE_DIR, else /etc/pintle) and reports
            everything that is wrong with it. In a Dockerfile, a mistake then fails the build:

              RUN pintle check

            Exit code 0: nothing is wrong; 1: it has errors."""),
    /** Stop the container. */
    SHUTDOWN("shutdown", "[CODE]", "stop the container, in order", """
            Stops all services in reverse order and ends the container, with CODE (0 to 255) where
            one is given, else with the code that the layout decides on.

              pintle shutdown
              pintle shutdown 3"""),
    /** Say the version. */
    VERSION("version", "", "print the version", "Prints the version of this program.");

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
