package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.source.SourceFile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory of log files that a distribution's package of supervisor brings. Programs of the image write there, too, and
 * could not any more: init makes the directories of the log files that it writes itself, and no others.
 */
final class LogDirectory {

    private static final String PATH = "/var/log/supervisor";

    /** Alpine's package has none. */
    private static final Set<String> INSTALLERS =
            Set.of("apt-get", "apt", "aptitude", "dnf", "microdnf", "yum", "tdnf");

    private static final Pattern USE = Pattern.compile("(?m)^(?![ \\t]*[#;]).*?(?<![\\w.-])" + PATH + "(?![\\w-])");

    /** Settings whose file supervisord wrote, and init writes, or nobody. */
    private static final Pattern OWN = Pattern.compile(
            "\\s*(?:std(?:out|err)_logfile|logfile|childlogdir|pidfile|file|serverurl)\\s*[=:].*", Pattern.DOTALL);

    /** A file that a program has there by itself: neither supervisord's log, nor one that it named for a program. */
    private static final Pattern FILE =
            Pattern.compile(PATH + "/(?!(?:.*/)?supervisord?\\b)(?!.*-std(?:out|err)---)(?:[\\w.-]+/)*[\\w.-]*\\w");

    private final Build build;
    private final ContextFiles files;
    private final Set<Path> converted;

    /** {@code converted}: the configuration, whose programs may write there. */
    LogDirectory(Build build, ContextFiles files, Set<Path> converted) {
        this.build = build;
        this.files = files;
        this.converted = converted;
    }

    /** Whether a package manager's package of supervisor has the directory. */
    static boolean brings(String installer) {
        return INSTALLERS.contains(installer);
    }

    /** Whether a path is that of a file there that needs nothing but the directory. */
    static boolean isFile(String path) {
        return FILE.matcher(path).matches();
    }

    static boolean is(String path) {
        return path.replaceFirst("(?<=.)/+$", "").equals(PATH);
    }

    /** Makes it beside what installed the package, where something needs it that stays; returns whether it is there. */
    boolean keep(Optional<Instruction> packaged) {
        boolean made =
                build.context().makes(PATH) || FileCommands.of(build).touched().contains(PATH);
        Optional<String> need = made || packaged.isEmpty() ? Optional.empty() : need();
        need.ifPresent(place -> make(packaged.get(), place));
        return made || need.isPresent();
    }

    private void make(Instruction packaged, String place) {
        SourceFile file = build.dockerfile().file();
        int start = packaged.start();
        boolean removed = build.edits().touches(start, start + 1);
        boolean uses = USE.matcher(file.text().substring(start, packaged.end())).find();
        if (uses && !removed) {
            build.edits().insert(start, "RUN mkdir -p " + PATH + file.newline());
        } else {
            int behind = removed ? before(packaged) : lastOf(packaged);
            build.edits().insert(behind, file.newline() + "RUN mkdir -p " + PATH);
        }
        build.say(packaged, fate(place));
    }

    /** Where the last instruction ends that stays and comes before another. */
    private int before(Instruction instruction) {
        return build.dockerfile().stages().stream()
                .flatMap(stage -> stage.instructions().stream())
                .filter(each -> each.end() <= instruction.start())
                .map(this::lastOf)
                .filter(end -> !build.edits().touches(end - 1, end))
                .max(Comparator.naturalOrder())
                .orElse(0);
    }

    /** Where an instruction ends, before the end of its line. */
    private int lastOf(Instruction instruction) {
        String text = build.dockerfile().file().text();
        int end = instruction.end();
        while (end > instruction.start() && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    private static Fate fate(String place) {
        return Fate.changed("mkdir -p " + PATH + ", which the package had made: " + place + " needs it");
    }

    /** What needs it; the first that is found. */
    private Optional<String> need() {
        SourceFile dockerfile = build.dockerfile().file();
        for (Instruction instruction : build.instructions()) {
            boolean looks = Set.of("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK").contains(instruction.keyword());
            String text = dockerfile.text().substring(instruction.start(), instruction.end());
            if (looks && text.contains(PATH) && USE.matcher(text).find()) {
                return Optional.of(place(dockerfile, instruction.start() + text.indexOf(PATH)));
            }
        }
        for (Map.Entry<Path, String> file : files.files().entrySet()) {
            String text = ContextFiles.searched(file.getKey());
            boolean speaks = text.contains(PATH) && FileKind.of(file.getValue(), text) != FileKind.DOCUMENT;
            Optional<String> found = speaks ? use(file.getKey(), text) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return converted.stream()
                .filter(path -> !files.files().containsKey(path))
                .flatMap(path -> use(path, ContextFiles.searched(path)).stream())
                .findFirst();
    }

    private Optional<String> use(Path path, String text) {
        Matcher matcher = USE.matcher(text);
        while (matcher.find()) {
            if (!converted.contains(path) || !OWN.matcher(matcher.group()).matches()) {
                SourceFile file = new SourceFile(build.context().name(path), text);
                return Optional.of(place(file, matcher.end() - 1));
            }
        }
        return Optional.empty();
    }

    private static String place(SourceFile file, int offset) {
        return file.name() + ":" + file.position(offset).line();
    }
}
