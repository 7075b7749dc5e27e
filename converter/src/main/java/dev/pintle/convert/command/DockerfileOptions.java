package dev.pintle.convert.command;

import dev.pintle.convert.move.Move;
import dev.pintle.convert.move.Supervisor;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.PintleVersion;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which image is moved. */
final class DockerfileOptions {

    private static final String OVERLAY = "pintle-overlay-";
    private static final String WEB = "pintle-web-";

    private static final long MAX_BYTES = 4L << 20;

    @Option(
            names = "--dockerfile",
            paramLabel = "FILE",
            description =
                    "Move the image that FILE, or the Dockerfile of that directory, builds, too: its packages, its COPY of"
                            + " the configuration, its CMD, its HEALTHCHECK and the scripts that it starts, as a patch.")
    @Nullable
    Path dockerfile;

    @Option(
            names = "--context",
            paramLabel = "DIR",
            description = "The build context, if it is not the Dockerfile's directory.")
    @Nullable
    Path context;

    @Option(
            names = "--target",
            paramLabel = "STAGE",
            description = "The stage of the image, if it is not the last one.")
    @Nullable
    String target;

    @Option(
            names = "--overlay",
            paramLabel = "FILE",
            description = "What the overlay's tarball is called in the build context"
                    + " (pintle-overlay-VERSION-amd64.tar.gz).")
    @Nullable
    String overlay;

    @Option(names = "--write", description = "Edit the Dockerfile, and the files that it uses, in place.")
    boolean write;

    /** Whether an image is moved at all. */
    boolean given() {
        return dockerfile != null;
    }

    /** What is given without a Dockerfile and means nothing then; empty where all is well. */
    String pointless() {
        if (dockerfile != null) {
            return "";
        }
        return write ? "--write" : context != null ? "--context" : target != null ? "--target" : "";
    }

    /**
     * The names of the tarballs that the image needs, as ADD finds them in the build context: the overlay's, and beside it that of
     * the status page.
     */
    List<String> archives(boolean page) {
        String overlay = overlayName();
        if (!page) {
            return List.of(overlay);
        }
        String directory = overlay.substring(0, overlay.lastIndexOf('/') + 1);
        String name = overlay.substring(directory.length());
        String web = name.startsWith(OVERLAY) ? WEB + name.substring(OVERLAY.length()) : WEB + usualEnd();
        return List.of(overlay, directory + web);
    }

    private String overlayName() {
        if (overlay == null) {
            return OVERLAY + usualEnd();
        }
        Path context = contextDirectory().toAbsolutePath().normalize();
        Path path = Path.of(overlay);
        boolean absolute = path.isAbsolute() && path.normalize().startsWith(context);
        return absolute ? context.relativize(path.normalize()).toString() : overlay;
    }

    private static String usualEnd() {
        return PintleVersion.number() + "-amd64.tar.gz";
    }

    /** Why the tarball cannot be where it is said to be; absent where it can. */
    Optional<String> overlayProblem() {
        if (overlay == null) {
            return Optional.empty();
        }
        Path context = contextDirectory().toAbsolutePath().normalize();
        String cause = overlay.contains("://")
                ? "ADD does not unpack what it fetches"
                : overlay.isBlank() || overlay.indexOf('\0') >= 0
                        ? "it names no file"
                        : context.resolve(overlay).normalize().startsWith(context)
                                ? ""
                                : "it is outside the build context " + context + ", where ADD does not find it";
        return cause.isEmpty()
                ? Optional.empty()
                : Optional.of("cannot use the overlay " + overlay + ": " + cause
                        + "; put the tarball into the build context, and name it as it is called there");
    }

    /** The directory that the build is given. */
    Path contextDirectory() {
        if (context != null) {
            return context;
        }
        Path file = file();
        Path parent = file == null ? null : file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /** The Dockerfile itself, where its directory may be given; null where there is none. */
    @Nullable
    Path file() {
        return dockerfile != null && Files.isDirectory(dockerfile) ? dockerfile.resolve("Dockerfile") : dockerfile;
    }

    /** Reads the Dockerfile; without one there is no move. */
    Move.Opened open(Supervisor supervisor) {
        Path file = file();
        if (file == null) {
            return new Move.Opened(Optional.empty(), List.of());
        }
        try {
            if (Files.isDirectory(file)) {
                return unreadable(file, "it is a directory");
            }
            if (Files.size(file) > MAX_BYTES) {
                return unreadable(file, "it is larger than 4 MiB");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return Move.open(
                    new Move.Source(file.toString(), file, contextDirectory(), Optional.ofNullable(target)),
                    text,
                    supervisor);
        } catch (CharacterCodingException e) {
            return unreadable(file, "it is not UTF-8");
        } catch (NoSuchFileException e) {
            return unreadable(file, "there is no such file");
        } catch (IOException e) {
            return unreadable(file, String.valueOf(e.getMessage()));
        }
    }

    private static Move.Opened unreadable(Path file, String cause) {
        return new Move.Opened(
                Optional.empty(),
                List.of(new Diagnostic(
                        Diagnostic.Severity.ERROR,
                        "unreadable",
                        file.toString(),
                        0,
                        0,
                        "cannot read " + file + ": " + cause,
                        null)));
    }
}
