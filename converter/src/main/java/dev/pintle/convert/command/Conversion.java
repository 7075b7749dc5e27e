package dev.pintle.convert.command;

import dev.pintle.convert.check.Check;
import dev.pintle.convert.emit.LayoutFiles;
import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Lowered;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.lower.Placeholders;
import dev.pintle.convert.lower.Placeholders.Fillers;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.lower.runit.RunitLowering;
import dev.pintle.convert.lower.s6.S6Lowering;
import dev.pintle.convert.lower.supervisord.SupervisordLowering;
import dev.pintle.convert.lower.supervisord.SupervisordLowering.Surroundings;
import dev.pintle.convert.move.Daemon;
import dev.pintle.convert.move.ServiceCommands;
import dev.pintle.convert.parse.runit.RunitConfig.Build;
import dev.pintle.convert.parse.runit.RunitParser;
import dev.pintle.convert.parse.runit.RunitParser.PhusionMode;
import dev.pintle.convert.parse.supervisord.Environment;
import dev.pintle.convert.parse.supervisord.Parser;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.convert.parse.supervisord.SupervisordConfig;
import dev.pintle.convert.read.FileTree;
import dev.pintle.convert.read.ImageTree;
import dev.pintle.convert.read.InputFile;
import dev.pintle.convert.read.Position;
import dev.pintle.convert.read.image.LayeredImage;
import dev.pintle.layout.Diagnostic;
import dev.pintle.s6.Translation;
import dev.pintle.s6.Translator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
     * @param daemon     how the configuration has the old supervisor run
     * @param further    instructions that a Dockerfile needs behind those that copy the files
     */
    public record Result(
            String source,
            List<InputFile> inputs,
            Map<String, OutputFile> files,
            Report report,
            Daemon daemon,
            List<String> further) {}

    /** supervisord's default, and every container's. */
    private static final long USUAL_UMASK = 022;

    /** Makes the programs of s6's names findable by the paths that scripts have. */
    private static final String LINKS = "RUN mkdir -p /command && ln -sf /usr/lib/pintle/compat/s6/* /command/"
            + " && { [ -e /usr/bin/with-contenv ] || ln -s /command/with-contenv /usr/bin/with-contenv; }";

    /** One that could not be. */
    static Conversion failed(List<Diagnostic> problems) {
        return new Conversion(Optional.empty(), problems);
    }

    /** Converts the supervisord configuration that is the main file of a tree. */
    public static Conversion supervisord(FileTree tree, Environment environment) {
        return supervisord(tree, environment, Parser.Origin.UNKNOWN, Fillers.NONE);
    }

    /** The same, where something is known of the supervisord that it is for. */
    static Conversion supervisord(FileTree tree, Environment environment, Parser.Origin origin, Fillers fillers) {
        Parser.Result parsed = Parser.parse(tree, environment, origin);
        if (parsed.config().isEmpty()) {
            return failed(parsed.diagnostics().stream()
                    .map(diagnostic -> ofTemplate(diagnostic, fillers))
                    .toList());
        }
        Lowered lowered = ServiceCommands.translate(
                SupervisordLowering.lower(parsed.config().get(), new Surroundings(tree::text, fillers)),
                OwnPaths.of(tree.sources()));
        Daemon daemon = daemon(parsed.config().get());
        Map<String, OutputFile> files = LayoutFiles.render(lowered, tree.mainOrigin());
        return checked(lowered, files, tree.mainName(), tree.sources(), daemon, parsed.diagnostics());
    }

    /** In the foreground, umask and directory have no effect; else they have on the programs that have none of their own. */
    private static Daemon daemon(SupervisordConfig config) {
        List<ProcessConfig> processes = config.groups().stream()
                .flatMap(group -> group.processes().stream())
                .toList();
        SupervisordConfig.Settings settings = config.settings();
        List<String> used = new ArrayList<>();
        if (processes.stream().anyMatch(process -> process.directory().isEmpty())) {
            settings.directory().ifPresent(directory -> used.add("directory = " + directory));
        }
        if (processes.stream().anyMatch(process -> process.umask().isEmpty())) {
            settings.umask()
                    .known()
                    .filter(umask -> umask != USUAL_UMASK)
                    .ifPresent(umask -> used.add("umask = 0" + Long.toOctalString(umask)));
        }
        return new Daemon(settings.nodaemon().or(false), used);
    }

    /** A template that has not been filled in is full of mistakes, and none is its author's. */
    private static Diagnostic ofTemplate(Diagnostic diagnostic, Fillers fillers) {
        List<String> placeholders = Placeholders.in(diagnostic.message());
        if (placeholders.isEmpty()) {
            return diagnostic;
        }
        List<String> places = fillers.of(placeholders.get(0));
        return new Diagnostic(
                diagnostic.severity(),
                diagnostic.code(),
                diagnostic.file(),
                diagnostic.line(),
                diagnostic.column(),
                diagnostic.message(),
                "it is a template" + (places.isEmpty() ? "" : ", which " + String.join(", ", places) + " fills in")
                        + ": convert what comes of it");
    }

    /** Has what has been lowered, and rendered, checked as the init would check it. */
    private static Conversion checked(
            Lowered lowered,
            Map<String, OutputFile> files,
            String source,
            List<InputFile> inputs,
            Daemon daemon,
            List<Diagnostic> warnings) {
        List<Diagnostic> problems = new ArrayList<>(warnings);
        List<Diagnostic> wrong = Check.check(files, sampleVariables(lowered));
        if (wrong.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR)) {
            problems.addAll(wrong);
            return failed(problems);
        }
        return new Conversion(
                Optional.of(new Result(source, inputs, files, lowered.report(), daemon, List.of())), problems);
    }

    /**
     * Converts service directories of runit.
     *
     * @param paths on this machine: service directories, or directories of them
     * @param wiped whether runsvdir was started with an environment of PATH alone
     */
    public static Conversion runit(ImageTree tree, List<Path> paths, PhusionMode phusion, boolean wiped) {
        return runit(tree, paths, phusion, wiped, Optional.empty(), Fillers.NONE);
    }

    /** The same, where the tree is what a Dockerfile copies. */
    static Conversion runit(
            ImageTree tree,
            List<Path> paths,
            PhusionMode phusion,
            boolean wiped,
            Optional<Build> build,
            Fillers fillers) {
        RunitParser.Result parsed = RunitParser.parse(tree, paths, phusion, build);
        if (parsed.config().isEmpty()) {
            return failed(parsed.diagnostics());
        }
        Lowered lowered = RunitLowering.lower(parsed.config().get(), wiped, fillers);
        if (lowered.services().isEmpty()) {
            return failed(nothingRuns(lowered));
        }
        String source = paths.stream()
                .map(path -> tree.isAssembled() ? tree.shown(tree.inContainer(path)) : path.toString())
                .collect(Collectors.joining(" "));
        String origin = paths.stream().map(tree::origin).collect(Collectors.joining(" "));
        Map<String, OutputFile> files = LayoutFiles.render(lowered, origin);
        return checked(lowered, files, source, tree.sources(), Daemon.NONE, parsed.diagnostics());
    }

    /**
     * Converts the trees of an image that s6-overlay, or s6-svscan, supervises.
     *
     * @param source    what is converted, as the user would name it
     * @param variables where a variable is set, by its name
     */
    static Conversion s6(
            LayeredImage image, String source, Translator.Options options, Function<String, Position> variables) {
        Translation translation = Translator.translate(image, options);
        List<Diagnostic> problems = new ArrayList<>(image.unreadable());
        translation
                .problems()
                .forEach(problem -> problems.add(new Diagnostic(
                        problem.error() ? Diagnostic.Severity.ERROR : Diagnostic.Severity.WARNING,
                        "s6",
                        image.shown(problem.path()),
                        0,
                        0,
                        problem.message(),
                        problem.hint())));
        if (problems.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR)) {
            return failed(problems);
        }
        Lowered lowered = S6Lowering.lower(translation, image::shown, variables);
        Map<String, OutputFile> files = LayoutFiles.render(lowered, "s6");
        Map<String, OutputFile> whole = new LinkedHashMap<>(files);
        // What other images have to bring is there when the layout is read.
        translation
                .externals()
                .forEach(name -> whole.put(
                        LayoutFiles.DIRECTORY + "/services/" + name + "/service.conf",
                        OutputFile.of("type = oneshot\n")));
        List<Diagnostic> wrong = Check.check(whole, sampleVariables(lowered));
        if (wrong.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR)) {
            problems.addAll(wrong);
            return failed(problems);
        }
        return new Conversion(
                Optional.of(new Result(
                        source,
                        image.sources(),
                        files,
                        lowered.report(),
                        Daemon.NONE,
                        translation.links() ? List.of(LINKS) : List.of())),
                problems);
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
