package dev.pintle.init.sim;

/** Bytes on their way, at most so many at a time. */
final class ByteQueue {
    private byte[] bytes = new byte[16];
    private final int capacity;
    private int first;
    private int size;

    ByteQueue(int capacity) {
        this.capacity = capacity;
    }

    int size() {
        return size;
    }

    int room() {
        return capacity - size;
    }

    /** Appends what fits; gives how much that was. */
    int put(byte[] from, int offset, int length) {
        int taken = Math.min(length, room());
        if (first + size + taken > bytes.length) {
            byte[] larger = size + taken > bytes.length ? new byte[Math.max(bytes.length * 2, size + taken)] : bytes;
            System.arraycopy(bytes, first, larger, 0, size);
            bytes = larger;
            first = 0;
        }
        System.arraycopy(from, offset, bytes, first + size, taken);
        size += taken;
        return taken;
    }

    /** Removes up to {@code length} bytes; gives how many. */
    int take(byte[] to, int offset, int length) {
        int taken = Math.min(length, size);
        System.arraycopy(bytes, first, to, offset, taken);
        first += taken;
        size -= taken;
        return taken;
    }
}
