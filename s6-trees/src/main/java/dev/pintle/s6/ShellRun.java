package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.LayoutText;
import dev.pintle.s6.Chain.Item;
import dev.pintle.s6.RunPlan.NotKeysException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads shell scripts that do no more than set a few things and exec a program. A line that is anything else ends the
 * reading: then the script stays a script.
 */
final class ShellRun {

    private static final String META = "`;&|<>()*?[]~{}!\n";

    private final String text;
    private final RunPlan plan;
    private final Chain chain;
    private boolean executed;

    private ShellRun(String text, RunPlan plan, Chain.Place place) {
        this.text = text;
        this.plan = plan;
        this.chain = new Chain(plan, place);
    }

    /** Fills the plan. */
    static void read(String text, RunPlan plan, Chain.Place place) throws NotKeysException {
        new ShellRun(text, plan, place).read();
    }

    private void read() throws NotKeysException {
        List<String> lines = Text.lines(text);
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            StringBuilder whole = new StringBuilder(lines.get(i));
            while (whole.length() > 0 && whole.charAt(whole.length() - 1) == '\\' && i + 1 < lines.size()) {
                whole.setLength(whole.length() - 1);
                whole.append(lines.get(++i));
            }
            String line = Text.trim(whole.toString());
            if (!line.isEmpty() && line.charAt(0) != '#') {
                statement(line, number);
            }
        }
        if (!executed) {
            throw new NotKeysException(1, "it does not end in exec");
        }
    }

    private void statement(String line, int number) throws NotKeysException {
        if (executed) {
            throw new NotKeysException(number, "it goes on after exec");
        }
        if (line.equals("exec 2>&1")) {
            chain.mergeErrors(number);
            return;
        }
        if (line.equals("set -e")
                || line.equals("set -eu")
                || line.equals("set -u")
                || line.equals("set -euo pipefail")) {
            return;
        }
        List<Item> words = words(line, number);
        String first = words.isEmpty() || words.get(0).literal() == null
                ? ""
                : words.get(0).literal();
        switch (first) {
            case "exec" -> {
                executed = true;
                chain.shell(words.subList(1, words.size()));
                if (plan.words().isEmpty()) {
                    throw new NotKeysException(number, "exec names no program");
                }
            }
            case "cd" -> {
                String directory = words.size() == 2 ? words.get(1).literal() : null;
                if (directory == null || !directory.startsWith("/") || !LayoutText.isPlain(directory)) {
                    throw new NotKeysException(number, "cd to what is no absolute path");
                }
                plan.set(Key.WORKING_DIR, LayoutText.escape(directory));
                plan.say(number, "cd", Fate.changed("working_dir"));
            }
            case "umask" -> {
                String mask = words.size() == 2 ? words.get(1).literal() : null;
                if (mask == null || Text.number(mask) < 0) {
                    throw new NotKeysException(number, "umask of what is no number");
                }
                plan.set(Key.UMASK, mask);
                plan.say(number, "umask", Fate.kept("umask"));
            }
            case "export" -> export(words, number);
            case "echo" ->
                plan.say(number, "echo", Fate.changed("not said any more: 'pintle events' tells of each start"));
            default -> {
                if (!first.startsWith("bashio::log.")) {
                    throw new NotKeysException(number, "it does more than set a few things and exec a program");
                }
                plan.say(number, first, Fate.changed("not said any more: 'pintle events' tells of each start"));
            }
        }
    }

    private void export(List<Item> words, int number) throws NotKeysException {
        for (Item word : words.subList(1, words.size())) {
            String template = word.template();
            int equals = template.indexOf('=');
            String name = equals < 0 ? "" : template.substring(0, equals);
            if (!Text.isVariable(name)) {
                throw new NotKeysException(number, "export of what is no NAME=VALUE");
            }
            plan.environment().put(name, template.substring(equals + 1));
            plan.say(number, "export", Fate.changed("[environment] " + name));
        }
    }

    // Words

    private List<Item> words(String line, int number) throws NotKeysException {
        List<Item> words = new ArrayList<>();
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (Text.isBlank(c)) {
                i++;
            } else if (c == '#') {
                return words;
            } else if (line.startsWith("2>&1", i) && endsWord(line, i + 4)) {
                chain.mergeErrors(number);
                i += 4;
            } else {
                WordReader reader = new WordReader(line, i, number);
                words.add(reader.read());
                i = reader.at;
            }
        }
        return words;
    }

    private static boolean endsWord(String line, int at) {
        return at >= line.length() || Text.isBlank(line.charAt(at));
    }

    /** One word of a line. */
    private static final class WordReader {
        private final String line;
        private final int number;
        private int at;
        private final StringBuilder template = new StringBuilder();
        private final StringBuilder literal = new StringBuilder();
        private boolean variables;
        private boolean alone;

        WordReader(String line, int at, int number) {
            this.line = line;
            this.at = at;
            this.number = number;
        }

        Item read() throws NotKeysException {
            int start = at;
            while (at < line.length() && !Text.isBlank(line.charAt(at))) {
                char c = line.charAt(at);
                if (c == '\'') {
                    int end = line.indexOf('\'', at + 1);
                    add(end < 0 ? unclosed() : line.substring(at + 1, end));
                    at = end + 1;
                } else if (c == '"') {
                    quoted();
                } else if (c == '\\' && at + 1 < line.length()) {
                    add(line.substring(at + 1, at + 2));
                    at += 2;
                } else if (c == '$') {
                    alone = at == start;
                    variable();
                    alone &= at == line.length() || Text.isBlank(line.charAt(at));
                    if (alone) {
                        throw new NotKeysException(number, "a variable without quotes may be several words, or none");
                    }
                } else if (META.indexOf(c) >= 0) {
                    throw new NotKeysException(number, "'" + c + "' has a meaning that keys have not");
                } else {
                    add(line.substring(at, at + 1));
                    at++;
                }
            }
            return new Item(template.toString(), variables ? null : literal.toString(), number);
        }

        private String unclosed() throws NotKeysException {
            throw new NotKeysException(number, "a quote goes on in the next line");
        }

        private void add(String text) {
            template.append(LayoutText.escape(text));
            literal.append(text);
        }

        private void quoted() throws NotKeysException {
            at++;
            while (at < line.length() && line.charAt(at) != '"') {
                char c = line.charAt(at);
                if (c == '$') {
                    variable();
                } else if (c == '`') {
                    throw new NotKeysException(number, "it runs a command for its output");
                } else if (c == '\\' && at + 1 < line.length() && "$`\"\\".indexOf(line.charAt(at + 1)) >= 0) {
                    add(line.substring(at + 1, at + 2));
                    at += 2;
                } else {
                    add(line.substring(at, at + 1));
                    at++;
                }
            }
            if (at >= line.length()) {
                unclosed();
            }
            at++;
        }

        /** {@code $NAME}, {@code ${NAME}}, {@code ${NAME:-default}} and {@code ${NAME-default}}. */
        private void variable() throws NotKeysException {
            variables = true;
            int start = at + 1;
            boolean braced = start < line.length() && line.charAt(start) == '{';
            int from = braced ? start + 1 : start;
            int end = from;
            while (end < line.length() && Ascii.isNamePart(line.charAt(end))) {
                end++;
            }
            String name = line.substring(from, end);
            if (!Text.isVariable(name)) {
                throw new NotKeysException(number, "'$' is followed by no variable's name");
            }
            if (!braced) {
                template.append("${").append(name).append("-}");
                at = end;
                return;
            }
            int close = line.indexOf('}', end);
            String rest = close < 0 ? "" : line.substring(end, close);
            String value = rest.startsWith(":-") ? rest.substring(2) : rest.startsWith("-") ? rest.substring(1) : null;
            if (close < 0 || (!rest.isEmpty() && !isSimple(value))) {
                throw new NotKeysException(number, "'${" + name + "' has an operator that keys have not");
            }
            template.append("${")
                    .append(name)
                    .append(rest.isEmpty() ? "-" : rest)
                    .append('}');
            at = close + 1;
        }

        private static boolean isSimple(@Nullable String value) {
            if (value == null) {
                return false;
            }
            for (int i = 0; i < value.length(); i++) {
                if ("$`\"'\\{} ".indexOf(value.charAt(i)) >= 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
