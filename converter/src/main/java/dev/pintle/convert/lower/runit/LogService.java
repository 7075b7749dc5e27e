package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.lower.runit.ServiceLowering.Surroundings;
import dev.pintle.convert.parse.runit.ServiceDirectory;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.layout.Key;
import java.util.Optional;
import java.util.Set;

/** Carries {@code log/} over as the log service of its service, which runs {@code log/run} as runsv did. */
final class LogService {

    private static final Set<String> RESERVED = Set.of("log/service.conf", "log/undo");

    /** What svlogd keeps beside its settings. */
    private static final Set<String> WRITTEN = Set.of("current", "lock", "state", "newstate");

    private final ServiceDirectory service;
    private final Surroundings surroundings;
    private final Account account;

    LogService(ServiceDirectory service, Surroundings surroundings, Account account) {
        this.service = service;
        this.surroundings = surroundings;
        this.account = account;
    }

    /** Puts it into the service's draft. */
    void lower(ServiceFile run, Draft draft) {
        Draft log = new Draft("log", service.name() + "/log");
        keys(log);
        LogLinks links = LogLinks.of(service, run);
        log.add("run", new OutputFile(links.text(), run.charset(), true));
        account.file(run, carried(run, links, log));
        links.lines().forEach(account::line);
        links.links().forEach(link -> account.file(link, LogLinks.FOLLOWED));
        for (ServiceFile file : service.files().values()) {
            if (file.path().startsWith("log/") && !account.has(file)) {
                account.file(file, file(file, log));
            }
        }
        svlogd(run)
                .filter(s -> links.links().isEmpty())
                .ifPresent(s -> s.directories().forEach(directory -> keep(directory, run, log)));
        draft.nest(log);
    }

    private void keys(Draft log) {
        log.set(Key.BACKOFF, "none");
        log.set(Key.BACKOFF_RESET, RunitNotes.BACKOFF_RESET);
        if (surroundings.wiped()) {
            log.set(Key.CLEAR_ENVIRONMENT, "yes");
        }
        log.set(Key.WORKING_DIR, Paths.directory(service) + "/log");
        log.set(Key.STOP_GRACE_PERIOD, surroundings.gracePeriod());
        log.set(Key.KILL_GROUP, "no");
        surroundings.container().forEach((name, value) -> log.setVariable(name, value.template()));
    }

    private Fate carried(ServiceFile run, LogLinks script, Draft log) {
        Fate fate = Fate.kept(
                script.text().equals(run.text())
                        ? "the log service log/run, byte for byte: it reads what run writes"
                        : "the log service log/run, but for the lines below: it reads what run writes");
        Mentions mentions = new Mentions(run);
        mentions.lines().forEach(account::line);
        if (mentions.compatible()) {
            log.setVariable("PATH", CommandLowering.COMPAT + ":${PATH-}");
            fate = fate.and(Fate.changed(
                    "PATH begins with " + CommandLowering.COMPAT + ", where Pintle's chpst, sv and svlogd are"));
        }
        if (!run.executable()) {
            fate = fate.and(Fate.approximated("it gets an execute bit: without one runsv could not start it", null));
        }
        return svlogd(run).isPresent()
                ? fate.withHint("[stdout] with to, max_size, max_files and timestamp does about the same without it")
                : fate;
    }

    private static Optional<Svlogd> svlogd(ServiceFile run) {
        return LogProgram.of(run)
                .filter(program -> program.name().equals("svlogd"))
                .flatMap(program -> Svlogd.parse(program.words()));
    }

    /** A directory below log/ that nothing is in would not be there; one that another user writes to is not this one's to make. */
    private void keep(String directory, ServiceFile run, Draft log) {
        String path = Paths.normal("/" + directory).substring(1);
        boolean below = !directory.startsWith("/") && !directory.startsWith("..") && !path.isEmpty();
        if (!below || log.files().keySet().stream().anyMatch(file -> file.startsWith(path + "/"))) {
            return;
        }
        if (LogProgram.of(run).filter(LogProgram::prepared).isPresent()) {
            account.file(
                    run,
                    Fate.notCarried(
                            "the directory " + directory
                                    + ", which is not in the input: svlogd needs it, and its user has to"
                                    + " be able to write there",
                            "name a directory by its absolute path, and make it in the Dockerfile"));
        } else {
            log.add(path + "/.keep", OutputFile.of(""));
        }
    }

    private Fate file(ServiceFile file, Draft log) {
        String path = file.path().substring("log/".length());
        if (path.equals("down")) {
            return Fate.approximated("the logger was down until it was asked for; now its service starts it", null);
        }
        String name = file.name();
        if (path.indexOf('/') > 0 && (WRITTEN.contains(name) || name.startsWith("@"))) {
            return Fate.changed("not needed: svlogd wrote it");
        }
        if (!file.isRegular()) {
            return Fate.notCarried("it is no file that can be read here", null);
        }
        if (RESERVED.contains(file.path())) {
            return Fate.notCarried("the name means something else to Pintle", "rename it");
        }
        log.add(path, new OutputFile(file.text(), file.charset(), file.executable()));
        return Fate.kept("byte for byte, in the same place beside log/run");
    }
}
