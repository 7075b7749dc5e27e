package dev.pintle.s6;

import dev.pintle.s6.Finish.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tries a finish script in shell: variables, tests, branches, what is said, the stored exit code and the end of the
 * container. A command that is none of these, in whatever branch, makes the script one that is not understood.
 */
final class FinishShell {

    static final String HALT = "/run/s6/basedir/bin/halt";
    static final String EXIT_CODE = "/run/s6-linux-init-container-results/exitcode";

    private static final int MAX_DEPTH = 20;

    /** A branch of {@code if}. */
    private static final class Branch {
        private final boolean around;
        private boolean taken;
        private boolean active;

        Branch(boolean around) {
            this.around = around;
        }
    }

    private final String text;

    FinishShell(String text) {
        this.text = text;
    }

    /** Whether all of it was understood. */
    boolean play(Trial trial) {
        return new Run(trial).play();
    }

    /** One trial. */
    private final class Run {
        private final Trial trial;
        private final Map<String, String> variables = new HashMap<>();
        private final List<Branch> branches = new ArrayList<>();
        private boolean over;
        private int status;
        /** Whether what comes next is left out by {@code &&} or {@code ||}. */
        private boolean skipped;
        /** Whether a keyword stands where no {@code if} is open. */
        private boolean unknownBranch;

        Run(Trial trial) {
            this.trial = trial;
            variables.put("1", "" + trial.code);
            variables.put("2", "" + trial.signal);
        }

        boolean play() {
            ShellTokens tokens = new ShellTokens(text);
            List<String> command = new ArrayList<>();
            for (String token = tokens.next(); token != null; token = tokens.next()) {
                boolean separator = token.equals(";") || token.equals("&&") || token.equals("||");
                if (!separator || (!token.equals(";") && isInTest(command))) {
                    command.add(token);
                    continue;
                }
                if (!perform(command)) {
                    return false;
                }
                command.clear();
                skipped = token.equals("&&") ? status != 0 : token.equals("||") && status == 0;
            }
            return tokens.understood() && perform(command) && branches.isEmpty();
        }

        private boolean isInTest(List<String> command) {
            boolean in = false;
            for (String word : command) {
                in = word.equals("[[") || (in && !word.equals("]]"));
            }
            return in;
        }

        private boolean active() {
            return !over && (branches.isEmpty() || branches.get(branches.size() - 1).active);
        }

        /** Takes the words of a command, behind keywords. */
        private boolean perform(List<String> words) {
            List<String> rest = words;
            while (!rest.isEmpty() && keyword(rest.get(0))) {
                rest = rest.subList(1, rest.size());
            }
            if (branches.size() > MAX_DEPTH || unknownBranch) {
                return false;
            }
            return rest.isEmpty() || command(rest, active() && !skipped);
        }

        private boolean keyword(String word) {
            Branch branch = branches.isEmpty() ? null : branches.get(branches.size() - 1);
            switch (word) {
                case "if" -> {
                    Branch inner = new Branch(active() && !skipped);
                    inner.active = inner.around;
                    branches.add(inner);
                }
                case "then" -> {
                    if (branch != null) {
                        branch.active = branch.around && !branch.taken && status == 0;
                        branch.taken |= branch.active;
                    }
                }
                case "elif" -> {
                    if (branch != null) {
                        branch.active = branch.around && !branch.taken;
                        status = 1;
                    }
                }
                case "else" -> {
                    if (branch != null) {
                        branch.active = branch.around && !branch.taken;
                        branch.taken = true;
                    }
                }
                case "fi" -> {
                    if (branch != null) {
                        branches.remove(branches.size() - 1);
                        status = 0;
                    }
                }
                default -> {
                    return false;
                }
            }
            unknownBranch |= branch == null && !word.equals("if");
            return true;
        }

        private boolean command(List<String> words, boolean runs) {
            String first = words.get(0);
            if (first.equals("exec") && words.size() > 1) {
                return end(words.subList(1, words.size()), runs, true);
            }
            if (first.equals("readonly")
                    || first.equals("declare")
                    || first.equals("local")
                    || first.equals("export")) {
                return assignments(words.subList(1, words.size()), runs);
            }
            if (isAssignment(first)) {
                return assignments(words, runs);
            }
            if (first.equals("[[") || first.equals("[") || first.equals("test")) {
                return test(words, runs);
            }
            if (first.equals("echo") || first.equals("printf")) {
                return echo(words, runs);
            }
            if (first.startsWith("bashio::log.") || first.equals("true") || first.equals(":")) {
                status = runs ? 0 : status;
                return runsNothing(words);
            }
            if (first.equals("set")) {
                return setsOptions(words);
            }
            if (first.equals("exit")) {
                return exit(words, runs);
            }
            return end(words, runs, false);
        }

        /** {@code set -e -o pipefail}: options that end a script sooner, or say what it does. */
        private static boolean setsOptions(List<String> words) {
            for (int i = 1; i < words.size(); i++) {
                String word = words.get(i);
                boolean named = i > 1 && words.get(i - 1).equals("-o") && Text.isVariable(word);
                if (!named && (!word.startsWith("-") || word.equals("--"))) {
                    return false;
                }
            }
            return words.size() > 1;
        }

        private boolean end(List<String> words, boolean runs, boolean last) {
            String program = value(words.get(0));
            boolean halt = HALT.equals(program) && words.size() == 1;
            boolean svscanctl = program != null
                    && Text.name(program).equals("s6-svscanctl")
                    && words.size() == 3
                    && words.get(1).equals("-t");
            if (!halt && !svscanctl) {
                return false;
            }
            if (runs) {
                trial.halted = true;
                status = 0;
                over |= last;
            }
            return true;
        }

        private boolean exit(List<String> words, boolean runs) {
            String code = words.size() > 1 ? value(words.get(1)) : "0";
            long number = code == null ? -1 : Text.number(code);
            if (number < 0 && runs) {
                return false;
            }
            if (runs) {
                trial.exit = (int) number;
                over = true;
            }
            return words.size() <= 2;
        }

        private boolean isAssignment(String word) {
            int equals = word.indexOf('=');
            return equals > 0 && Text.isVariable(word.substring(0, equals));
        }

        private boolean assignments(List<String> words, boolean runs) {
            if (!runsNothing(words)) {
                return false;
            }
            for (String word : words) {
                if (isAssignment(word)) {
                    int equals = word.indexOf('=');
                    String value = value(word.substring(equals + 1));
                    if (runs && value != null) {
                        variables.put(word.substring(0, equals), value);
                    } else if (runs) {
                        variables.remove(word.substring(0, equals));
                    }
                } else if (!word.startsWith("-") && !Text.isVariable(word)) {
                    return false;
                }
            }
            status = runs ? 0 : status;
            return true;
        }

        /** {@code [[ A && B ]]} too, from left to right. */
        private boolean test(List<String> words, boolean runs) {
            String first = words.get(0);
            int to = first.equals("test") ? words.size() : words.size() - 1;
            if (!first.equals("test") && !words.get(to).equals(first.equals("[[") ? "]]" : "]")) {
                return false;
            }
            List<String> part = new ArrayList<>();
            String operator = "&&";
            int result = 0;
            for (int i = 1; i <= to; i++) {
                String word = i < to ? words.get(i) : "&&";
                boolean joins = word.equals("&&") || word.equals("||");
                if (!joins) {
                    part.add(word);
                    continue;
                }
                int one = one(part, runs);
                if (one < 0) {
                    return false;
                }
                result = operator.equals("&&") ? Math.max(result, one) : Math.min(result, one);
                operator = word;
                part.clear();
            }
            status = runs ? result : status;
            return true;
        }

        private int one(List<String> part, boolean runs) {
            List<String> values = new ArrayList<>();
            for (String word : part) {
                String value = value(word);
                if (value == null && runs) {
                    return -1;
                }
                values.add(value == null ? "0" : value);
            }
            return Conditions.test(values);
        }

        /** Whether no word runs a command for its output, but for reading the stored code. */
        private boolean runsNothing(List<String> words) {
            for (String word : words) {
                boolean substitutes = word.indexOf("$(") >= 0 || word.indexOf('`') >= 0;
                if (substitutes && value(word) == null) {
                    return false;
                }
            }
            return true;
        }

        /** Says something, or stores the code. */
        private boolean echo(List<String> words, boolean runs) {
            int redirection = -1;
            for (int i = 1; i < words.size(); i++) {
                if (words.get(i).equals(">")) {
                    redirection = i;
                }
            }
            status = runs ? 0 : status;
            if (!runsNothing(words)) {
                return false;
            }
            if (redirection < 0) {
                return true;
            }
            if (redirection != words.size() - 2) {
                return false;
            }
            String target = words.get(redirection + 1);
            if (target.equals("&2") || target.equals("/dev/stderr") || target.equals("/dev/stdout")) {
                return true;
            }
            if (!EXIT_CODE.equals(value(target))) {
                return false;
            }
            trial.stored |= runs;
            return true;
        }

        /** What a word is once its variables are in it; null where that is not known. */
        private @Nullable String value(String word) {
            return new ShellValue(word, variables).read();
        }
    }
}
