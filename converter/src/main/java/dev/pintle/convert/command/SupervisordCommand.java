package dev.pintle.convert.command;

import dev.pintle.convert.command.Conversion.Result;
import dev.pintle.convert.emit.Output;
import dev.pintle.convert.emit.OutputException;
import dev.pintle.convert.emit.ReportFormat;
import dev.pintle.convert.emit.Reports;
import dev.pintle.convert.parse.supervisord.Environment;
import dev.pintle.convert.read.FileTree;
import dev.pintle.layout.Diagnostic;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
            "  The image's files are in rootfs/, and /etc/supervisor/conf.d/*.conf with them:",
            "    pintle-convert supervisord rootfs/etc/supervisor/supervisord.conf --root rootfs -o out",
            "",
            "  In CI: fail where a program would not behave as before, and keep the report:",
            "    pintle-convert supervisord supervisord.conf -o out --strict --report report.md"
        })
final class SupervisordCommand implements Callable<Integer> {

    private final boolean colour;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The main configuration file.")
    private @Nullable Path file;

    @Option(names = "-c", paramLabel = "FILE", description = "The same, as supervisord itself takes it.")
    private @Nullable Path configuration;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where to write etc/pintle; made where it is missing.")
    private @Nullable Path output;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "The directory that is the container's /: included files, and %%(here)s, are found in it.")
    private @Nullable Path root;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "A variable whose value is known now; others stay $${NAME?} and are read when the container"
                    + " starts.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the report to FILE (.txt, .md or .json) and only a summary to standard output.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Option(
            names = "--strict",
            description = "Where anything is approximated or not carried, write nothing and exit with code 1.")
    private boolean strict;

    @Option(names = "--dry-run", description = "Write nothing.")
    private boolean dryRun;

    @Option(names = "--force", description = "Replace a layout, or a report, that is there already.")
    private boolean force;

    SupervisordCommand(boolean colour) {
        this.colour = colour;
    }

    @Override
    public Integer call() {
        FileTree tree = tree();
        Output target = new Output(output(), force);
        ReportFormat format = reportFormat();
        Conversion conversion = Conversion.supervisord(tree, Environment.ofContainer(environment));
        conversion.problems().forEach(this::print);
        if (conversion.result().isEmpty()) {
            return PintleConvert.BAD_INPUT;
        }
        Result result = conversion.result().get();
        boolean differs = strict && !result.report().faithful();
        try {
            write(target, format, result, tree.mainName(), conversion.problems(), differs);
        } catch (OutputException e) {
            err().println("pintle-convert: " + e.getMessage());
            return PintleConvert.USAGE;
        }
        return differs ? PintleConvert.DIFFERS : PintleConvert.OK;
    }

    private FileTree tree() {
        if ((file == null) == (configuration == null)) {
            throw usage("cannot convert: name one configuration file");
        }
        try {
            return new FileTree(Objects.requireNonNull(file != null ? file : configuration), root);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Path output() {
        if (output == null && !dryRun) {
            throw usage("cannot write: say where with -o DIR, or --dry-run to write nothing");
        }
        return output == null ? Path.of("out") : output;
    }

    private ReportFormat reportFormat() {
        if (report == null) {
            return json ? ReportFormat.JSON : ReportFormat.TEXT;
        }
        String name = report.toString();
        return ReportFormat.of(name)
                .orElseThrow(() -> usage("cannot write " + name + ": its name ends in none of .txt, .md and .json"));
    }

    private void write(
            Output target,
            ReportFormat format,
            Result result,
            String source,
            List<Diagnostic> warnings,
            boolean differs)
            throws OutputException {
        boolean writes = !dryRun && !differs;
        String where =
                target.target() + (dryRun ? " (not written: --dry-run)" : differs ? " (not written: --strict)" : "");
        ReportFormat printed = json ? ReportFormat.JSON : ReportFormat.TEXT;
        boolean painted = colour && printed == ReportFormat.TEXT;
        String shown = report == null || json
                ? Reports.render(printed, result.report(), source, where, warnings, painted)
                : Reports.summary(result.report(), source, where) + System.lineSeparator();
        if (writes) {
            target.check();
        }
        if (report != null) {
            String text = Reports.render(format, result.report(), source, where, warnings, false);
            Output.writeFile(report, text, force);
        }
        if (writes) {
            target.write(result.files());
        }
        out().print(shown);
    }

    private void print(Diagnostic problem) {
        boolean error = problem.severity() == Diagnostic.Severity.ERROR;
        String at =
                problem.line() == 0 ? problem.file() : problem.file() + ":" + problem.line() + ":" + problem.column();
        String severity = error ? "error" : "warning";
        String painted = colour ? (error ? "\u001B[31m" : "\u001B[33m") + severity + "\u001B[0m" : severity;
        err().println(at + ": " + painted + ": " + problem.message());
        if (problem.hint() != null) {
            err().println("    > " + problem.hint());
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
