package dev.pintle.web.supervisorctl;

import dev.pintle.init.helper.Connection;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.text.Ascii;
import dev.pintle.web.supervisorctl.UnreachableException.Why;
import dev.pintle.web.xmlrpc.FaultException;
import dev.pintle.web.xmlrpc.MalformedXmlException;
import dev.pintle.web.xmlrpc.RpcReader;
import dev.pintle.web.xmlrpc.RpcWriter;
import java.util.Arrays;
import java.util.List;

/** A server at a URL: a connection for each call. */
final class HttpServer extends RpcServer {
    private static final String UNIX = "unix://";
    private static final String HTTP = "http://";
    private static final int HTTP_PORT = 80;
    private static final int FIRST_BUFFER = 8 * 1024;
    private static final int LARGEST_ANSWER = 16 * 1024 * 1024;
    /** Milliseconds for a call: to start or stop what takes its time is one. */
    private static final long PATIENCE = 3_600_000;

    private final ToolSys sys;
    private final String url;
    private final String authorization;
    private String path = "";
    private String host = "localhost";
    private int port = HTTP_PORT;

    /**
     * A server.
     *
     * @param authorization the line of the head, with its end; empty for none
     */
    HttpServer(ToolSys sys, String url, String authorization) throws UsageException {
        this.sys = sys;
        this.url = url;
        this.authorization = authorization;
        if (url.startsWith(UNIX)) {
            path = url.substring(UNIX.length());
        } else {
            takeAddress();
        }
    }

    private void takeAddress() throws UsageException {
        String rest = url.substring(HTTP.length());
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String digits = hasPort ? authority.substring(colon + 1) : "";
        host = hasPort ? authority.substring(0, colon) : authority;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (hasPort && (!Ascii.isNumber(digits) || digits.length() > 5)) {
            throw new UsageException("cannot read " + url + ": a port is a number");
        }
        port = hasPort ? Integer.parseInt(digits) : HTTP_PORT;
    }

    /** Whether a text is a URL that this speaks to. */
    static boolean isUrl(String text) {
        return text.startsWith(UNIX) || text.startsWith(HTTP);
    }

    @Override
    Object call(String method, List<Object> values) throws FaultException, UnreachableException {
        Connection connection = new Connection(sys, sys.monotonicMillis() + PATIENCE);
        int result = path.isEmpty() ? connection.reach(host, port) : connection.reachLocal(path);
        if (result != 0) {
            throw unreachable(result);
        }
        try {
            byte[] body = RawText.encode(RpcWriter.call(method, values));
            result = connection.write(RawText.encode(head(body.length)));
            result = result < 0 ? result : connection.write(body);
            if (result < 0) {
                throw unreachable(result);
            }
            return value(answer(connection));
        } finally {
            connection.close();
        }
    }

    private String head(int length) {
        return "POST /RPC2 HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: supervisorctl\r\nAccept: text/xml\r\n"
                + "Content-Type: text/xml\r\nConnection: close\r\n" + authorization + "Content-Length: " + length
                + "\r\n\r\n";
    }

    private UnreachableException unreachable(int result) {
        return switch (result) {
            case -Errno.ECONNREFUSED -> new UnreachableException(Why.REFUSED, url + " refused connection");
            case -Errno.ENOENT -> new UnreachableException(Why.MISSING, url + " no such file");
            case Connection.NO_HOST -> new UnreachableException(Why.OTHER, "error: there is no host " + host);
            default -> new UnreachableException(Why.OTHER, "error: " + url + ": " + Errno.describe(-result));
        };
    }

    /** All that comes until the end, or as much as the head says. */
    private String answer(Connection connection) throws UnreachableException {
        byte[] bytes = new byte[FIRST_BUFFER];
        int size = 0;
        int wanted = LARGEST_ANSWER;
        while (size < wanted) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * size);
            }
            int got = connection.read(bytes, size);
            if (got < 0) {
                throw unreachable(got);
            }
            if (got == 0) {
                break;
            }
            size += got;
            wanted = wanted == LARGEST_ANSWER ? wanted(bytes, size) : wanted;
        }
        return RawText.decode(bytes, 0, size);
    }

    private static int wanted(byte[] bytes, int size) {
        String text = RawText.decode(bytes, 0, Math.min(size, FIRST_BUFFER));
        int end = text.indexOf("\r\n\r\n");
        int at = end < 0 ? -1 : Ascii.lower(text.substring(0, end)).indexOf("\r\ncontent-length:");
        if (at < 0) {
            return LARGEST_ANSWER;
        }
        int lineEnd = text.indexOf("\r\n", at + 2);
        String length = Ascii.trim(text.substring(text.indexOf(':', at) + 1, lineEnd));
        return Ascii.isNumber(length) && length.length() < 9
                ? Math.min(LARGEST_ANSWER, end + 4 + Integer.parseInt(length))
                : LARGEST_ANSWER;
    }

    private Object value(String answer) throws FaultException, UnreachableException {
        int space = answer.indexOf(' ');
        int body = answer.indexOf("\r\n\r\n");
        String status = answer.startsWith("HTTP/1.") && body > space + 3 ? answer.substring(space + 1, space + 4) : "";
        if (status.equals("401")) {
            throw new UnreachableException(Why.UNAUTHORIZED, "Server requires authentication");
        }
        if (!status.equals("200")) {
            throw new UnreachableException(Why.OTHER, "error: " + url + " answered " + status);
        }
        try {
            return RpcReader.response(answer.substring(body + 4));
        } catch (MalformedXmlException e) {
            throw new UnreachableException(
                    Why.OTHER, "error: cannot read the answer of " + url + ": " + e.getMessage());
        }
    }
}
