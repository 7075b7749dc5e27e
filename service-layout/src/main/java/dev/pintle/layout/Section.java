package dev.pintle.layout;

import org.jspecify.annotations.Nullable;

/** The sections of service.conf and pintle.conf. */
public enum Section {
    /** What stands before the first header of a service.conf. */
    SERVICE("", File.SERVICE_CONF),
    /** Any variable's name is a key. */
    ENVIRONMENT("environment", File.SERVICE_CONF),
    /** The health check. */
    HEALTHCHECK("healthcheck", File.SERVICE_CONF),
    /** Resource limits. */
    ULIMITS("ulimits", File.SERVICE_CONF),
    /** Standard output. */
    STDOUT("stdout", File.SERVICE_CONF),
    /** Standard error. */
    STDERR("stderr", File.SERVICE_CONF),
    /** The container as a whole. */
    CONTAINER("container", File.PINTLE_CONF),
    /** Any signal's name is a key. */
    SIGNALS("signals", File.PINTLE_CONF),
    /** The keys of {@link #SERVICE} are its keys. */
    DEFAULTS("defaults", File.PINTLE_CONF),
    /** The control socket. */
    CONTROL("control", File.PINTLE_CONF),
    /** The status page. */
    WEB("web", File.PINTLE_CONF);

    /** The files that have sections. */
    public enum File {
        /** A service's own file. */
        SERVICE_CONF("service.conf"),
        /** The container's file. */
        PINTLE_CONF("pintle.conf");

        private final String text;

        File(String text) {
            this.text = text;
        }

        /** The file's name. */
        public String text() {
            return text;
        }
    }

    private final String text;
    private final File file;

    Section(String text, File file) {
        this.text = text;
        this.file = file;
    }

    /** The name between the brackets; empty for {@link #SERVICE}. */
    public String text() {
        return text;
    }

    /** The file that it belongs to. */
    public File file() {
        return file;
    }

    /** One line in Markdown. */
    public String documentation() {
        return switch (this) {
            case SERVICE -> "The service itself.";
            case ENVIRONMENT ->
                "Variables of the service, `NAME = value`; its keys can refer to them, and each to those above it.";
            case HEALTHCHECK -> "How to tell that the service is healthy.";
            case ULIMITS -> "Resource limits: `soft:hard`, one value for both, or `unlimited`.";
            case STDOUT -> "Standard output; in pintle.conf, of every service that does not set the key itself.";
            case STDERR -> "Standard error; likewise.";
            case CONTAINER -> "The container as a whole.";
            case SIGNALS ->
                "What a signal sent to PID 1 does: `SIGNAL = stop | ignore | reload | NAME:SIGNAL | all:SIGNAL`.";
            case DEFAULTS -> "Values for every service that does not set the key itself.";
            case CONTROL -> "The control socket.";
            case WEB -> "A status page over HTTP, off unless `listen` is set.";
        };
    }

    /** Whether it may stand in pintle.conf for all services that do not set the key themselves. */
    public boolean hasDefaults() {
        return this == DEFAULTS || this == STDOUT || this == STDERR;
    }

    /** Whether it may stand in {@code wanted}. */
    public boolean standsIn(File wanted) {
        return file == wanted || (wanted == File.PINTLE_CONF && hasDefaults());
    }

    /** The section of {@code file} that is called {@code text}, or null. */
    public static @Nullable Section find(File file, String text) {
        for (Section section : values()) {
            if (section.standsIn(file) && section.text.equals(text)) {
                return section;
            }
        }
        return null;
    }
}
