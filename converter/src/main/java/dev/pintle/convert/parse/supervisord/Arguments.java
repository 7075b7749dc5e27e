package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.read.Position;
import dev.pintle.convert.read.ScannedFile;
import dev.pintle.convert.read.ScannedFile.Option;
import dev.pintle.convert.read.ScannedFile.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments that supervisord is started with. Each that says what a key of {@code [supervisord]} says goes before
 * that key, so they read like one more file, the last one. The rules are those of Python's {@code getopt}.
 *
 * @param configuration the file that {@code -c} names
 * @param file          the others as keys
 */
public record Arguments(Optional<String> configuration, ScannedFile file) {

    /** {@code ${NAME}}, with or without a default, and {@code $NAME}. */
    private static final Pattern SHELL_VARIABLE =
            Pattern.compile("\\$\\{([A-Za-z_]\\w*)(?::?-([^}$]*))?}|\\$([A-Za-z_]\\w*)");

    private static final String FLAGS = "nsktvh?";
    private static final String CONFIGURATION = "configuration";

    /** The keys that the letters stand for; those with a value first. */
    private static final Map<Character, String> LETTERS = Map.ofEntries(
            Map.entry('c', CONFIGURATION),
            Map.entry('u', "user"),
            Map.entry('m', "umask"),
            Map.entry('d', "directory"),
            Map.entry('l', "logfile"),
            Map.entry('y', "logfile_maxbytes"),
            Map.entry('z', "logfile_backups"),
            Map.entry('e', "loglevel"),
            Map.entry('j', "pidfile"),
            Map.entry('i', "identifier"),
            Map.entry('q', "childlogdir"),
            Map.entry('a', "minfds"),
            Map.entry('n', "nodaemon"),
            Map.entry('s', "silent"),
            Map.entry('k', "nocleanup"),
            Map.entry('t', "strip_ansi"));

    /** Long options beyond the keys above. */
    private static final List<String> MORE = List.of("minprocs", "profile_options", "version", "help");

    private static final List<String> WITHOUT_VALUE =
            List.of("nodaemon", "silent", "nocleanup", "strip_ansi", "version", "help");

    private static final List<String> NO_KEYS = List.of("profile_options", "version", "help");

    /** Reads arguments that stand at {@code position}. */
    public static Arguments parse(List<String> words, Position position) {
        Reader reader = new Reader(position);
        reader.read(words);
        Section section = new Section("supervisord", position, reader.options);
        return new Arguments(
                Optional.ofNullable(reader.configuration),
                new ScannedFile(position.file(), reader.options.isEmpty() ? List.of() : List.of(section), List.of()));
    }

    private static final class Reader {
        private final Position position;
        private final List<Option> options = new ArrayList<>();
        private @Nullable String configuration;

        Reader(Position position) {
            this.position = position;
        }

        void read(List<String> words) {
            int at = 0;
            // The first word that is no option ends them.
            while (at < words.size()
                    && words.get(at).startsWith("-")
                    && words.get(at).length() > 1) {
                String word = words.get(at++);
                if (word.equals("--")) {
                    return;
                }
                String next = at < words.size() ? words.get(at) : null;
                at += (word.startsWith("--") ? longOption(word.substring(2), next) : letters(word, next)) ? 1 : 0;
            }
        }

        /** Returns whether the next word is taken. */
        private boolean letters(String word, @Nullable String next) {
            for (int i = 1; i < word.length(); i++) {
                char letter = word.charAt(i);
                String key = LETTERS.get(letter);
                if (key != null && FLAGS.indexOf(letter) < 0) {
                    boolean attached = i + 1 < word.length();
                    set(key, attached ? word.substring(i + 1) : next);
                    return !attached;
                }
                if (key != null) {
                    set(key, "true");
                }
            }
            return false;
        }

        private boolean longOption(String option, @Nullable String next) {
            int equals = option.indexOf('=');
            String key = complete(equals < 0 ? option : option.substring(0, equals));
            if (WITHOUT_VALUE.contains(key)) {
                set(key, "true");
                return false;
            }
            set(key, equals < 0 ? next : option.substring(equals + 1));
            return equals < 0;
        }

        /** An option may be shortened as long as it means only one. */
        private static String complete(String option) {
            List<String> all = new ArrayList<>(LETTERS.values());
            all.addAll(MORE);
            List<String> matching =
                    all.stream().filter(o -> o.startsWith(option)).toList();
            return all.contains(option) || matching.size() != 1 ? option : matching.get(0);
        }

        /** Arguments are not expanded by supervisord, but by the shell that starts it. */
        private static String expandable(String value) {
            StringBuilder out = new StringBuilder();
            Matcher variable = SHELL_VARIABLE.matcher(value.replace("%", "%%"));
            while (variable.find()) {
                String name = variable.group(1) == null ? variable.group(3) : variable.group(1);
                String otherwise = variable.group(2);
                variable.appendReplacement(
                        out, Matcher.quoteReplacement(otherwise == null ? "%(ENV_" + name + ")s" : otherwise));
            }
            return variable.appendTail(out).toString();
        }

        private void set(String key, @Nullable String value) {
            if (value == null || NO_KEYS.contains(key) || !(LETTERS.containsValue(key) || MORE.contains(key))) {
                return;
            }
            if (key.equals(CONFIGURATION)) {
                configuration = value;
            } else {
                options.add(new Option(key, expandable(value), position, List.of(position)));
            }
        }
    }
}
