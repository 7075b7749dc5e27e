package dev.pintle.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

/** A tarball holds what it should, and nothing of the machine that built it. */
abstract class TarballContract {

    private static final Instant TIMESTAMP = Instant.parse(System.getProperty("tarball.timestamp", ""));

    private final Path tarball;
    private final Path binary;
    private final String program;
    private final List<String> wanted;
    private final long mostBytes;

    /**
     * The tests of one.
     *
     * @param name      what it is called after {@code pintle-}
     * @param program   the entry that is the binary
     * @param wanted    type, mode, owner and name of every entry; what is not here must not be in the tarball
     * @param mostBytes how large the download may be
     */
    TarballContract(String name, String program, List<String> wanted, long mostBytes) {
        this.tarball = Path.of("target", "pintle-" + name + "-" + System.getProperty("tarball.version") + ".tar.gz");
        this.binary = Path.of(System.getProperty(name + ".binary", ""));
        this.program = program;
        this.wanted = wanted;
        this.mostBytes = mostBytes;
    }

    @Test
    void holdsTheseEntriesAndNoOther() throws IOException {
        List<String> entries = new ArrayList<>();
        for (TarArchiveEntry entry : entries()) {
            entries.add(describe(entry));
        }
        List<String> expected = new ArrayList<>(wanted);
        Collections.sort(expected);
        Collections.sort(entries);
        assertEquals(String.join("\n", expected), String.join("\n", entries));
    }

    @Test
    void theProgramIsTheStrippedBinary() throws IOException {
        assertArrayEquals(Files.readAllBytes(binary), bytes(program));
    }

    /** What the binary is made of asks for this. */
    @Test
    void theLicencesOfWhatIsInTheBinaryAreThere() throws IOException {
        assertTrue(text("usr/lib/pintle/LICENSE")
                .contains("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"));
        String notice = text("usr/lib/pintle/NOTICE");
        for (String needed : List.of(
                "TeaVM",
                "software developed by Alexey Andreev",
                "software developed by The Apache Software",
                "Rich Felker",
                "Permission is hereby granted, free of charge",
                "WITHOUT WARRANTY OF ANY KIND")) {
            assertTrue(notice.contains(needed), needed);
        }
    }

    private String text(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String name) throws IOException {
        try (TarArchiveInputStream tar = open()) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return tar.readAllBytes();
                }
            }
        }
        throw new IOException("there is no " + name + " in " + tarball);
    }

    @Test
    void everyEntryBearsTheOneTimestamp() throws IOException {
        for (TarArchiveEntry entry : entries()) {
            assertEquals(TIMESTAMP, entry.getLastModifiedTime().toInstant(), entry.getName());
        }
    }

    @Test
    void gzipHeaderHasNeitherTimeNorFileName() throws IOException {
        byte[] header = new byte[10];
        try (InputStream in = Files.newInputStream(tarball)) {
            assertEquals(header.length, in.readNBytes(header, 0, header.length));
        }
        // RFC 1952: magic, method 8, flags, four bytes of time, extra flags, operating system.
        assertEquals("1f8b0800" + "00000000", HexFormat.of().formatHex(header, 0, 8));
    }

    @Test
    void theDownloadIsSmall() throws IOException {
        assertTrue(Files.size(tarball) <= mostBytes, Files.size(tarball) + " bytes");
    }

    @Test
    void checksumFileIsWhatSha256sumChecks() throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(tarball));
        String expected = HexFormat.of().formatHex(digest) + "  " + tarball.getFileName() + "\n";
        assertEquals(expected, Files.readString(Path.of(tarball + ".sha256")));
    }

    private static String describe(TarArchiveEntry entry) {
        String type;
        if (entry.isSymbolicLink()) {
            type = "link";
        } else if (entry.isDirectory()) {
            type = "dir ";
        } else {
            type = entry.isFile() && !entry.isLink() ? "file" : "type " + (char) entry.getLinkFlag();
        }
        String target = entry.isSymbolicLink() ? " -> " + entry.getLinkName() : "";
        return "%s %04o %d:%d %s:%s %s%s"
                .formatted(
                        type,
                        entry.getMode() & 07777,
                        entry.getLongUserId(),
                        entry.getLongGroupId(),
                        entry.getUserName(),
                        entry.getGroupName(),
                        entry.getName(),
                        target);
    }

    private List<TarArchiveEntry> entries() throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = open()) {
            for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                entries.add(e);
            }
        }
        return entries;
    }

    private TarArchiveInputStream open() throws IOException {
        return new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(tarball)));
    }
}
