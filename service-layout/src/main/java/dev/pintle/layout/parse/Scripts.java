package dev.pintle.layout.parse;

import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.LayoutSource.UnreadableException;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs of a service directory: finds what {@code ./NAME} means, and whether the kernel would execute it. What it
 * would not is a container that does not start, so it is worth an error before.
 */
final class Scripts {

    /** As much of a script as the kernel reads to find its interpreter. */
    private static final int SHEBANG_LIMIT = 256;

    private final LayoutSource source;
    private final String directory;
    private final Diagnostics diagnostics;

    Scripts(LayoutSource source, String directory, Diagnostics diagnostics) {
        this.source = source;
        this.directory = directory;
        this.diagnostics = diagnostics;
    }

    /** Whether a command's first word names a file of the service directory. */
    static boolean isOwn(List<String> words) {
        return words.get(0).startsWith("./");
    }

    /** The command with {@code ./NAME} made absolute and checked; argv[0] is then the absolute path too. */
    List<String> resolve(List<String> words, Position position) {
        if (!isOwn(words)) {
            return words;
        }
        String name = words.get(0).substring(2);
        String path = directory + "/" + name;
        if (check(path, position, "./" + name)) {
            List<String> resolved = new ArrayList<>(words);
            resolved.set(0, path);
            return List.copyOf(resolved);
        }
        return words;
    }

    /** Whether the file is there; reports what is wrong with it. */
    boolean check(String path, Position position, String shown) {
        String start;
        try {
            start = source.read(path, SHEBANG_LIMIT);
        } catch (UnreadableException e) {
            // A binary can be executed by who may not read it, so only the execute bit is known to matter.
            start = "\u007fELF";
        }
        if (start == null) {
            diagnostics.error(
                    position,
                    "no-such-file",
                    "find " + shown,
                    "it is not in " + directory,
                    "./ is the service directory; write an absolute path for another");
            return false;
        }
        if (!source.isExecutable(path)) {
            diagnostics.error(
                    Position.of(path), "not-executable", "execute " + shown, "no execute bit", "chmod +x " + path);
        }
        if (!start.startsWith("\u007fELF")) {
            checkShebang(path, start, shown);
        }
        return true;
    }

    private void checkShebang(String path, String start, String shown) {
        int newline = start.indexOf('\n');
        String line = newline < 0 ? start : start.substring(0, newline);
        Position position = new Position(path, 1, 1);
        if (line.startsWith("\uFEFF")) {
            diagnostics.error(
                    position,
                    "no-shebang",
                    "execute " + shown,
                    "a byte order mark comes before #!",
                    "save the file as UTF-8 without it");
        } else if (!line.startsWith("#!")) {
            diagnostics.error(
                    position,
                    "no-shebang",
                    "execute " + shown,
                    "it has no interpreter",
                    "begin it with a line such as #!/bin/sh");
        } else if (line.endsWith("\r")) {
            diagnostics.error(
                    position,
                    "crlf",
                    "execute " + shown,
                    "its first line ends with CR LF, and the CR would belong to the" + " interpreter's name",
                    "sed -i 's/\\r$//' " + path);
        } else if (Ascii.trim(line.substring(2)).isEmpty()) {
            diagnostics.error(
                    position,
                    "no-shebang",
                    "execute " + shown,
                    "no interpreter follows #!",
                    "begin it with a line such as #!/bin/sh");
        }
    }
}
