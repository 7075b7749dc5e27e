package dev.pintle.convert.shell;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells whether a command is the last thing that a script does, so that another program may take the script's place. */
public final class LastAct {

    private static final Set<String> OPENS = Set.of("if", "case", "while", "until", "for", "select");
    private static final Set<String> LEADS = Set.of("then", "do", "else", "elif", "!", "{", "time");
    private static final Set<String> ENDS_BRANCH = Set.of("fi", "esac");
    private static final Set<String> OTHER_BRANCH = Set.of("else", "elif");

    private final List<ShellCommand> commands;
    private final Set<Integer> seen = new HashSet<>();

    private LastAct(List<ShellCommand> commands) {
        this.commands = commands;
    }

    /** Whether nothing is done after a command but the ends of branches, and of functions that are called last. */
    public static boolean is(ShellCommand command, List<ShellCommand> commands) {
        int index = commands.indexOf(command);
        return index >= 0 && new LastAct(commands).at(index);
    }

    private boolean at(int index) {
        ShellCommand command = commands.get(index);
        boolean apart = Set.of("&", "|", "|&", ")").contains(command.after())
                || command.before().equals("(")
                || command.before().equals("|");
        if (apart || !seen.add(index)) {
            return false;
        }
        int skipping = 0;
        for (int i = index + 1; i < commands.size(); i++) {
            ShellCommand next = commands.get(i);
            String first = next.words().get(0).value();
            if (skipping > 0) {
                skipping += opened(next) - (ENDS_BRANCH.contains(first) || first.equals("done") ? 1 : 0);
            } else if (OTHER_BRANCH.contains(first) || isPattern(i)) {
                skipping = 1 + opened(next);
            } else if (first.equals("}")) {
                String function = function(i);
                if (!function.isEmpty()) {
                    return isCalledLast(function, i);
                }
            } else if (first.equals("exit")) {
                if (!next.before().equals("||") && !next.before().equals("&&")) {
                    return true;
                }
            } else if (!ENDS_BRANCH.contains(first)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a command is a pattern of {@code case}, or the first of several. */
    private boolean isPattern(int index) {
        int at = index;
        while (at < commands.size() && commands.get(at).after().equals("|")) {
            at++;
        }
        return at < commands.size() && commands.get(at).isPattern();
    }

    private static int opened(ShellCommand command) {
        int opened = 0;
        for (ShellWord word : command.words()) {
            if (OPENS.contains(word.value())) {
                opened++;
            } else if (!LEADS.contains(word.value())) {
                return opened;
            }
        }
        return opened;
    }

    /** The function that a closing brace ends; empty where it ends a group. */
    private String function(int closing) {
        int depth = 0;
        for (int i = closing; i >= 0; i--) {
            for (int w = commands.get(i).words().size() - 1; w >= 0; w--) {
                String word = commands.get(i).words().get(w).value();
                depth += word.equals("}") ? 1 : word.equals("{") ? -1 : 0;
                if (depth == 0) {
                    return name(i, w);
                }
            }
        }
        return "";
    }

    /** The name stands before the brace, behind the keyword {@code function} or before parentheses, or on the line before. */
    private String name(int command, int brace) {
        List<ShellWord> words = commands.get(command).words();
        if (brace == 0 && command > 0 && commands.get(command - 1).after().equals("(")) {
            List<ShellWord> before = commands.get(command - 1).words();
            return before.get(before.size() - 1).value();
        }
        if (brace == 0) {
            return command > 0
                    ? name(command - 1, commands.get(command - 1).words().size())
                    : "";
        }
        String before = words.get(brace - 1).value();
        boolean keyword = brace > 1 && words.get(brace - 2).value().equals("function");
        return before.endsWith("()") ? before.substring(0, before.length() - 2) : keyword ? before : "";
    }

    private boolean isCalledLast(String function, int from) {
        boolean called = false;
        for (int i = from + 1; i < commands.size(); i++) {
            Invocation invocation = Invocation.of(commands.get(i).arguments());
            if (!isPattern(i) && invocation.word().equals(function)) {
                called = true;
                if (!at(i)) {
                    return false;
                }
            }
        }
        return called;
    }
}
