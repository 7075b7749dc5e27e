package dev.pintle.convert.move;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The directory of a script, in whichever words the script has for it: {@code $(dirname "$0")}, {@code ${0%/*}}. */
final class OwnDirectory {

    private static final String SELF = "[\"']?\\$\\{?(?:0|BASH_SOURCE(?:\\[0\\])?)\\}?[\"']?";

    private static final String FILE =
            "(?:" + SELF + "|[\"']?\\$\\(\\s*(?:readlink\\s+-\\w+|realpath)\\s+(?:--\\s+)?" + SELF + "\\s*\\)[\"']?)";

    private static final String NAMED = "(?:\\$\\(\\s*dirname\\s+(?:--\\s+)?" + FILE + "\\s*\\)|`dirname\\s+" + SELF
            + "`|\\$\\{(?:0|BASH_SOURCE(?:\\[0\\])?)%/\\*\\})";

    /** By itself, or as what {@code pwd}, {@code realpath} or {@code readlink} make of it. */
    private static final Pattern WORDS = Pattern.compile("\\$\\(\\s*cd\\s+(?:-\\S+\\s+)*[\"']?" + NAMED
            + "[\"']?(?:\\s*>\\s*/dev/null(?:\\s+2>&1)?)?\\s*(?:&&|;)\\s*pwd(?:\\s+-P)?\\s*\\)"
            + "|\\$\\(\\s*(?:readlink\\s+-\\w+|realpath)\\s+[\"']?" + NAMED + "[\"']?\\s*\\)|" + NAMED);

    private final String directory;

    /** {@code place}: of the script in the image. */
    OwnDirectory(String place) {
        this.directory = place.substring(0, Math.max(1, place.lastIndexOf('/')));
    }

    /** A word with the directory in the place of what stands for it. */
    String put(String word) {
        return word.indexOf('$') < 0 && word.indexOf('`') < 0
                ? word
                : WORDS.matcher(word).replaceAll(Matcher.quoteReplacement(directory));
    }
}
