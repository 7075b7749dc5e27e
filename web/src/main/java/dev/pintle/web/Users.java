package dev.pintle.web;

import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may what: a file with a line {@code NAME LEVEL HASH} for each user. {@code anybody LEVEL} says what may who says no name.
 *
 * @param all     those with a password
 * @param anybody what may who says no name
 */
record Users(List<User> all, Level anybody) {
    /** No users. */
    static final Users NONE = new Users(List.of(), Level.NOBODY);

    /** One of them. */
    record User(String name, Level level, PasswordHash password) {}

    private static final String ANYBODY = "anybody";
    private static final int MOST = 64;
    private static final int LARGEST = 64 * 1024;

    /** Reads a file. */
    static Users read(Sys sys, String file) throws FailureException {
        Files.Reading reading = Files.read(sys, file, LARGEST);
        String text = reading.text();
        if (text == null) {
            throw new FailureException(ExitCode.FAILED, "cannot read " + file + ": " + Errno.describe(reading.errno()));
        }
        List<User> users = new ArrayList<>();
        Level anybody = Level.NOBODY;
        int number = 0;
        for (int at = 0; at < text.length(); ) {
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline;
            String line = Ascii.trim(text.substring(at, end));
            at = end + 1;
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            List<String> words = words(line);
            Level level = words.size() > 1 ? level(words.get(1)) : null;
            PasswordHash hash = words.size() == 3 ? PasswordHash.parse(words.get(2)) : null;
            boolean forAnybody = words.size() == 2 && words.get(0).equals(ANYBODY);
            if (level == null || (hash == null && !forAnybody) || users.size() == MOST) {
                throw new FailureException(ExitCode.FAILED, "cannot read " + file + ": " + why(file, number, users));
            }
            if (hash == null) {
                anybody = level;
            } else {
                users.add(new User(words.get(0), level, hash));
            }
        }
        return new Users(users, anybody);
    }

    private static String why(String file, int line, List<User> users) {
        return users.size() == MOST
                ? "there are more than " + MOST + " users"
                : file + ":" + line
                        + " is not NAME LEVEL HASH, as pintle-web passwd prints it, with the level metrics, read or operate;"
                        + " nor anybody LEVEL";
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            int end = at;
            while (end < line.length() && !Ascii.isBlank(line.charAt(end))) {
                end++;
            }
            words.add(line.substring(at, end));
            at = end;
            while (at < line.length() && Ascii.isBlank(line.charAt(at))) {
                at++;
            }
        }
        return words;
    }

    /** The level that a word means; null for none that a user may have. */
    static @Nullable Level level(String word) {
        for (Level level : Level.values()) {
            if (level != Level.NOBODY && level.text().equals(word)) {
                return level;
            }
        }
        return null;
    }
}
