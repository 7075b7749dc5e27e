package dev.pintle.convert.move;

import java.util.Locale;
import java.util.Set;

/** What reads a file of the image, by its name and its first line. */
enum FileKind {
    /** A shell, also one that cron or logrotate gives its lines to. */
    COMMANDS,
    /** People. */
    DOCUMENT,
    /** Something else. */
    OTHER;

    private static final Set<String> DOCUMENTS =
            Set.of("md", "rst", "adoc", "markdown", "textile", "html", "1", "5", "7", "8");

    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");

    /** {@code place}: in the image, or in the context. */
    static FileKind of(String place, String text) {
        int end = text.indexOf('\n');
        String first = (end < 0 ? text : text.substring(0, end)).strip();
        String name = place.substring(place.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (first.startsWith("#!")) {
            return isShell(first) ? COMMANDS : OTHER;
        }
        boolean read = name.startsWith("readme")
                || name.startsWith("changelog")
                || name.startsWith("license")
                || name.startsWith("contributing");
        if (read || DOCUMENTS.contains(ending)) {
            return DOCUMENT;
        }
        boolean commands = SHELLS.contains(ending)
                || name.endsWith(".env")
                || name.endsWith("makefile")
                || name.equals("jenkinsfile")
                || name.contains("cron")
                || name.contains("logrotate")
                || name.endsWith(".bashrc")
                || name.endsWith(".profile")
                || place.contains("/cron")
                || place.contains("/logrotate")
                || place.matches("/etc/sudoers(?:\\.d/.*)?")
                || place.contains("/profile.d/")
                || place.contains("/init.d/");
        return commands ? COMMANDS : OTHER;
    }

    private static boolean isShell(String shebang) {
        for (String word : shebang.substring(2).strip().split("\\s+", -1)) {
            if (SHELLS.contains(word.substring(word.lastIndexOf('/') + 1))) {
                return true;
            }
        }
        return shebang.contains("with-contenv");
    }
}
