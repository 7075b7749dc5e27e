package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.FirstProcess;
import dev.pintle.convert.lower.runit.RunPlan.Line;
import dev.pintle.convert.parse.runit.ServiceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds what a script that is carried over asks of runit: its programs, its directories, its interpreters. */
final class Mentions {

    /** Programs that Pintle has too. */
    private static final Set<String> COMPATIBLE = Set.of("chpst", "sv", "svlogd");

    /** Programs of runit and its distributions that it has not. */
    private static final Set<String> MISSING = Set.of(
            "utmpset",
            "runsv",
            "runsvdir",
            "runsvchdir",
            "runit-init",
            "update-service",
            "vlogger",
            "pause",
            "my_init");

    /** Directories that runit's programs look into, and what a line says that names one. */
    private static final List<String> DIRECTORIES = List.of(
            "/etc/service", "/var/service", "/etc/sv/", "/etc/runit", "/lib/runit/", "/run/runit", "supervise/");

    private static final String VARIABLES = "/etc/container_environment";

    private final ServiceFile file;
    private boolean compatible;
    private final List<Line> lines = new ArrayList<>();

    Mentions(ServiceFile file) {
        this(file, file.text());
    }

    /** The same for the beginning of a file. */
    Mentions(ServiceFile file, String text) {
        this.file = file;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            line(text.substring(start, end), start);
            start = end + 1;
        }
    }

    /** Whether it calls a program of runit that Pintle has under the same name. */
    boolean compatible() {
        return compatible;
    }

    /** Lines that need attention. */
    List<Line> lines() {
        return lines;
    }

    private void line(String line, int offset) {
        String code = line.strip();
        if (code.startsWith("#!") && offset == 0) {
            if (code.contains("/runit/")) {
                say(offset, "#!", "its interpreter belongs to the package runit, which has to stay in the image");
            }
            return;
        }
        if (code.isEmpty() || code.startsWith("#")) {
            return;
        }
        for (String word : code.split("[\\s;&|()`\"'=<>{}]+", -1)) {
            String name = Paths.baseName(word);
            compatible |= COMPATIBLE.contains(name);
            if (MISSING.contains(name)) {
                say(
                        offset,
                        name,
                        "it calls " + name + ", which is runit's: it works only while that stays in the image");
            }
        }
        if (FirstProcess.isSignalled(code)) {
            lines.add(new Line(file, offset, "kill", Fate.notCarried(FirstProcess.WHY, FirstProcess.HINT)));
        }
        if (code.contains(VARIABLES)) {
            say(offset, VARIABLES, "it names " + VARIABLES + ", which my_init kept up to date and init does not");
        }
        for (String directory : DIRECTORIES) {
            int at = code.indexOf(directory);
            if (at >= 0) {
                say(
                        offset,
                        directory,
                        "it names " + directory
                                + ", where Pintle keeps nothing: services are in /etc/pintle/services, and"
                                + " 'pintle' tells their state");
                return;
            }
        }
    }

    private void say(int offset, String label, String text) {
        lines.add(new Line(file, offset, label, Fate.approximated(text, "look whether the line is still needed")));
    }
}
