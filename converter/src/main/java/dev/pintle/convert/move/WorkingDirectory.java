package dev.pintle.convert.move;

import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import java.nio.file.Path;
import java.util.List;

/** The directory of the image that commands of a build are run in. */
final class WorkingDirectory {

    private String path;

    WorkingDirectory(String path) {
        this.path = path;
    }

    /** Takes note of {@code cd}. */
    void follow(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        List<ShellWord> words = invocation.arguments();
        if (invocation.program().equals("cd") && words.size() == 1) {
            path = of(words.get(0).value());
        }
    }

    String path() {
        return path;
    }

    /** A path as it is from the root. */
    String of(String word) {
        return behind(path, word);
    }

    /** The directory, or the file, that a path names in a directory. */
    static String behind(String directory, String word) {
        return word.indexOf('\0') >= 0
                ? word
                : Path.of(directory).resolve(word).normalize().toString();
    }
}
