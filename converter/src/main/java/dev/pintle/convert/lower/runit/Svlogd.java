package dev.pintle.convert.lower.runit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of svlogd(8).
 *
 * @param timestamps how many {@code -t} there are
 * @param others     options that change what is written
 * @param directories that it writes to
 */
record Svlogd(int timestamps, List<String> others, List<String> directories) {

    /** Empty where svlogd would refuse them. */
    static Optional<Svlogd> parse(List<String> words) {
        int timestamps = 0;
        List<String> others = new ArrayList<>();
        int at = 1;
        for (;
                at < words.size()
                        && words.get(at).startsWith("-")
                        && words.get(at).length() > 1;
                at++) {
            String word = words.get(at);
            if (word.equals("--")) {
                at++;
                break;
            }
            for (int i = 1; i < word.length(); i++) {
                char option = word.charAt(i);
                if (option == 't') {
                    timestamps++;
                } else if ("rRlb".indexOf(option) >= 0) {
                    boolean inWord = i + 1 < word.length();
                    if (!inWord && at + 1 >= words.size()) {
                        return Optional.empty();
                    }
                    String argument = inWord ? word.substring(i + 1) : words.get(++at);
                    others.add("-" + option + " " + argument);
                    break;
                } else if (option != 'v') {
                    return Optional.empty();
                }
            }
        }
        List<String> directories = words.subList(Math.min(at, words.size()), words.size());
        return directories.isEmpty() ? Optional.empty() : Optional.of(new Svlogd(timestamps, others, directories));
    }
}
