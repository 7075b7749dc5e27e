package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.parse.runit.ServiceDirectory;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.layout.Key;
import java.util.Set;
import java.util.function.Consumer;

/** Decides what becomes of the files beside a run script. */
final class FilesLowering {

    private static final String TIME =
            "finish, byte for byte: it is killed after stop_grace_period; runsv waited for ever";

    private static final Fate FINISH = Fate.changed(TIME);

    private static final Fate FINISH_WITH_CODES = Fate.approximated(
            TIME + "; its first argument is 256, not -1, after a signal; its own exit code 125 gives the service up",
            null);

    private final ServiceDirectory service;
    private final RunPlan plan;
    private final Account account;
    private final Draft draft;
    private final boolean script;

    /** {@code script}: whether run, or another file that may read the ones beside it, stays a script. */
    FilesLowering(ServiceDirectory service, RunPlan plan, Account account, Draft draft, boolean script) {
        this.service = service;
        this.plan = plan;
        this.account = account;
        this.draft = draft;
        this.script = script;
    }

    /** Accounts for every file but run, control/ and log/. */
    void lower(Consumer<ServiceFile> attend) {
        for (ServiceFile file : service.files().values()) {
            String path = file.path();
            if (path.equals("supervise") || path.startsWith("supervise/")) {
                account.file(file, Fate.changed("not needed: init keeps no files"));
            } else if (path.equals("finish")) {
                finish(file, attend);
            } else if (path.equals("check")) {
                check(file, attend);
            } else if (path.equals("down")) {
                down(file);
            } else if (path.startsWith("env/")) {
                environment(file);
            } else if (!path.equals("run")
                    && !path.startsWith("control/")
                    && !path.equals("log")
                    && !path.startsWith("log/")) {
                other(file);
            }
        }
    }

    private void carry(ServiceFile file, String as, boolean executable) {
        draft.add(as, new OutputFile(file.text(), file.charset(), executable));
    }

    private boolean refuse(ServiceFile file, String what) {
        if (Interpreter.isProgram(file) && file.executable()) {
            return false;
        }
        account.file(
                file,
                Interpreter.isProgram(file)
                        ? Fate.changed("no effect, as under runit: it has no execute bit")
                        : Fate.notCarried(what + " is nothing that could be executed", null));
        return true;
    }

    private void finish(ServiceFile file, Consumer<ServiceFile> attend) {
        if (refuse(file, "finish")) {
            return;
        }
        attend.accept(file);
        if (plan.pauses()) {
            carry(file, "undo", true);
            plan.set(Key.DOWN_COMMAND, "./undo -1 15");
            account.file(
                    file,
                    Fate.changed(
                            "down_command = ./undo, byte for byte: it is run at stop, with the arguments that it got"
                                    + " when runsv stopped the pause"));
            return;
        }
        carry(file, "finish", true);
        boolean looks = file.text().contains("$") || file.text().startsWith("\u007fELF");
        account.file(file, looks ? FINISH_WITH_CODES : FINISH);
    }

    private void check(ServiceFile file, Consumer<ServiceFile> attend) {
        if (refuse(file, "check")) {
            return;
        }
        if (plan.pauses()) {
            account.file(file, Fate.notCarried("a oneshot is up once it has ended with success", null));
            return;
        }
        attend.accept(file);
        carry(file, "check", true);
        plan.set(Key.READY, "healthcheck");
        plan.set(Key.INTERVAL, "1s");
        account.file(
                file,
                Fate.approximated(
                        "[healthcheck] test = ./check, and ready = healthcheck: what depends on the service waits for it;"
                                + " it goes on being run each second, and its result is shown by 'pintle status'. runit ran it"
                                + " only for sv",
                        "give [healthcheck] a longer interval"));
    }

    private void down(ServiceFile file) {
        plan.set(Key.AUTOSTART, "no");
        account.file(file, Fate.kept("autostart = no"));
    }

    /** The layout reads env/ by itself, so it must not be there unless a script reads it. */
    private void environment(ServiceFile file) {
        boolean nested = file.path().indexOf('/', 4) > 0 || file.name().startsWith(".");
        if (nested) {
            account.file(file, Fate.changed("no effect, as under chpst, which passes it over"));
        } else if (!plan.usesEnvDirectory() && !(script && scriptReadsEnv())) {
            account.file(file, Fate.changed("no effect, as before: run does not read env/"));
        } else if (!file.isRegular()) {
            account.file(file, Fate.notCarried("it is no file that can be read here", null));
        } else if (file.name().indexOf('=') >= 0) {
            account.file(file, Fate.changed("no effect: no variable can be called that"));
        } else {
            carry(file, file.path(), false);
            account.file(
                    file,
                    plan.usesEnvDirectory()
                            ? Fate.kept("env/: read when the layout is")
                            : Fate.approximated(
                                    "env/, byte for byte: the script reads it, and init sets " + file.name()
                                            + " for the script too",
                                    null));
        }
    }

    /** Whether any word of run can be the directory. */
    private boolean scriptReadsEnv() {
        String before = "";
        String text = service.regular("run").map(ServiceFile::text).orElse("");
        for (String word : text.split("[\\s;&|()\"'`=]+", -1)) {
            boolean option = word.startsWith("-") && word.endsWith("env");
            boolean path = word.startsWith("./env")
                    || word.startsWith("env/")
                    || (word.endsWith("/env") && !word.endsWith("bin/env"))
                    || word.contains("/env/");
            boolean argument = word.equals("env") && (before.endsWith("e") || before.endsWith("envdir"));
            if (option || path || argument) {
                return true;
            }
            before = word.startsWith("-") || word.equals("envdir") ? word : "";
        }
        return false;
    }

    private void other(ServiceFile file) {
        if (!file.isRegular()) {
            account.file(
                    file,
                    Fate.notCarried(
                            file.link()
                                    .map(to -> "a link to " + to + ", which is not here")
                                    .orElse("it is no file"),
                            null));
        } else if (Set.of("service.conf", "undo").contains(file.path())) {
            account.file(file, Fate.notCarried("the name means something else to Pintle", "rename it"));
        } else if (plan.inlined().contains(file.path())) {
            account.file(file, Fate.changed("its settings are in service.conf"));
        } else {
            carry(file, file.path(), file.executable());
            account.file(file, Fate.kept("byte for byte, in the same place beside run"));
        }
    }
}
