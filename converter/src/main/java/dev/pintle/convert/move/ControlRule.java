package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Json;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of supervisorctl, or sv, become calls of pintle, word for word, wherever a shell gets them. */
final class ControlRule {

    /** {@code | grep -q RUNNING}, which only asks. */
    private static final Pattern RUNNING = Pattern.compile(
            "\\A\\s*(?:2>\\s*/dev/null\\s*)?\\|\\s*e?grep\\s+(?<quiet>-\\w*q\\w*\\s+)?(?:-\\w+\\s+)*[\"']?[\\w ]*RUNNING[\"']?(?<away>\\s*>\\s*/dev/null(?:\\s+2>&1)?)?");

    /** No such question is longer. */
    private static final int QUESTION = 1_000;

    /** {@code kill -HUP $(}, or with a backquote. */
    private static final Pattern KILL = Pattern.compile(
            "\\bkill\\s+(?:-s\\s+|-)?(?<signal>(?:SIG)?[A-Z][A-Z0-9]*|\\d+)?\\s*(?<open>\"?\\$\\(\\s*|\"?`\\s*)\\z");

    /** The command that a call stands in begins with it. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:^|[;&|\\n(]|\\bexec)\\s*(?:ssh|rsh|ansible)\\s[^;&|\\n]*\\z");

    /** Programs of runit, and my_init, that change a process. */
    private static final List<String> CHANGERS = List.of("chpst", "svlogd", "setuser");

    /** What stands before a program in sudoers. */
    private static final Pattern PERMIT = Pattern.compile("(?:\\b[A-Z_]+:|=[ \\t]*\\([\\w:, %]+\\))[ \\t]*\\z");

    private final Build build;
    private final SupervisorctlWords supervisorctl;
    private final boolean packageGone;
    private final Set<String> heard;
    private final Containers containers;

    /**
     * Knows what the calls meet.
     *
     * @param containers  that files of the context call programs in
     * @param packageGone whether the supervisor's programs are not in the image any more
     * @param heard       the users that init answers
     */
    ControlRule(Build build, SupervisorctlWords words, Containers containers, boolean packageGone, Set<String> heard) {
        this.containers = containers;
        this.heard = heard;
        this.build = build;
        this.supervisorctl = words;
        this.packageGone = packageGone;
    }

    /** Translates the calls of an instruction, in whichever form. */
    void instruction(Instruction instruction) {
        if (Set.of("COPY", "ADD").contains(instruction.keyword())) {
            copied(instruction);
            return;
        }
        Excerpt arguments = instruction.arguments();
        boolean health = instruction.keyword().equals("HEALTHCHECK");
        if (build.supervisor() == Supervisor.S6 || (health && !arguments.text().regionMatches(true, 0, "CMD", 0, 3))) {
            return;
        }
        Excerpt rest = health ? arguments.part(3, arguments.length()) : arguments;
        Instruction inner = new Instruction(instruction.keyword(), false, List.of(), rest, List.of(), 0, 0);
        Optional<List<Word>> exec = inner.exec();
        if (exec.isPresent()) {
            Optional<RunText> text =
                    RunText.of(inner).stream().filter(RunText::editable).findFirst();
            if (text.isPresent()) {
                shell(text.get().excerpt(), build.edits(), instruction.keyword());
            } else {
                exec(instruction, exec.get(), rest);
            }
            return;
        }
        shell(rest, build.edits(), instruction.keyword());
        instruction.heredocs().forEach(heredoc -> shell(heredoc.body(), build.edits(), instruction.keyword()));
    }

    /** What a heredoc puts into a file is commands if such a file of the context would be. */
    private void copied(Instruction instruction) {
        List<Word> words = build.dockerfile().words(instruction);
        String place = words.isEmpty()
                ? ""
                : build.context().expand(words.get(words.size() - 1).value());
        instruction.heredocs().stream()
                .map(Instruction.Heredoc::body)
                .filter(body -> FileKind.of(place, body.text()) == FileKind.COMMANDS)
                .forEach(body -> shell(body, build.edits(), instruction.keyword()));
    }

    /** Translates the calls of a text that a shell gets. */
    void shell(Excerpt excerpt, Edits edits, String what) {
        if (build.supervisor() == Supervisor.S6) {
            // What pintle has instead depends on more than the words: the account of mentions says it.
            return;
        }
        String program = build.supervisor().control();
        List<ControlCall> calls = ControlCall.find(excerpt.text(), program);
        Surroundings around = Surroundings.of(excerpt);
        for (ControlCall call : calls) {
            if (!edits.touches(excerpt.offset(call.start()), excerpt.offsetAfter(call.end()))
                    && !build.findings().isUnderstood(edits.file(), excerpt.offset(call.start()))) {
                call(around, edits, what, call);
            }
        }
        if (build.supervisor() == Supervisor.RUNIT) {
            programs(excerpt, edits, what);
        } else {
            pidProxy(excerpt, edits, what);
        }
    }

    /** A text of commands, and what stands in it. */
    private record Surroundings(Excerpt excerpt, NavigableMap<Integer, ShellCommand> commands) {

        private static final int MOST = 8_192;

        static Surroundings of(Excerpt excerpt) {
            NavigableMap<Integer, ShellCommand> commands = new TreeMap<>();
            ShellScript.commands(excerpt).forEach(command -> commands.put(command.start(), command));
            return new Surroundings(excerpt, commands);
        }

        /** What stands before a call in its command: of a text without end, the last part. */
        String before(ControlCall call) {
            String text = excerpt.text();
            int at = call.start() - 1;
            int first = Math.max(0, call.start() - MOST);
            while (at > first && !begins(text, at)) {
                at--;
            }
            return text.substring(Math.max(0, at), call.start());
        }

        /** Whether an operator, or the end of a line that is not joined to the next, ends the command before. */
        private static boolean begins(String text, int at) {
            char c = text.charAt(at);
            boolean joined = at > 0 && (text.charAt(at - 1) == '\\' || text.startsWith("\\\r", at - 2));
            return c == ';' || c == '&' || c == '|' || (c == '\n' && !joined);
        }

        /** The command that holds a place. */
        Optional<ShellCommand> command(int start, int end) {
            return Optional.ofNullable(commands.floorEntry(start))
                    .map(Map.Entry::getValue)
                    .filter(command -> end <= command.end());
        }
    }

    private void pidProxy(Excerpt excerpt, Edits edits, String what) {
        for (ControlCall call : ControlCall.find(excerpt.text(), "pidproxy")) {
            int from = excerpt.offset(call.start());
            int to = excerpt.offsetAfter(call.end());
            if (call.words().size() > 1 && !edits.touches(from, to)) {
                List<String> words = new ArrayList<>(List.of("pintle-pidproxy"));
                words.addAll(call.words());
                Translation same = new Translation(
                        Optional.of(words), Fate.changed("pintle-pidproxy, which takes the same words"));
                replace(Surroundings.of(excerpt), edits, what, call.start(), call.end(), same.at(call.path()));
            }
        }
    }

    private void call(Surroundings around, Edits edits, String what, ControlCall call) {
        Excerpt excerpt = around.excerpt();
        String before = around.before(call);
        if (ELSEWHERE.matcher(before).find()) {
            replace(
                    around,
                    edits,
                    what,
                    call.start(),
                    call.end(),
                    Translation.none(
                            "it runs on another machine",
                            "write pintle there once that machine's image is moved, too"));
            return;
        }
        Optional<Containers.Named> container = containers.of(before);
        if (container.isPresent() && container.get().owner() != ImageNames.Owner.OURS) {
            replace(around, edits, what, call.start(), call.end(), elsewhere(container.get(), call));
            return;
        }
        if (build.supervisor() == Supervisor.SUPERVISORD && build.isAnother(call.words())) {
            Translation none = Translation.none(
                    "it controls a supervisord with another configuration than the one that was converted",
                    "convert that too, and name its services");
            replace(around, edits, what, call.start(), call.end(), none);
            return;
        }
        Optional<String> stranger = stranger(around, call);
        if (stranger.isPresent()) {
            Translation none = new Translation(Optional.empty(), Caller.deaf(stranger.get()));
            replace(around, edits, what, call.start(), call.end(), none);
            return;
        }
        if (call.words().isEmpty() && PERMIT.matcher(before).find()) {
            Translation same = Translation.to(": sudo permits it with any words, as before", List.of("pintle"));
            replace(around, edits, what, call.start(), call.end(), same.at(call.path()));
            return;
        }
        if (call.words().isEmpty() && call.path().equals("sv")) {
            // Alone it does nothing, and is a language: locale="sv".
            return;
        }
        int question = behindQuestion(excerpt.text(), call);
        Matcher kill = KILL.matcher(before);
        if (build.supervisor() == Supervisor.SUPERVISORD && question >= 0) {
            Translation wait = supervisorctl.translate(call.words(), false, true);
            replace(around, edits, what, call.start(), question, waiting(wait).at(call.path()));
        } else if (build.supervisor() == Supervisor.SUPERVISORD && kill.find() && names(call, "pid") == 1) {
            killed(around, edits, what, call, kill);
        } else {
            Translation translation = build.supervisor() == Supervisor.SUPERVISORD
                    ? supervisorctl.translate(call.words(), call.outputUsed(), call.quote() != ' ')
                    : SvWords.translate(call.words());
            replace(around, edits, what, call.start(), call.end(), translation.at(call.path()));
        }
    }

    /** A call in another container than this image's, as far as the context's files tell. */
    private Translation elsewhere(Containers.Named container, ControlCall call) {
        String name = container.name().isEmpty() ? "a container" : "the container " + container.name();
        if (container.owner() == ImageNames.Owner.ANOTHER) {
            return new Translation(Optional.empty(), Fate.kept("it is run in " + name + ", which is of another image"));
        }
        List<String> words = new ArrayList<>(List.of(call.path()));
        words.addAll(call.words());
        String pintle =
                translate(words).words().map(now -> String.join(" ", now)).orElse("pintle --help");
        return Translation.none(
                "it is called from outside, in " + name + ", and nothing here says that it is of this image",
                "if it is, write there: " + pintle);
    }

    /** Calls that a file which the image does not have makes in containers. */
    void outside(Excerpt excerpt, Edits edits) {
        if (build.supervisor() == Supervisor.S6) {
            return;
        }
        Surroundings around = Surroundings.of(excerpt);
        for (ControlCall call :
                ControlCall.find(excerpt.text(), build.supervisor().control())) {
            if (containers.of(around.before(call)).isPresent()) {
                call(around, edits, "control", call);
            }
        }
    }

    /** The user that runs a call, where init does not hear that one. */
    private Optional<String> stranger(Surroundings around, ControlCall call) {
        String before = around.before(call);
        return around.command(call.start(), call.end())
                .flatMap(command -> Caller.of(command.arguments(), call.start()))
                .or(() -> Caller.ofCron(before))
                .filter(user -> !heard.contains(user) && !Caller.isRoot(before));
    }

    /** Whether a place is in words that are only shown to people. */
    private static boolean isInMessage(Surroundings around, int start, int end) {
        return around.command(start, end).filter(Harmless::isMessage).isPresent();
    }

    private static int names(ControlCall call) {
        return names(call, "status");
    }

    /** How many names stand behind a word; -1 where it is not there. */
    private static int names(ControlCall call, String action) {
        int at = call.words().indexOf(action);
        return at < 0 ? -1 : call.words().size() - at - 1;
    }

    /** Behind {@code | grep -q RUNNING}, where that follows a call that asks for one service; -1 where it does not. */
    static int behindQuestion(String text, ControlCall call) {
        Matcher running = RUNNING.matcher(text.substring(call.end(), Math.min(text.length(), call.end() + QUESTION)));
        boolean asks = running.find() && (running.group("quiet") != null || running.group("away") != null);
        return asks && names(call) == 1 ? call.end() + running.end() : -1;
    }

    /** Whether a service is ready is what RUNNING meant: up, for as long as startsecs. */
    static Translation waiting(Translation status) {
        return status.words().isEmpty()
                ? status
                : Translation.to(
                        ": true when it is ready, which is what RUNNING meant",
                        List.of(
                                "pintle",
                                "wait",
                                "--timeout",
                                "1s",
                                status.words().get().get(2)));
    }

    /** {@code kill -HUP $(supervisorctl pid web)}. */
    private void killed(Surroundings around, Edits edits, String what, ControlCall call, Matcher kill) {
        Excerpt excerpt = around.excerpt();
        String open = kill.group("open");
        String close = (open.contains("`") ? "`" : ")") + (open.startsWith("\"") ? "\"" : "");
        String text = excerpt.text();
        int end = call.end();
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        String signal = kill.group("signal") == null ? "TERM" : kill.group("signal");
        if (!text.startsWith(close, end)) {
            replace(around, edits, what, call.start(), call.end(), supervisorctl.translate(call.words(), true, true));
            return;
        }
        Translation translation = supervisorctl.translate(
                List.of("signal", signal, call.words().get(call.words().size() - 1)), false, true);
        int start = call.start() - around.before(call).length() + kill.start();
        replace(around, edits, what, start, end + close.length(), translation.at(call.path()));
    }

    private void replace(Surroundings around, Edits edits, String what, int start, int end, Translation translation) {
        Excerpt excerpt = around.excerpt();
        int from = excerpt.offset(start);
        int to = excerpt.offsetAfter(end);
        SourceFile file = edits.file();
        if (translation.words().isEmpty() && isInMessage(around, start, end)) {
            // The account of mentions says that it is a message.
            return;
        }
        if (translation.words().isPresent()) {
            edits.replace(from, to, String.join(" ", translation.words().get()));
        } else {
            build.findings().understand(file, from, to);
        }
        build.findings().add(file, from, what, translation.fate());
    }

    /** Programs of runit that change a process, and that the overlay has too. */
    private void programs(Excerpt excerpt, Edits edits, String what) {
        for (String program : CHANGERS) {
            for (ControlCall call : ControlCall.find(excerpt.text(), program)) {
                int from = excerpt.offset(call.start());
                if (edits.touches(from, from + 1) || build.findings().isUnderstood(edits.file(), from)) {
                    continue;
                }
                int to = excerpt.offsetAfter(call.start() + call.path().length());
                if (packageGone) {
                    edits.replace(from, to, SvWords.COMPATIBLE + program);
                    build.findings().add(edits.file(), from, what, Fate.changed("the " + program + " of the overlay"));
                } else {
                    build.findings().understand(edits.file(), from, to);
                    build.findings().add(edits.file(), from, what, ofTheBase(program));
                }
            }
        }
    }

    static Fate ofTheBase(String program) {
        return Fate.kept("the base's " + program + ", which needs no runsvdir");
    }

    /** Whose image a container is of. */
    ImageNames.Owner ownerOf(String container) {
        return containers.owner(container);
    }

    /** Whether a word is a program of runit that the base brings, and that needs no runsvdir. */
    boolean isOfTheBase(String word) {
        return build.supervisor() == Supervisor.RUNIT && !packageGone && CHANGERS.contains(Invocation.baseName(word));
    }

    /** What a call becomes where no shell and no program reads what it says; {@code call} begins with the program. */
    Translation translate(List<String> call) {
        List<String> words = call.subList(1, call.size());
        Translation translation = build.supervisor() == Supervisor.SUPERVISORD
                ? supervisorctl.translate(words, false, true)
                : SvWords.translate(words);
        return translation.at(call.get(0));
    }

    /** Translates an exec form that is one call. */
    private void exec(Instruction instruction, List<Word> words, Excerpt excerpt) {
        boolean control = !words.isEmpty()
                && Invocation.baseName(words.get(0).value())
                        .equals(build.supervisor().control());
        if (!control || build.edits().touches(excerpt.offset(0), excerpt.offsetAfter(excerpt.length()))) {
            return;
        }
        Translation translation = translate(words.stream().map(Word::value).toList());
        int from = excerpt.offset(words.get(0).start());
        int to = excerpt.offsetAfter(words.get(words.size() - 1).end());
        if (translation.words().isPresent()) {
            build.edits()
                    .replace(
                            from,
                            to,
                            String.join(
                                    ", ",
                                    translation.words().get().stream()
                                            .map(Json::quote)
                                            .toList()));
        } else {
            build.findings().understand(build.dockerfile().file(), from, to);
        }
        build.say(instruction, translation.fate());
    }
}
