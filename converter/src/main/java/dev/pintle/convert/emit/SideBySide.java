package dev.pintle.convert.emit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.read.InputFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a section was and what it has become, line by line. */
public final class SideBySide {

    /** Of a file that is not read as sections. */
    private static final int MAX_LINES = 200;

    private final Account account;

    SideBySide(Account account) {
        this.account = account;
    }

    /**
     * A line of a file.
     *
     * @param number 1-based; 0 where numbers mean nothing
     * @param text   with what may be a secret hidden
     * @param fate   of the key that it belongs to, or empty
     */
    public record Line(int number, String text, String fate) {}

    /**
     * A file of the layout.
     *
     * @param name  below etc/pintle
     * @param lines all of it
     */
    public record Emitted(String name, List<Line> lines) {}

    /** The lines of a section of the input; none where it is not known as text. */
    public List<Line> before(Report.Section section) {
        Optional<InputFile> input = account.inputs().stream()
                .filter(file -> file.name().equals(section.position().file()))
                .findFirst();
        if (input.isEmpty()) {
            return List.of();
        }
        List<String> text = List.of(input.get().text().split("\r?\n", -1));
        int first = section.position().line();
        int last = Math.min(end(section, text.size()), first + MAX_LINES);
        List<Report.Key> keys = section.keys().stream()
                .filter(key -> key.position().file().equals(section.position().file()))
                .sorted(Comparator.comparing(Report.Key::position))
                .toList();
        List<Line> lines = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            lines.add(line(text.get(number - 1), number, keys));
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).text().isBlank()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    private static Line line(String text, int number, List<Report.Key> keys) {
        Report.Key owner = null;
        for (Report.Key key : keys) {
            owner = key.position().line() <= number ? key : owner;
        }
        boolean comment =
                text.isBlank() || text.strip().startsWith(";") || text.strip().startsWith("#");
        if (owner == null || comment) {
            return new Line(number, Secrets.mask(text), "");
        }
        boolean continued = owner.position().line() < number;
        String shown = Secrets.hides(owner.name()) ? Secrets.withoutValue(text, continued) : Secrets.mask(text);
        return new Line(number, shown, kind(owner.fate().kind()));
    }

    /** The last line before the next section of the same file. */
    private int end(Report.Section section, int lines) {
        return account.report().sections().stream()
                .map(Report.Section::position)
                .filter(p -> p.file().equals(section.position().file()))
                .mapToInt(p -> p.line() - 1)
                .filter(line -> line >= section.position().line())
                .min()
                .orElse(lines);
    }

    /** The word that a style sheet knows a fate by. */
    private static String kind(Fate.Kind kind) {
        return kind.text().replace(' ', '-');
    }

    /** The files of the services that a section has become. */
    public List<Emitted> after(Report.Section section) {
        List<Emitted> files = new ArrayList<>();
        for (Map.Entry<String, OutputFile> file : account.outputs().entrySet()) {
            String name = file.getKey().substring(LayoutFiles.DIRECTORY.length() + 1);
            boolean ours =
                    section.services().stream().anyMatch(service -> name.startsWith("services/" + service + "/"));
            if (ours) {
                files.add(new Emitted(name, emitted(file.getValue().text())));
            }
        }
        return files;
    }

    private static List<Line> emitted(String text) {
        List<Line> lines = new ArrayList<>();
        String section = "";
        int number = 0;
        for (String line : text.stripTrailing().split("\n", -1)) {
            number++;
            section = line.startsWith("[") ? line : section;
            boolean hidden = section.equals("[environment]") && !line.startsWith("[") && !line.isBlank();
            lines.add(new Line(
                    number,
                    hidden ? Secrets.withoutValue(line, Character.isWhitespace(line.charAt(0))) : Secrets.mask(line),
                    ""));
        }
        return lines;
    }

    /**
     * A changed file.
     *
     * @param name of the file
     * @param rows of both sides
     */
    public record Changed(String name, List<DiffRows.Row> rows) {}

    /** Every file that is changed. */
    public List<Changed> changes() {
        return account.patches().stream()
                .map(patch -> new Changed(patch.name(), DiffRows.of(patch)))
                .toList();
    }

    /** The patch of a file of the build, or nothing. */
    public List<Line> patch(Report.Section section) {
        return account.patches().stream()
                .filter(patch -> patch.name().equals(section.name())
                        || section.name().endsWith("/" + patch.name())
                        || patch.name().endsWith("/" + section.name()))
                .findFirst()
                .map(patch -> patchLines(patch.diff().lines().toList()))
                .orElse(List.of());
    }

    /** All is head before the first hunk; in one, a line of the file may begin with {@code --}, too. */
    private static List<Line> patchLines(List<String> diff) {
        List<Line> lines = new ArrayList<>();
        boolean head = true;
        for (String line : diff) {
            boolean hunk = line.startsWith("@@");
            head = line.startsWith("diff --git ") || (head && !hunk);
            lines.add(patchLine(line, head || hunk));
        }
        return lines;
    }

    private static Line patchLine(String line, boolean header) {
        String kind = header ? "header" : line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "";
        return new Line(0, Secrets.mask(line), kind);
    }
}
