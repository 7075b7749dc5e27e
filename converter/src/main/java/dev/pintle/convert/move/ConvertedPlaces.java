package dev.pintle.convert.move;

import dev.pintle.convert.read.GlobPattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Where an image has, or had, the files that were converted, and from which offset of the Dockerfile on. */
final class ConvertedPlaces {

    private static final Set<String> PACKAGED = Set.of("/etc/supervisord.conf", "/etc/supervisor/supervisord.conf");

    private static final Pattern INCLUDED = Pattern.compile("(?m)^[ \\t]*files[ \\t]*[=:](.*)$");

    private final Map<String, Integer> places = new TreeMap<>();
    private final Set<Path> converted;
    private final Optional<String> main;
    private final BuildContext context;
    /** What [include] names, absolute. */
    private final List<String> included = new ArrayList<>();

    /**
     * @param context   what the image has of the build's context
     * @param converted the files that were converted, absolute
     * @param main      the configuration that the image starts the supervisor with, where that is named
     */
    ConvertedPlaces(BuildContext context, Set<Path> converted, Optional<String> main) {
        this.context = context;
        this.converted = converted;
        this.main = main;
        converted.forEach(this::include);
        Map<Path, String> moved = new TreeMap<>();
        // What a command puts where a file is copied to is not the file that was converted.
        context.aliases().keySet().stream()
                .filter(alias -> context.file(alias, -1).isEmpty())
                .forEach(alias -> context.file(alias)
                        .map(file -> file.toAbsolutePath().normalize())
                        .filter(converted::contains)
                        .ifPresent(file -> {
                            moved.put(file, alias);
                            places.put(alias, context.aliasOffset(alias));
                        }));
        for (Copy copy : context.copies()) {
            for (Path source : copy.files()) {
                copied(copy, source, moved);
            }
        }
    }

    private void include(Path file) {
        Optional<String> place = context.place(file);
        if (place.isEmpty() || !Files.isRegularFile(file)) {
            return;
        }
        String directory = place.get().substring(0, Math.max(1, place.get().lastIndexOf('/')));
        try {
            Matcher files = INCLUDED.matcher(Files.readString(file, StandardCharsets.UTF_8));
            while (files.find()) {
                for (String word : files.group(1).strip().split("\\s+", -1)) {
                    included.add(WorkingDirectory.behind(directory, word.replace("%(here)s", directory)));
                }
            }
        } catch (IOException e) {
            // What could not be read was not converted.
            return;
        }
    }

    private void copied(Copy copy, Path source, Map<Path, String> moved) {
        Path top = source.toAbsolutePath().normalize();
        boolean directory = Files.isDirectory(top);
        for (Path file : converted) {
            if (directory && file.startsWith(top) && copy.brings(file)) {
                copied(copy, file, copy.destination().replaceFirst("/+$", "") + "/" + top.relativize(file), moved);
            } else if (file.equals(top)) {
                copy.places(source).forEach(place -> copied(copy, file, place, moved));
            }
        }
    }

    /** What commands have put into another place is read from there, and its old place from nobody. */
    private void copied(Copy copy, Path file, String place, Map<Path, String> moved) {
        if (!moved.containsKey(file) || isRead(place)) {
            places.merge(place, copy.instruction().start(), Math::max);
        }
    }

    /** Adds what the build writes by an instruction. */
    void written(String place, int offset) {
        places.merge(place, offset, Math::max);
    }

    /** Whether the supervisor reads what is there, wherever else it is. */
    boolean isRead(String place) {
        return Directories.goes(place)
                || PACKAGED.contains(place)
                || main.filter(place::equals).isPresent()
                || included.stream().anyMatch(pattern -> matches(pattern.split("/", -1), place.split("/", -1), false));
    }

    /** The directories that the supervisor reads files in that it is not told of by name. */
    List<String> directories() {
        return included.stream()
                .filter(GlobPattern::isPattern)
                .map(pattern -> pattern.substring(0, Math.max(1, pattern.lastIndexOf('/'))))
                .filter(directory -> !GlobPattern.isPattern(directory))
                .distinct()
                .toList();
    }

    /** Whether a place is below the directory of services that runit supervises. */
    boolean isService(String place) {
        return place.startsWith("/etc/service/") || place.startsWith("/var/service/");
    }

    /** Whether a command put a file into a place, so that it was converted as it is there. */
    boolean isPutBy(String place, int offset) {
        return places.entrySet().stream()
                .anyMatch(each -> each.getValue() == offset
                        && (each.getKey().equals(place) || each.getKey().startsWith(place + "/")));
    }

    /** A converted file that was there before an offset of the Dockerfile, and that a path names; its directory too. */
    Optional<String> named(String path, boolean tree, int offset) {
        String plain = path.replaceFirst("(?<=.)/+$", "");
        String[] pattern = plain.split("/", -1);
        return places.entrySet().stream()
                .filter(each -> each.getValue() < offset)
                .map(Map.Entry::getKey)
                .filter(place -> matches(pattern, place.split("/", -1), tree))
                .findFirst();
    }

    /** The same of the files in a directory that have a name. */
    Optional<String> below(String directory, String name, int offset) {
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        return places.entrySet().stream()
                .filter(each -> each.getValue() < offset)
                .map(Map.Entry::getKey)
                .filter(place -> (place + "/").startsWith(prefix)
                        && GlobPattern.matches(name, place.substring(place.lastIndexOf('/') + 1)))
                .findFirst();
    }

    /** Whether a directory has parts of the configuration, beside which others would be read too. */
    boolean isIncluded(String directory) {
        return places.keySet().stream()
                .filter(place -> main.filter(place::equals).isEmpty() && !PACKAGED.contains(place))
                .anyMatch(place -> place.startsWith(directory + "/") && place.indexOf('/', directory.length() + 1) < 0);
    }

    boolean contains(String place) {
        return places.containsKey(place);
    }

    Set<String> all() {
        return places.keySet();
    }

    /** A text with the variables of the build. */
    String expand(String text) {
        return context.expand(text);
    }

    /** Where commands begin that have changed no directory. */
    String workDirectory() {
        return context.workDirectory();
    }

    private static boolean matches(String[] pattern, String[] place, boolean tree) {
        return (tree ? pattern.length <= place.length : pattern.length == place.length)
                && IntStream.range(0, pattern.length).allMatch(i -> GlobPattern.matches(pattern[i], place[i]));
    }
}
