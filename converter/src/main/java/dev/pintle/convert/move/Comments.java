package dev.pintle.convert.move;

import dev.pintle.convert.source.SourceFile;
import java.util.regex.Pattern;

/** Comments, as most files have them. */
final class Comments {

    /** Of cron, which a line of a comment looks like. */
    private static final Pattern TIMES = Pattern.compile("\\*\\s+[\\d*][\\w*,/-]*\\s");

    private Comments() {}

    /** Whether the line before a place makes the place a comment. */
    static boolean isOne(SourceFile file, int at) {
        String before = file.text().substring(file.lineStart(at), at).stripLeading();
        boolean trailing = before.contains(" # ") || before.contains("\t# ");
        return (before.startsWith("#") && !before.startsWith("#!"))
                || before.startsWith("//")
                || before.startsWith(";")
                || (before.startsWith("* ") && !TIMES.matcher(before).lookingAt())
                || trailing;
    }
}
