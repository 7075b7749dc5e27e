package dev.pintle.convert.move;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the images that a build context's files speak of are called: the moved one, and those that are built from something
 * else. Files of Compose say it, and commands of make and CI that build.
 */
final class ImageNames {

    private static final Pattern BUILD = Pattern.compile(
            "\\b(?:docker|podman|buildah|nerdctl)\\s+(?:buildx\\s+)?(?:build|bud)\\b(?<words>(?:\\\\\\r?\\n|[^\\n;&|])*)");

    private static final Set<String> TAGS = Set.of("-t", "--tag");

    private static final Set<String> FILES = Set.of("-f", "--file");

    private final Set<String> ours = new TreeSet<>();
    private final Set<String> others = new TreeSet<>();
    private final Path context;
    private final Path dockerfile;

    /** Whether an image is the moved one. */
    enum Owner {
        OURS,
        ANOTHER,
        /** The moved one has other names. */
        NAMED_OTHERWISE,
        /** Nothing tells. */
        UNKNOWN
    }

    /**
     * Reads what is said of names.
     *
     * @param context    of the moved image
     * @param dockerfile of the moved image
     * @param texts      of the files, by where they are
     */
    ImageNames(Path context, Path dockerfile, Map<Path, String> texts) {
        this.context = context.toAbsolutePath().normalize();
        this.dockerfile = dockerfile.toAbsolutePath().normalize();
        texts.forEach((file, text) -> {
            compose(file, text);
            commands(file, text);
        });
        others.removeAll(ours);
    }

    private void compose(Path file, String text) {
        List<DeploymentCommands.Image> names = DeploymentCommands.names(text);
        for (DeploymentCommands.Image build : DeploymentCommands.images(text)) {
            boolean here = isHere(file, build.from());
            names.stream()
                    .filter(name -> name.start() <= build.end() && build.start() <= name.end())
                    .forEach(name -> (here ? ours : others).add(plain(name.from())));
        }
    }

    private void commands(Path file, String text) {
        Matcher matcher = BUILD.matcher(text);
        while (matcher.find()) {
            List<String> words =
                    List.of(matcher.group("words").replace("\\", " ").strip().split("\\s+", -1));
            List<String> tags = new ArrayList<>();
            String from = "";
            String recipe = "";
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i).replaceAll("[\"']", "");
                String next = i + 1 < words.size() ? words.get(i + 1).replaceAll("[\"']", "") : "";
                if (TAGS.contains(word)) {
                    tags.add(next);
                    i++;
                } else if (FILES.contains(word)) {
                    recipe = next;
                    i++;
                } else if (word.startsWith("--tag=")) {
                    tags.add(word.substring("--tag=".length()));
                } else if (!word.startsWith("-")) {
                    from = word;
                }
            }
            boolean here = isHere(file, from) && isRecipe(recipe);
            tags.stream().map(ImageNames::plain).forEach((here ? ours : others)::add);
        }
    }

    /** Whether a directory, relative to the file that names it or to the context, is the context. */
    private boolean isHere(Path file, String directory) {
        if (directory.contains("$") || directory.contains("://") || directory.indexOf('\0') >= 0) {
            return true;
        }
        return context.resolve(directory).normalize().equals(context)
                || file.toAbsolutePath()
                        .normalize()
                        .resolveSibling(directory)
                        .normalize()
                        .equals(context);
    }

    private boolean isRecipe(String recipe) {
        return recipe.isEmpty()
                || recipe.contains("$")
                || recipe.indexOf('\0') >= 0
                || context.resolve(recipe).normalize().equals(dockerfile);
    }

    /** Whether an image, as a file names it, is the moved one. */
    Owner owner(String image) {
        String name = plain(image);
        if (name.isEmpty() || name.contains("$") || name.contains("{")) {
            return Owner.UNKNOWN;
        }
        if (ours.contains(name)) {
            return Owner.OURS;
        }
        if (others.contains(name) || Base.of(image).kind() != Base.Kind.UNKNOWN) {
            return Owner.ANOTHER;
        }
        return known().isEmpty() ? Owner.UNKNOWN : Owner.NAMED_OTHERWISE;
    }

    /** What the moved one is called, where that is known. */
    List<String> known() {
        return ours.stream().filter(our -> !our.contains("$")).toList();
    }

    /** The last part of a name, without tag and digest. */
    private static String plain(String image) {
        String name = image.replaceFirst("@.*", "");
        name = name.substring(name.lastIndexOf('/') + 1);
        return name.replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
    }
}
