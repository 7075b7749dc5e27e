package dev.pintle.init.sim;

import dev.pintle.init.sys.RawText;

/** A regular file that is open for reading. */
final class SimFile extends OpenFile {
    private final ByteQueue rest;

    SimFile(String path, String content) {
        super(path);
        byte[] bytes = RawText.encode(content);
        rest = new ByteQueue(bytes.length);
        rest.put(bytes, 0, bytes.length);
    }

    @Override
    boolean readable() {
        return true;
    }

    @Override
    int read(byte[] buffer, int offset, int length) {
        return rest.take(buffer, offset, length);
    }
}
