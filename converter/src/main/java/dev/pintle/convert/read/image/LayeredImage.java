package dev.pintle.convert.read.image;

import dev.pintle.convert.read.InputFile;
import dev.pintle.convert.read.Links;
import dev.pintle.convert.read.image.Layer.Entry;
import dev.pintle.convert.read.image.Layer.Kind;
import dev.pintle.layout.Diagnostic;
import dev.pintle.s6.TreeFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An image of several layers, the last one on top. A file of a later layer hides that of an earlier one; {@code .wh.NAME}
 * takes a file of the layers below away, as in the layers of an image.
 */
public final class LayeredImage implements dev.pintle.s6.ImageFiles, Closeable {

    /** The most that is read of a file. */
    static final long MAX_BYTES = 16L << 20;

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = "/.wh..wh..opq";

    private final List<Layer> layers;
    private final Map<String, InputFile> sources = new LinkedHashMap<>();
    private final Map<String, Diagnostic> unreadable = new LinkedHashMap<>();

    private LayeredImage(List<Layer> layers) {
        this.layers = layers;
    }

    /**
     * An image, or why there is none.
     *
     * @param image    absent where a root cannot be read
     * @param problems one for each such root
     */
    public record Opened(Optional<LayeredImage> image, List<Diagnostic> problems) {}

    /** Opens directories and tars; the first is the lowest layer. */
    public static Opened open(List<Path> roots) {
        return open(roots, List.of());
    }

    /** The same, with further layers on them. */
    public static Opened open(List<Path> roots, List<AssembledLayer> further) {
        List<Layer> layers = new ArrayList<>();
        List<Diagnostic> problems = new ArrayList<>();
        for (Path root : roots) {
            try {
                if (Files.isDirectory(root)) {
                    layers.add(new DirectoryLayer(root));
                } else if (Files.exists(root)) {
                    layers.add(TarLayer.open(root));
                } else {
                    throw new NoSuchFileException(root.toString());
                }
            } catch (IOException e) {
                String cause = e instanceof NoSuchFileException ? "there is no such file or directory" : e.getMessage();
                problems.add(problem(root.toString(), String.valueOf(cause)));
            }
        }
        layers.addAll(further);
        LayeredImage image = new LayeredImage(layers);
        if (!problems.isEmpty()) {
            image.close();
            return new Opened(Optional.empty(), problems);
        }
        return new Opened(Optional.of(image), problems);
    }

    private static Diagnostic problem(String file, String cause) {
        return new Diagnostic(
                Diagnostic.Severity.ERROR, "unreadable", file, 0, 0, "cannot read " + file + ": " + cause, null);
    }

    /** The files that have been read. */
    public List<InputFile> sources() {
        return List.copyOf(sources.values());
    }

    /** One problem for each file that is there and cannot be read. */
    public List<Diagnostic> unreadable() {
        return List.copyOf(unreadable.values());
    }

    /** How messages name a path of the image: by the layer that has it. */
    public String shown(String path) {
        Layer owner = owner(path);
        return (owner == null ? layers.get(layers.size() - 1) : owner).shown(path);
    }

    /** The topmost layer that has something at a path, which no link is in. */
    private @Nullable Layer owner(String path) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            if (layers.get(i).entry(path) != null) {
                return layers.get(i);
            }
            if (hides(layers.get(i), path)) {
                return null;
            }
        }
        return null;
    }

    /** Whether a layer takes away what is at a path of the layers below. */
    private static boolean hides(Layer layer, String path) {
        for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (hidesItself(layer, path.substring(0, slash))
                    || layer.entry(path.substring(0, slash) + OPAQUE) != null) {
                return true;
            }
        }
        return hidesItself(layer, path);
    }

    private static boolean hidesItself(Layer layer, String path) {
        int slash = path.lastIndexOf('/');
        return layer.entry(path.substring(0, slash + 1) + WHITEOUT + path.substring(slash + 1)) != null;
    }

    private @Nullable Entry entry(String path) {
        Layer owner = owner(path);
        return owner == null ? null : owner.entry(path);
    }

    /** Where a path leads once its links are followed; null where nothing is there, or links go round in circles. */
    private @Nullable String resolve(String path) {
        return Links.resolve(path, here -> entry(here) != null, this::link).orElse(null);
    }

    private Optional<String> link(String path) {
        Entry entry = entry(path);
        return entry != null && entry.kind() == Kind.LINK ? Optional.of(entry.link()) : Optional.empty();
    }

    @Override
    public List<String> names(String directory) {
        String resolved = resolve(directory);
        if (resolved == null || !isDirectory(directory)) {
            return List.of();
        }
        TreeSet<String> names = new TreeSet<>();
        String prefix = resolved.equals("/") ? "/" : resolved + "/";
        for (int i = layers.size() - 1; i >= 0; i--) {
            for (String name : layers.get(i).names(resolved)) {
                if (!name.startsWith(WHITEOUT) && owner(prefix + name) != null) {
                    names.add(name);
                }
            }
        }
        return List.copyOf(names);
    }

    @Override
    public boolean isDirectory(String path) {
        String resolved = resolve(path);
        if (resolved == null) {
            return false;
        }
        Entry entry = resolved.equals("/") ? new Entry(Kind.DIRECTORY, "", false, 0) : entry(resolved);
        return entry != null && entry.kind() == Kind.DIRECTORY;
    }

    @Override
    public @Nullable TreeFile file(String path) {
        String resolved = resolve(path);
        if (resolved == null) {
            boolean link = path.startsWith("/") && entry(path) != null;
            return link ? new TreeFile(path, TreeFile.Kind.DANGLING, "", false) : null;
        }
        Layer layer = owner(resolved);
        Entry entry = layer == null ? null : layer.entry(resolved);
        if (layer == null || entry == null || entry.kind() == Kind.DIRECTORY) {
            return null;
        }
        if (entry.kind() != Kind.FILE || entry.size() > MAX_BYTES) {
            return new TreeFile(path, TreeFile.Kind.OTHER, "", entry.executable());
        }
        try {
            String text = new String(layer.read(resolved), StandardCharsets.UTF_8);
            sources.put(resolved, new InputFile(Path.of(layer.shown(resolved)), layer.shown(resolved), text));
            return new TreeFile(path, TreeFile.Kind.REGULAR, text, entry.executable());
        } catch (IOException e) {
            unreadable.put(resolved, problem(layer.shown(resolved), cause(e)));
            return new TreeFile(path, TreeFile.Kind.OTHER, "", entry.executable());
        }
    }

    private static String cause(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    @Override
    public void close() {
        for (Layer layer : layers) {
            try {
                layer.close();
            } catch (IOException e) {
                // It was only read.
            }
        }
    }
}
