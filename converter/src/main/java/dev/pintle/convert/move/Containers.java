package dev.pintle.convert.move;

import dev.pintle.convert.move.ImageNames.Owner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Containers that programs are run in from outside: {@code docker exec NAME}, {@code kubectl exec}, {@code docker compose exec}. */
final class Containers {

    /** Before a program, on its line. */
    private static final Pattern EXEC =
            Pattern.compile("(?:^|[\\s;&|(\"'`/])(?:docker|podman|nerdctl|docker-compose|podman-compose|kubectl|oc)\\s"
                    + "(?:[^;&|\\n]*\\s)?exec\\s+(?<words>[^;&|\\n]*)\\z");

    private static final Pattern CLIENT = Pattern.compile(
            "(?:^|[\\s;&|(\"'`/])(?:docker|podman|nerdctl|docker-compose|podman-compose|kubectl|oc|helm|ssh)\\s");

    private static final Set<String> WITH_VALUE = Set.of(
            "-u",
            "--user",
            "-e",
            "--env",
            "-w",
            "--workdir",
            "-n",
            "--namespace",
            "-c",
            "--container",
            "--index",
            "--env-file");

    private static final Pattern SERVICE = Pattern.compile("\\s*[\"']?(?<name>[\\w.-]+)[\"']?:\\s*(?:#.*)?");

    private static final Pattern NAMED = Pattern.compile("container_name:[ \\t]*[\"']?(?<name>[\\w.-]+)");

    private static final Pattern RUN =
            Pattern.compile("\\b(?:docker|podman|nerdctl)\\s+(?:run|create)\\s(?<words>(?:\\\\\\r?\\n|[^\\n;&|])*)");

    private static final Pattern RUN_NAME = Pattern.compile("--name[ =](?<name>[\\w.-]+)");

    private final Set<String> ours = new TreeSet<>();
    private final Set<String> others = new TreeSet<>();
    private final ImageNames names;
    private final Path context;

    /** Whose container it is. */
    record Named(String name, Owner owner) {}

    /**
     * Reads what files say of containers.
     *
     * @param context of the moved image
     * @param texts   of the files, by where they are
     * @param names   of images
     */
    Containers(Path context, Map<Path, String> texts, ImageNames names) {
        this.names = names;
        this.context = context.toAbsolutePath().normalize();
        texts.forEach((file, text) -> {
            services(file, text);
            runs(text);
        });
        others.removeAll(ours);
    }

    private void services(Path file, String text) {
        if (!text.contains("services:")) {
            return;
        }
        List<DeploymentCommands.Image> built = DeploymentCommands.images(text);
        built.forEach(build -> service(text, build, isContext(file, build.from()) ? Owner.OURS : Owner.ANOTHER));
        DeploymentCommands.names(text).stream()
                .filter(image ->
                        built.stream().noneMatch(build -> image.start() <= build.end() && build.start() <= image.end()))
                .forEach(image -> service(text, image, names.owner(image.from())));
    }

    private boolean isContext(Path file, String directory) {
        return directory.contains("$")
                || file.toAbsolutePath()
                        .normalize()
                        .resolveSibling(directory)
                        .normalize()
                        .equals(context);
    }

    /** The name of a service stands on the line before its keys. */
    private void service(String text, DeploymentCommands.Image image, Owner owner) {
        int end = Math.max(0, image.start() - 1);
        Matcher service = SERVICE.matcher(text.substring(text.lastIndexOf('\n', end - 1) + 1, end));
        if (service.matches()) {
            add(service.group("name"), owner);
        }
        Matcher named = NAMED.matcher(text.substring(image.start(), image.end()));
        if (named.find()) {
            add(named.group("name"), owner);
        }
    }

    private void runs(String text) {
        Matcher run = RUN.matcher(text);
        while (run.find()) {
            Matcher name = RUN_NAME.matcher(run.group("words"));
            if (name.find()) {
                boolean known = List.of(run.group("words").split("\\s+", -1)).stream()
                        .anyMatch(word -> !word.startsWith("-") && names.owner(word) == Owner.OURS);
                add(name.group("name"), known ? Owner.OURS : Owner.UNKNOWN);
            }
        }
    }

    private void add(String name, Owner owner) {
        if (owner == Owner.OURS) {
            ours.add(name);
        } else if (owner == Owner.ANOTHER || owner == Owner.NAMED_OTHERWISE) {
            others.add(name);
        }
    }

    /** Whether a line runs something in, or for, a container. */
    static boolean isCalledOn(String line) {
        return CLIENT.matcher(line).find();
    }

    /** The container that a program is run in, by what stands before it; absent where it is run right there. */
    Optional<Named> of(String before) {
        String joined = before.replaceAll("\\\\\\r?\\n", "  ");
        Matcher exec = EXEC.matcher(joined.substring(joined.lastIndexOf('\n') + 1));
        if (!exec.find()) {
            return Optional.empty();
        }
        boolean value = false;
        for (String word : exec.group("words").strip().split("\\s+", -1)) {
            if (!value && !word.startsWith("-")) {
                String name = word.indexOf('$') >= 0 || word.indexOf('`') >= 0 ? "" : word.replaceAll("[\"']", "");
                return Optional.of(new Named(name, owner(name)));
            }
            value = WITH_VALUE.contains(word);
        }
        return Optional.of(new Named("", Owner.UNKNOWN));
    }

    /** Compose puts its project before a service's name, and a number behind it. */
    Owner owner(String name) {
        String service = name.replaceFirst("[_-]\\d+$", "").replaceFirst("^deploy(?:ment)?/", "");
        if (ours.contains(name) || ours.stream().anyMatch(our -> service.matches(".*[_-]" + Pattern.quote(our)))) {
            return Owner.OURS;
        }
        return others.contains(name) ? Owner.ANOTHER : Owner.UNKNOWN;
    }
}
