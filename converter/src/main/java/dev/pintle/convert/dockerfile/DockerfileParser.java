package dev.pintle.convert.dockerfile;

import dev.pintle.convert.dockerfile.Dockerfile.Stage;
import dev.pintle.convert.dockerfile.Instruction.Heredoc;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a Dockerfile. */
public final class DockerfileParser {

    private static final List<String> KEYWORDS = List.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "FROM",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "ONBUILD",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");

    private static final List<String> DIRECTIVES = List.of("syntax", "escape", "check");
    private static final List<String> WITH_HEREDOCS = List.of("ADD", "COPY", "RUN");
    private static final List<String> WITH_FLAGS = List.of("ADD", "COPY", "FROM", "HEALTHCHECK", "RUN");

    private final SourceFile file;
    private final String text;
    private final List<Diagnostic> problems = new ArrayList<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private char escape = '\\';
    private int at;

    private DockerfileParser(SourceFile file) {
        this.file = file;
        this.text = file.text();
    }

    /**
     * What became of a text.
     *
     * @param dockerfile absent where anything is wrong
     * @param problems   all of them, errors
     */
    public record Result(Optional<Dockerfile> dockerfile, List<Diagnostic> problems) {}

    /** Reads {@code file}. */
    public static Result parse(SourceFile file) {
        DockerfileParser parser = new DockerfileParser(file);
        parser.read();
        List<Stage> stages = parser.stages();
        return new Result(
                parser.problems.isEmpty()
                        ? Optional.of(new Dockerfile(file, parser.escape, parser.instructions, stages))
                        : Optional.empty(),
                parser.problems);
    }

    private void read() {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            error(nul, "nul", "cannot read the Dockerfile: it has a NUL character", "remove the character");
            return;
        }
        at = text.startsWith("\uFEFF") ? 1 : 0;
        directives();
        while (at < text.length()) {
            int end = file.lineEnd(at);
            if (isBlank(at, end) || isComment(at, end)) {
                at = end;
            } else {
                instruction();
            }
        }
        if (instructions.isEmpty() && problems.isEmpty()) {
            error(0, "empty-dockerfile", "cannot read the Dockerfile: it has no instruction", null);
        }
    }

    /** Directives are comments of the form {@code # name=value} before anything else, a plain comment included. */
    private void directives() {
        while (at < text.length()) {
            int end = file.lineEnd(at);
            String line = text.substring(at, end).strip();
            int equals = line.indexOf('=');
            if (!line.startsWith("#") || equals < 0) {
                return;
            }
            String name = line.substring(1, equals).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(equals + 1).strip();
            if (!DIRECTIVES.contains(name)) {
                return;
            }
            if (name.equals("escape")) {
                escape(value);
            }
            at = end;
        }
    }

    private void escape(String value) {
        if (value.equals("\\") || value.equals("`")) {
            escape = value.charAt(0);
        } else {
            error(at, "bad-escape", "cannot take '" + value + "' as the escape character", "write escape=\\ or `");
        }
    }

    private void error(int offset, String code, String message, @Nullable String hint) {
        var position = file.position(offset);
        problems.add(new Diagnostic(
                Diagnostic.Severity.ERROR, code, file.name(), position.line(), position.column(), message, hint));
    }

    private boolean isBlank(int start, int end) {
        return text.substring(start, end).isBlank();
    }

    private boolean isComment(int start, int end) {
        return text.substring(start, end).stripLeading().startsWith("#");
    }

    private void instruction() {
        int start = at;
        Excerpt line = joined();
        int first = skipBlanks(line.text(), 0);
        int space = first;
        while (space < line.length() && !Words.isBlank(line.text().charAt(space))) {
            space++;
        }
        String keyword = line.text().substring(first, space).toUpperCase(Locale.ROOT);
        if (!KEYWORDS.contains(keyword)) {
            error(
                    line.offset(first),
                    "unknown-instruction",
                    "cannot read '" + line.text().substring(first, space) + "': it is no instruction",
                    Nearest.didYouMean(keyword, KEYWORDS));
            return;
        }
        boolean onBuild = keyword.equals("ONBUILD");
        Excerpt rest = stripped(line, space);
        if (onBuild) {
            int end = 0;
            while (end < rest.length() && !Words.isBlank(rest.text().charAt(end))) {
                end++;
            }
            keyword = rest.text().substring(0, end).toUpperCase(Locale.ROOT);
            rest = stripped(rest, end);
        }
        List<String> flags = new ArrayList<>();
        if (WITH_FLAGS.contains(keyword)) {
            rest = withoutFlags(rest, flags);
        }
        List<Heredoc> heredocs = WITH_HEREDOCS.contains(keyword) ? heredocs(rest) : List.of();
        instructions.add(new Instruction(keyword, onBuild, flags, rest, heredocs, start, at));
    }

    /** The lines of one instruction as one; comments and blank lines within it are passed over. */
    private Excerpt joined() {
        Excerpt.Builder line = new Excerpt.Builder();
        int end = at;
        boolean first = true;
        while (at < text.length()) {
            int start = at;
            at = file.lineEnd(at);
            if (!first && (isComment(start, at) || isBlank(start, at))) {
                continue;
            }
            first = false;
            end = contentEnd(start, at);
            int continuation = continuation(start, end);
            for (int i = start; i < (continuation < 0 ? end : continuation); i++) {
                line.add(text.charAt(i), i);
            }
            if (continuation < 0) {
                break;
            }
            end = continuation;
        }
        return line.build(end);
    }

    private int contentEnd(int start, int lineEnd) {
        int end = lineEnd;
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    /** Where the escape character stands that continues a line, or -1; two in a row continue nothing. */
    private int continuation(int start, int end) {
        int last = end - 1;
        while (last >= start && (text.charAt(last) == ' ' || text.charAt(last) == '\t')) {
            last--;
        }
        boolean escaped = last >= start && text.charAt(last) == escape;
        return escaped && (last == start || text.charAt(last - 1) != escape) ? last : -1;
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Words.isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static Excerpt stripped(Excerpt line, int from) {
        int start = skipBlanks(line.text(), from);
        int end = line.length();
        while (end > start && Words.isBlank(line.text().charAt(end - 1))) {
            end--;
        }
        return line.part(start, end);
    }

    private Excerpt withoutFlags(Excerpt arguments, List<String> flags) {
        for (Word word : Words.split(arguments.text(), escape)) {
            if (!word.value().startsWith("--") || word.value().equals("--")) {
                return stripped(arguments, word.start());
            }
            flags.add(word.value());
        }
        return stripped(arguments, arguments.length());
    }

    private List<Heredoc> heredocs(Excerpt arguments) {
        List<Heredoc> heredocs = new ArrayList<>();
        if (ExecForm.parse(arguments).isPresent()) {
            return heredocs;
        }
        for (Word word : Words.split(arguments.text(), escape)) {
            int opener = word.start();
            String raw = arguments.text().substring(opener, word.end());
            String digits = raw.substring(0, skipDigits(raw));
            if (!raw.startsWith("<<", digits.length()) || raw.indexOf('<', digits.length() + 2) >= 0) {
                continue;
            }
            boolean tabs = raw.startsWith("-", digits.length() + 2);
            String name = word.value().substring(digits.length() + (tabs ? 3 : 2));
            if (!name.isEmpty()) {
                heredocs.add(heredoc(name, tabs, opener, arguments.offset(opener)));
            }
        }
        return heredocs;
    }

    private static int skipDigits(String text) {
        int at = 0;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private Heredoc heredoc(String name, boolean tabs, int word, int offset) {
        int start = at;
        while (at < text.length()) {
            int lineStart = at;
            at = file.lineEnd(at);
            String line = text.substring(lineStart, contentEnd(lineStart, at));
            int indent = 0;
            while (tabs && indent < line.length() && line.charAt(indent) == '\t') {
                indent++;
            }
            if (line.substring(indent).equals(name)) {
                return new Heredoc(name, word, file.excerpt(start, lineStart));
            }
        }
        error(offset, "open-heredoc", "cannot find the end of <<" + name + ": no line is just that", null);
        return new Heredoc(name, word, file.excerpt(start, at));
    }

    private List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        List<Instruction> current = new ArrayList<>();
        for (Instruction instruction : instructions) {
            if (instruction.keyword().equals("FROM") && !instruction.onBuild()) {
                current = new ArrayList<>();
                stages.add(stage(instruction, stages.size(), current));
            } else if (stages.isEmpty() && !instruction.keyword().equals("ARG")) {
                error(
                        instruction.start(),
                        "no-from",
                        "cannot place " + instruction.keyword() + ": no FROM before it",
                        "begin with FROM; only ARG may come before it");
            }
            current.add(instruction);
        }
        if (stages.isEmpty() && problems.isEmpty()) {
            error(0, "no-from", "cannot read the Dockerfile: it has no FROM", null);
        }
        return stages;
    }

    private Stage stage(Instruction from, int number, List<Instruction> instructions) {
        List<Word> words = Words.split(from.arguments().text(), escape);
        if (words.isEmpty()) {
            error(from.start(), "no-image", "cannot read FROM: it names no image", null);
            return new Stage(String.valueOf(number), "", instructions);
        }
        boolean named = words.size() == 3 && words.get(1).value().equalsIgnoreCase("AS");
        String name = named ? words.get(2).value().toLowerCase(Locale.ROOT) : String.valueOf(number);
        return new Stage(name, words.get(0).value(), instructions);
    }
}
