package dev.pintle.web;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a request as it comes. */
final class RequestReader {
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final int FIRST_BUFFER = 512;

    private byte[] input = new byte[FIRST_BUFFER];
    private int size;
    /** Once it is there. */
    private @Nullable HttpRequest head;
    /** Bytes of the head and the body; of the head alone while that is not there. */
    private int end = LONGEST_HEAD;

    private int bodyAt;
    /** Up to where the end of the head was looked for. */
    private int searched;

    /** Reads what has come; whether nothing more will. */
    boolean read(Sys sys, int descriptor) {
        if (size == input.length) {
            input = Arrays.copyOf(input, Math.min(end, 2 * size));
        }
        int got = sys.read(descriptor, input, size, input.length - size);
        size += Math.max(got, 0);
        return got == 0 || (got < 0 && got != -Errno.EAGAIN);
    }

    /** The request once all of it is there; null while it is not. */
    @Nullable
    HttpRequest request() {
        HttpRequest known = head;
        if (known == null) {
            known = findHead();
        }
        boolean whole = known != null && (size >= end || known.method().isEmpty());
        return known == null || !whole ? null : known.with(RawText.decode(input, bodyAt, end - bodyAt));
    }

    private @Nullable HttpRequest findHead() {
        int at = headEnd();
        if (at < 0) {
            return size == LONGEST_HEAD ? HttpRequest.BAD : null;
        }
        HttpRequest found = HttpRequest.ofHead(RawText.decode(input, 0, at + 2));
        bodyAt = at + 4;
        int length = found.bodyLength();
        end = bodyAt + Math.max(length, 0);
        head = length < 0 ? HttpRequest.BAD : found;
        return head;
    }

    private int headEnd() {
        for (; searched + 3 < size; searched++) {
            if (isEnd(searched) && isEnd(searched + 2)) {
                return searched;
            }
        }
        return -1;
    }

    private boolean isEnd(int at) {
        return input[at] == '\r' && input[at + 1] == '\n';
    }
}
