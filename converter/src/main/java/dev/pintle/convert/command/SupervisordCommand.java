package dev.pintle.convert.command;

import dev.pintle.convert.lower.Placeholders.Fillers;
import dev.pintle.convert.move.MissingInput.Reason;
import dev.pintle.convert.move.Move;
import dev.pintle.convert.move.Supervisor;
import dev.pintle.convert.parse.supervisord.Arguments;
import dev.pintle.convert.parse.supervisord.Environment;
import dev.pintle.convert.parse.supervisord.Parser.Origin;
import dev.pintle.convert.parse.supervisord.Version;
import dev.pintle.convert.read.FileTree;
import dev.pintle.layout.Diagnostic;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pintle-convert supervisord}. */
@Command(
        name = "supervisord",
        mixinStandardHelpOptions = true,
        versionProvider = PintleConvert.Version.class,
        sortOptions = false,
        header = "Converts a supervisord.conf, with the files that it includes.",
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footer = {
            "",
            "Examples:",
            "  See what would become of each key, and write nothing:",
            "    pintle-convert supervisord supervisord.conf --dry-run",
            "",
            "  Write out/etc/pintle, which COPY out/ / in a Dockerfile puts in place:",
            "    pintle-convert supervisord supervisord.conf -o out",
            "",
            "  Move an image: convert what its Dockerfile copies, and see the patch for the Dockerfile:",
            "    pintle-convert supervisord --dockerfile Dockerfile -o out",
            "",
            "  The same, with the Dockerfile and its entrypoint script edited in place:",
            "    pintle-convert supervisord --dockerfile Dockerfile -o out --write",
            "",
            "  The image's files are in rootfs/, and /etc/supervisor/conf.d/*.conf with them:",
            "    pintle-convert supervisord rootfs/etc/supervisor/supervisord.conf --root rootfs -o out",
            "",
            "  A page to send to a colleague:",
            "    pintle-convert supervisord supervisord.conf -o out --report report.html",
            "",
            "  In CI: fail where a program would not behave as before, and keep the report:",
            "    pintle-convert supervisord supervisord.conf -o out --strict --report report.md"
        })
final class SupervisordCommand extends ConversionCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "The main configuration file; with --dockerfile, if it is not the one that the image is started with.")
    private @Nullable Path file;

    @Option(names = "-c", paramLabel = "FILE", description = "The same, as supervisord itself takes it.")
    private @Nullable Path configuration;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "A variable whose value is known now; others stay $${NAME?} and are read when the container"
                    + " starts.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(
            names = "--supervisord-version",
            paramLabel = "VERSION",
            description = "The version that runs the configuration now (4.3): 3.x had other exitcodes, and 4.4 reads"
                    + " environment= as a shell does.")
    private String version = "4.3";

    SupervisordCommand(boolean colour) {
        super(colour, Supervisor.SUPERVISORD);
    }

    @Override
    Conversion convert(Optional<Move> move) {
        Path named = file != null ? file : configuration;
        if ((file != null && configuration != null) || (named == null && move.isEmpty())) {
            throw usage("cannot convert: name one configuration file");
        }
        Version release = Version.of(version)
                .orElseThrow(() -> usage("cannot use version " + version + ": write a number such as 4.2.5"));
        Environment variables =
                Environment.ofContainer(environment, move.map(Move::environment).orElse(Map.of()));
        if (move.isEmpty() || (named != null && root != null)) {
            return Conversion.supervisord(
                    tree(named), variables, new Origin(Optional.empty(), release), beside(move, named));
        }
        Optional<Diagnostic> moved = named == null ? alreadyMoved(move.get()) : Optional.empty();
        if (moved.isPresent()) {
            return Conversion.failed(List.of(moved.get()));
        }
        Arguments arguments = SupervisordInput.arguments(move.get(), move.get().name());
        Optional<FileTree> tree = named != null
                ? Optional.of(SupervisordInput.named(move.get(), named))
                : SupervisordInput.found(move.get(), arguments);
        return tree.map(found -> Conversion.supervisord(
                        found, variables, new Origin(Optional.of(arguments), release), beside(move, named)))
                .orElseGet(() -> notFound(move.get(), "configuration", whyNotFound(move.get(), arguments)));
    }

    private Fillers beside(Optional<Move> move, @Nullable Path named) {
        Path parent = named == null ? null : named.getParent();
        return fillers(move, parent == null ? Path.of("") : parent);
    }

    private Reason whyNotFound(Move move, Arguments arguments) {
        Optional<Integer> embedded = move.embeddedConfiguration();
        if (embedded.isPresent()) {
            return new Reason(
                    "it is written out in " + move.name() + ", line " + embedded.get(),
                    "put it into a file of the build context, and COPY that or name it");
        }
        Optional<String> source = move.missingSource();
        if (source.isPresent()) {
            return new Reason(
                    source.get() + ", which is not in the build context",
                    "name the directory that the image is built in, with --context; a file that is made before the build has"
                            + " to be there");
        }
        String missing = arguments.configuration().orElse("supervisord.conf") + " is not copied from the build context";
        List<String> archives = move.archives();
        return move.missing(
                output(),
                archives.isEmpty()
                        ? missing
                        : missing + "; if it is in " + String.join(", ", archives)
                                + ", unpack that into the build context, and COPY what comes of it");
    }

    private FileTree tree(@Nullable Path named) {
        if (named == null) {
            throw usage("cannot convert: name one configuration file");
        }
        try {
            return new FileTree(named, root);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }
}
