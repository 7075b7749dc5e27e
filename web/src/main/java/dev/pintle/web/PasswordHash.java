package dev.pintle.web;

import dev.pintle.init.sys.RawText;
import dev.pintle.layout.text.Ascii;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A password as users files have it: PBKDF2 with HMAC-SHA-256 (RFC 8018), one block. */
final class PasswordHash {
    /** How slow that of a person's password is. */
    static final int ROUNDS = 100_000;
    /** How slow that of a token is, which is too long to be guessed. */
    static final int ROUNDS_OF_TOKEN = 1_000;

    private static final String SCHEME = "pbkdf2-sha256$";
    private static final int MOST_ROUNDS = 10_000_000;

    /** How slow it is. */
    final int rounds;

    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int rounds, byte[] salt, byte[] hash) {
        this.rounds = rounds;
        this.salt = salt;
        this.hash = hash;
    }

    /** That of a password. */
    static PasswordHash of(String password, byte[] salt, int rounds) {
        return new PasswordHash(rounds, salt, derive(RawText.encode(password), salt, rounds));
    }

    /** Reads {@code pbkdf2-sha256$ROUNDS$SALT$HASH}, the last two in Base64; null for anything else. */
    static @Nullable PasswordHash parse(String text) {
        int second = text.indexOf('$', SCHEME.length());
        int third = text.indexOf('$', second + 1);
        if (!text.startsWith(SCHEME) || second < 0 || third < 0) {
            return null;
        }
        String rounds = text.substring(SCHEME.length(), second);
        byte[] salt = Base64.decode(text.substring(second + 1, third));
        byte[] hash = Base64.decode(text.substring(third + 1));
        boolean number = Ascii.isNumber(rounds) && rounds.length() <= 8;
        int count = number ? Integer.parseInt(rounds) : 0;
        return count < 1 || count > MOST_ROUNDS || salt.length == 0 || hash.length != Sha256.SIZE
                ? null
                : new PasswordHash(count, salt, hash);
    }

    /** What it is compared by. */
    byte[] hash() {
        return hash.clone();
    }

    /** As {@link #parse} reads it. */
    String text() {
        return SCHEME + rounds + "$" + Base64.encode(salt) + "$" + Base64.encode(hash);
    }

    /** Whether it is that of a password. How long it takes does not tell how much of it is right. */
    boolean fits(String password) {
        return equal(derive(RawText.encode(password), salt, rounds), hash);
    }

    /** Whether bytes are equal, in a time that does not tell how many of them are. */
    static boolean equal(byte[] given, byte[] expected) {
        int difference = given.length ^ expected.length;
        for (int i = 0; i < expected.length; i++) {
            difference |= expected[i] ^ (i < given.length ? given[i] : 0);
        }
        return difference == 0;
    }

    private static byte[] derive(byte[] password, byte[] salt, int rounds) {
        Sha256.Hmac hmac = new Sha256.Hmac(password);
        byte[] first = Arrays.copyOf(salt, salt.length + 4);
        first[salt.length + 3] = 1;
        byte[] last = hmac.of(first).clone();
        byte[] sum = last.clone();
        for (int round = 1; round < rounds; round++) {
            byte[] next = hmac.of(last);
            for (int i = 0; i < sum.length; i++) {
                sum[i] ^= next[i];
                last[i] = next[i];
            }
        }
        return sum;
    }
}
