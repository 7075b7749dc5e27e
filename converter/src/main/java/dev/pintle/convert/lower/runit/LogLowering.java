package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.runit.RunPlan.Line;
import dev.pintle.convert.parse.runit.RunitConfig.ImageFiles;
import dev.pintle.convert.parse.runit.ServiceDirectory;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.convert.parse.shell.ShellScript.Statement;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.Optional;
import java.util.Set;

/**
 * Makes destinations of {@code log/}. runsv leads the standard output of {@code run} and {@code finish} through a pipe to
 * {@code log/run}; standard error joins it only where run says so.
 */
final class LogLowering {

    private static final String PRINT = "remove 'to' under [stdout] to send it to the container's output";

    private static final Set<String> SYSLOG = Set.of("vlogger", "logger", "rsvlog");

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

    void lower() {
        ServiceFile run = service.files().get("log/run");
        ServiceFile whole = service.files().get("log");
        if (whole != null) {
            account.file(whole, link(whole));
        }
        if (run != null) {
            account.file(run, run(run));
        }
        for (ServiceFile file : service.files().values()) {
            if (file.path().startsWith("log/") && !account.has(file)) {
                account.file(file, other(file, run != null));
            }
        }
    }

    private static Fate link(ServiceFile log) {
        return Fate.notCarried(
                log.link().map(to -> "a link to " + to + ", which is not here").orElse("it is no directory")
                        + ": the output goes to the container's",
                null);
    }

    private Fate run(ServiceFile run) {
        if (!run.isRegular()) {
            String target = Paths.baseName(run.link().orElse(""));
            return SYSLOG.contains(target)
                    ? syslog(target)
                    : Fate.notCarried(
                            "a link to " + run.link().orElse("something")
                                    + ", which is not here: the output goes to the" + " container's",
                            null);
        }
        Optional<LogProgram> program = LogProgram.of(run);
        if (program.isEmpty()) {
            return Fate.notCarried(
                    "a logger that is a program of its own: the output goes to the container's",
                    "let the service itself pipe its output into it");
        }
        Fate fate = logger(program.get());
        for (Statement statement : program.get().setUp()) {
            account.line(new Line(
                    run,
                    statement.start(),
                    Labels.of(statement),
                    Fate.notCarried("nothing prepares the logger's directory", "let the image have it")));
        }
        return fate;
    }

    private static Fate syslog(String name) {
        return Fate.approximated("it goes to the container's output, not through " + name + " to syslog", null);
    }

    private Fate logger(LogProgram program) {
        if (SYSLOG.contains(program.name())) {
            return syslog(program.name());
        }
        Optional<Svlogd> svlogd = program.name().equals("svlogd") ? Svlogd.parse(program.words()) : Optional.empty();
        if (svlogd.isEmpty()) {
            return Fate.notCarried(
                    "the logger " + program.name() + ": the output goes to the container's",
                    "let the service itself pipe its output into it");
        }
        return svlogd(svlogd.get());
    }

    private Fate svlogd(Svlogd svlogd) {
        String directory = directory(svlogd.directories().get(0));
        if (plan.isSet(Key.STDOUT_TO) || !LayoutText.isPlain(LayoutText.escape(directory))) {
            return Fate.notCarried("its standard output went elsewhere, or no directory can be called that", null);
        }
        plan.set(Key.STDOUT_TO, "file:" + LayoutText.escape(directory + "/current"));
        Fate fate = Fate.approximated(
                "[stdout] to = file:" + directory
                        + "/current: without timestamps and rotation; init opens the file as the" + " service's user",
                PRINT);
        if (svlogd.directories().size() > 1) {
            fate = fate.and(Fate.notCarried("only the first of its directories", null));
        }
        return config(directory).map(fate::and).orElse(fate);
    }

    private String directory(String given) {
        return given.startsWith("/") ? given : Paths.normal(service.paths().get(0) + "/log/" + given);
    }

    /** svlogd reads the file config in the directory that it writes to. */
    private Optional<Fate> config(String directory) {
        Fate lost = Fate.notCarried("svlogd's settings: the file is neither rotated nor filtered", PRINT);
        for (ServiceFile file : service.files().values()) {
            boolean own =
                    Paths.normal(service.paths().get(0) + "/" + file.path()).equals(directory + "/config");
            if (own) {
                account.file(file, lost);
            }
        }
        return image.read(directory + "/config").map(content -> lost);
    }

    private static Fate other(ServiceFile file, boolean hasRun) {
        if (file.path().startsWith("log/supervise")) {
            return Fate.changed("not needed: init keeps no files");
        }
        if (file.path().equals("log/down") && hasRun) {
            return Fate.approximated("the logger was down until it was asked for; the output is written at once", null);
        }
        if (file.path().equals("log/finish") || file.path().equals("log/check")) {
            return Fate.changed("no effect, as under runit: only the service itself has one");
        }
        return Fate.notCarried("it belongs to the logger", null);
    }
}
