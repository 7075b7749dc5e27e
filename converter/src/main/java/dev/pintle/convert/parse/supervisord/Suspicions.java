package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.parse.supervisord.ini.IniDocument.Occurrence;
import dev.pintle.convert.read.Position;
import dev.pintle.convert.read.ScannedFile.Option;
import java.util.List;

/** Warns of what supervisord reads otherwise than whoever wrote it can have meant. */
final class Suspicions {

    private final Context context;

    Suspicions(Context context) {
        this.context = context;
    }

    void report() {
        for (Occurrence occurrence : context.document().occurrences()) {
            int colon = occurrence.section().indexOf(':');
            List<String> known = KnownKeys.of(
                    colon < 0 ? occurrence.section() : occurrence.section().substring(0, colon));
            if (known != null) {
                swallowedKeys(occurrence.option(), known);
            }
        }
    }

    /** A key that is indented deeper than the one above it is a part of that one's value. */
    private void swallowedKeys(Option option, List<String> known) {
        List<String> lines = List.of(option.value().split("\n", -1));
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            int end = 0;
            while (end < line.length() && (Character.isLetter(line.charAt(end)) || line.charAt(end) == '_')) {
                end++;
            }
            String rest = line.substring(end).stripLeading();
            if (known.contains(line.substring(0, end)) && (rest.startsWith("=") || rest.startsWith(":"))) {
                Position at = option.lines().get(i);
                context.problems()
                        .warning(
                                at,
                                "swallowed-key",
                                "cannot take '" + line.substring(0, end)
                                        + "' for a key: the line is indented, so it continues the value of "
                                        + option.key(),
                                "supervisord reads it that way too; remove the indentation if a key is meant");
            }
        }
    }
}
