package dev.pintle.web;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import java.util.ArrayDeque;
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
    /** What is still to be written; null before there is an answer. */
    private @Nullable ArrayDeque<byte[]> answer;
    /** Bytes of the first piece that are. */
    private int written;
    /** Bytes that the answer has. */
    private int answerSize;

    Visit(int descriptor, long deadline) {
        this.descriptor = descriptor;
        this.deadline = deadline;
    }

    int asked() {
        return answer != null ? PollSet.WRITABLE : request == null ? PollSet.READABLE : 0;
    }

    /** The request, once all of it is there and as long as it has no answer; else null. */
    @Nullable
    HttpRequest request() {
        return answer != null ? null : request;
    }

    /** Reads or writes what can be; whether it is over. */
    boolean goOn(Sys sys) {
        ArrayDeque<byte[]> pieces = answer;
        return pieces != null ? write(sys, pieces) : request == null && read(sys);
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

    /** Bytes of an answer that is kept for one that has not taken all of it. */
    int kept() {
        return answerSize;
    }

    /**
     * Sends the whole response, or its head where that was asked for; whether it is over.
     *
     * @param until when it must have been taken
     */
    boolean answer(Sys sys, Answer response, long until) {
        HttpRequest asked = request;
        ArrayDeque<byte[]> pieces = new ArrayDeque<>();
        pieces.add(RawText.encode(response.head()));
        if (asked == null || !asked.method().equals("HEAD")) {
            pieces.addAll(response.body().all());
            answerSize = response.body().size();
        }
        answer = pieces;
        input = new byte[0];
        deadline = until;
        return write(sys, pieces);
    }

    private boolean write(Sys sys, ArrayDeque<byte[]> pieces) {
        while (!pieces.isEmpty()) {
            byte[] piece = pieces.element();
            int result = sys.write(descriptor, piece, written, piece.length - written);
            if (result <= 0) {
                return result != -Errno.EAGAIN;
            }
            written += result;
            if (written == piece.length) {
                pieces.remove();
                written = 0;
            }
        }
        return true;
    }
}
