package dev.pintle.convert.command;

import dev.pintle.convert.check.Check;
import dev.pintle.convert.emit.LayoutFiles;
import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Lowered;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.lower.supervisord.SupervisordLowering;
import dev.pintle.convert.parse.supervisord.Environment;
import dev.pintle.convert.parse.supervisord.Parser;
import dev.pintle.convert.read.FileTree;
import dev.pintle.layout.Diagnostic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * @param files  by their paths
     * @param report the account of every key
     */
    public record Result(Map<String, OutputFile> files, Report report) {}

    /** Converts the supervisord configuration that is the main file of a tree. */
    public static Conversion supervisord(FileTree tree, Environment environment) {
        Parser.Result parsed = Parser.parse(tree, environment);
        if (parsed.config().isEmpty()) {
            return new Conversion(Optional.empty(), parsed.diagnostics());
        }
        Lowered lowered = SupervisordLowering.lower(parsed.config().get());
        Map<String, OutputFile> files = LayoutFiles.render(lowered, tree.mainName());
        List<Diagnostic> problems = new ArrayList<>(parsed.diagnostics());
        List<Diagnostic> wrong = Check.check(files, sampleVariables(lowered));
        if (wrong.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR)) {
            problems.addAll(wrong);
            return new Conversion(Optional.empty(), problems);
        }
        return new Conversion(Optional.of(new Result(files, lowered.report())), problems);
    }

    private static Map<String, String> sampleVariables(Lowered lowered) {
        Map<String, String> variables = new HashMap<>();
        for (Draft draft : lowered.services()) {
            draft.sampleVariables().forEach((name, value) -> variables.merge(name, value, Conversion::longer));
        }
        return variables;
    }

    /** A path suits where anything goes, and nothing else suits where a path has to be. */
    private static String longer(String a, String b) {
        return a.length() >= b.length() ? a : b;
    }
}
