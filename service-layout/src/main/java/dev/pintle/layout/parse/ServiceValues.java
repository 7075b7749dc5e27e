package dev.pintle.layout.parse;

import dev.pintle.layout.ProcessSettings.Limit;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ProcessSettings.Resource;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.IpAddress;
import dev.pintle.layout.text.Nearest;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the kinds of value that only services have. */
final class ServiceValues {

    /** (uid_t) -1 means "do not change" to the kernel. */
    private static final long MAX_ID = 4_294_967_294L;

    private static final int MAX_FD = 1023;

    static final String LOOPBACK = "127.0.0.1";

    /** Bytes of sun_path without its terminator (unix(7)). */
    private static final int LONGEST_SOCKET_PATH = 107;

    private static final List<String> READINESS =
            List.of("started", "fd:N", "notify", "tcp:[HOST:]PORT", "file:PATH", "healthcheck");

    private ServiceValues() {}

    /** A service's name: a letter or digit, then also {@code . _ -}. */
    static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = Ascii.isLetter(c) || Ascii.isDigit(c);
            if (!alphanumeric && (i == 0 || "._-".indexOf(c) < 0)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** A name, as of a service or a group of services. */
    static String name(String text) throws BadValueException {
        if (!isName(text)) {
            throw new BadValueException(
                    "it is not a name",
                    text.equals("-")
                            ? "leave the dash out: blanks or commas separate names"
                            : "a name begins with a letter or a digit and has letters, digits, '.', '_' and '-'");
        }
        return text;
    }

    /**
     * How a process can end.
     *
     * @param signal whether {@code number} is that of the signal that it died of, else it is the exit code
     * @param number the one or the other
     */
    record End(boolean signal, int number) {}

    /** A number is an exit code, a name a signal. */
    static End end(String text) throws BadValueException {
        return Ascii.isNumber(text) ? new End(false, Values.count(text, 255)) : new End(true, Values.signal(text));
    }

    /** {@code name}, {@code uid}, {@code name:group} or {@code uid:gid}. */
    static String user(String text) throws BadValueException {
        int colon = text.indexOf(':');
        account(colon < 0 ? text : text.substring(0, colon));
        if (colon >= 0) {
            account(text.substring(colon + 1));
        }
        return text;
    }

    /** A user's or group's name or number. */
    static String account(String text) throws BadValueException {
        boolean bad = text.isEmpty() || text.startsWith("-");
        for (int i = 0; i < text.length() && !bad; i++) {
            bad = text.charAt(i) <= ' ' || ":,/".indexOf(text.charAt(i)) >= 0;
        }
        if (bad) {
            throw new BadValueException(
                    "'" + text + "' is neither a name nor a number",
                    "write a name or a number, or for a user both, user:group");
        }
        if (Ascii.isNumber(text) && (text.length() > 10 || Long.parseLong(text) > MAX_ID)) {
            throw new BadValueException("'" + text + "' is out of range", "ids go from 0 to " + MAX_ID);
        }
        return text;
    }

    /** An absolute path. */
    /** A name that a page is served under, in lower case, or {@code *} for any. */
    static String host(String text) throws BadValueException {
        for (int i = 0; i < text.length() && !text.equals("*"); i++) {
            char c = text.charAt(i);
            if (!Ascii.isLetter(c) && !Ascii.isDigit(c) && c != '-' && c != '.' && c != '_') {
                throw new BadValueException(
                        text + " is not a host name", "a name is like status.example.com, without a port; * is any");
            }
        }
        return Ascii.lower(text);
    }

    static String path(String text) throws BadValueException {
        if (!text.startsWith("/")) {
            throw new BadValueException("it is not an absolute path", "begin it with /");
        }
        return text;
    }

    /** {@code soft:hard}, one value for both, or {@code unlimited}. */
    static Limit limit(Resource resource, String text) throws BadValueException {
        int colon = text.indexOf(':');
        long soft = limit(colon < 0 ? text : text.substring(0, colon));
        long hard = colon < 0 ? soft : limit(text.substring(colon + 1));
        if (hard >= 0 && (soft < 0 || soft > hard)) {
            throw new BadValueException("the soft limit is above the hard one", "write soft:hard");
        }
        return new Limit(resource, soft, hard);
    }

    private static long limit(String text) throws BadValueException {
        return text.equals("unlimited") || text.equals("-1") ? -1 : Values.size(text);
    }

    /** How readiness is told; the timeout is another key's. */
    static Readiness readiness(String text, long timeout) throws BadValueException {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String detail = colon < 0 ? "" : text.substring(colon + 1);
        if (colon < 0) {
            switch (kind) {
                case "started" -> {
                    return new Readiness(Readiness.Kind.STARTED, "", -1, timeout);
                }
                case "notify" -> {
                    return new Readiness(Readiness.Kind.NOTIFY, "", -1, timeout);
                }
                case "healthcheck" -> {
                    return new Readiness(Readiness.Kind.HEALTHCHECK, "", -1, timeout);
                }
                default -> {}
            }
        }
        return switch (kind) {
            case "fd" -> new Readiness(Readiness.Kind.FD, "", (int) Values.integer(detail, 3, MAX_FD), timeout);
            case "tcp" -> new Readiness(Readiness.Kind.TCP, hostAndPort(detail), -1, timeout);
            case "file" -> new Readiness(Readiness.Kind.FILE, path(detail), -1, timeout);
            default ->
                throw new BadValueException(
                        "it is none of " + String.join(", ", READINESS),
                        Nearest.didYouMean(kind, List.of("started", "fd", "notify", "tcp", "file", "healthcheck")));
        };
    }

    private static String hostAndPort(String text) throws BadValueException {
        Endpoint endpoint = endpoint(text, LOOPBACK);
        return endpoint.host() + ":" + endpoint.port();
    }

    /**
     * An address of this machine.
     *
     * @param host numeric, or localhost; IPv6 in brackets
     * @param port of TCP
     */
    record Endpoint(String host, int port) {}

    /** {@code [HOST:]PORT}. */
    static Endpoint endpoint(String text, String usualHost) throws BadValueException {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? usualHost : text.substring(0, colon);
        String port = text.substring(colon + 1);
        boolean bareIpv6 = host.indexOf(':') >= 0 && !(host.startsWith("[") && host.endsWith("]"));
        if ((colon >= 0 && host.isEmpty()) || bareIpv6) {
            throw new BadValueException("it has no host before ':'", "write PORT, HOST:PORT or [::1]:PORT");
        }
        if (!host.isEmpty() && IpAddress.parse(host) == null) {
            throw new BadValueException(
                    "the host is not a numeric address",
                    "a service listens on this machine: write PORT, or an address");
        }
        return new Endpoint(host, (int) Values.integer(port, 1, 65_535));
    }

    /** {@code [HOST:]PORT} or {@code unix:PATH}, with a host. */
    static String webAddress(String text) throws BadValueException {
        if (text.startsWith("unix:")) {
            return listenSocket(text, 0, null).text();
        }
        Endpoint endpoint = endpoint(text, LOOPBACK);
        return endpoint.host() + ":" + endpoint.port();
    }

    /** {@code tcp:[HOST:]PORT} or {@code unix:PATH}; mode and owner are other keys'. */
    static ListenSocket listenSocket(String text, int mode, @Nullable String owner) throws BadValueException {
        if (text.startsWith("unix:")) {
            String path = path(text.substring(5));
            if (path.length() > LONGEST_SOCKET_PATH) {
                throw new BadValueException(
                        "its path is too long", "a socket's path has at most " + LONGEST_SOCKET_PATH + " bytes");
            }
            return new ListenSocket(path, "", 0, mode, owner);
        }
        if (text.startsWith("tcp:")) {
            Endpoint endpoint = endpoint(text.substring(4), "");
            return new ListenSocket("", endpoint.host(), endpoint.port(), 0, null);
        }
        throw new BadValueException(
                "it is not a socket",
                text.startsWith("/") ? "write unix:" + text : "write tcp:PORT, tcp:HOST:PORT or unix:PATH");
    }

    /** What stands after the colon in a dependency. */
    static Condition condition(String text) throws BadValueException {
        List<String> names = new ArrayList<>();
        for (Condition condition : Condition.values()) {
            if (condition.text().equals(text)) {
                return condition;
            }
            names.add(condition.text());
        }
        if (text.endsWith("?")) {
            throw new BadValueException(
                    "'?' comes after the name", "write NAME?:" + text.substring(0, text.length() - 1));
        }
        String composeName = text.startsWith("service_") ? text.substring(8) : text;
        throw new BadValueException(
                "'" + text + "' is none of " + String.join(", ", names),
                Nearest.didYouMean(composeName.startsWith("completed") ? "completed" : composeName, names));
    }
}
