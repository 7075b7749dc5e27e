package dev.pintle.convert.parse.runit;

import dev.pintle.convert.parse.runit.RunitConfig.Build;
import dev.pintle.convert.parse.runit.RunitConfig.Phusion;
import dev.pintle.convert.parse.runit.RunitConfig.Script;
import dev.pintle.convert.read.ImageTree;
import dev.pintle.convert.read.ReadException;
import dev.pintle.layout.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds service directories as runsvdir does, and reads all that is in them. */
public final class RunitParser {

    private static final String INIT_SCRIPTS = "/etc/my_init.d";
    private static final String RC_LOCAL = "/etc/rc.local";
    private static final String ENVIRONMENT = "/etc/container_environment";

    private final ImageTree tree;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Map<String, String> pathsByReal = new LinkedHashMap<>();
    private final Map<String, ServiceDirectory> services = new TreeMap<>();

    private RunitParser(ImageTree tree) {
        this.tree = tree;
    }

    /**
     * What became of the directories.
     *
     * @param config      absent where any diagnostic is an error
     * @param diagnostics sorted by file
     */
    public record Result(Optional<RunitConfig> config, List<Diagnostic> diagnostics) {}

    /** What to do about phusion's my_init. */
    public enum PhusionMode {
        /** Its files are converted where the root has them. */
        DETECT,
        /** They are converted, and it is an error if there are none. */
        YES,
        /** The image starts my_init: what it does by itself counts, and its files where there are any. */
        STARTED
    }

    /**
     * Reads service directories and scan directories.
     *
     * @param tree  the image's files
     * @param paths on this machine; one with a {@code run} is a service, any other is scanned
     */
    public static Result parse(ImageTree tree, List<Path> paths, PhusionMode mode) {
        return parse(tree, paths, mode, Optional.empty());
    }

    /** The same, where the tree is what a Dockerfile copies. */
    public static Result parse(ImageTree tree, List<Path> paths, PhusionMode mode, Optional<Build> build) {
        RunitParser parser = new RunitParser(tree);
        Optional<Phusion> phusion = Optional.empty();
        paths.forEach(parser::path);
        try {
            phusion = tree.isImage() || mode != PhusionMode.DETECT
                    ? parser.phusion(mode == PhusionMode.STARTED)
                    : Optional.empty();
        } catch (ReadException e) {
            parser.diagnostics.add(e.diagnostic());
        }
        if (mode == PhusionMode.YES && phusion.isEmpty()) {
            parser.error(
                    "no-phusion",
                    tree.shown(INIT_SCRIPTS),
                    "find phusion's my_init",
                    "there is neither " + INIT_SCRIPTS + " nor " + ENVIRONMENT,
                    "name the directory of the image's files with --root");
        }
        RunitConfig config = new RunitConfig(List.copyOf(parser.services.values()), parser::imageFile, phusion, build);
        return new Result(
                parser.diagnostics.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR)
                        ? Optional.empty()
                        : Optional.of(config),
                parser.diagnostics.stream()
                        .sorted(Comparator.comparing(Diagnostic::file))
                        .toList());
    }

    private void error(String code, String file, String what, String cause, String hint) {
        diagnostics.add(
                new Diagnostic(Diagnostic.Severity.ERROR, code, file, 0, 0, "cannot " + what + ": " + cause, hint));
    }

    private void path(Path given) {
        String path = tree.inContainer(given);
        Optional<String> real = tree.resolve(path);
        if (real.isEmpty() || !tree.isDirectory(real.get())) {
            error(
                    "no-directory",
                    tree.shown(path),
                    "read " + tree.shown(path),
                    real.isEmpty() ? "there is no such directory" : "it is no directory",
                    "name a service directory, or a directory of them such as /etc/service");
            return;
        }
        try {
            if (tree.names(real.get()).contains("run")) {
                service(path, real.get());
            } else {
                scan(path, real.get());
            }
        } catch (ReadException e) {
            diagnostics.add(e.diagnostic());
        }
    }

    /** As runsvdir: every directory whose name does not begin with a dot. */
    private void scan(String path, String real) throws ReadException {
        int before = services.size();
        int dangling = 0;
        for (String name : tree.names(real)) {
            Optional<String> target = name.startsWith(".") ? Optional.empty() : tree.resolve(real + "/" + name);
            if (target.filter(tree::isDirectory).isPresent()) {
                service(path + "/" + name, target.get());
            } else if (!name.startsWith(".") && target.isEmpty()) {
                dangling++;
                diagnostics.add(new Diagnostic(
                        Diagnostic.Severity.WARNING,
                        "dangling",
                        tree.shown(path + "/" + name),
                        0,
                        0,
                        "cannot convert " + name + ": it is a link to "
                                + tree.link(real + "/" + name).orElse("nothing") + ", which is not there",
                        tree.isImage()
                                ? "copy it out of the image too"
                                : "name the directory of the image's files with --root"));
            }
        }
        if (services.size() == before) {
            error(
                    "no-services",
                    tree.shown(path),
                    "find services in " + tree.shown(path),
                    dangling > 0
                            ? "all its entries are links that lead nowhere"
                            : "it has no directory with a run in it",
                    "name a service directory, or a directory of them such as /etc/service");
        }
    }

    private void service(String path, String real) throws ReadException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (pathsByReal.containsKey(real)) {
            return;
        }
        pathsByReal.put(real, path);
        ServiceDirectory other = services.get(name);
        if (other != null) {
            error(
                    "same-name",
                    tree.shown(path),
                    "convert " + tree.shown(path),
                    other.shown() + " has the same name",
                    "convert them apart, or rename one");
            return;
        }
        List<String> paths = path.equals(real) ? List.of(path) : List.of(path, real);
        services.put(
                name,
                new ServiceDirectory(
                        name, tree.shown(path), paths, new DirectoryWalk(tree, tree.shown(path)).files(real)));
    }

    /** Only what an image holds; this machine's own files say nothing about one. */
    private Optional<ImageTree.Content> imageFile(String path) {
        Optional<String> real = tree.isImage() ? tree.resolve(path).filter(tree::isFile) : Optional.empty();
        try {
            return real.isPresent() ? Optional.of(tree.read(real.get())) : Optional.empty();
        } catch (ReadException e) {
            return Optional.empty();
        }
    }

    private Optional<Phusion> phusion(boolean started) throws ReadException {
        boolean there = started
                || tree.resolve(INIT_SCRIPTS).isPresent()
                || tree.resolve(ENVIRONMENT).isPresent();
        if (!there) {
            return Optional.empty();
        }
        List<Script> scripts = new ArrayList<>(executables(INIT_SCRIPTS));
        Optional<String> rcLocal = tree.resolve(RC_LOCAL).filter(tree::isFile);
        if (rcLocal.isPresent() && tree.isExecutable(rcLocal.get())) {
            scripts.add(new Script(RC_LOCAL, file(RC_LOCAL)));
        }
        Map<String, ServiceFile> environment = new TreeMap<>();
        Optional<String> directory = tree.resolve(ENVIRONMENT).filter(tree::isDirectory);
        if (directory.isPresent()) {
            for (String name : tree.names(directory.get())) {
                environment.put(name, file(ENVIRONMENT + "/" + name));
            }
        }
        return Optional.of(new Phusion(
                scripts,
                executables("/etc/my_init.pre_shutdown.d"),
                executables("/etc/my_init.post_shutdown.d"),
                environment));
    }

    /** As my_init: what has an execute bit, sorted by name. */
    private List<Script> executables(String directory) throws ReadException {
        List<Script> scripts = new ArrayList<>();
        Optional<String> real = tree.resolve(directory).filter(tree::isDirectory);
        for (String name : real.isPresent() ? tree.names(real.get()) : List.<String>of()) {
            Optional<String> file = tree.resolve(real.get() + "/" + name).filter(tree::isFile);
            if (file.isPresent()) {
                scripts.add(new Script(directory + "/" + name, file(directory + "/" + name)));
            }
        }
        return scripts;
    }

    private ServiceFile file(String path) throws ReadException {
        return DirectoryWalk.file(tree, path, path, tree.shown(path));
    }
}
