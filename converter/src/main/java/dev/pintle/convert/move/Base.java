package dev.pintle.convert.move;

import dev.pintle.convert.read.GlobPattern;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An image that another is built on, as far as it is known.
 *
 * @param image      as the Dockerfile names it
 * @param kind       what it does by itself
 * @param entrypoint its ENTRYPOINT, or empty
 * @param command    its CMD, or empty
 * @param stopSignal its STOPSIGNAL, or empty
 * @param text       what it brings, or does, in a few words
 */
record Base(String image, Kind kind, String entrypoint, String command, String stopSignal, String text) {

    private static final List<String[]> KNOWN = read();

    /** Whose names, in anybody's registry, are taken for what they say. */
    private static final Set<String> DISTRIBUTIONS = Set.of(
            "debian",
            "ubuntu",
            "alpine",
            "fedora",
            "centos",
            "rockylinux",
            "almalinux",
            "ubi",
            "ubi8",
            "ubi9",
            "busybox");

    /** What an image does by itself. */
    enum Kind {
        /** A distribution, or a language: it starts nothing. */
        PLAIN,
        /** It has an ENTRYPOINT that runs the words of CMD. */
        ENTRYPOINT,
        /** It has a CMD, and no ENTRYPOINT. */
        COMMAND,
        /** It brings s6-overlay, with services. */
        S6,
        /** It brings runit, with services. */
        RUNIT,
        /** It brings supervisord, with programs. */
        SUPERVISORD,
        /** Not known here. */
        UNKNOWN
    }

    /** What is known of an image. */
    static Base of(String image) {
        String plain = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int slash = plain.lastIndexOf('/');
        int colon = plain.indexOf(':', slash + 1);
        String tag = colon < 0 ? "latest" : plain.substring(colon + 1);
        String name = (colon < 0 ? plain : plain.substring(0, colon))
                .replaceFirst("^(?:index\\.)?docker\\.io/", "")
                .replaceFirst("^(?:public\\.ecr\\.aws/docker/)?library/", "");
        for (String[] entry : KNOWN) {
            String pattern = entry[0];
            boolean matches = pattern.contains(":") ? matches(pattern, name + ":" + tag) : matches(pattern, name);
            if (matches) {
                return new Base(
                        image,
                        Kind.valueOf(entry[1].toUpperCase(java.util.Locale.ROOT)),
                        text(entry[2]),
                        text(entry[3]),
                        text(entry[4]),
                        entry[5]);
            }
        }
        String last = name.substring(name.lastIndexOf('/') + 1);
        boolean distribution = DISTRIBUTIONS.contains(last);
        return new Base(image, distribution ? Kind.PLAIN : Kind.UNKNOWN, "", "", "", "");
    }

    /** A pattern of a file's name, but for slashes, which it may match too. */
    private static boolean matches(String pattern, String name) {
        return GlobPattern.matches(pattern.replace('/', '\u0001'), name.replace('/', '\u0001'));
    }

    private static String text(String field) {
        return field.equals("-") ? "" : field;
    }

    private static List<String[]> read() {
        InputStream stream = Objects.requireNonNull(Base.class.getResourceAsStream("bases.txt"));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\\|", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is a distribution's own image, with nothing but its packages. */
    boolean isDistribution() {
        String name = image.replaceFirst("@.*", "").replaceFirst(":[^/]*$", "");
        return DISTRIBUTIONS.contains(name.substring(name.lastIndexOf('/') + 1));
    }

    /** Whether an ENTRYPOINT of its own may run where a Dockerfile has none. */
    boolean mayHaveEntrypoint() {
        return kind == Kind.UNKNOWN || !entrypoint.isEmpty();
    }

    /** Whether it starts a supervisor by itself. */
    boolean startsSupervisor() {
        return kind == Kind.S6 || kind == Kind.RUNIT || kind == Kind.SUPERVISORD;
    }

    /** The supervisor that it brings; absent where it brings none, or one that no move is from. */
    Optional<Supervisor> supervisor() {
        return switch (kind) {
            case RUNIT -> Optional.of(Supervisor.RUNIT);
            case SUPERVISORD -> Optional.of(Supervisor.SUPERVISORD);
            default -> Optional.empty();
        };
    }

    /** What it starts by itself, in a word. */
    String starter() {
        return entrypoint.isEmpty() ? command : entrypoint;
    }
}
