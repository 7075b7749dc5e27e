package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.move.Start.Line;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a build has nothing that could be converted, and what its author can do. */
public final class MissingInput {

    private final Build build;
    private final Start start;
    private final List<String> writers;

    /** {@code writers}: where commands write a configuration, or put a service into its place. */
    MissingInput(Build build, Start start, List<String> writers) {
        this.build = build;
        this.start = start;
        this.writers = writers;
    }

    /**
     * Cause and remedy.
     *
     * @param cause what of the build has it so, with the line where there is one
     * @param hint  what to do
     */
    public record Reason(String cause, String hint) {}

    /** {@code missing}: what is not there, in the words of a message. */
    Reason reason(String missing) {
        return anotherInit()
                .or(() -> written(missing))
                .or(() -> unread(missing))
                .or(() -> ofTheBase(missing))
                .or(() -> brought(missing))
                .or(this::nowhere)
                .orElseGet(() -> new Reason(missing, name()));
    }

    private String name() {
        String command = build.supervisor().name().toLowerCase(Locale.ROOT);
        return "name what to convert: pintle-convert " + command + " --dockerfile "
                + build.dockerfile().file().name() + " PATH";
    }

    /** The image is of another supervisor. */
    private Optional<Reason> anotherInit() {
        Optional<Line> init = build.supervisor() == Supervisor.S6 ? Optional.empty() : start.init();
        return init.map(line -> new Reason(
                line.instruction().keyword() + " starts /init, such as that of s6-overlay, and not "
                        + build.supervisor().program(),
                "if it is s6-overlay: pintle-convert s6 --dockerfile "
                        + build.dockerfile().file().name()));
    }

    private Optional<Reason> written(String missing) {
        return writers.isEmpty()
                ? Optional.empty()
                : Optional.of(new Reason(
                        missing + "; it may be made by commands: " + String.join(", ", writers),
                        "put what they write into files of the build context, and COPY these; or " + name()));
    }

    /** A repository or an archive may have it. */
    private Optional<Reason> brought(String missing) {
        List<String> wanted = build.supervisor() == Supervisor.RUNIT
                ? List.of("/etc/service", "/etc/sv")
                : Build.configuration(start.arguments().stream()
                                .map(build.context()::expand)
                                .toList())
                        .map(List::of)
                        .orElse(List.of("/etc/supervisord.conf", "/etc/supervisor/supervisord.conf"));
        List<String> places = BroughtFiles.of(build).stream()
                .filter(brought -> wanted.stream().anyMatch(path -> path.startsWith("/") && brought.mayBring(path)))
                .map(brought ->
                        brought.what() + " (" + build.dockerfile().file().name() + ":"
                                + build.dockerfile()
                                        .file()
                                        .position(build.keywordOffset(brought.instruction()))
                                        .line()
                                + ")")
                .distinct()
                .limit(5)
                .toList();
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(new Reason(
                        missing + "; it may be in what these bring: " + String.join(", ", places),
                        "put the files into the build context, and COPY them; or " + name()));
    }

    /** It is started by a program that is not read. */
    private Optional<Reason> unread(String missing) {
        return start.lines().stream()
                .map(Line::instruction)
                .flatMap(instruction -> program(instruction).stream()
                        .map(file -> new Reason(
                                missing + "; and " + instruction.keyword() + " runs "
                                        + build.context().name(file) + ", which starts "
                                        + build.supervisor().program()
                                        + " and is not a shell script, so that it is not read",
                                "start " + build.supervisor().program()
                                        + " by CMD, or in a shell script that ends with exec; and " + name())))
                .findFirst();
    }

    /** Nothing that the image starts has to do with it. */
    private Optional<Reason> nowhere() {
        Supervisor supervisor = build.supervisor();
        boolean speaks = supervisor.isNamedIn(build.dockerfile().file().text())
                || start.scripts().stream()
                        .anyMatch(script ->
                                supervisor.isNamedIn(script.edits().file().text()));
        return speaks
                ? Optional.empty()
                : Optional.of(
                        new Reason(
                                "neither " + build.dockerfile().file().name()
                                        + " nor a script that it starts speaks of " + supervisor.program(),
                                "the image needs no move; if another one does, name its Dockerfile, or its stage with --target"));
    }

    private Optional<Path> program(Instruction instruction) {
        return build.dockerfile().words(instruction).stream()
                .flatMap(word -> build.context().program(word.value().replaceAll("[\\[\\]\",]", "")).stream())
                .filter(file -> {
                    String text = ContextFiles.searched(file);
                    return !Start.isShellScript(text) && build.supervisor().isNamedIn(text);
                })
                .findFirst();
    }

    private Optional<Reason> ofTheBase(String missing) {
        String image = new Variables(build.dockerfile())
                .global(build.stages().chain().get(0).base());
        Base base = Base.of(image);
        boolean may = base.kind() != Base.Kind.PLAIN
                && base.kind() != Base.Kind.ENTRYPOINT
                && base.kind() != Base.Kind.COMMAND;
        return !may
                ? Optional.empty()
                : Optional.of(new Reason(
                        missing + "; what its base " + image + " has is not in the build context",
                        "if the base has it: export the image ('docker create', 'docker export'), unpack that, and convert with --root"
                                + " DIRECTORY; else " + name()));
    }
}
