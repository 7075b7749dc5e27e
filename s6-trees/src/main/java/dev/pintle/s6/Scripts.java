package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import dev.pintle.s6.RunPlan.NotKeysException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How scripts are run that stay where they are, and which of them become keys. */
final class Scripts {

    /** Where Pintle has programs by s6's names. */
    static final String COMPAT = "/usr/lib/pintle/compat/s6";

    private static final String PATH = COMPAT + ":${PATH-}";

    private static final String LAYOUT = "/etc/pintle/services/";

    /** A shell has no cd that others could execute. */
    private static final String CD = "#!/bin/sh\ncd \"$1\" && shift && exec \"$@\"\n";

    private static final Fate NO_EXECLINE = Fate.notCarried(
            "it is a script of execline, which no keys say, and the image has no execlineb without s6-overlay",
            "write it as a shell's script");

    private final ImageFiles files;
    private final Account account;
    private final Mentions mentions;
    /** Whether scripts hand variables on by {@code /run/s6/container_environment}. */
    private final boolean handsOn;
    /** Whether scripts run as they are: all that they name is there. */
    private final boolean archive;
    /** Whether there are files that only root can read. */
    private final boolean root;
    /** Files that services run. */
    private final Set<String> executed = new HashSet<>();
    /** Scripts that nobody is known to run. */
    private final List<TreeFile> left = new ArrayList<>();

    Scripts(ImageFiles files, Account account, boolean handsOn, Translator.Options options) {
        this.files = files;
        this.account = account;
        this.mentions = new Mentions(account, options.programs());
        this.archive = options.programs() == Programs.ARCHIVE;
        this.root = options.root();
        this.handsOn = handsOn;
    }

    /** Whether scripts name programs by paths that links have to be made for. */
    boolean needsLinks() {
        return mentions.needsLinks();
    }

    /** Has a service run a file where it is. */
    void execute(S6Service service, Key key, String path) {
        service.set(key, LayoutText.words(words(service, path, List.of())));
    }

    /** The words that run a file where it is, with further ones; templates. */
    List<String> words(S6Service service, String path, List<String> more) {
        TreeFile file = files.file(path);
        List<String> words = new ArrayList<>();
        if (file == null || !file.isRegular()) {
            // What its first line names is not known.
            mentions.isLinked("/command/with-contenv");
            words.add(LayoutText.escape(path));
            words.addAll(more);
            return words;
        }
        executed.add(path);
        String interpreter = file.interpreter();
        if (interpreter != null && Interpreters.isExecline(interpreter) && !archive) {
            account.fate(path, NO_EXECLINE);
        }
        if (!file.executable()) {
            account.fate(
                    path,
                    Fate.approximated(
                            "it has no execute bit: s6-overlay 3 cannot run it, s6-overlay 2 did, and it is run here",
                            null));
        }
        boolean text = file.isText() && file.text().length() > 0;
        if (text) {
            mentions.report(file);
            if (!archive) {
                service.setVariable("PATH", path(service, file));
            }
        }
        boolean asItIs = archive && file.executable();
        if (interpreter != null && Interpreters.isContenv(interpreter) && !asItIs) {
            contenv(service, words);
            addAll(words, Text.words(Interpreters.withoutContenv(interpreter)));
        } else if (!file.executable() && text) {
            addAll(words, interpreter == null ? List.of("sh") : Text.words(interpreter));
        }
        words.add(LayoutText.escape(path));
        words.addAll(more);
        account.fateIfNone(path, Fate.kept("run where it is"));
        return words;
    }

    /** The PATH of what runs a script; where that calls execline's cd, with a program of that name. */
    private String path(S6Service service, TreeFile script) {
        boolean has = service.environment().getOrDefault("PATH", "").startsWith(LAYOUT);
        if (!has && !Mentions.callsCd(script)) {
            return PATH;
        }
        service.addScript("cd", CD);
        account.fate(script.path(), Fate.kept("run where it is; its chain finds a program cd beside the service.conf"));
        return LAYOUT + service.name() + ":" + PATH;
    }

    private static void addAll(List<String> words, List<String> literals) {
        for (String literal : literals) {
            words.add(LayoutText.escape(literal));
        }
    }

    /** Puts what reads the variables of oneshots in front of a command, where any are handed on. */
    void contenv(S6Service service, List<String> words) {
        if (handsOn) {
            words.add(COMPAT + "/with-contenv");
            if (!archive) {
                words.add("env");
                words.add("PATH=" + service.environment().getOrDefault("PATH", PATH));
                service.environment().remove("PATH");
            }
        }
    }

    /**
     * Has a service do what a run script does: by keys where all of it is understood, else the script is run.
     *
     * @param finishStays whether its finish script is run, too, which the keys would hold for
     */
    void run(S6Service service, TreeFile file, Chain.Place place, boolean finishStays) {
        String interpreter = file.interpreter();
        String language = interpreter == null ? "" : Interpreters.withoutContenv(interpreter);
        boolean execline = interpreter != null && Interpreters.isExecline(interpreter);
        if (!file.isText() || !(execline || Interpreters.isShell(language))) {
            execute(service, Key.COMMAND, file.path());
            return;
        }
        RunPlan plan = new RunPlan();
        try {
            if (execline) {
                new Chain(plan, place).execline(Execline.parse(file.text()));
                if (plan.words().isEmpty()) {
                    throw new NotKeysException(1, "it names no program");
                }
            } else {
                ShellRun.read(file.text(), plan, place);
                if (interpreter != null && Interpreters.isContenv(interpreter)) {
                    plan.takeContainerEnvironment();
                }
            }
            if (handsOn && plan.withContainerEnvironment() && plan.hasVariables()) {
                throw new NotKeysException(1, "its variables may be those that another script hands on");
            }
            if (finishStays && plan.wouldChangeFinish() && (archive || !execline)) {
                throw new NotKeysException(1, "what it sets for its program is not for finish");
            }
            apply(service, file.path(), plan);
        } catch (NotKeysException e) {
            script(service, file, execline, e.line(), e.cause());
        }
    }

    private void script(S6Service service, TreeFile file, boolean execline, int line, String cause) {
        if (execline && !archive) {
            account.line(file.path(), line, "execline", Fate.notCarried(cause, null));
        } else {
            account.fate(file.path(), Fate.kept("run where it is (line " + line + ": " + cause + ")"));
        }
        execute(service, Key.COMMAND, file.path());
    }

    /** The words of a plan; a program that is a file of the image is run by the interpreter that it names. */
    List<String> command(S6Service service, RunPlan plan) {
        String first = plan.words().get(0);
        TreeFile program = first.startsWith("/") && first.indexOf('$') < 0 ? files.file(first) : null;
        List<String> words = new ArrayList<>();
        boolean reads =
                program != null && program.interpreter() != null && Interpreters.isContenv(program.interpreter());
        if (handsOn && plan.withContainerEnvironment() && !reads) {
            contenv(service, words);
            String user = root ? plan.takeUser() : null;
            if (user != null) {
                words.add(COMPAT + "/s6-setuidgid");
                words.add(user);
            }
        }
        words.addAll(
                program == null
                        ? plan.words()
                        : words(
                                service,
                                first,
                                plan.words().subList(1, plan.words().size())));
        return words;
    }

    /** Writes the plan's keys and words into the service, and its lines into the account. */
    void apply(S6Service service, String path, RunPlan plan) {
        service.set(Key.COMMAND, LayoutText.words(command(service, plan)));
        plan.keys().forEach(service::set);
        plan.environment().forEach(service::setVariable);
        for (Translation.Line line : plan.lines()) {
            account.line(path, line.line(), line.label(), line.fate());
        }
        Fate mended = plan.mended();
        account.fate(
                path, mended != null ? mended : Fate.changed("keys: it sets a few things and becomes the program"));
    }

    /** Has a service run execline that no keys say. */
    void execline(S6Service service, Key key, TreeFile file, int line, String cause) {
        service.set(key, LayoutText.command(List.of("execlineb", "-P", file.path())));
        if (archive) {
            account.fate(file.path(), Fate.kept("run by the image's execlineb (line " + line + ": " + cause + ")"));
            return;
        }
        account.fate(
                file.path(),
                Fate.notCarried(
                        "no keys say this execline, and the image has no execlineb without s6-overlay",
                        "write it as a shell's script"));
        account.line(file.path(), line, "execline", Fate.notCarried(cause, null));
    }

    /** A script that is there for others: it is looked through when it is known what services run. */
    void lookLater(TreeFile file) {
        if (file.isText() && file.interpreter() != null) {
            left.add(file);
        }
    }

    /** Looks through what no service runs itself, but what services run may call. */
    void lookAtWhatIsLeft() {
        for (TreeFile file : left) {
            String interpreter = file.interpreter();
            if (executed.contains(file.path()) || interpreter == null) {
                continue;
            }
            mentions.report(file);
            String program = Text.words(interpreter + " ?").get(0);
            boolean contenv = Interpreters.isContenv(interpreter);
            boolean missing = (contenv && !mentions.isLinked(program)) || Interpreters.isExecline(interpreter);
            if (missing && !archive) {
                account.line(
                        file.path(),
                        1,
                        "#!" + program,
                        Fate.notCarried(
                                "it is not there: who executes this file fails",
                                "call it by its interpreter; or make a link there to " + COMPAT + "/with-contenv"));
            }
            if (contenv || !account.isUnknown(file.path())) {
                account.fateIfNone(file.path(), Fate.kept("stays where it is"));
            }
        }
    }
}
