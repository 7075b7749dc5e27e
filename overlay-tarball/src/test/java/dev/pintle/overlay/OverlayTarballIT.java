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

/** The tarball that a Dockerfile ADDs holds what it should, and nothing of the machine that built it. */
class OverlayTarballIT {

    private static final Path TARBALL = Path.of(System.getProperty("overlay.tarball", ""));
    private static final Path BINARY = Path.of(System.getProperty("overlay.binary", ""));
    private static final Instant TIMESTAMP = Instant.parse(System.getProperty("overlay.timestamp", ""));

    /** What is downloaded for one architecture; docs/adr/0005 says why. */
    private static final long MOST_BYTES = 345_400;

    /** Type, mode, owner and name of every entry. What is not here must not be in the tarball. */
    private static final List<String> EXPECTED = List.of(
            "file 0755 0:0 root:root init",
            "file 0644 0:0 root:root usr/lib/pintle/LICENSE",
            "file 0644 0:0 root:root usr/lib/pintle/NOTICE",
            "link 0755 0:0 root:root usr/bin/pintle -> ../../init",
            "link 0755 0:0 root:root usr/bin/pintle-check-http -> ../../init",
            "link 0755 0:0 root:root usr/bin/pintle-check-tcp -> ../../init",
            "link 0755 0:0 root:root usr/bin/pintle-chown -> ../../init",
            "link 0755 0:0 root:root usr/bin/pintle-env -> ../../init",
            "link 0755 0:0 root:root usr/bin/pintle-limit -> ../../init",
            "link 0755 0:0 root:root usr/bin/pintle-log -> ../../init",
            "link 0755 0:0 root:root usr/bin/pintle-notify -> ../../init",
            "link 0755 0:0 root:root usr/bin/pintle-pidproxy -> ../../init",
            "link 0755 0:0 root:root usr/bin/pintle-setuser -> ../../init",
            "link 0755 0:0 root:root usr/bin/pintle-wait -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/chpst -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/envdir -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/envuidgid -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/pgrphack -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/setlock -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/setuidgid -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/softlimit -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/sv -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/svlogd -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/s6/printcontenv -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/s6/s6-envdir -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/s6/s6-notifyoncheck -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/s6/s6-setuidgid -> ../../../../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/s6/with-contenv -> ../../../../../init",
            "dir  0755 0:0 root:root etc/pintle/",
            "dir  0755 0:0 root:root etc/pintle/services/",
            "dir  0755 0:0 root:root usr/lib/pintle/");

    @Test
    void holdsTheseEntriesAndNoOther() throws IOException {
        List<String> entries = new ArrayList<>();
        for (TarArchiveEntry entry : entries()) {
            entries.add(describe(entry));
        }
        List<String> expected = new ArrayList<>(EXPECTED);
        Collections.sort(expected);
        Collections.sort(entries);
        assertEquals(String.join("\n", expected), String.join("\n", entries));
    }

    @Test
    void initIsTheStrippedBinary() throws IOException {
        try (TarArchiveInputStream tar = open()) {
            TarArchiveEntry entry = tar.getNextEntry();
            assertEquals("init", entry.getName());
            assertArrayEquals(Files.readAllBytes(BINARY), tar.readAllBytes());
        }
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

    private static String text(String name) throws IOException {
        try (TarArchiveInputStream tar = open()) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new IOException("there is no " + name + " in " + TARBALL);
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
        try (InputStream in = Files.newInputStream(TARBALL)) {
            assertEquals(header.length, in.readNBytes(header, 0, header.length));
        }
        // RFC 1952: magic, method 8, flags, four bytes of time, extra flags, operating system.
        assertEquals("1f8b0800" + "00000000", HexFormat.of().formatHex(header, 0, 8));
    }

    @Test
    void theDownloadIsSmall() throws IOException {
        assertTrue(Files.size(TARBALL) <= MOST_BYTES, Files.size(TARBALL) + " bytes");
    }

    @Test
    void checksumFileIsWhatSha256sumChecks() throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(TARBALL));
        String expected = HexFormat.of().formatHex(digest) + "  " + TARBALL.getFileName() + "\n";
        assertEquals(expected, Files.readString(Path.of(TARBALL + ".sha256")));
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

    private static List<TarArchiveEntry> entries() throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = open()) {
            for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                entries.add(e);
            }
        }
        return entries;
    }

    private static TarArchiveInputStream open() throws IOException {
        return new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(TARBALL)));
    }
}
