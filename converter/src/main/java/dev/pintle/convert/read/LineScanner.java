package dev.pintle.convert.read;

import dev.pintle.convert.read.ScannedFile.Option;
import dev.pintle.convert.read.ScannedFile.Section;
import dev.pintle.layout.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Splits a text into sections and options by the line rules of Python 3.11's {@code RawConfigParser(strict=False,
 * inline_comment_prefixes=(';', '#'))}, which is how supervisord reads its configuration.
 *
 * <p>The rules that surprise, all of them relied upon by files in the wild:
 * <ul>
 *   <li>{@code ;} and {@code #} begin a comment wherever white space precedes them, inside quotes too;
 *   <li>a line that is indented deeper than the last key continues that key's value, whatever it looks like;
 *   <li>a blank line inside a value belongs to it, a comment line does not;
 *   <li>a header may be followed by anything, and reaches to the last closing bracket of its line.
 * </ul>
 */
public final class LineScanner {

    private static final String COMMENT = ";#";

    private final String file;
    private final List<Section> sections = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private @Nullable List<Option> options;
    private @Nullable OpenOption open;
    private int indent;
    private boolean complainedOfMissingHeader;

    private LineScanner(String file) {
        this.file = file;
    }

    /** Scans the text of {@code file}, which is named in every position and message. */
    public static ScannedFile scan(String file, String text) {
        LineScanner scanner = new LineScanner(file);
        String body = text;
        if (text.startsWith("\uFEFF")) {
            body = text.substring(1);
            scanner.diagnostics.add(new Diagnostic(
                    Diagnostic.Severity.WARNING,
                    "byte-order-mark",
                    file,
                    1,
                    1,
                    "cannot keep the byte order mark: supervisord refuses a file that begins with one",
                    "it is ignored here"));
        }
        String[] lines = body.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
        // The piece after the last line feed is a line only if there is something in it.
        int count = lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
        for (int i = 0; i < count; i++) {
            scanner.line(i + 1, lines[i]);
        }
        scanner.closeOption();
        return new ScannedFile(file, scanner.sections, scanner.diagnostics);
    }

    private void line(int number, String line) {
        int nul = line.indexOf('\0');
        if (nul >= 0) {
            // No argument, variable or path can have one; supervisord would fail when it starts the program.
            error(
                    "nul",
                    new Position(file, number, nul + 1),
                    "cannot read this line: it has a NUL character",
                    "remove the character");
        }
        int comment = commentStart(line);
        String value = PythonText.strip(comment < 0 ? line : line.substring(0, comment));
        if (value.isEmpty()) {
            if (comment < 0 && open != null) {
                open.add("", new Position(file, number, 1));
            }
            return;
        }
        int column = PythonText.leadingSpace(line);
        Position position = new Position(file, number, column + 1);
        if (open != null && column > indent) {
            open.add(value, position);
            return;
        }
        indent = column;
        int bracket = value.lastIndexOf(']');
        if (value.charAt(0) == '[' && bracket > 1) {
            header(value.substring(1, bracket), position);
        } else if (options == null) {
            missingHeader(position);
        } else {
            option(value, position, options);
        }
    }

    private void header(String name, Position position) {
        closeOption();
        options = new ArrayList<>();
        sections.add(new Section(name, position, options));
    }

    private void option(String text, Position position, List<Option> target) {
        int delimiter = 0;
        while (delimiter < text.length() && text.charAt(delimiter) != '=' && text.charAt(delimiter) != ':') {
            delimiter++;
        }
        if (delimiter == text.length()) {
            error(
                    "no-delimiter",
                    position,
                    "cannot read '" + text + "': neither '=' nor ':' in it",
                    "write 'key = value', or indent the line to continue the value above it");
            return;
        }
        if (delimiter == 0) {
            error("empty-key", position, "cannot read '" + text + "': no key before '" + text.charAt(0) + "'", null);
            return;
        }
        closeOption();
        String key = PythonText.stripTrailing(text.substring(0, delimiter)).toLowerCase(Locale.ROOT);
        String rest = text.substring(delimiter + 1);
        int start = delimiter + 1 + PythonText.leadingSpace(rest);
        open = new OpenOption(key, position, target);
        open.add(text.substring(start), new Position(file, position.line(), position.column() + start));
    }

    private void missingHeader(Position position) {
        if (!complainedOfMissingHeader) {
            complainedOfMissingHeader = true;
            error(
                    "no-section",
                    position,
                    "cannot read this line: no section header before it",
                    "begin the file with a header such as [supervisord]");
        }
    }

    private void error(String code, Position at, String message, @Nullable String hint) {
        diagnostics.add(
                new Diagnostic(Diagnostic.Severity.ERROR, code, at.file(), at.line(), at.column(), message, hint));
    }

    private void closeOption() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /**
     * Where the comment of a line begins, or -1. Both prefixes are searched in lock-step and the first round with a hit
     * decides, so {@code x #a#b ;c} keeps more than one would think.
     */
    static int commentStart(String line) {
        int first = PythonText.leadingSpace(line);
        if (first < line.length() && COMMENT.indexOf(line.charAt(first)) >= 0) {
            return 0;
        }
        int semicolon = line.indexOf(';');
        int hash = line.indexOf('#');
        while (semicolon >= 0 || hash >= 0) {
            boolean semicolonHits = beginsComment(line, semicolon);
            boolean hashHits = beginsComment(line, hash);
            if (semicolonHits && hashHits) {
                return Math.min(semicolon, hash);
            }
            if (semicolonHits || hashHits) {
                return semicolonHits ? semicolon : hash;
            }
            semicolon = semicolon < 0 ? -1 : line.indexOf(';', semicolon + 1);
            hash = hash < 0 ? -1 : line.indexOf('#', hash + 1);
        }
        return -1;
    }

    private static boolean beginsComment(String line, int index) {
        return index == 0 || (index > 0 && PythonText.isSpace(line.charAt(index - 1)));
    }

    /** The option whose value the next lines may continue. */
    private static final class OpenOption {
        private final String key;
        private final Position position;
        private final List<Option> target;
        private final List<Position> starts = new ArrayList<>();
        private final StringBuilder value = new StringBuilder();

        OpenOption(String key, Position position, List<Option> target) {
            this.key = key;
            this.position = position;
            this.target = target;
        }

        void add(String line, Position start) {
            if (!starts.isEmpty()) {
                value.append('\n');
            }
            value.append(line);
            starts.add(start);
        }

        void close() {
            target.add(new Option(key, PythonText.stripTrailing(value.toString()), position, List.copyOf(starts)));
        }
    }
}
