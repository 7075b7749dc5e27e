package dev.pintle.convert.read.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A layer that is a tar, as {@code docker export} and {@code docker save} write it: ustar with the long names of pax or GNU.
 * Only its index is held in memory.
 */
final class TarLayer implements Layer {

    private static final int BLOCK = 512;

    private static final int MAX_RECORDS = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Member> members = new HashMap<>();
    private final Map<String, TreeSet<String>> children = new HashMap<>();

    /** An entry and where its content begins; a hard link has that of what it is a link to. */
    private record Member(Entry entry, long offset, String hardLink) {}

    private TarLayer(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Reads the index. */
    static TarLayer open(Path file) throws IOException {
        TarLayer layer = new TarLayer(file, FileChannel.open(file));
        try {
            layer.index();
            return layer;
        } catch (IOException e) {
            layer.close();
            throw e;
        }
    }

    private void index() throws IOException {
        long at = 0;
        String longName = "";
        String longLink = "";
        Map<String, String> pax = Map.of();
        byte[] header = bytes(0, BLOCK);
        if (header.length < BLOCK || !new String(header, 257, 5, StandardCharsets.US_ASCII).equals("ustar")) {
            boolean gzip = header.length > 2 && (header[0] & 0xff) == 0x1f && (header[1] & 0xff) == 0x8b;
            throw new IOException(gzip ? "it is compressed: unpack it with gunzip first" : "it is no tar");
        }
        for (int count = 0; header.length == BLOCK && header[0] != 0; count++) {
            if (count > MAX_RECORDS) {
                throw new IOException("it has more than " + MAX_RECORDS + " entries");
            }
            long size = pax.containsKey("size") ? Long.parseLong(pax.get("size")) : number(header, 124, 12);
            long content = at + BLOCK;
            switch (header[156]) {
                case 'x' -> pax = records(bytes(content, size));
                case 'L' -> longName = text(bytes(content, size), 0, (int) size);
                case 'K' -> longLink = text(bytes(content, size), 0, (int) size);
                case 'g' -> {}
                default -> {
                    String name = pax.getOrDefault("path", longName.isEmpty() ? name(header) : longName);
                    String link = pax.getOrDefault("linkpath", longLink.isEmpty() ? text(header, 157, 100) : longLink);
                    add(name, header, link, content, size);
                    pax = Map.of();
                    longName = "";
                    longLink = "";
                }
            }
            at = content + (size + BLOCK - 1) / BLOCK * BLOCK;
            header = bytes(at, BLOCK);
        }
    }

    private void add(String name, byte[] header, String link, long offset, long size) throws IOException {
        String path = clean(name);
        if (path.isEmpty()) {
            return;
        }
        boolean executable = (number(header, 100, 8) & 0111) != 0;
        Kind kind = switch (header[156]) {
            case 0, '0', '7', '1' -> Kind.FILE;
            case '2' -> Kind.LINK;
            case '5' -> Kind.DIRECTORY;
            default -> Kind.OTHER;
        };
        String hard = header[156] == '1' ? clean(link) : "";
        members.put(path, new Member(new Entry(kind, kind == Kind.LINK ? link : "", executable, size), offset, hard));
        String child = path;
        for (int slash = child.lastIndexOf('/'); slash >= 0; slash = child.lastIndexOf('/')) {
            String parent = slash == 0 ? "/" : child.substring(0, slash);
            if (!children.computeIfAbsent(parent, unused -> new TreeSet<>()).add(child.substring(slash + 1))
                    || slash == 0) {
                return;
            }
            child = parent;
        }
    }

    /** Absolute, without {@code .} and empty names; empty for the root, and where {@code ..} leads out. */
    private static String clean(String name) {
        StringBuilder out = new StringBuilder();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                return "";
            }
            if (!part.isEmpty() && !part.equals(".")) {
                out.append('/').append(part);
            }
        }
        return out.toString();
    }

    private static String name(byte[] header) {
        String prefix = text(header, 345, 155);
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static long number(byte[] header, int from, int length) throws IOException {
        if ((header[from] & 0x80) != 0) {
            long value = header[from] & 0x7f;
            for (int i = from + 1; i < from + length; i++) {
                value = value << 8 | (header[i] & 0xff);
            }
            return value;
        }
        String digits = text(header, from, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("it is no tar: '" + digits + "' is no octal number", e);
        }
    }

    /** {@code LENGTH KEY=VALUE} in lines. */
    private static Map<String, String> records(byte[] bytes) throws IOException {
        Map<String, String> records = new HashMap<>();
        int at = 0;
        while (at < bytes.length) {
            int blank = at;
            while (blank < bytes.length && bytes[blank] != ' ') {
                blank++;
            }
            int length;
            try {
                length = Integer.parseInt(new String(bytes, at, blank - at, StandardCharsets.US_ASCII));
            } catch (NumberFormatException e) {
                throw new IOException("it is no tar: a record of pax has no length", e);
            }
            if (length <= blank - at + 1 || at + length > bytes.length) {
                throw new IOException("it is no tar: a record of pax is cut off");
            }
            String record = new String(bytes, blank + 1, at + length - blank - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals > 0) {
                records.put(record.substring(0, equals), record.substring(equals + 1));
            }
            at += length;
        }
        return records;
    }

    private byte[] bytes(long at, long length) throws IOException {
        if (length < 0 || length > LayeredImage.MAX_BYTES) {
            throw new IOException("it is no tar, or has a header of " + length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, Math.max(0, channel.size() - at)));
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) > 0) {
            // until all is there
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip();
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public @Nullable Entry entry(String path) {
        Member member = members.get(path);
        if (member == null) {
            return children.containsKey(path) || path.equals("/") ? new Entry(Kind.DIRECTORY, "", false, 0) : null;
        }
        Member target = member.hardLink().isEmpty() ? null : members.get(member.hardLink());
        return target == null ? member.entry() : target.entry();
    }

    @Override
    public List<String> names(String directory) {
        return new ArrayList<>(children.getOrDefault(directory, new TreeSet<>()));
    }

    @Override
    public byte[] read(String path) throws IOException {
        Member member = members.get(path);
        Member target = member == null || member.hardLink().isEmpty() ? member : members.get(member.hardLink());
        if (target == null) {
            throw new IOException("there is no such file in " + file);
        }
        return bytes(target.offset(), target.entry().size());
    }

    @Override
    public String shown(String path) {
        return file + ":" + path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
