package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.WriteCommands.Piece;
import dev.pintle.convert.move.WriteCommands.Unit;
import dev.pintle.convert.read.ImageFiles.Written;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.Excerpt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files that an image has because its build writes them: by a heredoc, {@code echo} or {@code printf}, in the Dockerfile or
 * in a script that the build runs. Only those whose text is plain, and that are written whatever happens.
 */
final class WrittenFiles {

    /** Main files that packages bring: what is appended to one is not all of it. */
    private static final Set<String> PACKAGED = Set.of("/etc/supervisord.conf", "/etc/supervisor/supervisord.conf");

    private final Build build;
    private final Map<String, List<Piece>> pieces = new TreeMap<>();
    private final Set<String> unknown = new HashSet<>();
    private final Set<Path> scripts = new HashSet<>();
    private final Map<Instruction, List<ShellCommand>> removed = new HashMap<>();

    WrittenFiles(Build build) {
        this.build = build;
        String workDirectory = "/";
        for (Instruction instruction : build.stages().instructions()) {
            switch (instruction.keyword()) {
                case "WORKDIR" -> workDirectory = build.context().workDirectory(instruction, workDirectory);
                case "COPY", "ADD" -> copy(instruction, workDirectory);
                case "RUN" -> run(instruction, workDirectory);
                default -> {
                    // Others write no files.
                }
            }
        }
        pieces.keySet().removeAll(unknown);
        pieces.keySet().removeIf(place -> build.context().file(place).isPresent());
        pieces.values().removeIf(WrittenFiles::isScattered);
    }

    /** Positions name one file. */
    private static boolean isScattered(List<Piece> parts) {
        return parts.stream().map(piece -> piece.unit().file()).distinct().count() > 1;
    }

    /** The place of a file that is written; absent where variables or commands decide it. */
    private Optional<String> place(String directory, String path) {
        String place = path.isEmpty()
                ? ""
                : WorkingDirectory.behind(directory, build.context().expand(path));
        return Optional.of(place).filter(FileCommands::isPlain).filter(known -> known.indexOf('\0') < 0);
    }

    /** {@code COPY <<EOF /place}. */
    private void copy(Instruction instruction, String workDirectory) {
        List<Word> words = build.dockerfile().words(instruction);
        if (instruction.heredocs().size() != 1 || words.size() != 2) {
            return;
        }
        Instruction.Heredoc heredoc = instruction.heredocs().get(0);
        String raw = instruction
                .arguments()
                .text()
                .substring(words.get(0).start(), words.get(0).end());
        String target = words.get(1).value();
        Unit unit = new Unit(
                Optional.of(instruction),
                instruction.arguments(),
                List.of(),
                build.dockerfile().file(),
                build.edits());
        boolean tabs = raw.startsWith("<<-");
        WriteCommands.plain(raw, tabs, heredoc.body().text())
                .ifPresent(text -> place(workDirectory, target.endsWith("/") ? target + heredoc.name() : target)
                        .ifPresent(place -> add(
                                place,
                                new Piece(
                                        unit,
                                        Optional.empty(),
                                        text,
                                        heredoc.body().offset(0),
                                        Optional.empty(),
                                        tabs ? Optional.empty() : Optional.of(heredoc.body())),
                                false)));
    }

    private void run(Instruction instruction, String workDirectory) {
        if (instruction.exec().isPresent()) {
            return;
        }
        Excerpt arguments = instruction.arguments();
        Unit unit = unit(instruction, arguments);
        WorkingDirectory directory = directory(workDirectory);
        for (ShellCommand command : unit.commands()) {
            directory.follow(command);
            build.script(Invocation.of(command.arguments())).ifPresent(path -> script(path, directory.path()));
            directory.leave(command);
        }
        boolean script = unit.commands().size() == 1
                && instruction.heredocs().size() == 1
                && isShell(Invocation.of(unit.commands().get(0).arguments()));
        if (script) {
            Excerpt body = instruction.heredocs().get(0).body();
            read(unit(instruction, body), List.of(), workDirectory);
        } else {
            read(unit, instruction.heredocs(), workDirectory);
        }
    }

    private void read(Unit unit, List<Instruction.Heredoc> heredocs, String workDirectory) {
        new WriteCommands(unit, heredocs, directory(workDirectory), this::take).read();
    }

    private WorkingDirectory directory(String path) {
        return new WorkingDirectory(path, build.context()::expand);
    }

    private static boolean isShell(Invocation invocation) {
        return invocation.word().isEmpty()
                || (Build.SHELLS.contains(invocation.program())
                        && invocation.arguments().stream()
                                .allMatch(word -> word.value().startsWith("-")));
    }

    private Unit unit(Instruction instruction, Excerpt excerpt) {
        return new Unit(
                Optional.of(instruction),
                excerpt,
                ShellScript.commands(excerpt),
                build.dockerfile().file(),
                build.edits());
    }

    /** A script that is run in a directory. */
    private void script(Path path, String workDirectory) {
        Optional<Edits> edits =
                scripts.add(path.toAbsolutePath().normalize()) ? build.other(path) : Optional.<Edits>empty();
        edits.ifPresent(script -> {
            Excerpt whole = script.file().whole();
            Unit unit = new Unit(Optional.empty(), whole, ShellScript.commands(whole), script.file(), script);
            read(unit, List.of(), workDirectory);
        });
    }

    private void take(String directory, String target, Optional<Piece> piece, boolean appends) {
        place(directory, target).ifPresent(place -> {
            if (piece.isPresent()) {
                add(place, piece.get(), appends);
            } else {
                unknown.add(place);
            }
        });
    }

    private void add(String place, Piece piece, boolean appends) {
        boolean known = pieces.containsKey(place);
        if (appends && !known && PACKAGED.contains(place)) {
            unknown.add(place);
            return;
        }
        List<Piece> parts = pieces.computeIfAbsent(place, p -> new ArrayList<>());
        if (!appends) {
            // What was written before is written for nothing.
            parts.replaceAll(Piece::emptied);
        }
        parts.add(piece);
    }

    /** Whether something writes a file that is not known before it runs. */
    boolean isUnknown(String place) {
        return unknown.contains(place);
    }

    /** A file of the image. */
    Optional<Written> file(String place) {
        List<Piece> parts = pieces.get(place);
        if (parts == null) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        int line = 1;
        for (Piece piece : parts) {
            int wanted = piece.unit().file().position(piece.offset()).line();
            while (line < wanted) {
                text.append('\n');
                line++;
            }
            text.append(piece.text());
            line += (int) piece.text().chars().filter(c -> c == '\n').count();
        }
        var source = parts.get(0).unit().file();
        return Optional.of(new Written(path(place), source.name(), source.text(), text.toString()));
    }

    /**
     * A text that can be edited where it stands.
     *
     * @param edits of the file that it stands in
     * @param text  there
     */
    record Source(Edits edits, Excerpt text) {}

    /** A file of the image that a heredoc, or commands one behind the other, write, as it stands there. */
    Optional<Source> source(String place) {
        List<Piece> parts = pieces.getOrDefault(place, List.of()).stream()
                .filter(piece -> !piece.text().isEmpty())
                .toList();
        if (parts.isEmpty() || parts.stream().anyMatch(piece -> piece.source().isEmpty())) {
            return Optional.empty();
        }
        Excerpt.Builder text = new Excerpt.Builder();
        int end = 0;
        for (Piece piece : parts) {
            Excerpt source = piece.source().orElseThrow();
            text.add(source);
            end = source.offset(source.length());
        }
        return Optional.of(new Source(parts.get(0).unit().edits(), text.build(end)));
    }

    /** The texts of all of them, by their places. */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        pieces.forEach((place, parts) ->
                texts.put(place, parts.stream().map(Piece::text).collect(Collectors.joining())));
        return texts;
    }

    /** What stands for a written file where others are paths of this machine; no file of a context is there. */
    private static Path path(String place) {
        return Path.of(place);
    }

    /** The names of the files and directories in a directory of the image. */
    List<String> names(String directory) {
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        Set<String> names = new TreeSet<>();
        for (String place : pieces.keySet()) {
            if (place.startsWith(prefix)) {
                int end = place.indexOf('/', prefix.length());
                names.add(place.substring(prefix.length(), end < 0 ? place.length() : end));
            }
        }
        return List.copyOf(names);
    }

    /** Takes out the commands that write files that have been converted; returns the places of these. */
    List<String> remove(Set<Path> converted) {
        List<String> gone = new ArrayList<>();
        Map<Unit, List<Piece>> byUnit = new LinkedHashMap<>();
        pieces.forEach((place, parts) -> {
            if (converted.contains(path(place))) {
                gone.add(place);
                parts.forEach(piece -> byUnit.computeIfAbsent(piece.unit(), u -> new ArrayList<>())
                        .add(piece));
                parts.forEach(piece -> say(piece, place));
            }
        });
        byUnit.forEach(this::remove);
        return gone;
    }

    /** The commands of an instruction that are to be taken out, together with whatever else goes. */
    List<ShellCommand> removed(Instruction instruction) {
        return removed.getOrDefault(instruction, List.of());
    }

    private void say(Piece piece, String place) {
        int offset = piece.command()
                .map(command -> piece.unit().excerpt().offset(command.start()))
                .orElseGet(() -> build.keywordOffset(piece.unit().instruction().orElseThrow()));
        build.findings()
                .add(
                        piece.unit().file(),
                        offset,
                        piece.unit().instruction().map(Instruction::keyword).orElse("command"),
                        Fate.changed("it wrote " + place + ", which is converted"));
    }

    private void remove(Unit unit, List<Piece> parts) {
        List<ShellCommand> gone =
                parts.stream().flatMap(piece -> piece.command().stream()).toList();
        Optional<Instruction> instruction = unit.instruction();
        boolean own =
                instruction.filter(i -> i.arguments().equals(unit.excerpt())).isPresent();
        if (instruction.isPresent() && gone.size() == unit.commands().size()) {
            build.remove(instruction.get());
            return;
        }
        if (instruction.isPresent() && own) {
            // Others of its commands may go too.
            removed.put(instruction.get(), gone);
        } else {
            new CommandEdits(unit.excerpt(), unit.commands(), unit.edits()).removeCommands(gone);
        }
        for (Piece piece : parts) {
            piece.body().ifPresent(body -> unit.edits().delete(body.start(), body.end()));
        }
    }
}
