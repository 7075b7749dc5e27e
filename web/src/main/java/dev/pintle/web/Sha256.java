package dev.pintle.web;

import java.util.Arrays;

/** SHA-256 (FIPS 180-4) and HMAC with it (RFC 2104). A library's needs more of the JDK than a small program has. */
final class Sha256 {
    /** Bytes of a digest. */
    static final int SIZE = 32;

    private static final int BLOCK = 64;
    private static final int LENGTH_SIZE = 8;
    private static final int[] K = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };
    private static final int[] START = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    private final int[] state = START.clone();
    private final int[] schedule = new int[BLOCK];
    private final byte[] block = new byte[BLOCK];
    private int filled;
    private long length;

    /** The digest of bytes. */
    static byte[] of(byte[] bytes) {
        Sha256 sha = new Sha256();
        sha.update(bytes, bytes.length);
        byte[] digest = new byte[SIZE];
        sha.digest(digest);
        return digest;
    }

    /** HMAC with one key, of as many messages as one likes. */
    static final class Hmac {
        private final Sha256 inner = new Sha256();
        private final Sha256 outer = new Sha256();
        private final Sha256 work = new Sha256();
        private final byte[] digest = new byte[SIZE];

        Hmac(byte[] key) {
            byte[] pad = Arrays.copyOf(key.length > BLOCK ? Sha256.of(key) : key, BLOCK);
            for (int i = 0; i < BLOCK; i++) {
                pad[i] ^= 0x36;
            }
            inner.update(pad, BLOCK);
            for (int i = 0; i < BLOCK; i++) {
                pad[i] ^= 0x36 ^ 0x5c;
            }
            outer.update(pad, BLOCK);
        }

        /** The code of a message; it is overwritten by the next one. */
        byte[] of(byte[] message) {
            work.copyFrom(inner);
            work.update(message, message.length);
            work.digest(digest);
            work.copyFrom(outer);
            work.update(digest, SIZE);
            work.digest(digest);
            return digest;
        }
    }

    private void copyFrom(Sha256 other) {
        System.arraycopy(other.state, 0, state, 0, state.length);
        System.arraycopy(other.block, 0, block, 0, BLOCK);
        filled = other.filled;
        length = other.length;
    }

    private void update(byte[] bytes, int size) {
        for (int i = 0; i < size; i++) {
            put(bytes[i]);
        }
        length += size;
    }

    private void put(byte b) {
        block[filled++] = b;
        if (filled == BLOCK) {
            compress();
            filled = 0;
        }
    }

    private void digest(byte[] to) {
        long bits = length * 8;
        put((byte) 0x80);
        while (filled != BLOCK - LENGTH_SIZE) {
            put((byte) 0);
        }
        for (int shift = 56; shift >= 0; shift -= 8) {
            put((byte) (bits >> shift));
        }
        for (int i = 0; i < SIZE; i++) {
            to[i] = (byte) (state[i / 4] >> (24 - 8 * (i % 4)));
        }
    }

    private void compress() {
        int[] w = schedule;
        for (int i = 0; i < 16; i++) {
            w[i] = (block[4 * i] & 0xff) << 24
                    | (block[4 * i + 1] & 0xff) << 16
                    | (block[4 * i + 2] & 0xff) << 8
                    | (block[4 * i + 3] & 0xff);
        }
        for (int i = 16; i < BLOCK; i++) {
            int a = w[i - 15];
            int b = w[i - 2];
            w[i] = w[i - 16]
                    + w[i - 7]
                    + (Integer.rotateRight(a, 7) ^ Integer.rotateRight(a, 18) ^ (a >>> 3))
                    + (Integer.rotateRight(b, 17) ^ Integer.rotateRight(b, 19) ^ (b >>> 10));
        }
        mix(w);
    }

    private void mix(int[] w) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int i = 0; i < BLOCK; i++) {
            int s1 = Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
            int t1 = h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i];
            int s0 = Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
            int t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
