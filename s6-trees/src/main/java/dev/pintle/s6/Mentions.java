package dev.pintle.s6;

import dev.pintle.layout.text.Ascii;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what a script that stays a script names of s6-overlay, and says what is not there any more. */
public final class Mentions {

    /** What Pintle has by the same name, in {@link Scripts#COMPAT}. */
    private static final Set<String> THERE =
            Set.of("s6-setuidgid", "s6-envdir", "s6-notifyoncheck", "with-contenv", "printcontenv");

    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("s6-svc", "'pintle start', 'stop', 'restart' or 'signal' with the service's name"),
            Map.entry("s6-svstat", "'pintle status NAME', --json for a program"),
            Map.entry("s6-svwait", "'pintle wait NAME'"),
            Map.entry("s6-rc", "'pintle start NAME' and 'pintle stop NAME'; a bundle is @BUNDLE"),
            Map.entry("s6-svscanctl", "'pintle shutdown'"),
            Map.entry("s6-log", "[stdout] to = file:PATH in the service, or pintle-log"),
            Map.entry("logutil-service", "[stdout] to = file:PATH in the service, or pintle-log"),
            Map.entry("s6-echo", "echo"),
            Map.entry("s6-envuidgid", "pintle-setuser"),
            Map.entry("s6-applyuidgid", "pintle-setuser"),
            Map.entry("s6-softlimit", "[ulimits] in the service"),
            Map.entry("s6-setlock", "flock"),
            Map.entry("execlineb", "a shell"),
            Map.entry("fdmove", "a shell's redirection"),
            Map.entry("redirfd", "a shell's redirection"),
            Map.entry("importas", "a shell's variables"));

    private static final Set<String> WRITES =
            Set.of("mkdir", "touch", "rm", "rmdir", "ln", "cp", "mv", "chmod", "tee", "install", "sed", "unlink");

    /** What needs a supervisor of s6's, and is not in the archive. */
    private static final Set<String> UNSERVED = Set.of(
            "s6-supervise",
            "s6-svscan",
            "s6-svdt",
            "s6-svdt-clear",
            "s6-svlink",
            "s6-svunlink",
            "s6-svperms",
            "s6-svlisten",
            "s6-svlisten1",
            "s6-instance-create",
            "s6-instance-control",
            "s6-instance-delete",
            "s6-rc-update",
            "s6-rc-init",
            "s6-rc-compile",
            "s6-rc-bundle");

    private final Account account;
    private final Programs programs;
    private boolean needsLinks;

    Mentions(Account account, Programs programs) {
        this.account = account;
        this.programs = programs;
    }

    /** Whether a script names a program by a path that a link has to be made for. */
    boolean needsLinks() {
        return needsLinks;
    }

    /** Whether a program is there by a path because links are made. */
    boolean isLinked(String word) {
        boolean link = programs == Programs.LINKED
                && THERE.contains(Text.name(word))
                && (word.startsWith("/command/") || word.equals("/usr/bin/with-contenv"));
        needsLinks |= link;
        return link;
    }

    /** Whether a script speaks of the variables that scripts hand on. */
    static boolean ofContainerEnvironment(TreeFile script) {
        return script.text().indexOf("container_environment") >= 0;
    }

    /** Notes what the script names and is not there. */
    void report(TreeFile script) {
        if (!script.isText()) {
            return;
        }
        List<String> lines = Text.lines(script.text());
        for (int i = 0; i < lines.size(); i++) {
            String line = Text.trim(lines.get(i));
            if (!line.isEmpty() && line.charAt(0) != '#') {
                line(script, i + 1, line);
            }
        }
    }

    /** Whether a script has a chain of programs that calls execline's cd, which is a program. */
    static boolean callsCd(TreeFile script) {
        boolean goesOn = false;
        for (String each : Text.lines(script.text())) {
            String line = Text.trim(each);
            boolean chain = goesOn || line.indexOf("s6-notifyoncheck") >= 0;
            if (chain && !line.isEmpty() && line.charAt(0) != '#' && new HashSet<>(Text.words(line)).contains("cd")) {
                return true;
            }
            goesOn = chain && line.endsWith("\\");
        }
        return false;
    }

    private void line(TreeFile script, int number, String line) {
        boolean writes = line.indexOf('>') >= 0;
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i < line.length() && isWordPart(line.charAt(i))) {
                continue;
            }
            if (i > start) {
                String word = line.substring(start, i);
                writes |= WRITES.contains(Text.name(word));
                word(script, number, word, writes);
            }
            start = i + 1;
        }
    }

    private static boolean isWordPart(char c) {
        return Ascii.isNamePart(c) || c == '/' || c == '.' || c == '-';
    }

    private void word(TreeFile script, int number, String word, boolean writes) {
        if (programs == Programs.ARCHIVE) {
            if (UNSERVED.contains(Text.name(word))) {
                account.line(
                        script.path(),
                        number,
                        Text.name(word),
                        Fate.notCarried("it needs a supervisor of s6's", "ask the pintle command"));
            }
            return;
        }
        Fate fate = of(word, writes);
        if (fate != null && !isLinked(word)) {
            boolean whole = THERE.contains(Text.name(word)) || path(word, writes) != null;
            account.line(script.path(), number, whole ? word : Text.name(word), fate);
        }
    }

    /**
     * What became of a word of a script; null where nothing is to be said of it.
     *
     * @param writes whether it stands in a command that writes
     */
    public static @Nullable Fate of(String word, boolean writes) {
        String name = Text.name(word);
        if (THERE.contains(name)) {
            return word.indexOf('/') < 0 || word.startsWith(Scripts.COMPAT)
                    ? null
                    : Fate.notCarried(
                            "it is not there by that path", "write " + name + ", or " + Scripts.COMPAT + "/" + name);
        }
        String instead = INSTEAD.get(name);
        if (instead != null) {
            return Fate.notCarried("there is no such program", "write " + instead);
        }
        String path = path(word, writes);
        if (path != null) {
            return Fate.notCarried(path, hintForPath(word));
        }
        boolean program = name.startsWith("s6-") && isProgram(name) && isBesidePrograms(word);
        return program ? Fate.notCarried("there is no such program", null) : null;
    }

    /** Whether a word names a program: by its name, or in a directory of programs. */
    private static boolean isBesidePrograms(String word) {
        return word.indexOf('/') < 0
                || word.startsWith("/command/")
                || word.startsWith("/package/")
                || word.startsWith("/bin/")
                || word.startsWith("/usr/bin/");
    }

    private static boolean isProgram(String name) {
        return !name.startsWith("s6-overlay") && !name.equals("s6-rc.d") && !name.startsWith("s6-linux-init");
    }

    /** Why a path of s6-overlay leads nowhere, or null. */
    private static @Nullable String path(String word, boolean writes) {
        if (word.indexOf("/run/s6/basedir") >= 0) {
            return "there is no such program";
        }
        if (word.indexOf("s6-linux-init-container-results") >= 0) {
            return "nobody reads the container's exit code there";
        }
        boolean services = word.startsWith("/run/service")
                || word.indexOf("/run/s6/services") >= 0
                || word.indexOf("/run/s6/legacy-services") >= 0
                || word.startsWith("/run/s6-rc");
        if (services) {
            return "there is no directory of running services";
        }
        boolean sources = word.startsWith("/etc/services.d")
                || word.startsWith("/etc/s6-overlay/s6-rc.d")
                || word.startsWith("/etc/s6-overlay/user-bundles.d")
                || word.startsWith("/etc/cont-init.d");
        return sources && writes ? "what is written there when the container starts is not read" : null;
    }

    private static @Nullable String hintForPath(String word) {
        if (word.endsWith("/halt")) {
            return "write 'pintle shutdown'";
        }
        if (word.indexOf("container-results") >= 0) {
            return "write 'pintle shutdown CODE'";
        }
        return word.startsWith("/etc/")
                ? "write a service.conf below /etc/pintle/services and call 'pintle reload'; or decide by enabled = ${VARIABLE}"
                : "ask 'pintle status NAME'";
    }
}
