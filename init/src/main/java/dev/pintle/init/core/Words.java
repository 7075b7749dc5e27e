package dev.pintle.init.core;

import dev.pintle.layout.ServiceDefinition.Readiness;
import java.util.List;

/** Numbers and conditions as people read them. */
public final class Words {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    /** What is before a file in the command of a logger. */
    private static final String FILE = "--to=file:";

    /** Characters of a cause. A path has up to 4,096, and each service keeps the causes of several failures. */
    private static final int MOST_OF_CAUSE = 300;

    private static final int MOST_NAMES = 10;

    private Words() {}

    /** A cause without its middle where it is long: what has failed stands first, and why stands last. */
    static String brief(String cause) {
        if (cause.length() <= MOST_OF_CAUSE) {
            return cause;
        }
        int end = MOST_OF_CAUSE / 2;
        int start = cause.length() - end;
        // No character of two halves is cut in two.
        end -= Character.isHighSurrogate(cause.charAt(end - 1)) ? 1 : 0;
        start += Character.isLowSurrogate(cause.charAt(start)) ? 1 : 0;
        return cause.substring(0, end) + "[...]" + cause.substring(start);
    }

    /** Names as a line has room for them. */
    public static String some(List<String> names) {
        return some(names, ", ");
    }

    /** As {@link #some(List)}, between others than commas. */
    public static String some(List<String> names, String separator) {
        int more = names.size() - MOST_NAMES;
        return String.join(separator, names.subList(0, Math.min(names.size(), MOST_NAMES)))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** What a service that has been executed is still to do before it is ready; empty for a oneshot: to end. */
    static String waitsFor(Service service) {
        String missing = missing(service);
        return missing.isEmpty() ? "" : "not ready: " + missing;
    }

    /** Why a run was cut short after {@code ready_timeout}. */
    static String late(Service service) {
        String missing = missing(service);
        return (service.oneshot() ? "not completed within " : "not ready within ")
                + duration(service.definition().readiness().timeout())
                + (missing.isEmpty() ? "" : ": " + missing);
    }

    private static String missing(Service service) {
        if (service.oneshot()) {
            return "";
        }
        Readiness readiness = service.definition().readiness();
        return switch (readiness.kind()) {
            case STARTED -> "";
            case FD ->
                service.definition().directory().isEmpty()
                        ? ownMissing(service)
                        : "it has not written a newline to descriptor " + readiness.fd();
            case NOTIFY -> "it has not sent READY=1 to $NOTIFY_SOCKET";
            case TCP ->
                brief(readiness.detail())
                        + (service.portTaken
                                ? " accepted connections before it was started, so that another process listens there"
                                : " does not accept connections");
            case FILE -> "it has not created " + brief(readiness.detail()) + " since it was started";
            case HEALTHCHECK ->
                "its health check "
                        + (service.health.lastFailure().isEmpty() ? "has not passed" : service.health.lastFailure());
        };
    }

    /** The same of a service of ours, as a logger is: it is ready once it has opened its files. */
    private static String ownMissing(Service service) {
        StringBuilder files = new StringBuilder();
        for (String word : service.definition().command()) {
            if (word.startsWith(FILE)) {
                files.append(files.length() == 0 ? "" : ", ").append(word, FILE.length(), word.length());
            }
        }
        return files.length() == 0 ? "it is still starting" : "it has not opened " + brief(files.toString()) + " yet";
    }

    /** How something ended, as what it did: {@code exited with code 1}, {@code was killed by SIGTERM}. */
    static String did(String how) {
        return how.startsWith("killed") ? "was " + how : how;
    }

    /** A duration in the layout's own notation, with the precision that its size deserves: 250ms, 12s, 3m20s, 5h2m. */
    static String duration(long millis) {
        if (millis < SECOND) {
            return millis + "ms";
        }
        if (millis < MINUTE) {
            long tenths = millis % SECOND / 100;
            return millis / SECOND + (tenths == 0 || millis >= 10 * SECOND ? "" : "." + tenths) + "s";
        }
        if (millis < HOUR) {
            long seconds = millis % MINUTE / SECOND;
            return millis / MINUTE + "m" + (seconds == 0 ? "" : seconds + "s");
        }
        long minutes = millis % HOUR / MINUTE;
        return millis / HOUR + "h" + (minutes == 0 ? "" : minutes + "m");
    }
}
