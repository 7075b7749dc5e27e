package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile.Stage;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Commands of the build that bring files of which nobody knows here what they are: from a repository, an archive or the network,
 * or by what {@code make install} says.
 */
final class BroughtFiles {

    private static final Set<String> FETCHERS = Set.of("curl", "wget");
    private static final Set<String> UNPACKERS = Set.of("tar", "bsdtar", "unzip", "7z", "cpio");
    private static final Set<String> REPOSITORIES = Set.of("git", "hg", "svn");
    private static final Set<String> MAKERS = Set.of("make", "gmake", "ninja", "cmake", "meson");
    private static final Set<String> CLONES = Set.of("clone", "checkout", "co", "export");

    /** Options that name the directory, or the file, that they write. */
    private static final List<String> TARGETS =
            List.of("-C", "--directory", "-d", "-D", "-o", "--output", "-O", "--output-document", "-P");

    private final Build build;
    private final List<Brought> found = new ArrayList<>();

    private BroughtFiles(Build build) {
        this.build = build;
    }

    /**
     * What a command brings.
     *
     * @param instruction that it stands in
     * @param what        the program, in a word or two
     * @param place       the directory, or the file, that it writes
     */
    record Brought(Instruction instruction, String what, String place) {

        /** Whether it may be that a path is among its files. */
        boolean mayBring(String path) {
            String directory = place.endsWith("/") ? place : place + "/";
            return path.equals(place) || path.startsWith(directory) || (place + "/").startsWith(path + "/");
        }
    }

    /** Those of the image, and of the stages that it copies from. */
    static List<Brought> of(Build build) {
        BroughtFiles files = new BroughtFiles(build);
        files.stage(build.instructions());
        for (Stage stage : build.stages().inputs()) {
            files.stage(stage.instructions());
        }
        return files.found;
    }

    private void stage(List<Instruction> instructions) {
        String workDirectory = "/";
        for (Instruction instruction : instructions) {
            if (instruction.keyword().equals("WORKDIR")) {
                workDirectory = build.context().workDirectory(instruction, workDirectory);
            } else if (instruction.keyword().equals("RUN")) {
                WorkingDirectory directory = new WorkingDirectory(workDirectory);
                build.context().commands().read(instruction, workDirectory, (command, offset, always) -> {
                    directory.follow(command);
                    command(instruction, command, directory);
                    directory.leave(command);
                });
            }
        }
    }

    private void command(Instruction instruction, ShellCommand command, WorkingDirectory directory) {
        Invocation invocation = Invocation.of(command.arguments());
        String program = invocation.program();
        List<String> words =
                invocation.arguments().stream().map(ShellWord::value).toList();
        if (REPOSITORIES.contains(program) && words.stream().anyMatch(CLONES::contains)) {
            add(instruction, program + " " + words.get(0), directory.of(clone(words)));
        } else if (UNPACKERS.contains(program) && unpacks(program, words)) {
            add(instruction, program, directory.of(target(words).orElse(".")));
        } else if (FETCHERS.contains(program)) {
            target(words)
                    .filter(word -> !word.equals("-"))
                    .ifPresent(word -> add(instruction, program, directory.of(word)));
        } else if (MAKERS.contains(program) && words.contains("install")) {
            add(instruction, program + " install", "/");
        }
    }

    private void add(Instruction instruction, String what, String place) {
        if (place.indexOf('$') < 0 && place.indexOf('`') < 0 && place.indexOf('\0') < 0) {
            found.add(new Brought(instruction, what, place));
        }
    }

    private static boolean unpacks(String program, List<String> words) {
        boolean tar = program.endsWith("tar");
        return !tar
                || words.stream()
                        .anyMatch(word -> word.equals("--extract")
                                || word.equals("--get")
                                || word.matches("-?[a-zA-Z]*x[a-zA-Z]*"));
    }

    /** The directory that is named, else the one of the repository's name. */
    private static String clone(List<String> words) {
        List<String> operands = words.stream()
                .dropWhile(word -> !CLONES.contains(word))
                .skip(1)
                .filter(word -> !word.startsWith("-"))
                .toList();
        String last = operands.isEmpty() ? "." : operands.get(operands.size() - 1);
        boolean address = last.contains("://") || last.startsWith("git@");
        return address ? Invocation.baseName(last.replaceFirst("/+$", "")).replaceFirst("\\.git$", "") : last;
    }

    private static Optional<String> target(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            if (equals > 0 && TARGETS.contains(word.substring(0, equals))) {
                return Optional.of(word.substring(equals + 1));
            }
            if (TARGETS.contains(word) && i + 1 < words.size()) {
                return Optional.of(words.get(i + 1));
            }
            if (word.startsWith("-C/") || word.startsWith("-d/")) {
                return Optional.of(word.substring(2));
            }
        }
        return Optional.empty();
    }
}
