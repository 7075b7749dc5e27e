package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the commands of a text that write files, and what they write. */
final class WriteCommands {

    private static final Set<String> OPENS = Set.of("if", "case", "while", "until", "for", "select", "{");
    private static final Set<String> CLOSES = Set.of("fi", "esac", "done", "}");

    /** Commands that fail only where the build is to fail: what they are joined to by {@code &&} is done. */
    private static final Set<String> STEPS = Set.of(
            "mkdir",
            "cd",
            "rm",
            "touch",
            "chmod",
            "chown",
            "echo",
            "cat",
            "printf",
            "cp",
            "mv",
            "install",
            "ln",
            "tee",
            "set",
            "apt-get",
            "apt",
            "apk",
            "yum",
            "dnf",
            "microdnf",
            "pip",
            "pip3",
            "useradd",
            "adduser",
            "groupadd");

    private final Unit unit;
    private final List<Instruction.Heredoc> outer;
    private final List<ShellScript.Heredoc> inner;
    private final WorkingDirectory directory;
    private final Taker taker;

    /**
     * A text of commands.
     *
     * @param instruction of the Dockerfile that it stands in
     * @param excerpt     the text
     * @param commands    of it
     * @param file        that it stands in
     * @param edits       of that file
     */
    record Unit(
            Optional<Instruction> instruction,
            Excerpt excerpt,
            List<ShellCommand> commands,
            SourceFile file,
            Edits edits) {}

    /** From an offset of a file to before another one. */
    record Range(int start, int end) {}

    /**
     * A part of a file that is written.
     *
     * @param unit    that writes it
     * @param command there; absent for COPY
     * @param text    that it writes
     * @param offset  where the text stands
     * @param body    the heredoc with the line that ends it, if it is one
     * @param source  the text where it stands, if it stands there as it is written
     */
    record Piece(
            Unit unit,
            Optional<ShellCommand> command,
            String text,
            int offset,
            Optional<Range> body,
            Optional<Excerpt> source) {

        /** The same where another command writes the file anew. */
        Piece emptied() {
            return new Piece(unit, command, "", offset, body, Optional.empty());
        }
    }

    /** Gets what is written to a file, in a directory; an absent piece is one that cannot be told. */
    interface Taker {
        void take(String directory, String target, Optional<Piece> piece, boolean appends);
    }

    /**
     * Of a text.
     *
     * @param outer     its heredocs where they stand behind it, as in a Dockerfile
     * @param directory that it is run in
     */
    WriteCommands(Unit unit, List<Instruction.Heredoc> outer, WorkingDirectory directory, Taker taker) {
        this.unit = unit;
        this.outer = outer;
        this.inner = ShellScript.heredocs(unit.excerpt());
        this.directory = directory;
        this.taker = taker;
    }

    /** The files that a text writes to, as it names them. */
    static Set<String> targets(Unit unit) {
        Set<String> targets = new HashSet<>();
        Taker taker = (directory, target, piece, appends) -> targets.add(target);
        new WriteCommands(unit, List.of(), new WorkingDirectory("/"), taker).read();
        return targets;
    }

    void read() {
        boolean alternatives =
                unit.commands().stream().anyMatch(command -> command.before().equals("||"));
        int depth = 0;
        boolean mayBeLeft = false;
        boolean steps = true;
        boolean ofDockerfile = unit.excerpt().text().indexOf('\n') < 0;
        for (ShellCommand command : unit.commands()) {
            depth += command.before().equals("(") ? 1 : 0;
            int opened = opened(command);
            boolean joined = command.before().equals("&&");
            boolean always = depth <= 0
                    && opened <= 0
                    && !mayBeLeft
                    && !Set.of("|", "|&", "||").contains(command.before())
                    && !Set.of("|", "|&", "&", "||").contains(command.after())
                    && (!joined || steps || (ofDockerfile && !alternatives));
            directory.follow(command);
            write(command, always);
            directory.leave(command);
            depth += opened - (command.after().equals(")") ? 1 : 0);
            Invocation invocation = Invocation.of(command.arguments());
            steps = (!joined || steps) && STEPS.contains(invocation.program());
            mayBeLeft |= leaves(invocation);
        }
    }

    /** A script that ends early, and well. */
    private static boolean leaves(Invocation invocation) {
        boolean well = invocation.arguments().isEmpty()
                || invocation.arguments().get(0).value().equals("0");
        return well && Set.of("exit", "return").contains(invocation.program());
    }

    private static int opened(ShellCommand command) {
        int opened = 0;
        for (ShellWord word : command.words()) {
            String value = word.value();
            boolean first = word.equals(command.words().get(0)) || value.equals("{");
            opened += first && OPENS.contains(value) ? 1 : first && CLOSES.contains(value) ? -1 : 0;
        }
        return opened;
    }

    private void write(ShellCommand command, boolean always) {
        Invocation invocation = Invocation.of(command.arguments());
        Optional<ShellWord> out = command.words().stream()
                .filter(ShellWord::redirect)
                .filter(word ->
                        word.value().matches("1?>>?[^>&].*") && !target(word).startsWith("/dev/"))
                .findFirst();
        boolean tee = invocation.program().equals("tee");
        List<ShellWord> files = invocation.arguments().stream()
                .filter(word -> !word.value().startsWith("-"))
                .toList();
        if (tee) {
            boolean appends = invocation.arguments().stream()
                    .anyMatch(word -> word.value().equals("-a"));
            Optional<Piece> piece = always && files.size() == 1 ? heredoc(command) : Optional.empty();
            files.forEach(file -> taker.take(directory.path(), file.value(), piece, appends));
        } else if (out.isPresent()) {
            boolean appends = out.get().value().contains(">>");
            taker.take(
                    directory.path(),
                    target(out.get()),
                    always ? piece(command, invocation) : Optional.empty(),
                    appends);
        }
    }

    private static String target(ShellWord redirection) {
        String target = redirection.value().replaceFirst("^1?>+", "").strip();
        return target.replaceAll("[\"']", "");
    }

    private Optional<Piece> piece(ShellCommand command, Invocation invocation) {
        return switch (invocation.program()) {
            case "cat" -> invocation.arguments().isEmpty() ? heredoc(command) : Optional.empty();
            case "echo" ->
                echo(invocation)
                        .map(text -> line(command, text, WrittenText.echo(unit.excerpt(), invocation.arguments())));
            case "printf" ->
                printf(invocation)
                        .map(text -> line(command, text, WrittenText.printf(unit.excerpt(), invocation.arguments())));
            default -> Optional.empty();
        };
    }

    private Piece line(ShellCommand command, String text, Optional<Excerpt> source) {
        int offset = unit.excerpt().offset(command.start());
        Optional<Excerpt> same = source.filter(written -> written.text().equals(text));
        return new Piece(unit, Optional.of(command), text, offset, Optional.empty(), same);
    }

    private Optional<Piece> heredoc(ShellCommand command) {
        List<ShellWord> openers = command.words().stream()
                .filter(word -> word.redirect() && word.value().startsWith("<<"))
                .toList();
        if (openers.size() != 1 || openers.get(0).value().startsWith("<<<")) {
            return Optional.empty();
        }
        ShellWord opener = openers.get(0);
        boolean tabs = opener.value().startsWith("<<-");
        for (ShellScript.Heredoc heredoc : inner) {
            if (heredoc.opener() == opener.start()) {
                Excerpt excerpt = unit.excerpt();
                int start = excerpt.offset(heredoc.start());
                Range body = new Range(start, excerpt.offsetAfter(heredoc.behind()));
                Excerpt inside = excerpt.part(heredoc.start(), heredoc.end());
                return plain(opener.value(), tabs, inside.text())
                        .map(text -> new Piece(
                                unit, Optional.of(command), text, start, Optional.of(body), source(inside, tabs)));
            }
        }
        for (Instruction.Heredoc heredoc : outer) {
            if (heredoc.word() >= opener.start() && heredoc.word() < opener.end()) {
                Excerpt text = heredoc.body();
                int start = text.offset(0);
                Range body = new Range(start, unit.file().lineEnd(text.offset(text.length())));
                return plain(opener.value(), tabs, text.text())
                        .map(plain -> new Piece(
                                unit, Optional.of(command), plain, start, Optional.of(body), source(text, tabs)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Excerpt> source(Excerpt text, boolean tabs) {
        return tabs ? Optional.empty() : Optional.of(text);
    }

    /** The text of a heredoc where nothing in it is expanded; tabs at the begin of lines are left out where {@code tabs}. */
    static Optional<String> plain(String opener, boolean tabs, String body) {
        boolean quoted = opener.matches("(?s).*[\"'\\\\].*");
        boolean expands = !quoted && body.matches("(?s).*[$`\\\\].*");
        return expands ? Optional.empty() : Optional.of(tabs ? body.replaceAll("(?m)^\t+", "") : body);
    }

    /** Words without expansions; what a backslash means to {@code echo} depends on the shell. */
    private Optional<String> echo(Invocation invocation) {
        List<ShellWord> words = invocation.arguments();
        boolean plain =
                words.stream().allMatch(word -> isPlain(word) && word.value().indexOf('\\') < 0);
        boolean options = !words.isEmpty() && words.get(0).value().startsWith("-");
        return plain && !options
                ? Optional.of(
                        String.join(" ", words.stream().map(ShellWord::value).toList()) + "\n")
                : Optional.empty();
    }

    private boolean isPlain(ShellWord word) {
        String raw = unit.excerpt().text().substring(word.start(), word.end());
        return raw.replaceAll("'[^']*'", "").matches("[^$`]*");
    }

    private Optional<String> printf(Invocation invocation) {
        List<ShellWord> words = invocation.arguments();
        if (words.isEmpty() || !words.stream().allMatch(this::isPlain)) {
            return Optional.empty();
        }
        String format = words.get(0).value();
        String rest = format.replace("%%", "").replace("%s", "");
        boolean known =
                rest.indexOf('%') < 0 && format.replaceAll("\\\\[nt\\\\]", "").indexOf('\\') < 0;
        if (format.startsWith("-") || !known) {
            return Optional.empty();
        }
        List<String> values =
                words.subList(1, words.size()).stream().map(ShellWord::value).toList();
        StringBuilder text = new StringBuilder();
        int at = 0;
        do {
            at = format(format, values, at, text);
        } while (at < values.size() && format.contains("%s"));
        return Optional.of(text.toString());
    }

    /** Writes a format once; returns how many of the values have been used. */
    private static int format(String format, List<String> values, int from, StringBuilder text) {
        int used = from;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            boolean pair = (c == '\\' || c == '%') && i + 1 < format.length();
            if (!pair) {
                text.append(c);
                continue;
            }
            char next = format.charAt(++i);
            if (c == '%' && next == 's') {
                text.append(used < values.size() ? values.get(used) : "");
                used++;
            } else {
                text.append(c == '\\' && next == 'n' ? '\n' : c == '\\' && next == 't' ? '\t' : next);
            }
        }
        return used;
    }
}
