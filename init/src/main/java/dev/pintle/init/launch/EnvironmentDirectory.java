package dev.pintle.init.launch;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.text.Ascii;
import java.util.Map;

/**
 * Variables from a directory with a file for each (chpst -e, envdir, s6-envdir): the value is the first line without blanks
 * at its end, a NUL stands for a newline, an empty file takes the variable away.
 */
public final class EnvironmentDirectory {
    /** As long as one string of an environment may be for execve(2). */
    public static final int LARGEST_VALUE = 131_072;

    private EnvironmentDirectory() {}

    /**
     * Reads one file.
     *
     * @return 0, or an errno
     */
    public static int readVariable(Sys sys, String directory, String name, Map<String, String> environment) {
        Files.Reading reading = read(sys, directory + "/" + name);
        String text = reading.text();
        if (text == null) {
            return reading.errno();
        }
        if (text.isEmpty()) {
            environment.remove(name);
        } else {
            environment.put(name, trimEnd(firstLine(text)).replace('\0', '\n'));
        }
        return 0;
    }

    /** Reads a file of a directory; one that is a directory is none, on whatever kernel. */
    public static Files.Reading read(Sys sys, String path) {
        FileFacts facts = new FileFacts();
        if (sys.stat(path, facts) == 0 && facts.directory) {
            return Files.Reading.failed(Errno.EISDIR);
        }
        return Files.read(sys, path, LARGEST_VALUE);
    }

    /** What is before the first newline. */
    public static String firstLine(String text) {
        int newline = text.indexOf('\n');
        return newline < 0 ? text : text.substring(0, newline);
    }

    /** Without the blanks at its end. */
    public static String trimEnd(String text) {
        int end = text.length();
        while (end > 0 && Ascii.isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }
}
