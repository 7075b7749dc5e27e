package dev.pintle.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code scripts/dist} makes of what was built, signed by a key of this test's own. */
final class Release {

    private static final Path WORK = Path.of("target").toAbsolutePath();

    private Release() {}

    /** Of what an architecture is called by those who made a kind of package. */
    static String foreignArchitecture() {
        return Repository.architecture().equals("arm64") ? "aarch64" : "x86_64";
    }

    /** A file of the release. */
    static Path file(String name) {
        return Made.DIRECTORY.resolve(name);
    }

    static Path deb() {
        return file("pintle_" + Repository.version() + "_" + Repository.architecture() + ".deb");
    }

    static Path apk() {
        return file("pintle-" + Repository.version() + "-r0." + foreignArchitecture() + ".apk");
    }

    static Path rpm() {
        return file("pintle-" + Repository.version() + "-1." + foreignArchitecture() + ".rpm");
    }

    static Path publicKey() {
        return Made.DIRECTORY.resolveSibling("release.pub");
    }

    /** The names of all its files. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(Made.DIRECTORY)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Json json(String name) throws IOException {
        return Json.parse(Files.readString(file(name)));
    }

    private static final class Made {

        static final Path DIRECTORY = make();

        private static Path make() {
            Path directory = WORK.resolve("dist");
            Path key = WORK.resolve("release.key");
            Path publicKey = directory.resolveSibling("release.pub");
            Command.run("minisign", "-G", "-W", "-f", "-p", publicKey.toString(), "-s", key.toString());
            String script = Repository.path("scripts/dist").toString();
            Command.run("env", "PINTLE_MINISIGN_KEY=" + key, script, directory.toString());
            return directory;
        }
    }
}
