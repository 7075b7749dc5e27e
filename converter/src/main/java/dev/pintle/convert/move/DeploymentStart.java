package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Json;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.FirstProcess;
import dev.pintle.convert.move.DeploymentCommands.Entry;
import dev.pintle.convert.move.ImageNames.Owner;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Compose or Kubernetes has an image start: init where it was the supervisor, and pintle where it was what controls it. */
final class DeploymentStart {

    private static final String INIT = "[\"/init\"]";

    private static final Pattern SMALL_INIT = Pattern.compile(
            "(?m)^[ \\t]+(?<key>[\"']?init[\"']?)[ \\t]*:[ \\t]*(?<value>true|yes|on|[\"']true[\"'])[ \\t]*(?:#.*)?\\r?$");

    private static final Pattern STOP_SIGNAL = Pattern.compile(
            "(?m)^[ \\t]+(?<key>[\"']?stop_signal[\"']?)[ \\t]*:[ \\t]*(?<value>[\"']?(?<name>[\\w+-]+)[\"']?)[ \\t]*(?:#.*)?\\r?$");

    private final Build build;
    private final Path file;
    private final Edits edits;
    private final ControlRule control;
    private final ImageNames names;

    DeploymentStart(Build build, Path file, Edits edits, ControlRule control, ImageNames names) {
        this.names = names;
        this.build = build;
        this.file = file.toAbsolutePath().normalize();
        this.edits = edits;
        this.control = control;
    }

    void apply() {
        others();
        List<Entry> entries = DeploymentCommands.of(edits.file().text());
        named(entries);
        firstProcess();
        for (Entry entry : entries) {
            Optional<Invocation> start = start(entry);
            if (build.findings().isUnderstood(edits.file(), entry.start())) {
                continue;
            }
            Optional<String> stage = start.flatMap(started -> otherStage(entry));
            if (start.isPresent() && build.startsAnother(start.get())) {
                another(entry, start.get());
            } else if (stage.isPresent()) {
                ofOtherStage(entry, stage.get());
            } else if (start.isPresent()) {
                starts(entry);
                arguments(entry, entries);
            } else if (entry.list()) {
                calls(entry);
            }
        }
    }

    /** What is said of the images that are built from other directories is none of the moved one's. */
    private void others() {
        for (DeploymentCommands.Image image :
                DeploymentCommands.images(edits.file().text())) {
            if (!isOurs(image.from())) {
                build.findings().understand(edits.file(), image.start(), image.end());
                build.findings()
                        .add(
                                edits.file(),
                                image.start(),
                                "service",
                                Fate.kept("it is another image, which is built from " + image.from()));
            }
        }
    }

    /** A service, or a container, that runs another image by its name is left as it is. */
    private void named(List<Entry> entries) {
        String text = edits.file().text();
        for (DeploymentCommands.Image image : images()) {
            Owner owner = names.owner(image.from());
            boolean ours = owner == Owner.OURS || owner == Owner.UNKNOWN;
            if (ours || !build.supervisor().isMentionedIn(text.substring(image.start(), image.end()))) {
                continue;
            }
            boolean starts = entries.stream()
                    .anyMatch(entry -> image.has(entry) && start(entry).isPresent());
            build.findings().understand(edits.file(), image.start(), image.end());
            build.findings()
                    .add(
                            edits.file(),
                            image.start(),
                            "image",
                            owner == Owner.ANOTHER || !starts
                                    ? Fate.kept("it runs another image, " + image.from())
                                    : Fate.approximated(
                                            "left as it is: it runs " + image.from()
                                                    + ", and what is built here is called "
                                                    + String.join(", ", names.known()),
                                            "if that is this image, let it start /init, or take its command out"));
        }
    }

    /** Whether a file may have the engine put an init of its own before the image's, or stop it by another signal. */
    static boolean speaksOfFirstProcess(String text) {
        return text.contains("services:")
                && (SMALL_INIT.matcher(text).find() || STOP_SIGNAL.matcher(text).find());
    }

    /** What Compose does to the first process. */
    void firstProcess() {
        smallInits();
        stopSignals();
    }

    /** HUP stopped runsvdir, and has init read its layout again. */
    private void stopSignals() {
        String text = edits.file().text();
        Matcher matcher = STOP_SIGNAL.matcher(text.contains("services:") ? text : "");
        while (matcher.find()) {
            int at = matcher.start("value");
            if (FirstProcess.stopsAt(matcher.group("name"))) {
                continue;
            }
            if (isBuiltHere(at)) {
                edits.replace(at, matcher.end("value"), "SIGTERM");
                build.findings()
                        .add(
                                edits.file(),
                                matcher.start("key"),
                                "stop_signal",
                                Fate.changed("SIGTERM: at that init stops all services"));
            } else if (mayBeOurs(at) && !build.findings().isUnderstood(edits.file(), at)) {
                build.findings().add(edits.file(), matcher.start("key"), "stop_signal", FirstProcess.OTHER_STOP);
            }
        }
    }

    private boolean isBuiltHere(int at) {
        return DeploymentCommands.images(edits.file().text()).stream()
                .anyMatch(image -> image.start() <= at && at < image.end() && isOurs(image.from()));
    }

    private boolean mayBeOurs(int at) {
        return DeploymentCommands.names(edits.file().text()).stream()
                .anyMatch(image -> image.start() <= at
                        && at < image.end()
                        && Set.of(Owner.OURS, Owner.UNKNOWN).contains(names.owner(image.from())));
    }

    /** An init that the engine puts before /init would be process 1 in its place. */
    private void smallInits() {
        String text = edits.file().text();
        Matcher matcher = SMALL_INIT.matcher(text.contains("services:") ? text : "");
        while (matcher.find()) {
            int at = matcher.start("value");
            if (isBuiltHere(at)) {
                edits.replace(at, matcher.end("value"), "false");
                build.findings()
                        .add(
                                edits.file(),
                                matcher.start("key"),
                                "init",
                                Fate.changed(
                                        "false: the engine's small init would be process 1, which /init has to be"));
            } else if (mayBeOurs(at) && !build.findings().isUnderstood(edits.file(), at)) {
                build.findings()
                        .add(
                                edits.file(),
                                matcher.start("key"),
                                "init",
                                Fate.approximated(
                                        "the engine's small init is process 1 of this container, and /init has to be",
                                        "take it out if the container is of this image"));
            }
        }
    }

    /** Those that are named, and not built by what names them. */
    private List<DeploymentCommands.Image> images() {
        String text = edits.file().text();
        boolean deploys = text.contains("services:") || text.contains("containers:");
        List<DeploymentCommands.Image> built = DeploymentCommands.images(text);
        return !deploys
                ? List.of()
                : DeploymentCommands.names(text).stream()
                        .filter(name -> built.stream()
                                .noneMatch(each -> name.start() <= each.end() && each.start() <= name.end()))
                        .toList();
    }

    /** Whether a directory that an image is built from, relative to the file that says so, is the moved one's. */
    private boolean isOurs(String directory) {
        if (directory.contains("$") || directory.contains("://") || directory.indexOf('\0') >= 0) {
            return true;
        }
        Path context = build.directory().toAbsolutePath().normalize();
        return file.resolveSibling(directory).normalize().equals(context);
    }

    /** How the supervisor is started, where nothing else is done. */
    private Optional<Invocation> start(Entry entry) {
        if (entry.key().equals("test") || entry.words().isEmpty()) {
            return Optional.empty();
        }
        Invocation direct = Invocation.of(entry.words());
        if (entry.list()) {
            return Start.commandString(direct)
                    .map(DeploymentStart::only)
                    .orElseGet(() -> Optional.of(direct))
                    .filter(this::isStart);
        }
        String text = entry.words().size() == 1 ? entry.words().get(0).value() : text(entry);
        Optional<Invocation> invocation = only(new ShellWord(text, 0, text.length(), false));
        return invocation
                .map(shell ->
                        Start.commandString(shell).map(DeploymentStart::only).orElse(invocation))
                .flatMap(found -> found)
                .filter(this::isStart);
    }

    /** The text itself; the lines of one that is folded are one. */
    private String text(Entry entry) {
        String value = edits.file().text().substring(entry.start(), entry.end()).strip();
        String text = value.replaceFirst("\\A[>|][-+0-9]*", "");
        return value.startsWith(">") ? text.replace('\n', ' ') : text;
    }

    /** The only command of a shell text. */
    private static Optional<Invocation> only(ShellWord text) {
        List<ShellCommand> commands = ShellScript.commands(new SourceFile("", text.value()).whole());
        boolean one = commands.size() == 1
                && commands.get(0).words().stream().noneMatch(ShellWord::redirect)
                && !commands.get(0).after().equals("&");
        return one ? Optional.of(Invocation.of(commands.get(0).words())) : Optional.empty();
    }

    private boolean isStart(Invocation invocation) {
        return build.supervisor().starts(invocation.program())
                && invocation.index() == invocation.wrappers().size()
                && Supervisor.mainCommand(invocation).isEmpty();
    }

    private void starts(Entry entry) {
        edits.replace(entry.start(), entry.end(), blank(entry) + INIT);
        Optional<String> unknown = images().stream()
                .filter(image -> image.has(entry) && names.owner(image.from()) == Owner.UNKNOWN)
                .map(DeploymentCommands.Image::from)
                .findFirst();
        say(
                entry,
                unknown.map(image -> Fate.approximated(
                                "[\"/init\"] starts the services, taken that " + image + " is the image that is moved",
                                "if it is another one, take this change back"))
                        .orElse(Fate.changed("[\"/init\"] starts the services")));
    }

    /** The stage that the service's image is, where that is none that is moved. */
    private Optional<String> otherStage(Entry entry) {
        return DeploymentCommands.targets(edits.file().text()).stream()
                .filter(image -> image.has(entry))
                .map(DeploymentCommands.Image::from)
                .filter(stage -> !build.isMoved(stage))
                .findFirst();
    }

    private void ofOtherStage(Entry entry, String stage) {
        build.findings().understand(edits.file(), entry.words().get(0).start(), entry.end());
        say(
                entry,
                Fate.notCarried(
                        "its image is the stage " + stage + ", which init is not put into",
                        "let target name a stage that is moved, or move that one too with --target " + stage));
    }

    private void another(Entry entry, Invocation start) {
        int from = entry.words().get(0).start();
        build.findings().understand(edits.file(), from, entry.end());
        say(entry, build.another(start));
    }

    /** The words that were the supervisor's arguments would be a program to init. */
    private void arguments(Entry entry, List<Entry> entries) {
        for (Entry other : entries) {
            boolean behind = (entry.key().equals("command") && other.key().equals("args"))
                    || (entry.key().equals("entrypoint") && other.key().equals("command"));
            boolean options =
                    !other.words().isEmpty() && other.words().get(0).value().startsWith("-");
            if (behind && options && other.mapping() == entry.mapping()) {
                edits.replace(other.start(), other.end(), " []");
                say(other, Fate.changed("[]: its words were the supervisor's arguments"));
            }
        }
    }

    /** A list that is one call, also behind CMD of a health check. */
    private void calls(Entry entry) {
        List<ShellWord> words = entry.words();
        int first = !words.isEmpty() && words.get(0).value().equals("CMD") ? 1 : 0;
        boolean call = words.size() > first
                && Invocation.baseName(words.get(first).value())
                        .equals(build.supervisor().control());
        if (!call) {
            return;
        }
        Translation translation = control.translate(words.subList(first, words.size()).stream()
                .map(ShellWord::value)
                .toList());
        if (translation.words().isPresent()) {
            List<String> all = new ArrayList<>(first == 1 ? List.of("CMD") : List.of());
            all.addAll(translation.words().get());
            edits.replace(
                    entry.start(),
                    entry.end(),
                    blank(entry) + "[" + all.stream().map(Json::quote).collect(Collectors.joining(", ")) + "]");
        } else {
            build.findings().understand(edits.file(), words.get(0).start(), entry.end());
        }
        say(entry, translation.fate());
    }

    /** What has to stand between a colon and a list. */
    private String blank(Entry entry) {
        return edits.file().text().charAt(entry.start()) == '[' ? "" : " ";
    }

    private void say(Entry entry, Fate fate) {
        build.findings().add(edits.file(), entry.words().get(0).start(), entry.key(), fate);
    }
}
