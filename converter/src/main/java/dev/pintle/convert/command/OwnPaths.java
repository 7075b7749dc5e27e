package dev.pintle.convert.command;

import dev.pintle.convert.read.InputFile;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that a configuration names as supervisord's own: its pid file, its log, its socket. */
final class OwnPaths {

    private static final Pattern SECTION = Pattern.compile("^\\[(?:supervisord|unix_http_server|supervisorctl)\\]");

    private static final Pattern KEY = Pattern.compile(
            "^(?:pidfile|logfile|file|serverurl)\\s*[=:]\\s*(?:unix://)?(/[^\\s;]+)", Pattern.CASE_INSENSITIVE);

    private OwnPaths() {}

    /** Those of all files that were read. */
    static Set<String> of(List<InputFile> inputs) {
        Set<String> paths = new TreeSet<>();
        for (InputFile input : inputs) {
            boolean inside = false;
            for (String line : input.text().split("\\R", -1)) {
                inside = line.startsWith("[") ? SECTION.matcher(line).find() : inside;
                Matcher key = KEY.matcher(line);
                if (inside && key.find() && !key.group(1).startsWith("/dev/")) {
                    paths.add(key.group(1));
                }
            }
        }
        return paths;
    }
}
