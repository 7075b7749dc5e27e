package dev.pintle.convert.command;

import dev.pintle.convert.move.Move;
import dev.pintle.convert.move.Supervisor;
import dev.pintle.convert.parse.runit.RunitConfig.Build;
import dev.pintle.convert.parse.runit.RunitParser.PhusionMode;
import dev.pintle.convert.read.ImageTree;
import dev.pintle.layout.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pintle-convert runit}. */
@Command(
        name = "runit",
        mixinStandardHelpOptions = true,
        versionProvider = PintleConvert.Version.class,
        sortOptions = false,
        header = "Converts runit's service directories, and phusion's my_init.",
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footer = {
            "",
            "Examples:",
            "  See what would become of each file, and write nothing:",
            "    pintle-convert runit services/ --dry-run",
            "",
            "  One service:",
            "    pintle-convert runit services/web -o out",
            "",
            "  The image's files are in rootfs/, and links lead to /etc/sv in it:",
            "    pintle-convert runit rootfs/etc/service --root rootfs -o out",
            "",
            "  Move an image, and see the patch for its Dockerfile:",
            "    pintle-convert runit --dockerfile Dockerfile -o out",
            "",
            "  An image made from phusion/baseimage:",
            "    pintle-convert runit rootfs/etc/service --root rootfs --phusion -o out"
        })
final class RunitCommand extends ConversionCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description =
                    "A service directory, or a directory of them such as /etc/service. With --dockerfile it may be"
                            + " left out: then those that the image copies to where runsvdir looks.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--phusion",
            description = "Convert my_init's scripts and variables too; without the option, where --root has them.")
    private boolean phusion;

    @Option(
            names = "--clear-environment",
            description = "runsvdir was started by runsvdir-start, with an environment of PATH alone.")
    private boolean clearEnvironment;

    RunitCommand(boolean colour) {
        super(colour, Supervisor.RUNIT);
    }

    @Override
    Conversion convert(Optional<Move> move) {
        PhusionMode mode = phusion
                ? PhusionMode.YES
                : move.filter(Move::startsMyInit).isPresent() ? PhusionMode.STARTED : PhusionMode.DETECT;
        if (paths.isEmpty() && root == null) {
            return assembled(
                    move.orElseThrow(
                            () -> usage("cannot convert: name a service directory, or a directory of them, as PATH")),
                    mode);
        }
        if (paths.isEmpty()) {
            throw usage("cannot convert: name a service directory, or a directory of them, as PATH");
        }
        return Conversion.runit(
                new ImageTree(root), paths, mode, clearEnvironment, Optional.empty(), fillers(move, paths.get(0)));
    }

    /** The services that the image gets from the build context. */
    private Conversion assembled(Move move, PhusionMode mode) {
        try (RunitImage image = new RunitImage(move, output())) {
            List<Path> directories = image.scanned();
            Optional<Diagnostic> moved = directories.isEmpty() ? alreadyMoved(move) : Optional.empty();
            if (moved.isPresent()) {
                return Conversion.failed(List.of(moved.get()));
            }
            if (directories.isEmpty()) {
                return notFound(move, "service directories", move.missing(output(), image.missing()));
            }
            return Conversion.runit(
                    image.tree(),
                    directories,
                    mode,
                    clearEnvironment,
                    Optional.of(new Build(move.environment(), image::isSwitchedOff)),
                    fillers(Optional.of(move), output()));
        } catch (IOException e) {
            return unreadable(move, "service directories", e);
        }
    }
}
