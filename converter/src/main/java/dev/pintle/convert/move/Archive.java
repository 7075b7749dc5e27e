package dev.pintle.convert.move;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Archives and packages: which files are some, and what is in those that can be read. */
final class Archive {

    private static final List<String> TARS = List.of(".tar", ".tar.gz", ".tgz");

    private static final List<String> ZIPS = List.of(".zip", ".jar", ".war", ".ear", ".whl", ".egg");

    /** Whose compression, or whose format, is not read here. */
    private static final List<String> CLOSED = List.of(
            ".tar.xz",
            ".txz",
            ".tar.bz2",
            ".tbz",
            ".tbz2",
            ".tar.zst",
            ".tar.lz",
            ".deb",
            ".rpm",
            ".apk",
            ".7z",
            ".rar",
            ".cpio",
            ".phar",
            ".gem");

    private static final int BLOCK = 512;

    /** Of one file; of larger ones the name is looked at. */
    private static final int MAX_FILE = 1 << 20;

    /** Of all files together: an archive that has more is not looked into. */
    private static final long MAX_ALL = 256L << 20;

    private final BiConsumer<String, byte[]> taker;
    private long read;

    private Archive(BiConsumer<String, byte[]> taker) {
        this.taker = taker;
    }

    /** Whether a file, by its name, is one. */
    static boolean is(String name) {
        return ends(name, TARS) || ends(name, ZIPS) || ends(name, CLOSED);
    }

    private static boolean ends(String name, List<String> endings) {
        String lower = name.toLowerCase(Locale.ROOT);
        return endings.stream().anyMatch(lower::endsWith);
    }

    /**
     * Reads an archive; returns whether all of it was.
     *
     * @param taker gets each file's name, and its content, which is empty for a large one
     */
    static boolean read(Path path, BiConsumer<String, byte[]> taker) {
        String name = path.toString();
        if (ends(name, CLOSED)) {
            return false;
        }
        Archive archive = new Archive(taker);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return ends(name, ZIPS) ? archive.zip(in) : archive.tar(isPacked(in) ? new GZIPInputStream(in) : in);
        } catch (IOException | IllegalArgumentException e) {
            // A damaged or encrypted one, or names in an unknown encoding.
            return false;
        }
    }

    private static boolean isPacked(InputStream in) throws IOException {
        in.mark(2);
        boolean packed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return packed;
    }

    private boolean zip(InputStream in) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        int count = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            count++;
            byte[] bytes = zip.readNBytes(MAX_FILE + 1);
            read += bytes.length + (bytes.length > MAX_FILE ? zip.skip(MAX_ALL) : 0);
            if (read > MAX_ALL) {
                return false;
            }
            if (!entry.isDirectory()) {
                taker.accept(entry.getName(), bytes.length > MAX_FILE ? new byte[0] : bytes);
            }
        }
        return count > 0;
    }

    private boolean tar(InputStream in) throws IOException {
        String longName = "";
        for (byte[] header = in.readNBytes(BLOCK);
                header.length == BLOCK && header[0] != 0;
                header = in.readNBytes(BLOCK)) {
            if (!text(header, 257, 5).equals("ustar")) {
                return false;
            }
            long size = size(header);
            read += size;
            if (read > MAX_ALL) {
                return false;
            }
            byte[] content = size > MAX_FILE ? new byte[0] : in.readNBytes((int) size);
            in.skipNBytes((size > MAX_FILE ? size : 0) + (BLOCK - size % BLOCK) % BLOCK);
            switch (header[156]) {
                case 'L' -> longName = text(content, 0, content.length);
                case 'x' -> longName = path(new String(content, StandardCharsets.UTF_8), longName);
                case 0, '0', '7' -> {
                    taker.accept(longName.isEmpty() ? name(header) : longName, content);
                    longName = "";
                }
                default -> longName = "";
            }
        }
        if (read == 0) {
            throw new EOFException();
        }
        return true;
    }

    /** The name in the records of pax. */
    private static String path(String records, String otherwise) {
        return records.lines()
                .filter(line -> line.matches("\\d+ path=.*"))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElse(otherwise);
    }

    private static String name(byte[] header) {
        String prefix = text(header, 345, 155);
        return (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, 100);
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static long size(byte[] header) throws IOException {
        if ((header[124] & 0x80) != 0) {
            // A size beyond eight gigabytes.
            return MAX_ALL + 1;
        }
        try {
            return Long.parseLong(text(header, 124, 12).strip(), 8);
        } catch (NumberFormatException e) {
            throw new IOException("it is no tar", e);
        }
    }
}
