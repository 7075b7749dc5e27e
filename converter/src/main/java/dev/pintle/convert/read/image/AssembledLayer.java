package dev.pintle.convert.read.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A layer that is put together from files that lie elsewhere, and from texts: what a build adds to its base. */
public final class AssembledLayer implements Layer {

    private static final String WHITEOUT = ".wh.";

    private final Map<String, Member> members = new TreeMap<>();
    private final Map<String, TreeSet<String>> children = new TreeMap<>();
    private final String name;

    private record Member(Entry entry, @Nullable Path file, String text, String shown) {}

    /** An empty one; {@code name}: how messages name a path that it has not. */
    public AssembledLayer(String name) {
        this.name = name;
    }

    /**
     * Puts a file of this machine into it.
     *
     * @param place absolute, in the container
     * @param shown how messages name the file
     */
    public void file(String place, Path file, String shown, boolean executable) throws IOException {
        Entry entry = new Entry(Kind.FILE, "", executable, Files.size(file));
        add(place, new Member(entry, file, "", shown));
    }

    /** Puts a text into it. */
    public void text(String place, String text, String shown, boolean executable) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        add(place, new Member(new Entry(Kind.FILE, "", executable, size), null, text, shown));
    }

    /** Puts a symbolic link into it. */
    public void link(String place, String target) {
        add(place, new Member(new Entry(Kind.LINK, target, false, 0), null, "", place));
    }

    /** Whether there is something at a path, of this layer. */
    public boolean has(String place) {
        return entry(place) != null;
    }

    /**
     * Takes a path away, with all below it, of this layer and of those below it.
     *
     * @param stays which files of this layer have come later
     */
    public void remove(String place, Predicate<String> stays) {
        members.keySet().removeIf(each -> (each.equals(place) || each.startsWith(place + "/")) && !stays.test(each));
        children.clear();
        List.copyOf(members.keySet()).forEach(this::listed);
        int slash = place.lastIndexOf('/');
        if (entry(place) == null) {
            text(place.substring(0, slash + 1) + WHITEOUT + place.substring(slash + 1), "", place, false);
        }
    }

    private void add(String place, Member member) {
        members.put(place, member);
        listed(place);
    }

    private void listed(String place) {
        for (int slash = place.lastIndexOf('/'); slash >= 0; slash = place.lastIndexOf('/', slash - 1)) {
            String parent = slash == 0 ? "/" : place.substring(0, slash);
            int end = place.indexOf('/', slash + 1);
            String child = place.substring(slash + 1, end < 0 ? place.length() : end);
            children.computeIfAbsent(parent, unused -> new TreeSet<>()).add(child);
            if (slash == 0) {
                return;
            }
        }
    }

    @Override
    public @Nullable Entry entry(String path) {
        Member member = members.get(path);
        if (member != null) {
            return member.entry();
        }
        return children.containsKey(path) || path.equals("/") ? new Entry(Kind.DIRECTORY, "", false, 0) : null;
    }

    @Override
    public List<String> names(String directory) {
        return List.copyOf(children.getOrDefault(directory, new TreeSet<>()));
    }

    @Override
    public byte[] read(String path) throws IOException {
        Member member = members.get(path);
        if (member == null) {
            throw new IOException("there is no such file in " + name);
        }
        Path file = member.file();
        return file == null ? member.text().getBytes(StandardCharsets.UTF_8) : Files.readAllBytes(file);
    }

    @Override
    public String shown(String path) {
        Member member = members.get(path);
        return member == null ? name + ":" + path : member.shown();
    }

    @Override
    public void close() {}
}
