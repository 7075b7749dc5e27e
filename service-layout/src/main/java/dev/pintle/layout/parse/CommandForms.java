package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.ConfText.Entry;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in which Dockerfiles and Compose write commands, where they are no words of a command here. */
final class CommandForms {

    private static final String SHELL = "CMD-SHELL";
    private static final String EXEC = "CMD";

    private static final List<String> INSTRUCTIONS = List.of(SHELL, EXEC, "ENTRYPOINT");

    private CommandForms() {}

    /** Whether a command is written as words; another form is reported, with the words that it means. */
    static boolean isOurs(Key key, Entry entry, Diagnostics diagnostics) {
        String text = entry.value().text();
        if (text.startsWith("[")) {
            List<String> words = array(text);
            if (words == null) {
                return true;
            }
            report(key, entry, "it is a JSON array", advice(key, words), diagnostics);
            return false;
        }
        String form = instruction(text);
        if (form != null) {
            report(key, entry, form + " is Docker's", withoutInstruction(key, form, text), diagnostics);
        } else if (key == Key.TEST && text.equals("NONE")) {
            report(key, entry, "NONE is Docker's", "remove the section", diagnostics);
            return false;
        }
        return form == null;
    }

    /** The word of a Dockerfile or of Compose that a command begins with, or null. */
    private static @Nullable String instruction(String text) {
        for (String word : INSTRUCTIONS) {
            if (text.startsWith(word + " ")) {
                return word;
            }
        }
        return null;
    }

    private static String withoutInstruction(Key key, String form, String text) {
        String rest = Ascii.trim(text.substring(form.length()));
        List<String> words = rest.startsWith("[") ? array(rest) : null;
        if (words != null) {
            return advice(key, words);
        }
        return "write " + key.text() + " = "
                + (form.equals(SHELL) ? LayoutText.words(List.of("sh", "-c", rest)) : rest);
    }

    private static void report(Key key, Entry entry, String cause, String hint, Diagnostics diagnostics) {
        diagnostics.error(entry.value().start(), "foreign-command", "read " + key.label(), cause, hint);
    }

    private static String advice(Key key, List<String> words) {
        List<String> own = words;
        if (key == Key.TEST && words.get(0).equals(EXEC)) {
            own = words.subList(1, words.size());
        } else if (key == Key.TEST && words.get(0).equals(SHELL)) {
            own = new ArrayList<>(List.of("sh", "-c"));
            own.addAll(words.subList(1, words.size()));
        }
        return "write " + key.text() + " = " + LayoutText.words(own);
    }

    /** The strings of an array of JSON; null for what is none, and where it has none. */
    private static @Nullable List<String> array(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (word == null) {
                if (c == '"') {
                    word = new StringBuilder();
                } else if (c == ']') {
                    return words.isEmpty() ? null : words;
                } else if (c != ',' && c != ' ' && c != '\n' && c != '\t') {
                    return null;
                }
            } else if (c == '"') {
                words.add(word.toString());
                word = null;
            } else {
                if (c == '\\' && i + 1 < text.length()) {
                    i++;
                    c = text.charAt(i) == 'n' ? '\n' : text.charAt(i);
                }
                word.append(c);
            }
        }
        return null;
    }
}
