package dev.pintle.init.program;

import java.util.List;

/**
 * Takes options apart as getopt(3) does: they end at the first operand or after {@code --}; letters may be joined, and a
 * value may be joined to its letter. A program may give letters long names too; then {@code --name value} and {@code
 * --name=value} do the same.
 */
public final class Options {
    /** What {@link #next} gives when no option is left. */
    public static final int END = -1;

    private final List<String> words;
    private final String letters;
    private final String[] longNames;
    private int word;
    /** The next letter's place in the current word; 0 to begin one. */
    private int at;

    /** Whether {@code --} has come. */
    private boolean ended;

    private String value = "";

    /**
     * Options of a program.
     *
     * @param letters   as getopt(3) has them: a colon after a letter that takes a value
     * @param longNames such as {@code timeout=t}
     */
    public Options(List<String> words, String letters, String... longNames) {
        this.words = words;
        this.letters = letters;
        this.longNames = longNames;
    }

    /** The letter of the next option, or {@link #END}. */
    public int next() throws UsageException {
        if (at == 0) {
            String option = word < words.size() && !ended ? words.get(word) : "";
            if (option.length() < 2 || option.charAt(0) != '-') {
                return END;
            }
            if (option.startsWith("--") && (longNames.length > 0 || option.length() == 2)) {
                word++;
                ended = option.length() == 2;
                return ended ? END : longOption(option);
            }
            at = 1;
        }
        String option = words.get(word);
        char letter = option.charAt(at++);
        boolean last = at == option.length();
        int known = letter == ':' ? -1 : letters.indexOf(letter);
        if (known < 0) {
            throw new UsageException("there is no option -" + letter, "-" + letter, false);
        }
        if (known + 1 < letters.length() && letters.charAt(known + 1) == ':') {
            String joined = option.substring(at);
            nextWord();
            takeValue("-" + letter, joined, last);
        } else if (last) {
            nextWord();
        }
        return letter;
    }

    private void nextWord() {
        word++;
        at = 0;
    }

    private void takeValue(String option, String joined, boolean missing) throws UsageException {
        if (!missing) {
            value = joined;
            return;
        }
        if (word == words.size()) {
            throw new UsageException(option + " takes a value", option, true);
        }
        value = words.get(word++);
    }

    private int longOption(String option) throws UsageException {
        int equals = option.indexOf('=');
        String name = option.substring(2, equals < 0 ? option.length() : equals);
        for (String longName : longNames) {
            int end = longName.length() - 2;
            if (longName.substring(0, end).equals(name)) {
                char letter = longName.charAt(end + 1);
                int known = letters.indexOf(letter);
                boolean takes = known + 1 < letters.length() && letters.charAt(known + 1) == ':';
                if (takes) {
                    takeValue("--" + name, option.substring(equals + 1), equals < 0);
                } else if (equals >= 0) {
                    throw new UsageException("--" + name + " takes no value", option, false);
                }
                return letter;
            }
        }
        throw new UsageException("there is no option --" + name, option, false);
    }

    /** The value of the option that {@link #next} gave. */
    public String value() {
        return value;
    }

    /** Whether an operand is left, once {@link #next} has given {@link #END}. */
    public boolean hasOperand() {
        return word < words.size();
    }

    /** Takes an operand, after which more options may follow unless {@code --} has ended them. */
    public String operand() {
        return words.get(word++);
    }

    /** What is left once {@link #next} has given {@link #END}. */
    public List<String> operands() {
        return words.subList(word, words.size());
    }
}
