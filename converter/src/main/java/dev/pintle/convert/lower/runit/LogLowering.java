package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.runit.RunitConfig.ImageFiles;
import dev.pintle.convert.parse.runit.ServiceDirectory;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes destinations of {@code log/} where the layout's keys say the same, else a log service. runsv leads the standard
 * output of {@code run} and {@code finish} through a pipe to {@code log/run}; standard error joins it only where run says so.
 */
final class LogLowering {

    private static final Set<String> SYSLOG = Set.of("vlogger", "logger", "rsvlog");

    /** What every image has. */
    private static final Set<String> USUAL_DIRECTORIES =
            Set.of("/var/log", "/var", "/tmp", "/run", "/srv", "/opt", "/home");

    private static final Fate WITH_KEYS = Fate.changed("its settings are keys of [stdout]");

    private final ServiceDirectory service;
    private final RunPlan plan;
    private final Account account;
    private final ImageFiles image;

    LogLowering(ServiceDirectory service, RunPlan plan, Account account, ImageFiles image) {
        this.service = service;
        this.plan = plan;
        this.account = account;
        this.image = image;
    }

    /** Writes the keys, or what {@code logService} makes of the directory; accounts for every file in it. */
    void lower(LogService logService, Draft draft) {
        ServiceFile whole = service.files().get("log");
        if (whole != null) {
            account.file(
                    whole,
                    lost(whole.link()
                            .map(to -> "a link to " + to + ", which is not here")
                            .orElse("it is no directory")));
        }
        withoutEffect();
        ServiceFile run = service.files().get("log/run");
        if (run == null) {
            rest("it belongs to a logger, but there is no log/run");
            return;
        }
        Optional<Fate> without = without(run).or(() -> keys(run));
        without.ifPresent(fate -> account.file(run, fate));
        if (without.isEmpty()) {
            logService.lower(run, draft);
        }
        rest("it belonged to the logger");
    }

    private static Fate lost(String why) {
        return Fate.notCarried(why + ": the output goes to the container's", null);
    }

    private void withoutEffect() {
        for (ServiceFile file : service.files().values()) {
            String path = file.path();
            if (path.startsWith("log/supervise")) {
                account.file(file, Fate.changed("not needed: init keeps no files"));
            } else if (path.equals("log/finish") || path.equals("log/check") || path.startsWith("log/control/")) {
                account.file(file, Fate.changed("no effect, as under runit: only the service itself has one"));
            }
        }
    }

    private void rest(String why) {
        service.files().values().stream()
                .filter(file -> file.path().startsWith("log/"))
                .forEach(file -> account.fileIfNone(file, Fate.notCarried(why, null)));
    }

    /** What is said where there is nothing to run, or nothing to read. */
    private Optional<Fate> without(ServiceFile run) {
        if (!run.isRegular()) {
            String target = run.link().orElse("something");
            return Optional.of(
                    SYSLOG.contains(Paths.baseName(target))
                            ? syslog(Paths.baseName(target))
                            : lost("a link to " + target + ", which is not here"));
        }
        if (plan.isSet(Key.STDOUT_TO)) {
            return Optional.of(Fate.changed("not needed: run sends its standard output elsewhere"));
        }
        return Interpreter.refusal(run.text()).map(why -> lost("log/run cannot be started: " + why));
    }

    /** What becomes of a logger that the layout's keys stand for; empty for any other. */
    private Optional<Fate> keys(ServiceFile run) {
        Optional<LogProgram> found = LogProgram.of(run);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LogProgram program = found.get();
        if (SYSLOG.contains(program.name()) && program.file().isEmpty()) {
            return Optional.of(syslog(program.name()));
        }
        List<String> arguments = program.words().subList(1, program.words().size());
        boolean others = !program.name().equals("svlogd") && !program.made().isEmpty();
        if (program.prepared() || others) {
            return Optional.empty();
        }
        return switch (program.name()) {
            case "cat" -> arguments.isEmpty() || arguments.equals(List.of("-")) ? cat(program) : Optional.empty();
            case "tee" -> program.file().isEmpty() ? tee(arguments) : Optional.empty();
            case "svlogd" ->
                program.file().isEmpty()
                        ? Svlogd.parse(program.words())
                                .filter(svlogd -> makes(svlogd.directories().get(0), program.made()))
                                .flatMap(this::svlogd)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Whether init's logger makes a directory by itself, which it does if the one above is there. */
    private static boolean makes(String directory, List<String> made) {
        String path = Paths.normal(directory);
        String above = path.substring(0, Math.max(1, path.lastIndexOf('/')));
        return made.stream()
                .allMatch(each -> Paths.normal(each).equals(path)
                        ? USUAL_DIRECTORIES.contains(above)
                        : USUAL_DIRECTORIES.contains(Paths.normal(each)));
    }

    private Fate syslog(String name) {
        plan.set(Key.STDOUT_PREFIX, "yes");
        return Fate.approximated(
                "[stdout] prefix = yes: to the container's output, the service's name before each line; not through "
                        + name + " to syslog",
                null);
    }

    private Optional<Fate> cat(LogProgram program) {
        if (program.file().isEmpty()) {
            return Optional.of(Fate.changed("not needed: it passes on what it reads to the container's output"));
        }
        return file(program.file().get()).map(path -> plain(path, "0"));
    }

    /** Without {@code -a} it begins anew at each start. */
    private Optional<Fate> tee(List<String> arguments) {
        boolean appends = arguments.size() == 2 && arguments.get(0).equals("-a");
        return appends
                ? file(arguments.get(1))
                        .filter(path -> path.indexOf(' ') < 0 && path.indexOf(',') < 0)
                        .map(path -> plain(path + " inherit", "0"))
                : Optional.empty();
    }

    private Fate plain(String to, String size) {
        plan.set(Key.STDOUT_TO, to);
        plan.set(Key.STDOUT_MAX_SIZE, size);
        return Fate.kept("[stdout] to = " + to + ", not rotated");
    }

    private static Optional<String> file(String path) {
        String template = LayoutText.escape(path);
        return path.startsWith("/") && !path.startsWith("/dev/") && LayoutText.isPlain(template)
                ? Optional.of("file:" + template)
                : Optional.empty();
    }

    /** TAI64N is the one format of time that both have; the others of svlogd say the same time in another way. */
    private Optional<Fate> svlogd(Svlogd svlogd) {
        String directory = svlogd.directories().get(0);
        Optional<String> path = file(Paths.normal(directory) + "/current");
        boolean fits = svlogd.directories().size() == 1
                && svlogd.others().isEmpty()
                && directory.startsWith("/")
                && path.isPresent();
        return fits
                ? config(Paths.normal(directory)).map(config -> svlogd(svlogd, path.get(), config))
                : Optional.empty();
    }

    private Fate svlogd(Svlogd svlogd, String to, SvlogdConfig config) {
        plan.set(Key.STDOUT_TO, to);
        plan.set(Key.STDOUT_MAX_SIZE, LayoutText.size(config.size()));
        plan.set(Key.STDOUT_MAX_FILES, String.valueOf(config.count()));
        if (svlogd.timestamps() > 0) {
            plan.set(Key.STDOUT_TIMESTAMP, svlogd.timestamps() == 1 ? "tai64n" : "iso8601");
        }
        patterns(Key.STDOUT_INCLUDE, config.include());
        patterns(Key.STDOUT_EXCLUDE, config.exclude());
        return Fate.approximated(
                "[stdout] to = " + to + ", max_size = " + plan.keys().get(Key.STDOUT_MAX_SIZE) + ", max_files = "
                        + config.count()
                        + (svlogd.timestamps() > 1 ? ", timestamp = iso8601: 2001-02-03T04:05:06.789Z, in UTC too" : "")
                        + ": the same lines; files that are set aside are current.1, current.2 …, not"
                        + " @….s, and are so between two lines",
                null);
    }

    private void patterns(Key key, List<String> patterns) {
        if (!patterns.isEmpty()) {
            plan.set(key, "\n    " + String.join("\n    ", patterns));
        }
    }

    /** svlogd reads the file config in the directory that it writes to. */
    private Optional<SvlogdConfig> config(String directory) {
        for (ServiceFile file : service.files().values()) {
            boolean own = service.paths().stream()
                    .anyMatch(path -> Paths.normal(path + "/" + file.path()).equals(directory + "/config"));
            if (own && file.isRegular()) {
                Optional<SvlogdConfig> config = SvlogdConfig.exact(file.text());
                config.ifPresent(c -> account.file(file, WITH_KEYS));
                return config;
            }
        }
        return image.read(directory + "/config")
                .map(content -> SvlogdConfig.exact(content.text()))
                .orElse(Optional.of(SvlogdConfig.DEFAULT));
    }
}
