package dev.pintle.convert.runit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.Conversion;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.parse.runit.RunitParser.PhusionMode;
import dev.pintle.convert.read.ImageTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service directory that Debian ships converts: what would be written passes the layout's own parser, and the report
 * speaks of every file. The packages are fetched from the machine's own mirror; nothing of them is kept.
 */
class DebianPackagesTest {

    /** The packages of Debian 12 that have a {@code run} below a directory {@code sv}. */
    private static final List<String> PACKAGES = List.of(
            "acpid",
            "bcron",
            "dnscache",
            "axfrdns",
            "rbldns",
            "tinydns",
            "walldns",
            "dnsmasq",
            "getty-run",
            "git-daemon-run",
            "irqbalance",
            "mini-httpd-run",
            "mongrel2-run",
            "opendnssec-enforcer",
            "opendnssec-signer",
            "openssh-server",
            "runit",
            "runit-services",
            "socklog-run",
            "tor");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void everyServiceDirectoryConverts() throws IOException, InterruptedException {
        List<Path> roots = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : PACKAGES) {
            Optional<Path> root = fetch(name);
            root.ifPresent(roots::add);
            if (root.isEmpty()) {
                missing.add(name);
            }
        }
        Assumptions.assumeFalse(
                roots.isEmpty(), "NOT RUN: apt-get download answers for none of Debian's packages with sv directories");
        int services = 0;
        for (Path root : roots) {
            for (Path scan : scanDirectories(root)) {
                services += convert(root, scan);
            }
        }
        System.out.println(services + " service directories of " + roots.size() + " Debian packages converted"
                + (missing.isEmpty() ? "" : "; not fetched: " + String.join(" ", missing)));
        assertTrue(services >= roots.size(), "services were passed over");
    }

    private Optional<Path> fetch(String name) throws IOException, InterruptedException {
        Path root = directory.resolve(name);
        Path packages = Files.createDirectories(directory.resolve(name + ".deb"));
        String script = "apt-get download -qq \"$1\" && dpkg-deb -x ./*.deb \"$2\"";
        try {
            Process process = new ProcessBuilder("sh", "-c", script, "fetch", name, root.toString())
                    .directory(packages.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve(name + ".log").toFile())
                    .start();
            return process.waitFor() == 0 ? Optional.of(root) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The directories called sv that have a service in them. */
    private static List<Path> scanDirectories(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path scan : files.filter(file -> file.endsWith("sv") && Files.isDirectory(file))
                    .toList()) {
                try (Stream<Path> services = Files.list(scan)) {
                    if (services.anyMatch(service -> Files.exists(service.resolve("run")))) {
                        found.add(scan);
                    }
                }
            }
        }
        return found;
    }

    private static int convert(Path root, Path scan) throws IOException {
        Conversion conversion = Conversion.runit(new ImageTree(root), List.of(scan), PhusionMode.DETECT, false);
        assertTrue(conversion.result().isPresent(), () -> scan + ": " + conversion.problems());
        Report report = conversion.result().get().report();
        Set<String> told = report.sections().stream()
                .map(section -> section.position().file())
                .collect(Collectors.toSet());
        assertEquals(
                files(scan),
                told.stream()
                        .filter(f -> f.startsWith(scan.toString()))
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (Report.Section section : report.sections()) {
            assertFalse(section.fate().text().isEmpty(), section::toString);
            assertFalse(String.valueOf(section.fate().hint()).contains("report this"), section::toString);
        }
        return (int) report.sections().stream()
                .flatMap(section -> section.services().stream())
                .distinct()
                .count();
    }

    private static Set<String> files(Path scan) throws IOException {
        try (Stream<Path> files = Files.walk(scan)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(Path::toString)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
