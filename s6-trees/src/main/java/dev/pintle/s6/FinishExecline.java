package dev.pintle.s6;

import dev.pintle.s6.Finish.Trial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries a finish script in execline: tests in {@code if}, what is said, and the end of the container. */
final class FinishExecline {

    private final String text;

    FinishExecline(String text) {
        this.text = text;
    }

    /** Whether all of it was understood. */
    boolean play(Trial trial) {
        List<Execline.Word> words;
        try {
            words = Execline.parse(text);
        } catch (Execline.SyntaxException e) {
            return false;
        }
        int at = 0;
        boolean runs = true;
        while (at < words.size()) {
            Execline.Word word = words.get(at);
            List<Execline.Word> block =
                    at + 1 < words.size() ? words.get(at + 1).block() : null;
            String name = Text.name(word.text());
            if (name.equals("with-contenv")) {
                at++;
            } else if (name.equals("if") && block != null) {
                List<String> test = substituted(block, trial);
                if (test == null || test.isEmpty() || !isTest(test.get(0))) {
                    return false;
                }
                int result = Conditions.test(test.subList(1, test.size()));
                if (result < 0) {
                    return false;
                }
                runs &= result == 0;
                at += 2;
            } else if (name.equals("foreground") && block != null && says(block)) {
                at += 2;
            } else {
                List<String> rest = substituted(words.subList(at, words.size()), trial);
                return rest != null && last(rest, trial, runs);
            }
        }
        return true;
    }

    private static boolean isTest(String program) {
        String name = Text.name(program);
        return name.equals("s6-test") || name.equals("eltest") || name.equals("test");
    }

    private static boolean says(List<Execline.Word> block) {
        String name = block.isEmpty() ? "" : Text.name(block.get(0).text());
        return name.equals("s6-echo") || name.equals("echo");
    }

    private static boolean last(List<String> words, Trial trial, boolean runs) {
        String name = Text.name(words.get(0));
        if (name.equals("s6-echo") || name.equals("echo") || name.equals("true") || name.equals("s6-true")) {
            return true;
        }
        boolean svscanctl =
                name.equals("s6-svscanctl") && words.size() == 3 && words.get(1).equals("-t");
        if (svscanctl || words.get(0).equals(FinishShell.HALT)) {
            trial.halted |= runs;
            return true;
        }
        return false;
    }

    private static @Nullable List<String> substituted(List<Execline.Word> words, Trial trial) {
        List<String> out = new ArrayList<>();
        for (Execline.Word word : words) {
            if (word.isBlock()) {
                return null;
            }
            switch (word.text()) {
                case "${1}" -> out.add("" + trial.code);
                case "${2}" -> out.add("" + trial.signal);
                default -> out.add(word.text());
            }
        }
        return out;
    }
}
