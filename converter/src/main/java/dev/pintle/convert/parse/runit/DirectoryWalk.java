package dev.pintle.convert.parse.runit;

import dev.pintle.convert.parse.runit.ServiceFile.Kind;
import dev.pintle.convert.read.ImageTree;
import dev.pintle.convert.read.ImageTree.Content;
import dev.pintle.convert.read.ReadException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Collects the files of a service directory. */
final class DirectoryWalk {

    /** Deeper than any service directory is; a link to a directory above would lead on for ever. */
    private static final int MAX_DEPTH = 6;

    private static final int MAX_FILES = 2000;

    private final ImageTree tree;
    private final String shown;
    private final Map<String, ServiceFile> files = new TreeMap<>();

    /** Takes the directory's name for messages. */
    DirectoryWalk(ImageTree tree, String shown) {
        this.tree = tree;
        this.shown = shown;
    }

    /** The files below a resolved directory, by their paths in it. */
    Map<String, ServiceFile> files(String directory) throws ReadException {
        walk(directory, "", 0);
        return files;
    }

    private void walk(String directory, String prefix, int depth) throws ReadException {
        for (String name : tree.names(directory)) {
            String path = prefix + name;
            String at = directory + "/" + name;
            Optional<String> real = tree.resolve(at);
            boolean nested = real.filter(tree::isDirectory).isPresent();
            // What runsv keeps there is of no use to anybody, and may be another process's.
            boolean supervise = path.equals("supervise") || path.equals("log/supervise");
            // A link beside log/run leads to where its logs are, which is no part of the service.
            boolean elsewhere = prefix.equals("log/") && tree.link(at).isPresent();
            if (nested && depth < MAX_DEPTH && files.size() < MAX_FILES && !supervise && !elsewhere) {
                walk(real.get(), path + "/", depth + 1);
            } else {
                files.put(path, nested ? other(at, path) : file(tree, at, path, shown + "/" + path));
            }
        }
    }

    private ServiceFile other(String at, String path) {
        return new ServiceFile(path, shown + "/" + path, Kind.OTHER, "", StandardCharsets.UTF_8, false, tree.link(at));
    }

    /** Reads what is at {@code at}. */
    static ServiceFile file(ImageTree tree, String at, String path, String shown) throws ReadException {
        Optional<String> real = tree.resolve(at);
        Optional<String> link = tree.link(at);
        if (real.isEmpty() || !tree.isFile(real.get())) {
            Kind kind = real.isEmpty() ? Kind.DANGLING : Kind.OTHER;
            return new ServiceFile(path, shown, kind, "", StandardCharsets.UTF_8, false, link);
        }
        Content content = tree.read(real.get());
        return new ServiceFile(
                path, shown, Kind.REGULAR, content.text(), content.charset(), tree.isExecutable(real.get()), link);
    }
}
