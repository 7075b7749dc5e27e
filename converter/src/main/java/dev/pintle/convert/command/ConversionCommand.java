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
import dev.pintle.convert.lower.Placeholders.Fillers;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.move.MissingInput.Reason;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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

    /** Refuses options that make no sense together. */
    void checkOptions() {}

    /** Whether a Dockerfile is given. */
    final boolean movesAnImage() {
        return build.given();
    }

    @Override
    public final Integer call() {
        checkOptions();
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
        List<Diagnostic> refusals =
                new ArrayList<>(plan.map(Move.Plan::problems).orElse(List.of()));
        plan.flatMap(p -> nothingToRun(result)).ifPresent(refusals::add);
        if (!refusals.isEmpty()) {
            refusals.forEach(this::print);
            return PintleConvert.BAD_INPUT;
        }
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

    /** What fills in placeholders: in the build's context, in the image's files, or in the directory of what is converted. */
    final Fillers fillers(Optional<Move> move, Path beside) {
        return new BuildFillers(move.isPresent() ? build.contextDirectory() : root != null ? root : beside);
    }

    private Move.Opened open() {
        if (!build.pointless().isEmpty()) {
            throw usage("cannot use " + build.pointless() + ": name the Dockerfile, with --dockerfile");
        }
        if (diff && build.write) {
            throw usage("cannot use --write with --diff: --diff writes nothing; apply what it prints with git apply, or"
                    + " leave --diff out");
        }
        build.overlayProblem().ifPresent(problem -> {
            throw usage(problem);
        });
        return build.open(supervisor);
    }

    /** Why a move whose Dockerfile has nothing to convert any more is none; absent where it has not been moved. */
    static Optional<Diagnostic> alreadyMoved(Move move) {
        return move.movedLine()
                .map(line -> new Diagnostic(
                        Diagnostic.Severity.ERROR,
                        "already-moved",
                        move.name(),
                        line,
                        1,
                        "cannot move the image: it is moved already: this line brings Pintle's overlay, and nothing that is"
                                + " left copies an old configuration",
                        "to convert an old configuration anew, name it: pintle-convert " + move.supervisorName()
                                + " FILE -o DIR --force"));
    }

    /** A move whose input its Dockerfile does not tell. */
    static Conversion notFound(Move move, String what, Reason why) {
        return Conversion.failed(List.of(new Diagnostic(
                Diagnostic.Severity.ERROR,
                "not-found",
                move.name(),
                move.startLine(),
                1,
                "cannot find the " + what + ": " + why.cause(),
                why.hint())));
    }

    /** A move whose files cannot be put together. */
    static Conversion unreadable(Move move, String what, IOException cause) {
        return Conversion.failed(List.of(new Diagnostic(
                Diagnostic.Severity.ERROR,
                "unreadable",
                move.name(),
                1,
                1,
                "cannot put the image's " + what + " together: " + cause.getMessage(),
                "see that the files of the build context can be read")));
    }

    private Move.Plan plan(Move move, Result result, Path directory) {
        Map<String, Path> needed = needed(move, result);
        Set<Path> converted = new HashSet<>();
        result.inputs()
                .forEach(input -> converted.add(input.path().toAbsolutePath().normalize()));
        needed.values().forEach(path -> converted.remove(path.toAbsolutePath().normalize()));
        boolean stay = supervisor == Supervisor.S6;
        return move.plan(new Move.Conversion(
                stay ? Set.of() : converted,
                stay ? accounted(move, result.report()) : Set.of(),
                result.report(),
                directory,
                build.archives(asksForPage(result.files())),
                result.daemon(),
                OwnPaths.of(result.inputs()),
                needed,
                result.files().entrySet().stream()
                        .filter(file -> file.getValue().secret())
                        .map(Map.Entry::getKey)
                        .toList(),
                result.further(),
                exported()));
    }

    /** Whether the converted layout has a status page, whose program is in an archive of its own. */
    private static boolean asksForPage(Map<String, OutputFile> files) {
        OutputFile settings = files.get("etc/pintle/pintle.conf");
        return settings != null && settings.text().lines().anyMatch("[web]"::equals);
    }

    /** The files of the context that have sections of the report. */
    private static Set<Path> accounted(Move move, Report report) {
        Set<Path> accounted = new HashSet<>();
        report.sections().stream()
                .filter(section -> section.name().startsWith("/"))
                .flatMap(section -> move.file(section.name()).stream())
                .forEach(path -> accounted.add(path.toAbsolutePath().normalize()));
        return accounted;
    }

    /** Whether the image's own files, its base's among them, are converted. */
    boolean exported() {
        return root != null;
    }

    /** The files that were read, but that stay where they are: what the layout has in it names them. */
    private Map<String, Path> needed(Move move, Result result) {
        Map<String, Path> needed = new TreeMap<>();
        for (InputFile input : result.inputs()) {
            Path path = input.path().toAbsolutePath().normalize();
            Path base = root == null ? null : root.toAbsolutePath().normalize();
            String place = base != null && path.startsWith(base)
                    ? "/" + base.relativize(path)
                    : move.place(path).orElse("");
            boolean named = !place.isEmpty()
                    && result.files().entrySet().stream()
                            .filter(file -> file.getKey().endsWith("/service.conf"))
                            .anyMatch(file -> file.getValue()
                                    .text()
                                    .lines()
                                    .anyMatch(line -> !line.startsWith("#") && line.contains(place)));
            if (named) {
                needed.put(place, path);
            }
        }
        return needed;
    }

    /** A move that yields nothing to run is none. */
    private static Optional<Diagnostic> nothingToRun(Result result) {
        boolean some = result.files().keySet().stream().anyMatch(name -> name.startsWith("etc/pintle/services/"));
        return some
                ? Optional.empty()
                : Optional.of(new Diagnostic(
                        Diagnostic.Severity.ERROR,
                        "nothing-to-run",
                        result.source(),
                        0,
                        0,
                        "cannot move the image: " + result.source()
                                + " has nothing to run, and includes nothing that the" + " Dockerfile copies",
                        "put the programs into files of the build context that the Dockerfile copies to where the"
                                + " configuration includes them, or export the image and convert it with --root"));
    }

    private static Report with(Report report, List<Report.Section> more) {
        List<Report.Section> sections = new ArrayList<>(report.sections());
        sections.addAll(more);
        return new Report(sections, report.notes(), report.stop());
    }

    /** The directory that becomes the image's {@code /}. */
    final Path output() {
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
            patches.add(new FilePatch(
                    name,
                    Patch.of(name, change.before().text(), change.after()),
                    change.before().text(),
                    change.after()));
        }
        List<String> proof = plan.isEmpty()
                ? List.of()
                : Proof.commands(
                        String.valueOf(build.file()),
                        build.contextDirectory(),
                        build.target,
                        build.archives(asksForPage(result.files())));
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
        Set<Path> fresh = new HashSet<>();
        files.forEach((name, file) -> {
            Path path = target.target().resolve(name.substring("etc/pintle/".length()));
            fresh.add(path);
            out.append(Patch.of(relative(path), existing(path), file));
        });
        for (Path old : target.existing()) {
            Patch.Version version = existing(old);
            if (!fresh.contains(old) && version != null) {
                out.append(Patch.removing(relative(old), version));
            }
        }
        account.patches().forEach(patch -> out.append(patch.diff()));
        return out.toString();
    }

    private static Patch.@Nullable Version existing(Path path) {
        try {
            return Files.isRegularFile(path)
                    ? new Patch.Version(Files.readString(path), Files.isExecutable(path) ? "755" : "644")
                    : null;
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
