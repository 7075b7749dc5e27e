package dev.pintle.convert.command;

import dev.pintle.convert.move.Move;
import dev.pintle.convert.move.Supervisor;
import dev.pintle.convert.read.image.LayeredImage;
import dev.pintle.s6.Translator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
            "  A directory that s6-svscan supervises, without s6-overlay:",
            "    pintle-convert s6 rootfs --scan /etc/s6 -o out"
        })
final class S6Command extends ConversionCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "ROOT",
            description =
                    "A directory that is the container's /, or a tar of one ('docker export'); several are put on one"
                            + " another like layers, the first at the bottom.")
    private List<Path> roots = new ArrayList<>();

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description =
                    "A variable that the image sets by ENV. Those of s6-overlay (S6_...) say what a failure does, and"
                            + " how long a stop may take.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(
            names = "--scan",
            paramLabel = "DIR",
            description =
                    "A directory of the container that s6-svscan supervises; then s6-overlay's are not looked at.")
    private List<String> scans = new ArrayList<>();

    S6Command(boolean colour) {
        super(colour, Supervisor.RUNIT);
    }

    /** Takes away what the other commands have and this one has not. */
    static void adapt(CommandSpec spec) {
        for (String name : List.of("--root", "--context", "--target", "--overlay", "--write")) {
            spec.remove(spec.findOption(name));
        }
        OptionSpec dockerfile = spec.findOption("--dockerfile");
        spec.remove(dockerfile);
        spec.addOption(OptionSpec.builder(dockerfile).hidden(true).build());
    }

    @Override
    void checkOptions() {
        if (movesAnImage()) {
            throw usage(
                    "cannot edit a Dockerfile for s6: remove what installs s6-overlay, ADD the overlay's tarball after the"
                            + " last COPY to /, COPY out/ / and keep ENTRYPOINT [\"/init\"]");
        }
        if (roots.isEmpty()) {
            throw usage("cannot convert: name a directory that is the container's /, or a tar of one, as ROOT");
        }
        for (String scan : scans) {
            if (!scan.startsWith("/")) {
                throw usage("cannot use --scan " + scan + ": write the path that the container has");
            }
        }
    }

    @Override
    Conversion convert(Optional<Move> move) {
        LayeredImage.Opened opened = LayeredImage.open(roots);
        if (opened.image().isEmpty()) {
            return Conversion.failed(opened.problems());
        }
        try (LayeredImage image = opened.image().get()) {
            return Conversion.s6(image, roots, new Translator.Options(environment, scans));
        }
    }
}
