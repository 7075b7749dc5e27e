package dev.pintle.convert.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.parse.supervisord.Environment;
import dev.pintle.convert.parse.supervisord.Parser;
import dev.pintle.convert.parse.supervisord.Text;
import dev.pintle.convert.read.FileTree;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.text.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real configurations, changed at random, as supervisord's own parser reads them on this machine and as ours does: both
 * refuse them, or the models are equal field by field. {@code -Doriginal.seed=N -Doriginal.seeds=N} takes others.
 */
class OriginalParserTest {

    private static final long FIRST = Long.getLong("original.seed", 1);
    private static final long COUNT = Long.getLong("original.seeds", 4000);
    private static final int BATCH = 500;

    /** What ours does otherwise, on purpose, by its own words for it. */
    private static final Map<String, String> ON_PURPOSE = Map.of(
            "cannot keep the byte order mark",
            "the original refuses the file; whoever converts is better served by a warning",
            "is no signal, though supervisord takes it",
            "signal 0, or a name of Python's such as SIG_IGN: it would send nothing, or what nobody means",
            "it has a NUL character",
            "the original accepts it and fails when it starts the program",
            "is too large",
            "numbers are bounded at 2^62; Python's are not",
            "a width above 1000",
            "nobody means it, and it would take any amount of memory",
            "for which supervisord puts in all of its variables",
            "nobody means that dictionary of Python's",
            "writes text as Python source",
            "a shell's quotes are meant, which Python's are not",
            "is no conversion for a whole number",
            "nobody means process 1 to be 1.000000e+00");

    private static final Pattern SIGNALS = Pattern.compile("value '(.*[ \\t].*)' is not a valid signal name");

    private static final Pattern PLUG_IN = Pattern.compile("(?m)^\\[rpcinterface:(?!supervisor\\])");

    private static final Pattern GO_DEFAULTS =
            Pattern.compile("(?m)^\\[program-default\\][^\\n]*\\n((?:(?!\\[)[^\\n]*\\n?)*)");

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void require() {
        OriginalParser.require();
    }

    @Test
    void readsAsTheOriginalDoes() throws IOException {
        List<String> texts = texts();
        Map<String, String> environment = environment();
        List<String> wrong = new ArrayList<>();
        int accepted = 0;
        int refused = 0;
        for (long from = FIRST; from < FIRST + COUNT; from += BATCH) {
            List<Path> files = new ArrayList<>();
            for (long seed = from; seed < Math.min(from + BATCH, FIRST + COUNT); seed++) {
                files.add(lay(seed, texts));
            }
            List<Map<String, Object>> models = OriginalParser.parse(files, environment, directory.resolve("models"));
            for (int i = 0; i < files.size(); i++) {
                String difference = compare(files.get(i), models.get(i), environment);
                if (!difference.isEmpty()) {
                    wrong.add("seed " + (from + i) + ": " + difference);
                }
                accepted += models.get(i).containsKey("error") ? 0 : 1;
                refused += models.get(i).containsKey("error") ? 1 : 0;
            }
        }
        System.out.println("read by both parsers: " + accepted + " accepted, " + refused + " refused");
        assertEquals(List.of(), wrong, () -> wrong.size() + " differ\n" + String.join("\n", wrong));
        // Some of this project's own files are about what is refused.
        assertTrue(accepted > COUNT / 5 && refused > COUNT / 10, "the changes are too strong, or too weak");
    }

    /** Lays a case down: a main file, and one that it may include. */
    private Path lay(long seed, List<String> texts) throws IOException {
        Random random = new Random(seed * 31 + 17);
        Path home = directory.resolve(String.valueOf(seed));
        String main = mutate(texts, random);
        if (random.nextInt(4) == 0) {
            main += "\n[include]\nfiles = conf.d/*.conf\n";
            Files.createDirectories(home.resolve("conf.d"));
            write(home.resolve("conf.d/a.conf"), mutate(texts, random));
        }
        Files.createDirectories(home);
        return write(home.resolve("supervisord.conf"), main);
    }

    private static String mutate(List<String> texts, Random random) {
        String text = texts.get(random.nextInt(texts.size()));
        return ConfigurationMutation.apply(text, random.nextInt(8), random);
    }

    private static Path write(Path file, String text) throws IOException {
        // A half of a surrogate pair becomes a question mark.
        return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What both make of a file and is not the same; empty where all is. */
    private static String compare(Path file, Map<String, Object> original, Map<String, String> environment) {
        Environment known = new Environment(environment, Map.of(), true, Text.of(OriginalParser.HOST));
        Parser.Result ours = Parser.parse(new FileTree(file, null), known);
        List<String> messages =
                ours.diagnostics().stream().map(Diagnostic::message).toList();
        boolean deviates =
                messages.stream().anyMatch(m -> ON_PURPOSE.keySet().stream().anyMatch(m::contains));
        if (original.containsKey("error")) {
            String error = String.valueOf(original.get("error"));
            return ours.config().isEmpty() || deviates || isTakenOnPurpose(error, file)
                    ? ""
                    : "accepted, where the original says " + error;
        }
        if (ours.config().isEmpty()) {
            return deviates ? "" : "refused, where the original does not: " + ours.diagnostics();
        }
        Map<String, String> differences =
                ModelDifference.between(original, ours.config().get());
        differences.keySet().removeAll(defaultsOfGo(differences.keySet(), file));
        int warnings = ModelDifference.supervisordsWarnings(ours.diagnostics()).size();
        List<?> expected = (List<?>) original.getOrDefault("warnings", List.of());
        if (expected.size() != warnings) {
            differences.put("warnings", expected + " but ours are " + ours.diagnostics());
        }
        return differences.isEmpty() ? "" : differences.toString();
    }

    /**
     * Several stop signals, which the supervisord that is written in Go takes, each of them one that the original takes alone;
     * and an event that a plug-in may bring, which the original would have imported.
     */
    private static boolean isTakenOnPurpose(String error, Path file) {
        Matcher signals = SIGNALS.matcher(error);
        return signals.find()
                ? Stream.of(signals.group(1).strip().split("[ \\t]+", -1))
                        .allMatch(name -> Signals.number(name.toUpperCase(Locale.ROOT)) > 0)
                : error.contains("Unknown event type ")
                        && PLUG_IN.matcher(texts(file)).find();
    }

    /** Those of the differences that are a program's values by the section {@code program-default} of the same supervisord. */
    private static Set<String> defaultsOfGo(Set<String> differences, Path file) {
        Set<String> keys = GO_DEFAULTS
                .matcher(texts(file))
                .results()
                .flatMap(section -> section.group(1).lines())
                .map(line -> line.replaceFirst("[=:].*", "").strip().toLowerCase(Locale.ROOT))
                .map(key -> key.equals("user") ? "uid" : key)
                .collect(Collectors.toSet());
        return differences.stream()
                .filter(place -> place.contains(".processes[") && keys.contains(place.replaceFirst(".*\\.", "")))
                .collect(Collectors.toSet());
    }

    /** What both parsers have read for a case. */
    private static String texts(Path main) {
        Path included = main.resolveSibling("conf.d/a.conf");
        try {
            return Files.readString(main).replace('\r', '\n')
                    + (Files.exists(included)
                            ? "\n" + Files.readString(included).replace('\r', '\n')
                            : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of the corpus where it is, else those of this project's tests. */
    private static List<String> texts() throws IOException {
        Path corpus = Path.of(System.getProperty("corpus.dir", "../../shared/corpus"), "supervisord");
        Path golden = Path.of("src/test/resources/golden/supervisord");
        try (Stream<Path> files = Files.walk(Files.isDirectory(corpus) ? corpus : golden)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".conf")
                            && !file.toString().contains("/expected/"))
                    .sorted()
                    .map(OriginalParserTest::whole)
                    .toList();
        }
    }

    /** A file that others include has no section of its own for supervisord. */
    private static String whole(Path file) {
        try {
            String text = Files.readString(file);
            return text.contains("[supervisord]") ? text : "[supervisord]\n" + text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("HOME", "/root");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("PERCENT", "100%");
        environment.put("QUOTED", "\"a b\", c");
        environment.put("EMPTY", "");
        environment.put("N", "3");
        environment.put("YES", "yes");
        return environment;
    }
}
