package dev.pintle.init.helper;

import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.text.Ascii;
import org.jspecify.annotations.Nullable;

/** Something that is there or not: a port that accepts, a file, a web page. */
final class Target {
    private static final String LOCALHOST = "127.0.0.1";
    private static final int HTTP_PORT = 80;
    private static final int LONGEST_STATUS_LINE = 4096;

    private final String text;
    private final @Nullable String file;
    private final String host;
    private final int port;
    /** The request's path; null where a connection is enough. */
    private final @Nullable String page;

    private int leastStatus = 200;
    private int mostStatus = 399;

    private Target(String text, @Nullable String file, String host, int port, @Nullable String page) {
        this.text = text;
        this.file = file;
        this.host = host;
        this.port = port;
        this.page = page;
    }

    /** Whether a word looks like a target. */
    static boolean is(String word) {
        return word.startsWith("tcp:") || word.startsWith("file:") || word.startsWith("http:");
    }

    /** Reads {@code tcp:[HOST:]PORT}, {@code file:PATH} or {@code http://HOST[:PORT][/PATH]}. */
    static Target parse(String word) throws UsageException {
        if (word.startsWith("file:")) {
            return new Target(word, word.substring("file:".length()), "", 0, null);
        }
        if (word.startsWith("tcp:")) {
            return tcp(word, word.substring("tcp:".length()));
        }
        return http(word);
    }

    /** Reads {@code [HOST:]PORT}. */
    static Target tcp(String text, String address) throws UsageException {
        int colon = address.lastIndexOf(':');
        String host = colon <= 0 ? LOCALHOST : address.substring(0, colon);
        return new Target(text, null, unbracketed(host), port(text, address.substring(colon + 1)), null);
    }

    /** Reads {@code http://HOST[:PORT][/PATH]}. */
    static Target http(String url) throws UsageException {
        if (url.startsWith("https:")) {
            throw new UsageException("cannot fetch " + url + ": https is not supported; check the port with tcp");
        }
        if (!url.startsWith("http://")) {
            throw new UsageException("cannot read " + url + ": a target is http://HOST:PORT/PATH");
        }
        String rest = url.substring("http://".length());
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        int port = hasPort ? port(url, authority.substring(colon + 1)) : HTTP_PORT;
        return new Target(url, null, unbracketed(host), port, slash < 0 ? "/" : rest.substring(slash));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text, String port) throws UsageException {
        int number = Ascii.isNumber(port) && port.length() < 6 ? Integer.parseInt(port) : 0;
        if (number < 1 || number > 65535) {
            throw new UsageException("cannot read " + text + ": a port is 1 to 65535");
        }
        return number;
    }

    /** Takes {@code CODE} or {@code CODE-CODE} as what a page must answer. */
    void requireStatus(String range) throws UsageException {
        int dash = range.indexOf('-');
        leastStatus = status(dash < 0 ? range : range.substring(0, dash));
        mostStatus = status(dash < 0 ? range : range.substring(dash + 1));
    }

    private static int status(String text) throws UsageException {
        if (text.length() != 3 || !Ascii.isNumber(text)) {
            throw new UsageException("--status takes a code such as 200, or a range such as 200-299");
        }
        return Integer.parseInt(text);
    }

    /** As it was written. */
    String text() {
        return text;
    }

    /**
     * Looks once.
     *
     * @param deadline on the monotonic clock
     * @return why it is not there, or empty
     */
    String look(ToolSys sys, long deadline) {
        if (file != null) {
            int result = sys.stat(file, new FileFacts());
            return result < 0 ? Errno.describe(-result) : "";
        }
        Connection connection = new Connection(sys, deadline);
        String trouble = connection.open(host, port);
        if (trouble.isEmpty() && page != null) {
            trouble = fetch(connection, page);
        }
        connection.close();
        return trouble;
    }

    private String fetch(Connection connection, String path) {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + name + (port == HTTP_PORT ? "" : ":" + port)
                + "\r\nUser-Agent: pintle\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        int result = connection.write(RawText.encode(request));
        if (result < 0) {
            return Errno.describe(-result);
        }
        byte[] buffer = new byte[LONGEST_STATUS_LINE];
        int size = 0;
        int end = -1;
        while (end < 0 && size < buffer.length) {
            int got = connection.read(buffer, size);
            if (got <= 0) {
                return got < 0 ? Errno.describe(-got) : "it did not answer";
            }
            size += got;
            end = RawText.decode(buffer, 0, size).indexOf('\n');
        }
        return judge(RawText.decode(buffer, 0, size));
    }

    /** {@code HTTP/1.1 200 OK} (RFC 9112, 4). */
    private String judge(String answer) {
        int space = answer.indexOf(' ');
        boolean isStatus = answer.startsWith("HTTP/") && space > 0 && answer.length() >= space + 4;
        String code = isStatus ? answer.substring(space + 1, space + 4) : "";
        if (code.isEmpty() || !Ascii.isNumber(code)) {
            return "the answer is not HTTP";
        }
        int status = Integer.parseInt(code);
        return status >= leastStatus && status <= mostStatus ? "" : "it answered " + status;
    }
}
