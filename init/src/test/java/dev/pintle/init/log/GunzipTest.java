package dev.pintle.init.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pintle.init.sys.ToolSys;
import dev.pintle.init.sys.jnr.JnrToolSys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What gzip has made is unpacked as the JVM's library, which is too large for the binary, unpacks it. */
final class GunzipTest {
    private static final byte[] TEXT = text(100_000);

    private final ToolSys sys = new JnrToolSys(List.of("pintle"));

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private static byte[] text(int size) {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder();
        while (text.length() < size) {
            text.append("request ")
                    .append(random.nextInt(1000))
                    .append(" took ")
                    .append(random.nextInt(50));
            text.append(random.nextInt(10) == 0 ? "ms, which is slow\n" : "ms\n");
        }
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(5).nextBytes(noise);
        return noise;
    }

    /** Packs with a strategy, so that there are blocks of each kind. */
    private static byte[] pack(byte[] bytes, int level, int strategy) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed) {
            {
                def.setLevel(level);
                def.setStrategy(strategy);
            }
        }) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    /** What is unpacked in pieces of a size; null where it is damaged. */
    private byte @Nullable [] unpack(byte[] packed, int piece) throws IOException {
        Path path = Files.write(scratch.resolve("packed"), packed);
        int file = sys.open(path.toString(), ToolSys.READ, 0);
        try {
            Gunzip gunzip = new Gunzip(sys, file);
            ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
            byte[] buffer = new byte[piece + 3];
            int got = gunzip.read(buffer, 3, piece);
            while (got > 0) {
                unpacked.write(buffer, 3, got);
                got = gunzip.read(buffer, 3, piece);
            }
            assertEquals(got, gunzip.read(buffer, 3, piece), "it ends as it has ended");
            return got == 0 ? unpacked.toByteArray() : null;
        } finally {
            sys.close(file);
        }
    }

    private static byte @Nullable [] judge(byte[] packed) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            return null;
        }
    }

    @Test
    void everyKindOfBlockIsUnpacked() throws IOException {
        for (byte[] bytes : List.of(TEXT, noise(70_000), new byte[200_000], new byte[] {'x'}, new byte[0])) {
            for (int strategy : new int[] {Deflater.DEFAULT_STRATEGY, Deflater.HUFFMAN_ONLY, Deflater.FILTERED}) {
                for (int level : new int[] {0, 1, 6, 9}) {
                    byte[] packed = pack(bytes, level, strategy);
                    assertArrayEquals(bytes, unpack(packed, 8192), level + " " + strategy);
                    assertArrayEquals(bytes, unpack(packed, 77), level + " " + strategy);
                }
            }
        }
    }

    @Test
    void whatTheLoggerPacksIsUnpacked() throws IOException {
        Path path = Files.write(scratch.resolve("log"), TEXT);
        Gzip gzip = new Gzip(sys, path.toString());
        while (gzip.step()) {
            // One piece after the other.
        }
        assertArrayEquals(TEXT, unpack(Files.readAllBytes(scratch.resolve("log.gz")), 8192));
    }

    @Test
    void membersFollowEachOtherAndHaveHeadersOfAllKinds() throws IOException {
        byte[] one = pack(TEXT, 6, Deflater.DEFAULT_STRATEGY);
        byte[] two = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, two, one.length, one.length);
        byte[] twice = unpack(two, 8192);
        assertEquals(2 * TEXT.length, twice == null ? -1 : twice.length);

        ByteArrayOutputStream adorned = new ByteArrayOutputStream();
        adorned.write(new byte[] {0x1f, (byte) 0x8b, 8, 4 | 8 | 16, 1, 2, 3, 4, 0, 3});
        adorned.write(new byte[] {3, 0, 'x', 'y', 'z'});
        adorned.write("a.log\0a comment\0".getBytes(StandardCharsets.US_ASCII));
        adorned.write(one, 10, one.length - 10);
        assertArrayEquals(TEXT, unpack(adorned.toByteArray(), 8192));
    }

    @Test
    void aFileThatEndsTooSoonIsDamaged() throws IOException {
        byte[] packed = pack(text(3000), 6, Deflater.DEFAULT_STRATEGY);
        for (int size = 0; size < packed.length; size++) {
            assertNull(unpack(Arrays.copyOf(packed, size), 8192), size + " of " + packed.length);
        }
    }

    @Test
    void aChecksumOrSizeThatIsAnotherIsDamage() throws IOException {
        byte[] packed = pack(TEXT, 6, Deflater.DEFAULT_STRATEGY);
        for (int i = packed.length - 8; i < packed.length; i++) {
            byte[] other = packed.clone();
            other[i] ^= 1;
            assertNull(unpack(other, 8192), "byte " + i);
        }
    }

    /** Whatever is in a file, it ends, and says nothing that the judge does not say. */
    @Test
    void hostileFilesEndInAnErrorOrAreWhatTheyAre() throws IOException {
        Random random = new Random(11);
        List<byte[]> seeds = List.of(
                pack(text(2000), 6, Deflater.DEFAULT_STRATEGY),
                pack(text(500), 1, Deflater.FILTERED),
                pack(noise(300), 0, Deflater.DEFAULT_STRATEGY),
                pack(new byte[5000], 9, Deflater.HUFFMAN_ONLY));
        for (int i = 0; i < 4000; i++) {
            byte[] packed = seeds.get(i % seeds.size()).clone();
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                packed[random.nextInt(packed.length)] = (byte) random.nextInt();
            }
            byte[] unpacked = unpack(packed, 8192);
            if (unpacked != null) {
                assertArrayEquals(judge(packed), unpacked, "mutation " + i);
            }
        }
    }

    @Test
    void aFileIsKnownByTheEndOfWhatWasPackedOfIt() throws IOException {
        Path path = Files.write(scratch.resolve("plain"), TEXT);
        int file = sys.open(path.toString(), ToolSys.READ, 0);
        CRC32 checksum = new CRC32();
        checksum.update(TEXT);
        byte[] trailer = new byte[Gunzip.TRAILER];
        for (int i = 0; i < 4; i++) {
            trailer[i] = (byte) (checksum.getValue() >>> (8 * i));
            trailer[i + 4] = (byte) (TEXT.length >>> (8 * i));
        }
        assertEquals(true, Gunzip.fits(trailer, sys, file));
        trailer[2] ^= 1;
        assertEquals(false, Gunzip.fits(trailer, sys, file));
        trailer[2] ^= 1;
        trailer[5] ^= 1;
        assertEquals(false, Gunzip.fits(trailer, sys, file));
        sys.close(file);
    }
}
