package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Dockerfile.Stage;
import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.Move.Change;
import dev.pintle.convert.move.Move.Conversion;
import dev.pintle.convert.move.Move.Plan;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.SourceFile;
import dev.pintle.layout.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Applies the rules to a build, in the order in which each needs what the others have found. */
final class Planner {

    private final Build build;
    private final Start start;
    private final Start onBuild;
    private final Path dockerfile;
    /** Last stages of images that are moved with this one. */
    private final Set<Stage> closed = new HashSet<>();

    Planner(Build build, Start start, Start onBuild, Path dockerfile) {
        this.build = build;
        this.start = start;
        this.onBuild = onBuild;
        this.dockerfile = dockerfile;
    }

    /** What to change. To be called once. */
    Plan plan(Conversion conversion) {
        Path directory = build.directory();
        Path root = directory.toAbsolutePath().normalize();
        Path tree = conversion.output().toAbsolutePath().normalize();
        boolean inside = tree.startsWith(root) && !tree.equals(root);
        String source =
                inside ? root.relativize(tree) + "/" : conversion.output().getFileName() + "/";
        ContextFiles files = new ContextFiles(directory, tree);
        files.add(build.context());
        Requirements requirements = new Requirements(build);
        boolean listed = new ManifestRule(build, requirements).apply(files);
        PackageRule packages =
                new PackageRule(build, requirements, new PythonNeed(build, files, conversion.converted()));
        boolean installed = packages.apply() || listed;
        if (build.supervisor() == Supervisor.S6) {
            installed |= new InstallRule(build).apply();
        }
        boolean moved = build.overlay().isPresent();
        Base base = base();
        boolean replaced = start.entrypoint().isPresent()
                || (start.command().isPresent() && base.entrypoint().isEmpty());
        new BaseRule(build, base, start.entrypoint().isPresent(), replaced && !start.runs(base.supervisor()))
                .apply(installed, conversion.exported());
        List<String> lines = new ArrayList<>();
        if (!moved) {
            conversion.archives().forEach(archive -> lines.add("ADD " + archive + " /"));
            lines.add("COPY " + source + " /");
        }
        lines.addAll(copies(conversion.needed()));
        lines.addAll(moved ? List.of() : secrets(conversion, source));
        lines.addAll(moved ? List.of() : conversion.further());
        ConfigurationRule configuration = new ConfigurationRule(build, conversion.converted(), lines);
        boolean placed = configuration.apply(build.context(), List.of());
        configuration.written(build.written().remove(conversion.converted()));
        Set<String> old = new TreeSet<>(configuration.gone());
        old.addAll(configuration.stays());
        build.converted(main(), old);
        Set<String> places = places(conversion, configuration, files);
        ConvertedPlaces converted = new ConvertedPlaces(build.context(), conversion.converted(), main());
        if (build.supervisor() == Supervisor.RUNIT && !conversion.exported()) {
            new PackagedServices(build, conversion.report()).apply(start.arguments());
        }
        if (build.supervisor() == Supervisor.SUPERVISORD) {
            build.logDirectory(new LogDirectory(build, files, conversion.converted()).keep(packages.packaged()));
        }
        new GoneFilesRule(build, configuration.gone(), places, base.kind() != Base.Kind.RUNIT, converted).apply();
        boolean s6 = build.supervisor() == Supervisor.S6
                && (start.init().isPresent() || start.arguments().isEmpty());
        List<Diagnostic> problems = s6 ? keptStart(base, installed) : start(base, conversion, configuration, lines);
        int behind = 0;
        if (!placed && !lines.isEmpty()) {
            behind = place(lines, start.entrypoint().or(start::command).map(Start.Line::instruction));
        }
        if (!inside) {
            outside(conversion.output(), source);
        }
        List<String> sources = new ArrayList<>(conversion.archives());
        sources.add(source.substring(0, source.length() - 1));
        new IgnoreRule(build, directory, dockerfile).apply(sources);
        build.moved(closed);
        new HealthRule(build, new ServiceWords(conversion.report())).apply();
        new ClosingRule(build, build.stages()).apply(behind, hasClosed(build.stages()));
        if (!s6 && problems.isEmpty() && start.isEmpty() && onBuild.isEmpty()) {
            new StartRule(build, start, base, conversion.daemon()).atTheEnd();
        }
        boolean packageGone = installed || (base.kind() != Base.Kind.RUNIT && base.kind() != Base.Kind.UNKNOWN);
        mentions(conversion, configuration, files, converted, packageGone);
        return new Plan(changes(), build.findings().sections(), problems);
    }

    private Optional<String> main() {
        List<String> arguments = start.arguments().isEmpty() ? onBuild.arguments() : start.arguments();
        return build.supervisor() == Supervisor.SUPERVISORD
                ? Build.configuration(
                        arguments.stream().map(build.context()::expand).toList())
                : Optional.empty();
    }

    /** Files that the converted tree names, and that nothing else puts into the image. */
    private List<String> copies(Map<String, Path> needed) {
        Path root = build.directory().toAbsolutePath().normalize();
        List<String> lines = new ArrayList<>();
        new TreeMap<>(needed).forEach((place, path) -> {
            Path file = path.toAbsolutePath().normalize();
            if (file.startsWith(root) && build.context().place(file).isEmpty()) {
                lines.add("COPY " + root.relativize(file) + " " + place);
            }
        });
        return lines;
    }

    /**
     * What only its owner may read keeps its mode by a COPY of its own: git and an applied patch make it 0644. An init of
     * another user than root has to be the owner.
     */
    private List<String> secrets(Conversion conversion, String source) {
        String owner = build.user().isEmpty() ? "" : " --chown=" + build.user();
        return conversion.secrets().stream()
                .map(name -> "COPY" + owner + " --chmod=0600 " + source + name + " /" + name)
                .toList();
    }

    private void outside(Path output, String source) {
        build.findings()
                .add(
                        build.dockerfile().file(),
                        0,
                        "COPY",
                        Fate.notCarried(
                                output + " is outside the build context " + build.directory()
                                        + ", where COPY does not find it",
                                "copy it to " + build.directory().resolve(source)
                                        + ", or name an output inside with -o"));
    }

    /** What the first stage is built on. */
    private Base base() {
        String image = build.stages().chain().get(0).base();
        return Base.of(new Variables(build.dockerfile()).global(image));
    }

    /** Starts init in this image, in those built on it by ONBUILD, and in those that share stages with it. */
    private List<Diagnostic> start(
            Base base, Conversion conversion, ConfigurationRule configuration, List<String> lines) {
        Optional<Start.Line> init = build.isOfPintle() ? Optional.empty() : start.init();
        if (init.isPresent()) {
            return List.of(anotherInit(init.get().instruction()));
        }
        StartRule rule = new StartRule(build, start, base, conversion.daemon());
        boolean started = rule.apply();
        boolean later = new StartRule(build, onBuild, base, conversion.daemon()).apply();
        for (StageChain sibling : build.siblings()) {
            boolean has = configuration.place().filter(sibling.all()::contains).isPresent()
                    || new ConfigurationRule(build, conversion.converted(), lines)
                            .apply(build.contextOf(sibling), build.stages().all());
            StartRule other = new StartRule(build, Start.of(build, sibling), base, conversion.daemon());
            if (has && other.apply()) {
                new ClosingRule(build, sibling).apply(0, hasClosed(sibling));
                closed.add(sibling.target());
            } else {
                apart(sibling, other);
            }
        }
        if (started || later) {
            return List.of();
        }
        return start.isEmpty() ? List.of() : List.of(nothingStarts());
    }

    /** The image is started as it was; those that share stages with it are left to moves of their own. */
    private List<Diagnostic> keptStart(Base base, boolean installed) {
        build.siblings()
                .forEach(sibling -> apart(sibling, new StartRule(build, Start.of(build, sibling), base, Daemon.NONE)));
        boolean starts = new KeptStart(build, start, base, installed).apply();
        return starts ? List.of() : List.of(nothingStarts());
    }

    /** Whether an image is built on one that is moved with it. */
    private boolean hasClosed(StageChain image) {
        return image.chain().stream().anyMatch(closed::contains);
    }

    /** An image that shares stages with the moved one, and is not moved with it. */
    private void apart(StageChain image, StartRule rule) {
        boolean base = build.stages().chain().contains(image.target())
                || build.siblings().stream()
                        .anyMatch(other -> !other.equals(image) && other.chain().contains(image.target()));
        if (!rule.wouldApply() && (base || build.stages().inputs().contains(image.target()))) {
            return;
        }
        Instruction from = image.target().instructions().get(0);
        if (base) {
            build.say(
                    from,
                    Fate.notCarried(
                            "this stage, as an image of its own, starts "
                                    + build.supervisor().program()
                                    + ", which it does not have any more; the converted tree is put into a later stage",
                            "move the lines that bring the overlay and the tree into this stage, and start /init here, if"
                                    + " it is built by itself (--target); else remove what it starts"));
            return;
        }
        build.say(
                from,
                rule.wouldApply()
                        ? Fate.notCarried(
                                "this image starts " + build.supervisor().program()
                                        + ", which the stages that it shares with the moved one do not have any more, and"
                                        + " has a configuration of its own",
                                "move it too, with --target " + image.target().name())
                        : Fate.kept(
                                "this image, which shares stages with the moved one, starts something else, as before"));
    }

    private Diagnostic nothingStarts() {
        Instruction instruction =
                start.entrypoint().or(start::command).orElseThrow().instruction();
        String program = build.supervisor().program();
        Optional<Instruction> odd = start.lines().stream()
                .map(Start.Line::instruction)
                .filter(each -> build.supervisor().isNamedIn(each.arguments().text()))
                .findFirst();
        if (odd.isPresent()) {
            return refusal(
                    "nothing-starts-init",
                    odd.get(),
                    "how " + odd.get().keyword() + " starts " + program + " is not understood",
                    build.supervisor() == Supervisor.RUNIT
                            ? "let it start runsvdir by itself, as CMD [\"runsvdir\", \"/etc/service\"], or in a script that ends with"
                                    + " exec runsvdir"
                            : "let it start " + program + " by itself, or in a script that ends with exec " + program
                                    + "; a user is said by USER, or by user in the configuration");
        }
        Optional<Path> script = named(instruction);
        if (script.filter(path -> build.other(path).isEmpty()).isPresent()) {
            return refusal(
                    "nothing-starts-init",
                    instruction,
                    instruction.keyword() + " runs " + build.context().name(script.get())
                            + ", which is not UTF-8, so that it is not edited",
                    "convert it to UTF-8 (iconv), and move again");
        }
        boolean speaks = script.flatMap(build::other)
                .filter(edits -> build.supervisor().isMentionedIn(edits.file().text()))
                .isPresent();
        return speaks
                ? refusal(
                        "nothing-starts-init",
                        instruction,
                        instruction.keyword() + " runs " + build.context().name(script.orElseThrow())
                                + ", and how that starts " + program + " is not understood",
                        "let it run /init in its own place (exec) where it runs " + program + ", or let "
                                + instruction.keyword() + " start " + program)
                : refusal(
                        "nothing-starts-init",
                        instruction,
                        instruction.keyword() + " runs what is not in the build context, or does not start " + program,
                        "let it start " + program
                                + " (the script has to be in the build context), or write CMD [\"/init\"] and move again");
    }

    /** The first file of the context that an instruction names. */
    private Optional<Path> named(Instruction instruction) {
        return build.dockerfile().words(instruction).stream()
                .flatMap(word -> build.context().program(word.value().replaceAll("[\\[\\]\",]", "")).stream())
                .findFirst();
    }

    /** An /init that is there already is another program, which both trees would put into the same place. */
    private Diagnostic anotherInit(Instruction instruction) {
        return refusal(
                "another-init",
                instruction,
                instruction.keyword() + " starts an /init that is not Pintle's, such as that of s6-overlay",
                "take that one out of the image, and let " + instruction.keyword() + " start "
                        + build.supervisor().program() + "; its services have to become Pintle's by hand");
    }

    private Diagnostic refusal(String code, Instruction instruction, String cause, String hint) {
        SourceFile file = build.dockerfile().file();
        int offset = build.keywordOffset(instruction);
        return new Diagnostic(
                Diagnostic.Severity.ERROR,
                code,
                file.name(),
                file.position(offset).line(),
                1,
                "cannot move the image: " + cause,
                hint);
    }

    /** The files that the image still gets from the context. */
    private Set<String> places(Conversion conversion, ConfigurationRule configuration, ContextFiles files) {
        Set<String> places = new TreeSet<>(configuration.stays());
        files.files().forEach((path, place) -> {
            if (!conversion.converted().contains(path)) {
                places.add(place);
            }
        });
        for (String alias : build.context().aliases().keySet()) {
            build.context()
                    .file(alias)
                    .filter(file -> !conversion
                            .converted()
                            .contains(file.toAbsolutePath().normalize()))
                    .ifPresent(file -> places.add(alias));
        }
        return places;
    }

    /** Calls are translated, and whatever is left that speaks of the supervisor is said. */
    private void mentions(
            Conversion conversion,
            ConfigurationRule configuration,
            ContextFiles files,
            ConvertedPlaces there,
            boolean packageGone) {
        List<Start> starts = new ArrayList<>(List.of(start, onBuild));
        build.siblings().forEach(sibling -> starts.add(Start.of(build, sibling)));
        build.siblings().forEach(sibling -> files.add(build.contextOf(sibling)));
        Map<Path, String> texts = texts(files);
        ImageNames names = new ImageNames(build.directory(), dockerfile, texts);
        ControlRule control = new ControlRule(
                build,
                new SupervisorctlWords(new ServiceWords(conversion.report()), conversion.paths()),
                new Containers(build.directory(), texts, names),
                packageGone,
                Caller.heard(build.user(), starts));
        for (Instruction instruction : build.instructions()) {
            if (Set.of("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "COPY", "ADD", "ENV", "ARG")
                    .contains(instruction.keyword())) {
                control.instruction(instruction);
            }
        }
        for (Stage input : build.stages().inputs()) {
            input.instructions().stream()
                    .filter(instruction -> Set.of("RUN", "COPY", "ADD").contains(instruction.keyword()))
                    .forEach(control::instruction);
        }
        // What they read of the environment is read.
        conversion.converted().forEach(build::other);
        Set<String> paths = new TreeSet<>(configuration.gone());
        paths.addAll(configuration.stays());
        paths.addAll(conversion.paths());
        paths.addAll(scanned());
        Vocabulary vocabulary = new Vocabulary(build.supervisor(), paths);
        Set<String> places = places(conversion, configuration, files);
        Set<Path> accounted = new HashSet<>(conversion.converted());
        accounted.addAll(conversion.accounted());
        ConvertedFilesRule changes = new ConvertedFilesRule(build, conversion.converted(), there);
        if (build.supervisor() != Supervisor.S6) {
            changes.apply();
        }
        new FileRule(build, vocabulary, control, accounted, places, changes).apply(files, dockerfile, names);
        Set<Instruction> effective = new HashSet<>();
        for (Start each : starts) {
            each.entrypoint().ifPresent(line -> effective.add(line.instruction()));
            each.command().ifPresent(line -> effective.add(line.instruction()));
        }
        new MentionRule(build, vocabulary, effective, places, changes).apply();
        if (build.supervisor() != Supervisor.S6) {
            new InputStages(build, vocabulary, conversion.output()).apply();
        }
        if (build.supervisor() != Supervisor.S6) {
            new BroughtFilesRule(build, there, vocabulary).apply();
        }
        new RunitStagesRule(build, starts).apply(files);
        new OtherDockerfiles(build).apply(files, dockerfile);
    }

    /** Of the files that deploy the image. */
    private Map<Path, String> texts(ContextFiles files) {
        Map<Path, String> texts = new TreeMap<>();
        List<Path> deploying = new ArrayList<>(files.deploying());
        deploying.addAll(files.outside());
        deploying.forEach(path -> build.other(path)
                .ifPresent(edits -> texts.put(path, edits.file().text())));
        return texts;
    }

    /** The directories of services that runsvdir is told of, wherever the image has them. */
    private List<String> scanned() {
        return build.supervisor() != Supervisor.RUNIT
                ? List.of()
                : start.arguments().stream()
                        .map(build.context()::expand)
                        .filter(word -> word.length() > 1 && word.startsWith("/"))
                        .map(word -> word.replaceFirst("/+$", ""))
                        .toList();
    }

    /** Where no COPY has given way, the new instructions come before what starts the image, or at the end of its stage. */
    private int place(List<String> lines, Optional<Instruction> started) {
        SourceFile file = build.dockerfile().file();
        List<Instruction> stage = build.stages().target().instructions();
        Instruction last = lastOfFiles(stage).orElse(stage.get(stage.size() - 1));
        Optional<Instruction> before = started.filter(stage::contains).filter(i -> !copiesBehind(stage, i));
        int offset = before.map(Instruction::start).orElse(last.end());
        boolean open = offset > 0 && file.text().charAt(offset - 1) != '\n';
        String text = lines.stream().map(line -> line + file.newline()).collect(Collectors.joining());
        build.edits().insert(offset, (open ? file.newline() : "") + text);
        build.findings()
                .add(
                        file,
                        before.map(build::keywordOffset).orElse(last.start()),
                        "ADD, COPY",
                        Fate.changed(
                                build.supervisor() == Supervisor.S6
                                        ? "the overlay and the converted tree, on top of what the image has"
                                        : "the overlay and the converted tree; nothing that copied a configuration of its"
                                                + " own has been found"));
        return offset;
    }

    /** Where what is copied stays, the overlay follows the last instruction that changes files, before USER and the like. */
    private Optional<Instruction> lastOfFiles(List<Instruction> stage) {
        return stage.stream()
                .filter(each -> build.supervisor() == Supervisor.S6)
                .filter(each -> Set.of("COPY", "ADD", "RUN").contains(each.keyword()) && !each.onBuild())
                .reduce((a, b) -> b);
    }

    /** Whether something is copied behind an instruction: what stays in the image must not lie over the overlay. */
    private boolean copiesBehind(List<Instruction> stage, Instruction instruction) {
        return build.supervisor() == Supervisor.S6
                && stage.subList(stage.indexOf(instruction), stage.size()).stream()
                        .anyMatch(each -> Set.of("COPY", "ADD").contains(each.keyword()));
    }

    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        add(changes, dockerfile, build.edits());
        for (Map.Entry<Path, Edits> other : build.others().entrySet()) {
            add(changes, other.getKey(), other.getValue());
        }
        return changes;
    }

    private static void add(List<Change> changes, Path path, Edits edits) {
        if (!edits.isEmpty()) {
            changes.add(new Change(path, edits.file(), edits.apply()));
        }
    }
}
