package dev.pintle.convert.command;

import dev.pintle.convert.command.Conversion.Result;
import dev.pintle.convert.emit.Account;
import dev.pintle.convert.emit.Account.FilePatch;
import dev.pintle.convert.emit.Output;
import dev.pintle.convert.emit.OutputException;
import dev.pintle.convert.emit.Patch;
import dev.pintle.convert.emit.ReportFormat;
import dev.pintle.convert.emit.Reports;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.move.Move;
import dev.pintle.convert.move.Proof;
import dev.pintle.convert.move.Supervisor;
import dev.pintle.convert.read.InputFile;
import dev.pintle.layout.Diagnostic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that convert have in common: everything but what they convert from. */
abstract class ConversionCommand implements Callable<Integer> {

    private final boolean colour;
    private final Supervisor supervisor;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where to write etc/pintle; made where it is missing.")
    private @Nullable Path output;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description =
                    "The directory that is the container's /: the files that the configuration names are found in it.")
    @Nullable
    Path root;

    @Mixin
    private final DockerfileOptions build = new DockerfileOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the report to FILE (.html, .md, .json or .txt) and only a summary to standard output.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Option(
            names = "--strict",
            description = "Where anything is approximated or not carried, write nothing and exit with code 1.")
    private boolean strict;

    @Option(names = "--dry-run", description = "Write nothing.")
    private boolean dryRun;

    @Option(names = "--diff", description = "Write nothing, and print all that would be written as one patch.")
    private boolean diff;

    @Option(names = "--force", description = "Replace a layout, or a report, that is there already.")
    private boolean force;

    ConversionCommand(boolean colour, Supervisor supervisor) {
        this.colour = colour;
        this.supervisor = supervisor;
    }

    /** Reads and converts; the move tells what its Dockerfile knows of the input. */
    abstract Conversion convert(Optional<Move> move);

    @Override
    public final Integer call() {
        Path directory = output();
        ReportFormat format = reportFormat();
        Move.Opened opened = open();
        if (!opened.problems().isEmpty()) {
            opened.problems().forEach(this::print);
            return PintleConvert.BAD_INPUT;
        }
        Conversion conversion = convert(opened.move());
        conversion.problems().forEach(this::print);
        if (conversion.result().isEmpty()) {
            return PintleConvert.BAD_INPUT;
        }
        Result result = conversion.result().get();
        Optional<Move.Plan> plan = opened.move().map(move -> plan(move, result, directory));
        Report whole = plan.map(p -> with(result.report(), p.sections())).orElse(result.report());
        boolean differs = strict && !whole.faithful();
        Output target = new Output(directory, force);
        Account account = account(whole, result, plan, target, conversion.problems(), differs);
        try {
            write(target, format, result, plan, account, differs);
        } catch (OutputException e) {
            err().println("pintle-convert: " + e.getMessage());
            return PintleConvert.USAGE;
        }
        return differs ? PintleConvert.DIFFERS : PintleConvert.OK;
    }

    private Move.Opened open() {
        if (!build.pointless().isEmpty()) {
            throw usage("cannot use " + build.pointless() + ": name the Dockerfile, with --dockerfile");
        }
        return build.open(supervisor);
    }

    private Move.Plan plan(Move move, Result result, Path directory) {
        return move.plan(
                result.inputs().stream().map(InputFile::path).collect(Collectors.toSet()),
                directory,
                build.overlayName(),
                result.foreground());
    }

    private static Report with(Report report, List<Report.Section> more) {
        List<Report.Section> sections = new ArrayList<>(report.sections());
        sections.addAll(more);
        return new Report(sections, report.notes(), report.stop());
    }

    private Path output() {
        if (output == null && !dryRun && !diff) {
            throw usage("cannot write: say where with -o DIR, or --dry-run to write nothing");
        }
        return output == null ? build.contextDirectory().resolve("out") : output;
    }

    private ReportFormat reportFormat() {
        if (report == null) {
            return json ? ReportFormat.JSON : ReportFormat.TEXT;
        }
        String name = report.toString();
        return ReportFormat.of(name)
                .orElseThrow(
                        () -> usage("cannot write " + name + ": its name ends in none of .html, .md, .json and .txt"));
    }

    private Account account(
            Report whole,
            Result result,
            Optional<Move.Plan> plan,
            Output target,
            List<Diagnostic> warnings,
            boolean differs) {
        String where =
                target.target() + (dryRun ? " (not written: --dry-run)" : differs ? " (not written: --strict)" : "");
        List<FilePatch> patches = new ArrayList<>();
        for (Move.Change change : plan.map(Move.Plan::changes).orElse(List.of())) {
            String name = relative(change.path());
            patches.add(new FilePatch(name, Patch.of(name, change.before().text(), change.after())));
        }
        List<String> proof = plan.isEmpty()
                ? List.of()
                : Proof.commands(
                        String.valueOf(build.dockerfile), build.contextDirectory(), build.target, build.overlayName());
        return new Account(
                whole,
                result.source(),
                where,
                warnings,
                result.inputs(),
                result.files(),
                patches,
                build.write && !dryRun && !differs,
                proof);
    }

    /** A path as a patch names it. */
    private static String relative(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return (absolute.startsWith(here) ? here : absolute.getRoot())
                .relativize(absolute)
                .toString();
    }

    private void write(
            Output target,
            ReportFormat format,
            Result result,
            Optional<Move.Plan> plan,
            Account account,
            boolean differs)
            throws OutputException {
        if (diff) {
            out().print(everything(target, result.files(), account));
            return;
        }
        if (!dryRun && !differs) {
            target.layout(result.files());
            if (build.write) {
                plan.map(Move.Plan::changes)
                        .orElse(List.of())
                        .forEach(change ->
                                target.edit(change.path(), change.before().text(), change.after()));
            }
        }
        if (report != null) {
            target.report(report, Reports.render(format, account, false));
        }
        target.write();
        ReportFormat printed = json ? ReportFormat.JSON : ReportFormat.TEXT;
        out().print(
                        report == null || json
                                ? Reports.render(printed, account, colour && printed == ReportFormat.TEXT)
                                : Reports.summary(account) + System.lineSeparator());
    }

    /** One patch: the layout against what is there, and the files of the build. */
    private static String everything(Output target, Map<String, OutputFile> files, Account account) {
        StringBuilder out = new StringBuilder();
        files.forEach((name, file) -> {
            Path path = target.target().resolve(name.substring("etc/pintle/".length()));
            out.append(
                    path.endsWith(OutputFile.WEB_PASSWORD)
                            ? relative(path) + " has the password, and is not shown\n"
                            : Patch.of(relative(path), existing(path), file.text()));
        });
        account.patches().forEach(patch -> out.append(patch.diff()));
        return out.toString();
    }

    private static @Nullable String existing(Path path) {
        try {
            return Files.isRegularFile(path) ? Files.readString(path) : null;
        } catch (IOException e) {
            // What is no text is replaced as a whole.
            return null;
        }
    }

    private void print(Diagnostic problem) {
        boolean error = problem.severity() == Diagnostic.Severity.ERROR;
        String severity = error ? "error" : "warning";
        String painted = colour ? (error ? "\u001B[31m" : "\u001B[33m") + severity + "\u001B[0m" : severity;
        err().println(problem.place() + ": " + painted + ": " + problem.message());
        if (problem.hint() != null) {
            err().println("    > " + problem.hint());
        }
    }

    ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
