package dev.pintle.convert.move;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.Lowered;
import dev.pintle.convert.lower.Report;
import dev.pintle.layout.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Commands of services that call supervisorctl: these calls are translated as those of scripts are. */
public final class ServiceCommands {

    private static final String PROGRAM = "supervisorctl";

    /** A script, or a log, that only lies in a directory of the supervisor's name: the account of files has it. */
    private static final Pattern OF_A_PROGRAM = Pattern.compile(
            "/(?:.*/)?(?:[\\w-]+supervisord?|supervisor)/(?:.*/)?(?!\\w*supervisor)[^/]+(?<!\\.pid|\\.sock)");

    /** A program of somebody's own that is called after the supervisor. */
    private static final Pattern NAMED_AFTER = Pattern.compile(
            "(?:.*/)?(?:[\\w-]+supervisor[\\w.-]*|supervisor(?:d|ctl)?[._-][\\w.-]*)(?<!\\.conf|\\.ini|\\.pid|\\.sock|\\.log)");

    private static final Pattern NAME = Pattern.compile("(?<![\\w./-])[\\w./-]*supervisor[\\w./-]*");

    private static final Pattern KILLS = Pattern.compile("\\b(?:p?kill|killall)\\s");

    private ServiceCommands() {}

    /** What the lowering of a command accounts for by itself. */
    private static final Set<String> TOLD = Set.of("SUPERVISOR_PROCESS_NAME", "SUPERVISOR_GROUP_NAME");

    /**
     * Edits the drafts; returns the same with a report that says so.
     *
     * @param paths the files that the configuration names as supervisord's own
     */
    public static Lowered translate(Lowered lowered, Set<String> paths) {
        Vocabulary vocabulary = new Vocabulary(Supervisor.SUPERVISORD, paths);
        SupervisorctlWords words = new SupervisorctlWords(new ServiceWords(lowered.report()), paths);
        Map<String, Fate> fates = new HashMap<>();
        for (Draft draft : lowered.services()) {
            String command = draft.get(Key.COMMAND);
            if (command.contains(PROGRAM)) {
                fates.put(draft.name(), translate(draft, command, words));
            }
            // What a shell gets has a single sign where the layout's format has two.
            left(draft.get(Key.COMMAND).replace("$$", "$"), vocabulary, paths)
                    .ifPresent(fate -> fates.merge(draft.name(), fate, Fate::and));
        }
        return fates.isEmpty()
                ? lowered
                : new Lowered(lowered.services(), lowered.container(), with(lowered.report(), fates));
    }

    /** What a command still asks of the old supervisor. */
    private static Optional<Fate> left(String command, Vocabulary vocabulary, Set<String> paths) {
        Stream<String> mentions = vocabulary.mentions(command, false).stream().map(Vocabulary.Mention::word);
        Stream<String> names = NAME.matcher(command)
                .results()
                .map(MatchResult::group)
                .filter(word -> NAMED_AFTER.matcher(word).matches());
        return Stream.concat(mentions, names)
                .filter(word -> !word.contains(PROGRAM) && !TOLD.contains(word))
                .filter(word ->
                        paths.contains(word) || !OF_A_PROGRAM.matcher(word).matches())
                .distinct()
                .map(word -> !paths.contains(word) && NAMED_AFTER.matcher(word).matches()
                        ? namedAfter(word)
                        : gone(command, word))
                .reduce(Fate::and);
    }

    private static Fate gone(String command, String word) {
        Advice advice = new Advice(Supervisor.SUPERVISORD);
        return Fate.notCarried(advice.why(word), hint(command, advice.of(word)));
    }

    private static Fate namedAfter(String word) {
        return Fate.approximated(
                "the name of " + word + " speaks of supervisord, and what it asks of that is not known here",
                "see that it needs none: 'pintle status --json' and 'pintle events' tell what happens, 'pintle shutdown'"
                        + " stops the container");
    }

    private static String hint(String command, String usual) {
        return KILLS.matcher(command).find() && usual.startsWith("start /init")
                ? "'pintle shutdown' stops the container"
                : usual;
    }

    private static Fate translate(Draft draft, String command, SupervisorctlWords words) {
        StringBuilder out = new StringBuilder();
        int done = 0;
        Fate fate = Fate.changed("with pintle instead of supervisorctl");
        List<ControlCall> calls = ControlCall.find(command, PROGRAM);
        String user = draft.get(Key.USER);
        if (!calls.isEmpty() && !user.isEmpty() && !user.matches("(?:root|0)(?::.*)?")) {
            return Caller.deaf(user);
        }
        for (ControlCall call : calls) {
            int question = ControlRule.behindQuestion(command, call);
            Translation translation = question >= 0
                    ? ControlRule.waiting(words.translate(call.words(), false, true))
                    : words.translate(call.words(), call.outputUsed(), true);
            translation = translation.at(call.path());
            fate = fate.and(translation.fate());
            if (translation.words().isPresent()) {
                out.append(command, done, call.start())
                        .append(String.join(" ", translation.words().get()));
                done = question >= 0 ? question : call.end();
            }
        }
        if (calls.isEmpty()) {
            return Fate.notCarried(
                    "it speaks of supervisorctl, which is not there any more",
                    new Advice(Supervisor.SUPERVISORD).of(PROGRAM));
        }
        draft.set(Key.COMMAND, out.append(command.substring(done)).toString());
        return fate;
    }

    private static Report with(Report report, Map<String, Fate> fates) {
        List<Report.Section> sections = new ArrayList<>();
        for (Report.Section section : report.sections()) {
            Fate more = section.services().stream()
                    .map(fates::get)
                    .filter(java.util.Objects::nonNull)
                    .reduce(Fate::and)
                    .orElse(null);
            boolean program =
                    section.name().startsWith("program:") || section.name().startsWith("fcgi-program:");
            List<Report.Key> keys = more == null || !program
                    ? section.keys()
                    : section.keys().stream()
                            .map(key -> key.name().equals("command")
                                    ? new Report.Key(key.name(), key.position(), more(key.fate(), more))
                                    : key)
                            .toList();
            sections.add(new Report.Section(
                    section.title(), section.name(), section.position(), section.fate(), section.services(), keys));
        }
        return new Report(sections, report.notes(), report.stop());
    }

    /** What was the same words is not any more. */
    private static Fate more(Fate command, Fate call) {
        return command.kind() == Fate.Kind.KEPT ? call : command.and(call);
    }
}
