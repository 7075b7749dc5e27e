package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.parse.supervisord.ini.IniDocument;
import dev.pintle.convert.read.FileTree;
import dev.pintle.convert.read.PythonText;
import dev.pintle.convert.read.ReadException;
import dev.pintle.convert.read.ScannedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the files of a configuration: the main one, then those that its {@code [include]} names. An {@code [include]} in
 * an included file changes nothing any more.
 */
final class Inclusion {

    private static final String HERE = "%(here)s";
    private static final String INCLUDE = "include";

    private final Context context;
    private final FileTree tree;
    private final List<String> included = new ArrayList<>();
    private final List<String> unmatched = new ArrayList<>();

    Inclusion(Context context, FileTree tree) {
        this.context = context;
        this.tree = tree;
    }

    /** The included files, as messages name them. */
    List<String> included() {
        return included;
    }

    /** The patterns that match nothing. */
    List<String> unmatched() {
        return unmatched;
    }

    /** Fills the context's document. */
    void read() throws ReadException {
        add(tree.readMain());
        IniDocument document = context.document();
        document.close(INCLUDE);
        if (document.has(INCLUDE)) {
            expandHere(context.here());
            OptionReader options =
                    context.options(INCLUDE, context.names().with("host_node_name", context.hostNodeName()));
            if (options.raw("files").isEmpty()) {
                options.missing("files", "name the files, or remove the section");
            }
            options.text("files")
                    .flatMap(files -> options.convert("files", files, Inclusion::patterns))
                    .ifPresent(patterns -> patterns.forEach(pattern -> include(options, pattern)));
        }
    }

    private void add(ScannedFile file) {
        context.problems().addAll(file.diagnostics());
        context.document().add(file);
    }

    private static List<String> patterns(Text files) throws BadValueException {
        Optional<String> literal = files.literal();
        if (literal.isEmpty()) {
            String variable = files.variables().get(0);
            throw new BadValueException(
                    "the files depend on the variable " + variable, 0, "set it with --env " + variable + "=VALUE");
        }
        return PythonText.split(literal.get());
    }

    private void include(OptionReader options, String relative) {
        String pattern = relative.startsWith("/") ? relative : context.here() + "/" + relative;
        List<String> paths = tree.glob(pattern);
        if (paths.isEmpty()) {
            unmatched.add(pattern);
            options.warn(
                    "files",
                    "nothing-included",
                    "cannot find a file that matches " + pattern,
                    "where the files are in the image only, copy them out and give their place with --root");
        }
        for (String path : paths) {
            if (!tree.isRegularFile(path)) {
                options.warn(
                        "files",
                        "not-a-file",
                        "cannot include " + tree.nameOf(path) + ": it is not a regular file",
                        "supervisord passes over directories: write DIRECTORY/*.conf if the files in one are meant");
                continue;
            }
            try {
                add(tree.read(path));
                included.add(tree.nameOf(path));
                int slash = path.lastIndexOf('/');
                expandHere(slash <= 0 ? "/" : path.substring(0, slash));
            } catch (ReadException e) {
                context.problems().addAll(List.of(e.diagnostic()));
            }
        }
    }

    /** By then every section has values of its own for what it inherits with {@code %(here)s} in it. */
    private void expandHere(String directory) {
        IniDocument document = context.document();
        for (String section : document.sections()) {
            for (String key : document.keys(section)) {
                String value = document.get(section, key);
                if (value != null && value.contains(HERE)) {
                    document.set(section, key, value.replace(HERE, directory));
                }
            }
        }
    }
}
