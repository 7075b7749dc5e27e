package dev.pintle.init.log;

import dev.pintle.init.program.Output;
import dev.pintle.init.sys.ToolSys;

/** Compresses a file to {@code FILE.gz} (RFC 1952), a piece at a time, and removes it when that is done. */
final class Gzip {
    private static final int CHECKSUM_POLYNOMIAL = 0xEDB88320;

    private final ToolSys sys;
    private final String path;
    private final String target;
    private final int from;
    private int to;
    private final byte[] piece = new byte[Deflate.LARGEST];
    private final Deflate deflate = new Deflate();
    private final int[] checksums = new int[256];
    private int checksum = -1;
    private int size;

    Gzip(ToolSys sys, String path) {
        this.sys = sys;
        this.path = path;
        this.target = path + ".gz.part";
        for (int i = 0; i < checksums.length; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) != 0 ? (value >>> 1) ^ CHECKSUM_POLYNOMIAL : value >>> 1;
            }
            checksums[i] = value;
        }
        from = sys.open(path, ToolSys.READ, 0);
        to = sys.open(target, ToolSys.WRITE | ToolSys.CREATE | ToolSys.TRUNCATE, 0644);
        byte[] header = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
        write(header, header.length);
    }

    /** Compresses the next piece; whether any is left. What cannot be compressed stays as it is. */
    boolean step() {
        int got = from < 0 ? from : sys.read(from, piece, 0, piece.length);
        if (got > 0 && to >= 0) {
            for (int i = 0; i < got; i++) {
                checksum = (checksum >>> 8) ^ checksums[(checksum ^ piece[i]) & 0xff];
            }
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
            trailer[i] = (byte) (~checksum >>> (8 * i));
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
