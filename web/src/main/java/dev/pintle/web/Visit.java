package dev.pintle.web;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One connection: one request, one answer. */
final class Visit {
    private static final int LONGEST_REQUEST = 8 * 1024;
    private static final int FIRST_BUFFER = 512;

    final int descriptor;
    /** When it is ended, whatever it does. */
    long deadline;

    private byte[] input = new byte[FIRST_BUFFER];
    private int size;
    private @Nullable HttpRequest request;
    private byte[] answer = {};
    private int written;

    Visit(int descriptor, long deadline) {
        this.descriptor = descriptor;
        this.deadline = deadline;
    }

    int asked() {
        return answer.length > 0 ? PollSet.WRITABLE : request == null ? PollSet.READABLE : 0;
    }

    /** The request, once all of it is there and as long as it has no answer; else null. */
    @Nullable
    HttpRequest request() {
        return answer.length > 0 ? null : request;
    }

    /** Reads or writes what can be; whether it is over. */
    boolean goOn(Sys sys) {
        return answer.length > 0 ? write(sys) : request == null && read(sys);
    }

    private boolean read(Sys sys) {
        if (size == input.length) {
            input = Arrays.copyOf(input, Math.min(LONGEST_REQUEST, 2 * size));
        }
        int got = sys.read(descriptor, input, size, input.length - size);
        if (got == -Errno.EAGAIN) {
            return false;
        }
        if (got <= 0) {
            return true;
        }
        size += got;
        request = HttpRequest.parse(RawText.decode(input, 0, size));
        return request == null && size == LONGEST_REQUEST;
    }

    /**
     * Sends the whole response, or its head where that was asked for; whether it is over.
     *
     * @param until when it must have been taken
     */
    boolean answer(Sys sys, String text, long until) {
        HttpRequest asked = request;
        int end = text.indexOf("\r\n\r\n") + 4;
        boolean headOnly = asked != null && asked.method().equals("HEAD");
        answer = RawText.encode(headOnly ? text.substring(0, end) : text);
        input = new byte[0];
        deadline = until;
        return write(sys);
    }

    private boolean write(Sys sys) {
        while (written < answer.length) {
            int result = sys.write(descriptor, answer, written, answer.length - written);
            if (result == -Errno.EAGAIN) {
                return false;
            }
            if (result <= 0) {
                return true;
            }
            written += result;
        }
        return true;
    }
}
