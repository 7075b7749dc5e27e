package dev.pintle.layout;

import java.util.List;

/**
 * A whole layout, checked: what the init acts on.
 *
 * @param container the container-wide settings
 * @param services  the enabled services, instances expanded, in the order of their names
 */
public record Layout(ContainerSettings container, List<ServiceDefinition> services) {
    /** The name of the service that serves the status page of {@code [web]}. */
    public static final String WEB = "pintle-web";

    /** What follows a service's name in that of what reads its output: its log service, or its logger. */
    public static final String LOG = "/log";

    /** The service whose output a log service or a logger reads. */
    public static String writerOf(String reader) {
        return reader.substring(0, reader.length() - LOG.length());
    }
}
