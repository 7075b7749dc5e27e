package dev.pintle.convert.command;

import dev.pintle.convert.check.Check;
import dev.pintle.convert.emit.LayoutFiles;
import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Lowered;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.lower.runit.RunitLowering;
import dev.pintle.convert.lower.supervisord.SupervisordLowering;
import dev.pintle.convert.parse.runit.RunitParser;
import dev.pintle.convert.parse.runit.RunitParser.PhusionMode;
import dev.pintle.convert.parse.supervisord.Environment;
import dev.pintle.convert.parse.supervisord.Parser;
import dev.pintle.convert.read.FileTree;
import dev.pintle.convert.read.ImageTree;
import dev.pintle.convert.read.InputFile;
import dev.pintle.layout.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All phases in a row, up to what would be written.
 *
 * @param result   absent where the input cannot be converted
 * @param problems of the input: errors where there is no result, warnings where there is
 */
public record Conversion(Optional<Result> result, List<Diagnostic> problems) {

    /**
     * What would be written.
     *
     * @param source     what was converted, as the user would name it
     * @param inputs     the files that were read, and whose contents the result has
     * @param files      by their paths
     * @param report     the account of every key
     * @param foreground whether the configuration itself keeps the old supervisor in the foreground
     */
    public record Result(
            String source, List<InputFile> inputs, Map<String, OutputFile> files, Report report, boolean foreground) {}

    /** One that could not be. */
    static Conversion failed(List<Diagnostic> problems) {
        return new Conversion(Optional.empty(), problems);
    }

    /** Converts the supervisord configuration that is the main file of a tree. */
    public static Conversion supervisord(FileTree tree, Environment environment) {
        return supervisord(tree, environment, Parser.Origin.UNKNOWN);
    }

    /** The same, where something is known of the supervisord that it is for. */
    static Conversion supervisord(FileTree tree, Environment environment, Parser.Origin origin) {
        Parser.Result parsed = Parser.parse(tree, environment, origin);
        if (parsed.config().isEmpty()) {
            return failed(parsed.diagnostics());
        }
        Lowered lowered = SupervisordLowering.lower(parsed.config().get());
        boolean foreground = parsed.config().get().settings().nodaemon().or(false);
        Map<String, OutputFile> files = LayoutFiles.render(lowered, tree.mainOrigin());
        return checked(lowered, files, tree.mainName(), tree.sources(), foreground, parsed.diagnostics());
    }

    /** Has what has been lowered, and rendered, checked as the init would check it. */
    private static Conversion checked(
            Lowered lowered,
            Map<String, OutputFile> files,
            String source,
            List<InputFile> inputs,
            boolean foreground,
            List<Diagnostic> warnings) {
        List<Diagnostic> problems = new ArrayList<>(warnings);
        List<Diagnostic> wrong = Check.check(files, sampleVariables(lowered));
        if (wrong.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR)) {
            problems.addAll(wrong);
            return failed(problems);
        }
        return new Conversion(Optional.of(new Result(source, inputs, files, lowered.report(), foreground)), problems);
    }

    /**
     * Converts service directories of runit.
     *
     * @param paths on this machine: service directories, or directories of them
     * @param wiped whether runsvdir was started with an environment of PATH alone
     */
    public static Conversion runit(ImageTree tree, List<Path> paths, PhusionMode phusion, boolean wiped) {
        RunitParser.Result parsed = RunitParser.parse(tree, paths, phusion);
        if (parsed.config().isEmpty()) {
            return failed(parsed.diagnostics());
        }
        Lowered lowered = RunitLowering.lower(parsed.config().get(), wiped);
        if (lowered.services().isEmpty()) {
            return failed(nothingRuns(lowered));
        }
        String source = paths.stream().map(Path::toString).collect(Collectors.joining(" "));
        String origin = paths.stream().map(tree::origin).collect(Collectors.joining(" "));
        Map<String, OutputFile> files = LayoutFiles.render(lowered, origin);
        return checked(lowered, files, source, tree.sources(), true, parsed.diagnostics());
    }

    /** One error for each service: the files of a service that cannot run all say why. */
    private static List<Diagnostic> nothingRuns(Lowered lowered) {
        Map<String, Report.Section> services = new LinkedHashMap<>();
        lowered.report()
                .sections()
                .forEach(section -> services.merge(
                        section.services().get(0), section, (a, b) -> b.name().endsWith("/run") ? b : a));
        return services.entrySet().stream()
                .map(service -> new Diagnostic(
                        Diagnostic.Severity.ERROR,
                        "nothing-runs",
                        service.getValue().position().file(),
                        0,
                        0,
                        "cannot convert " + service.getKey() + ": "
                                + service.getValue().fate().text(),
                        service.getValue().fate().hint()))
                .toList();
    }

    private static Map<String, String> sampleVariables(Lowered lowered) {
        Map<String, String> variables = new HashMap<>();
        List<Draft> drafts = new ArrayList<>(lowered.services());
        drafts.add(lowered.container());
        for (Draft draft : drafts) {
            draft.sampleVariables().forEach((name, value) -> variables.merge(name, value, Conversion::longer));
        }
        return variables;
    }

    /** A path suits where anything goes, and nothing else suits where a path has to be. */
    private static String longer(String a, String b) {
        return a.length() >= b.length() ? a : b;
    }
}
