package dev.pintle.init.helper;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ToolSys;
import java.util.Arrays;

/** A name server, which is asked over UDP, and over TCP for an answer that did not fit (RFC 1035, section 4.2). */
final class NameServer {
    private static final int PORT = 53;
    private static final int LARGEST_DATAGRAM = 4096;
    private static final byte[] NOTHING = {};

    private final ToolSys sys;
    private final byte[] address;
    /** On the monotonic clock. */
    private final long deadline;

    NameServer(ToolSys sys, byte[] address, long deadline) {
        this.sys = sys;
        this.address = address;
        this.deadline = deadline;
    }

    /** What it answers; empty where it does not, in time. */
    byte[] ask(byte[] question) {
        byte[] answer = NOTHING;
        int socket = sys.connect(address, PORT, false);
        if (socket >= 0) {
            if (sys.write(socket, question, 0, question.length) == question.length) {
                answer = read(socket, question);
            }
            sys.close(socket);
        }
        return answer.length > 0 && DnsMessage.isTruncated(answer) ? askByStream(question) : answer;
    }

    private byte[] read(int socket, byte[] question) {
        PollSet set = new PollSet();
        byte[] datagram = new byte[LARGEST_DATAGRAM];
        while (true) {
            set.clear();
            set.add(socket, PollSet.READABLE);
            long left = deadline - sys.monotonicMillis();
            if (left <= 0 || sys.poll(set, left) <= 0) {
                return NOTHING;
            }
            int size = sys.read(socket, datagram, 0, datagram.length);
            if (size >= 0 && DnsMessage.isAnswer(datagram, size, question)) {
                return Arrays.copyOf(datagram, size);
            }
            if (size < 0 && size != -Errno.EAGAIN) {
                return NOTHING;
            }
        }
    }

    private byte[] askByStream(byte[] question) {
        Connection connection = new Connection(sys, deadline);
        if (connection.connect(address, PORT) != 0) {
            return NOTHING;
        }
        byte[] sent = new byte[2 + question.length];
        sent[0] = (byte) (question.length >> 8);
        sent[1] = (byte) question.length;
        System.arraycopy(question, 0, sent, 2, question.length);
        byte[] answer = connection.write(sent) == 0 ? message(connection) : NOTHING;
        connection.close();
        return DnsMessage.isAnswer(answer, answer.length, question) ? answer : NOTHING;
    }

    /** What follows its length, of two bytes. */
    private static byte[] message(Connection connection) {
        byte[] length = new byte[2];
        if (!fill(connection, length)) {
            return NOTHING;
        }
        byte[] message = new byte[(length[0] & 0xff) << 8 | (length[1] & 0xff)];
        return fill(connection, message) ? message : NOTHING;
    }

    private static boolean fill(Connection connection, byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int got = connection.read(bytes, at);
            if (got <= 0) {
                return false;
            }
            at += got;
        }
        return true;
    }
}
