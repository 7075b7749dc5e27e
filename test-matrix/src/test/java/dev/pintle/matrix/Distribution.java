package dev.pintle.matrix;

import java.util.List;
import java.util.Locale;

/** The distributions of the matrix, and what their images run. */
enum Distribution {
    ALPINE(
            List.of(
                    new Service("httpd", "httpd -f -p 8080", Probe.http(8080, "served by busybox")),
                    new Service("clock", "/usr/local/bin/clock", Probe.changingFile("/tmp/clock")),
                    new Service("worker", "/usr/local/bin/worker", Probe.none())),
            List.of("worker stopped")),

    DEBIAN(
            List.of(
                    new Service("redis", "redis-server", Probe.redis(6379)),
                    new Service("nginx", "nginx: master process", Probe.http(8080, "served by nginx")),
                    new Service("worker", "/usr/local/bin/worker", Probe.none())),
            List.of("worker stopped", "Redis is now ready to exit, bye bye", "gracefully shutting down")),

    UBI9(
            List.of(
                    new Service("clock", "/usr/local/bin/clock", Probe.changingFile("/tmp/clock")),
                    new Service("ticker", "bash -c i=0;", Probe.changingFile("/tmp/ticker")),
                    new Service("worker", "/usr/local/bin/worker", Probe.none())),
            List.of("worker stopped"));

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that nobody can change
    private final List<Service> services;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> farewells;

    Distribution(List<Service> services, List<String> farewells) {
        this.services = services;
        this.farewells = farewells;
    }

    /**
     * A program of the image's {@code supervisord.conf}.
     *
     * @param name its name there, and so the name of the service directory
     * @param commandLine how its command line begins or goes on, as {@code /proc} shows it
     * @param probe how to see that it does its work
     */
    record Service(String name, String commandLine, Probe probe) {}

    /** What the image runs, in the order of its {@code supervisord.conf}. */
    List<Service> services() {
        return services;
    }

    /** Which of the services writes {@link #farewells()} and leaves orphans behind. */
    Service worker() {
        return services.get(services.size() - 1);
    }

    /** What the log holds after an orderly stop, and does not after a kill. */
    List<String> farewells() {
        return farewells;
    }

    /** The ports that the services serve, as the probes know them. */
    List<Integer> ports() {
        return services.stream().flatMap(s -> s.probe().port().stream()).toList();
    }

    /** The distribution that {@link #toString()} names so. */
    static Distribution named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The name of its folders. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
