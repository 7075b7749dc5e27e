package dev.pintle.init.web;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;

/** One connection: one request, one answer. */
final class Visit {
    private static final int LONGEST_REQUEST = 8 * 1024;

    final int descriptor;
    /** When it is ended, whatever it does. */
    final long deadline;

    private final byte[] input = new byte[LONGEST_REQUEST];
    private int size;
    private byte[] answer = {};
    private int written;

    Visit(int descriptor, long deadline) {
        this.descriptor = descriptor;
        this.deadline = deadline;
    }

    int asked() {
        return answer.length == 0 ? PollSet.READABLE : PollSet.WRITABLE;
    }

    /** Goes on; whether it is over. */
    boolean goOn(Sys sys, Site site) {
        if (answer.length > 0) {
            return write(sys);
        }
        int got = sys.read(descriptor, input, size, input.length - size);
        if (got == -Errno.EAGAIN) {
            return false;
        }
        if (got <= 0) {
            return true;
        }
        size += got;
        HttpRequest request = HttpRequest.parse(RawText.decode(input, 0, size));
        if (request == null) {
            return size == input.length;
        }
        String text = site.answer(request);
        int end = text.indexOf("\r\n\r\n") + 4;
        answer = RawText.encode(request.method().equals("HEAD") ? text.substring(0, end) : text);
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
