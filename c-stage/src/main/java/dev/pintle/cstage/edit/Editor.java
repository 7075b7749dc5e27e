package dev.pintle.cstage.edit;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tree as one rewrite sees it. It counts what matches, and notes each count that is not the expected one. */
public final class Editor {
    private final Tree tree;
    private final String rewrite;
    private final List<String> misses;

    /** An editor for the rewrite of this name, which adds to {@code misses}. */
    public Editor(Tree tree, String rewrite, List<String> misses) {
        this.tree = tree;
        this.rewrite = rewrite;
        this.misses = misses;
    }

    /** The tree, for what the editor has no method for. */
    public Tree tree() {
        return tree;
    }

    /** Notes that something is not as the rewrite needs it. */
    public void miss(String what) {
        misses.add("cannot rewrite " + rewrite + ": " + what);
    }

    /** Notes a count that is not the expected one. */
    public void expect(int expected, int found, String what) {
        if (found != expected) {
            miss("expected " + expected + ", found " + found + ": " + what);
        }
    }

    /** Notes a count that is below the least. */
    public void expectAtLeast(int least, int found, String what) {
        if (found < least) {
            miss("expected at least " + least + ", found " + found + ": " + what);
        }
    }

    /** Notes each source that matches still, though the rewrite should have left none. */
    public void expectNoneLeft(Pattern pattern, String what) {
        for (String file : tree.sources()) {
            int left = count(tree.text(file), pattern);
            expect(0, left, what + " left in " + file);
        }
    }

    /** How often a pattern matches in a text. */
    public static int count(String text, Pattern pattern) {
        return (int) pattern.matcher(text).results().count();
    }

    /** Replaces a text wherever it occurs in a file; notes if it occurs another number of times. */
    public void replace(String file, int times, String text, String replacement) {
        int found = edit(file, Pattern.compile(Pattern.quote(text)), match -> replacement);
        expect(times, found, "'" + text + "' in " + file);
    }

    /** Replaces the one line that begins with a text, behind blanks; {@code replacement} is a whole line, or several. */
    public void replaceLine(String file, String beginning, String replacement) {
        int found = edit(file, lineBeginning(beginning), match -> replacement);
        expect(1, found, "a line of " + file + " that begins with '" + beginning + "'");
    }

    private static Pattern lineBeginning(String text) {
        return Lines.pattern("^ *" + Pattern.quote(text) + ".*$");
    }

    /** Replaces each match of a pattern in a file, and counts them. */
    public int edit(String file, Pattern pattern, Function<MatchResult, String> replacement) {
        Matcher matcher = pattern.matcher(tree.text(file));
        StringBuilder edited = new StringBuilder();
        int found = 0;
        while (matcher.find()) {
            matcher.appendReplacement(edited, Matcher.quoteReplacement(replacement.apply(matcher)));
            found++;
        }
        if (found > 0) {
            tree.put(file, matcher.appendTail(edited).toString());
        }
        return found;
    }

    /** Appends to a file that is there. */
    public void append(String file, String text) {
        if (tree.text(file).isEmpty()) {
            miss("there is no " + file);
        }
        tree.put(file, tree.text(file) + text);
    }
}
