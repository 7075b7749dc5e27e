package dev.pintle.convert.move;

import dev.pintle.convert.shell.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What sed, or perl in its manner, is told.
 *
 * @param scripts that it carries out
 * @param files   that it reads
 * @param inPlace whether it writes them anew
 * @param known   whether these are all of its scripts: others are in files
 */
record EditWords(List<String> scripts, List<String> files, boolean inPlace, boolean known) {

    static final Set<String> EDITORS = Set.of("sed", "gsed", "perl");

    /** Carriage returns at the ends of lines. */
    private static final Pattern LINE_ENDS =
            Pattern.compile("s(?<d>[/|#,@!:])(?:\\\\r|\r|\\\\x0[dD]|\\\\015)(?:\\$|\\\\n)?\\k<d>(?:\\\\n)?\\k<d>g?");

    private static final String SETTING = ";?\\s*nodaemon\\s*=\\s*\\w+";

    /** The setting that keeps supervisord in the foreground, which init has no need of. */
    private static final Pattern FOREGROUND =
            Pattern.compile("s(?<d>[/|#,@!:])(?<from>[^\n]{1,100}?)\\k<d>(?:\\[supervisord\\]\\\\n)?(?:" + SETTING
                    + ")?(?:\\\\n)?\\k<d>[gIi0-9]*|/[^/\n|]{0,50}\\[supervisord\\\\?\\][^/\n|]{0,20}/\\s*[ai]\\s*\\\\?\\s*"
                    + SETTING + "|/[^/\n|]{0,20}nodaemon[^/\n|]{0,40}/\\s*d");

    private static final Pattern OF_FOREGROUND =
            Pattern.compile("\\^?[\\s;#\\\\?*]*nodaemon(?:[\\s=.*$\\w]|\\\\s)*|\\^?\\\\?\\[supervisord\\\\?\\]\\$?");

    /** Of the words of a command that runs an editor, by itself, or for find or xargs. */
    static EditWords of(List<String> words) {
        int editor = 0;
        while (editor < words.size() && !EDITORS.contains(Invocation.baseName(words.get(editor)))) {
            editor++;
        }
        List<String> scripts = new ArrayList<>();
        List<String> operands = new ArrayList<>();
        boolean inPlace = false;
        boolean known = true;
        boolean options = true;
        for (int i = editor + 1; i < words.size() && !words.get(i).equals(";"); i++) {
            String word = words.get(i);
            if (!options || !word.startsWith("-") || word.equals("-")) {
                operands.add(word);
            } else if (word.equals("--")) {
                options = false;
            } else if (word.startsWith("--expression=")) {
                scripts.add(word.substring(word.indexOf('=') + 1));
            } else if (word.startsWith("--")) {
                inPlace |= word.startsWith("--in-place");
                known &= !word.startsWith("--file");
                if (word.equals("--expression") && i + 1 < words.size()) {
                    scripts.add(words.get(++i));
                }
            } else {
                int letter = firstWithValue(word);
                char option = letter < word.length() ? word.charAt(letter) : ' ';
                String rest = word.substring(Math.min(word.length(), letter + 1));
                inPlace |= option == 'i';
                known &= option != 'f';
                if (option == 'e' && !rest.isEmpty()) {
                    scripts.add(rest);
                } else if (option == 'e' && i + 1 < words.size()) {
                    scripts.add(words.get(++i));
                }
            }
        }
        if (scripts.isEmpty() && known && !operands.isEmpty()) {
            scripts.add(operands.remove(0));
        }
        return new EditWords(scripts, operands, inPlace, known);
    }

    /** Of a cluster of options, the one that takes what follows it as its value. */
    private static int firstWithValue(String word) {
        int at = 1;
        while (at < word.length() && "eifl".indexOf(word.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Whether they make nothing else of a configuration than what Pintle makes of it anyway. */
    boolean changeNothing() {
        return known && !scripts.isEmpty() && scripts.stream().allMatch(EditWords::changesNothing);
    }

    private static boolean changesNothing(String script) {
        var foreground = FOREGROUND.matcher(script.strip());
        boolean keeps = foreground.matches()
                && (foreground.group("from") == null
                        || OF_FOREGROUND.matcher(foreground.group("from")).matches());
        return keeps || LINE_ENDS.matcher(script.strip()).matches();
    }
}
