package dev.pintle.convert.command;

import dev.pintle.convert.move.Move;
import dev.pintle.convert.move.Supervisor;
import dev.pintle.convert.read.Position;
import dev.pintle.convert.read.image.LayeredImage;
import dev.pintle.s6.Programs;
import dev.pintle.s6.Translator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pintle-convert s6}. */
@Command(
        name = "s6",
        mixinStandardHelpOptions = true,
        versionProvider = PintleConvert.Version.class,
        sortOptions = false,
        header = "Converts s6-overlay's services: s6-rc.d, services.d, cont-init.d and cont-finish.d.",
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footer = {
            "",
            "The scripts stay where they are: leave them in the image, and COPY what is written beside them.",
            "",
            "Examples:",
            "  The files that the Dockerfile copies to / are in rootfs/; write nothing yet:",
            "    pintle-convert s6 rootfs --env S6_BEHAVIOUR_IF_STAGE2_FAILS=2 --dry-run",
            "",
            "  An image with all that its base image has:",
            "    docker export $(docker create IMAGE) > image.tar",
            "    pintle-convert s6 image.tar -o out",
            "",
            "  The base image's files, and on them those of the application:",
            "    pintle-convert s6 base/root app/root -o out",
            "",
            "  Move an image, and see the patch for its Dockerfile:",
            "    pintle-convert s6 --dockerfile Dockerfile -o out --diff",
            "",
            "  The same, with what its base image brings:",
            "    docker export $(docker create BASE) > base.tar",
            "    pintle-convert s6 base.tar --dockerfile Dockerfile -o out",
            "",
            "  A directory that s6-svscan supervises, without s6-overlay:",
            "    pintle-convert s6 rootfs --scan /etc/s6 -o out"
        })
final class S6Command extends ConversionCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "ROOT",
            description =
                    "A directory that is the container's /, or a tar of one ('docker export'); several are put on one"
                            + " another like layers, the first at the bottom. With --dockerfile, what the build adds lies on"
                            + " them: name the base image's.")
    private List<Path> roots = new ArrayList<>();

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description =
                    "A variable that the image sets by ENV; --dockerfile finds these by itself. Those of s6-overlay (S6_...) say what a failure does, and"
                            + " how long a stop may take.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(
            names = "--scan",
            paramLabel = "DIR",
            description =
                    "A directory of the container that s6-svscan supervises; then s6-overlay's are not looked at.")
    private List<String> scans = new ArrayList<>();

    S6Command(boolean colour) {
        super(colour, Supervisor.S6);
    }

    /** Takes away what the other commands have and this one has not. */
    static void adapt(CommandSpec spec) {
        spec.remove(spec.findOption("--root"));
    }

    @Override
    void checkOptions() {
        if (roots.isEmpty() && !movesAnImage()) {
            throw usage("cannot convert: name a directory that is the container's /, or a tar of one, as ROOT");
        }
        for (String scan : scans) {
            if (!scan.startsWith("/")) {
                throw usage("cannot use --scan " + scan + ": write the path that the container has");
            }
        }
    }

    @Override
    boolean exported() {
        return !roots.isEmpty();
    }

    @Override
    Conversion convert(Optional<Move> move) {
        Optional<S6Image> added = Optional.empty();
        if (move.isPresent()) {
            try {
                added = Optional.of(S6Image.assemble(move.get(), output()));
            } catch (IOException e) {
                return unreadable(move.get(), "files", e);
            }
        }
        return convert(move, added);
    }

    private Conversion convert(Optional<Move> move, Optional<S6Image> added) {
        LayeredImage.Opened opened =
                LayeredImage.open(roots, added.map(S6Image::layer).stream().toList());
        if (opened.image().isEmpty()) {
            return Conversion.failed(opened.problems());
        }
        try (LayeredImage image = opened.image().get()) {
            String source = roots.isEmpty()
                    ? move.map(Move::name).orElse("")
                    : roots.stream().map(Path::toString).collect(Collectors.joining(" "));
            List<String> others = added.map(S6Image::scripts).orElse(List.of());
            return Conversion.s6(image, source, options(move, others), name -> place(move, name));
        }
    }

    /** What the Dockerfile says, unless the user says it otherwise. */
    private Translator.Options options(Optional<Move> move, List<String> others) {
        Map<String, String> variables = new TreeMap<>();
        move.map(Move::environment).orElse(Map.of()).forEach((name, value) -> {
            if (Translator.knows(name)) {
                variables.put(name, value);
            }
        });
        variables.putAll(environment);
        List<String> directories = new ArrayList<>(scans);
        if (scans.isEmpty()) {
            move.flatMap(Move::scanned).ifPresent(directories::add);
        }
        return new Translator.Options(
                variables, directories, others, move.isPresent() ? Programs.LINKED : Programs.COMPAT);
    }

    private Position place(Optional<Move> move, String name) {
        return move.filter(any -> !environment.containsKey(name))
                .flatMap(any -> any.environmentLine(name).map(line -> new Position(any.name(), line, 1)))
                .orElse(new Position("--env " + name, 1, 1));
    }
}
