package dev.pintle.init.log;

import dev.pintle.init.program.Output;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.ToolSys;

/** Compresses a file to {@code FILE.gz} (RFC 1952), a piece at a time, and removes it when that is done. */
final class Gzip {
    private final ToolSys sys;
    private final String path;
    private final String target;
    private final int from;
    private int to;
    private final byte[] piece = new byte[Deflate.LARGEST];
    private final Deflate deflate = new Deflate();
    private final Checksum checksum = new Checksum();
    private int size;

    Gzip(ToolSys sys, String path) {
        this.sys = sys;
        this.path = path;
        this.target = path + ".gz.part";
        from = sys.open(path, ToolSys.READ | ToolSys.TRUSTED | ToolSys.WITHOUT_WAITING, 0);
        FileFacts facts = new FileFacts();
        to = from < 0 ? from : sys.statOpen(from, facts);
        if (to == 0) {
            to = facts.regular ? make(facts) : -Errno.EINVAL;
        }
        byte[] header = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
        write(header, header.length);
    }

    /** The directory may be a user's: what is in the way there is taken away, and nothing is written into it. */
    private int make(FileFacts like) {
        int flags = ToolSys.WRITE | ToolSys.NEW | ToolSys.TRUSTED;
        int made = sys.open(target, flags, 0600);
        if (made == -Errno.EEXIST) {
            sys.remove(target);
            made = sys.open(target, flags, 0600);
        }
        if (made >= 0) {
            FileSink.takeAfter(sys, made, like);
        }
        return made;
    }

    /** Compresses the next piece; whether any is left. What cannot be compressed stays as it is. */
    boolean step() {
        int got = from < 0 ? from : sys.read(from, piece, 0, piece.length);
        if (got > 0 && to >= 0) {
            checksum.add(piece, 0, got);
            size += got;
            deflate.compress(piece, got);
            write(deflate.output(), deflate.size());
            return true;
        }
        finish(got == 0);
        return false;
    }

    private void finish(boolean whole) {
        deflate.end();
        write(deflate.output(), deflate.size());
        byte[] trailer = new byte[8];
        for (int i = 0; i < 4; i++) {
            trailer[i] = (byte) (checksum.value() >>> (8 * i));
            trailer[i + 4] = (byte) (size >>> (8 * i));
        }
        write(trailer, trailer.length);
        boolean done = whole && to >= 0;
        sys.close(from);
        sys.close(to);
        if (done && sys.rename(target, path + ".gz") == 0) {
            sys.remove(path);
        } else {
            sys.remove(target);
        }
    }

    private void write(byte[] bytes, int length) {
        if (to >= 0 && Output.write(sys, to, bytes, length) < 0) {
            sys.close(to);
            to = -1;
        }
    }
}
