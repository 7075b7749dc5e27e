package dev.pintle.s6;

import java.util.List;

/** The first lines of scripts. */
final class Interpreters {

    private Interpreters() {}

    static boolean isExecline(String interpreter) {
        List<String> words = Text.words(interpreter);
        return !words.isEmpty() && Text.name(words.get(0)).equals("execlineb");
    }

    /** Whether its program is with-contenv, from wherever. */
    static boolean isContenv(String interpreter) {
        List<String> words = Text.words(interpreter);
        return !words.isEmpty() && Text.name(words.get(0)).equals("with-contenv");
    }

    /** What with-contenv becomes, or the interpreter itself. */
    static String withoutContenv(String interpreter) {
        if (!isContenv(interpreter)) {
            return interpreter;
        }
        List<String> words = Text.words(interpreter);
        return Text.join(words.subList(1, words.size()), " ");
    }

    /** Whether it reads the language of sh; bashio is bash with functions, and env finds what it names. */
    static boolean isShell(String interpreter) {
        List<String> words = Text.words(interpreter);
        int at = !words.isEmpty() && Text.name(words.get(0)).equals("env") ? 1 : 0;
        String name = at < words.size() ? Text.name(words.get(at)) : "";
        return name.equals("sh")
                || name.equals("bash")
                || name.equals("dash")
                || name.equals("ash")
                || name.equals("bashio");
    }
}
