package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Digests, codes and hashes are those of the JDK, and of the RFCs. */
class PasswordHashTest {
    private static final byte[] SALT = "salt of users".getBytes(StandardCharsets.US_ASCII);

    @Test
    void digestsAreTheJdks() throws GeneralSecurityException {
        Random random = new Random(1);
        MessageDigest jdk = MessageDigest.getInstance("SHA-256");
        for (int size = 0; size < 300; size++) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            assertArrayEquals(jdk.digest(bytes), Sha256.of(bytes), "of " + size);
        }
    }

    @Test
    void codesAreTheJdks() throws GeneralSecurityException {
        Random random = new Random(2);
        for (int size = 1; size < 200; size++) {
            byte[] key = new byte[size];
            byte[] message = new byte[2 * size];
            random.nextBytes(key);
            random.nextBytes(message);
            Mac jdk = Mac.getInstance("HmacSHA256");
            jdk.init(new SecretKeySpec(key, "HmacSHA256"));
            Sha256.Hmac ours = new Sha256.Hmac(key);
            assertArrayEquals(jdk.doFinal(message), ours.of(message), "of " + size);
            assertArrayEquals(jdk.doFinal(message), ours.of(message), "of " + size + " again");
        }
    }

    @Test
    void hashesAreTheJdks() throws GeneralSecurityException {
        SecretKeyFactory jdk = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
        for (String password : new String[] {"p", "correct horse", "x".repeat(200), "pass\u00e4"}) {
            for (int rounds : new int[] {1, 2, 1_000}) {
                byte[] expected = jdk.generateSecret(new PBEKeySpec(password.toCharArray(), SALT, rounds, 256))
                        .getEncoded();
                assertArrayEquals(
                        expected, PasswordHash.of(password, SALT, rounds).hash(), password);
            }
        }
    }

    /** RFC 7914, 11: the first 32 bytes of both. */
    @Test
    void hashesAreTheRfcs() {
        byte[] salt = "salt".getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
                HexFormat.of().formatHex(PasswordHash.of("passwd", salt, 1).hash()));
        byte[] nacl = "NaCl".getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56",
                HexFormat.of()
                        .formatHex(PasswordHash.of("Password", nacl, 80_000).hash()));
    }

    @Test
    void whatIsWrittenIsRead() {
        PasswordHash hash = PasswordHash.of("secret", SALT, 10);
        PasswordHash read = PasswordHash.parse(hash.text());
        assertNotNull(read);
        assertEquals(10, read.rounds);
        assertTrue(read.fits("secret"));
        assertFalse(read.fits("secre"));
        assertFalse(read.fits(""));
    }

    @Test
    void nothingElseIsRead() {
        String good = PasswordHash.of("secret", SALT, 10).text();
        for (String bad : new String[] {
            "",
            "secret",
            "pbkdf2-sha256$",
            "pbkdf2-sha256$10$c2FsdA==",
            good.replace("$10$", "$0$"),
            good.replace("$10$", "$-1$"),
            good.replace("$10$", "$99999999$"),
            good.replace("$10$", "$x$"),
            good.substring(0, good.length() - 4),
            good + "$",
            good.replace("pbkdf2", "bcrypt")
        }) {
            assertNull(PasswordHash.parse(bad), bad);
        }
    }

    @Test
    void base64IsTheJdks() {
        Random random = new Random(3);
        for (int size = 0; size < 40; size++) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            String text = java.util.Base64.getEncoder().encodeToString(bytes);
            assertEquals(text, Base64.encode(bytes));
            assertArrayEquals(bytes, Base64.decode(text));
            assertArrayEquals(bytes, Base64.decode(text.replace("=", "")));
        }
        assertArrayEquals(new byte[0], Base64.decode("a b="));
    }
}
