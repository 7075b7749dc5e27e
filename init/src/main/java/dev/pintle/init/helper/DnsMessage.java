package dev.pintle.init.helper;

import dev.pintle.init.sys.RawText;
import java.util.List;

/** Messages to name servers and from them (RFC 1035, section 4). */
final class DnsMessage {
    static final int TYPE_A = 1;
    static final int TYPE_AAAA = 28;
    /** The code of an answer: the name is known, with addresses or without. */
    static final int NO_ERROR = 0;
    /** The code of an answer: there is no such name. */
    static final int NO_SUCH_NAME = 3;

    private static final int HEADER = 12;
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final int ANSWER = 0x80;
    private static final int TRUNCATED = 0x02;
    private static final int CODE = 0x0f;
    /** What an ASCII letter differs in from its other case. */
    private static final int CASE = 0x20;

    private DnsMessage() {}

    /** Whether it is made of labels that a question has room for; a dot may end it. */
    static boolean isName(String name) {
        int start = 0;
        int end = name.endsWith(".") ? name.length() - 1 : name.length();
        while (start <= end) {
            int dot = name.indexOf('.', start);
            int labelEnd = dot < 0 ? end : dot;
            if (labelEnd == start || RawText.encodedLength(name.substring(start, labelEnd)) > LONGEST_LABEL) {
                return false;
            }
            start = labelEnd + 1;
        }
        return RawText.encodedLength(name.substring(0, end)) <= LONGEST_NAME;
    }

    /** A header that wants recursion, and one question for a {@link #isName name}. */
    static byte[] question(String name, int type, long id) {
        byte[] text = RawText.encode(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        byte[] question = new byte[HEADER + text.length + 6];
        question[0] = (byte) (id >> 8);
        question[1] = (byte) (id >> 16);
        question[2] = 1;
        question[5] = 1;
        int length = HEADER;
        for (int i = 0; i < text.length; i++) {
            question[HEADER + 1 + i] = text[i];
            if (text[i] == '.') {
                length = HEADER + 1 + i;
                question[length] = 0;
            } else {
                question[length]++;
            }
        }
        question[question.length - 3] = (byte) type;
        question[question.length - 1] = 1;
        return question;
    }

    /** Whether the first {@code size} bytes answer a question. One that refuses may leave the question out. */
    static boolean isAnswer(byte[] bytes, int size, byte[] question) {
        if (size < HEADER || bytes[0] != question[0] || bytes[1] != question[1] || (bytes[2] & ANSWER) == 0) {
            return false;
        }
        if (code(bytes) != NO_ERROR) {
            return true;
        }
        if (size < question.length) {
            return false;
        }
        for (int i = HEADER; i < question.length; i++) {
            if (((bytes[i] ^ question[i]) & ~CASE) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the answer did not fit, and is to be asked for by TCP. */
    static boolean isTruncated(byte[] answer) {
        return (answer[2] & TRUNCATED) != 0;
    }

    /** Whether a server knows the name, does not, or has failed. */
    static int code(byte[] answer) {
        return answer[3] & CODE;
    }

    /** Takes the addresses of the answers; the aliases between them lead there by themselves. */
    static void collect(byte[] answer, int size, int from, int type, List<byte[]> addresses) {
        int count = (answer[6] & 0xff) << 8 | (answer[7] & 0xff);
        int at = from;
        for (int i = 0; i < count; i++) {
            at = endOfName(answer, at, size);
            if (at + 10 > size) {
                return;
            }
            int kind = (answer[at] & 0xff) << 8 | (answer[at + 1] & 0xff);
            int length = (answer[at + 8] & 0xff) << 8 | (answer[at + 9] & 0xff);
            at += 10;
            if (at + length > size) {
                return;
            }
            if (kind == type && length == (type == TYPE_A ? 4 : 16)) {
                byte[] address = new byte[length];
                System.arraycopy(answer, at, address, 0, length);
                addresses.add(address);
            }
            at += length;
        }
    }

    /** A name is labels, ending with an empty one or with a pointer of two bytes to the rest. */
    private static int endOfName(byte[] answer, int from, int size) {
        int at = from;
        while (at < size && answer[at] != 0) {
            if ((answer[at] & 0xC0) == 0xC0) {
                return at + 2;
            }
            at += 1 + (answer[at] & 0xff);
        }
        return at + 1;
    }
}
