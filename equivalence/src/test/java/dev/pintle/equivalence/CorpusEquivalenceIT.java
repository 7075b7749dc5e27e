package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.Conversion;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.parse.supervisord.Environment;
import dev.pintle.convert.read.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real configurations, with the probe in place of every command, under supervisord and, converted, under Pintle. */
class CorpusEquivalenceIT {

    /** The probe can always be started; on a busy machine it takes its time. */
    private static final long PATIENCE_SECONDS = 30;

    /** {@code -Dequivalence.every=N} runs every Nth, where time is short. */
    private static final int EVERY = Integer.getInteger("equivalence.every", 1);

    /** They wait more than they work. */
    private static final int AT_A_TIME = 8;

    /** Longer than the usual startsecs: supervisord 4.2 can miss a SIGTERM that comes before. */
    private static final long SETTLING_MS = 2500;

    /** Handlers of event listeners' results are modules that are not installed here. */
    private static final Pattern HANDLER = Pattern.compile("(?im)^result_handler[ \\t]*[=:].*$");

    private static final Pattern AUTOSTART = Pattern.compile("(?im)^autostart[ \\t]*[=:].*$");
    private static final Pattern COMMAND = Pattern.compile("(?im)^command[ \\t]*[=:].*$(\\R[ \\t]+.*$)*");
    private static final Pattern VARIABLE = Pattern.compile("%\\(ENV_(\\w+)\\)");
    private static final Pattern ACCOUNT = Pattern.compile("(?im)^(?:user|chown)[ \\t]*=[ \\t]*([a-z][\\w-]*)");
    private static final Pattern PLACE = Pattern.compile(
            "(?im)^(directory|\\w*logfile|file|childlogdir|pidfile)[ \\t]*=[ \\t]*(?:unix://)?([^\\s;%]*/[^\\s;%]*)");

    private static final String PROBE =
            "command=/probe /equivalence/records %(group_name)s-%(program_name)s-%(process_num)s wait";

    private static final String DOES_NOT_END = "supervisord does not end at SIGTERM";

    private static final String NOTHING_STARTS = "nothing in it starts by itself";

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void require() {
        Machine.require("supervisord", "unshare", "gcc");
    }

    /** What became of one file: differences that were not announced, or why it could not be run. */
    private record Outcome(String name, int programs, List<String> differences, String notRun) {}

    @Test
    void everyConfigurationRunsAsBefore() throws Exception {
        Path corpus = Path.of(System.getProperty("corpus.dir", "../../shared/corpus"), "supervisord");
        Assumptions.assumeTrue(Files.isDirectory(corpus), () -> "NOT RUN: no corpus at " + corpus.toAbsolutePath());
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(corpus)) {
            List<Path> sorted = all.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
            for (int i = 0; i < sorted.size(); i += EVERY) {
                files.add(sorted.get(i));
            }
        }
        ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME);
        List<Future<Outcome>> outcomes =
                files.stream().map(file -> workers.submit(() -> compare(file))).toList();
        List<String> differences = new ArrayList<>();
        List<String> notRun = new ArrayList<>();
        int programs = 0;
        for (Future<Outcome> future : outcomes) {
            Outcome outcome = future.get();
            programs += outcome.programs();
            outcome.differences().forEach(difference -> differences.add(outcome.name() + ": " + difference));
            if (!outcome.notRun().isEmpty()) {
                notRun.add(outcome.name() + ": " + outcome.notRun());
            }
        }
        workers.shutdown();
        System.out.println(programs + " programs of " + (files.size() - notRun.size())
                + " configurations compared; not run: " + notRun.size() + "\n" + String.join("\n", notRun));
        assertEquals(List.of(), differences, () -> String.join("\n", differences));
        assertEquals(
                List.of(),
                notRun.stream().filter(reason -> reason.endsWith(DOES_NOT_END)).toList());
        assertTrue(
                notRun.size() * 2 < files.size() && programs >= files.size() - notRun.size(),
                () -> "too few could be run: " + notRun);
    }

    private Outcome compare(Path file) throws IOException, InterruptedException {
        String name = String.valueOf(file.getFileName());
        String probed = HANDLER.matcher(
                        COMMAND.matcher(Files.readString(file)).replaceAll(Matcher.quoteReplacement(PROBE)))
                .replaceAll("");
        String text = probed.contains("[supervisord]") ? probed : "[supervisord]\n" + probed;
        Outcome outcome = compare(name, text);
        return outcome.notRun().equals(NOTHING_STARTS)
                ? compare(name, AUTOSTART.matcher(text).replaceAll("autostart=true"))
                : outcome;
    }

    private Outcome compare(String name, String text) throws IOException, InterruptedException {
        Pair pair = new Pair(directory.resolve(name));
        Map<String, String> variables = prepare(pair.root(), text);
        Conversion conversion = Conversion.supervisord(
                new FileTree(pair.root().resolve("etc/supervisord.conf"), pair.root()),
                Environment.ofContainer(variables));
        if (conversion.result().isEmpty()) {
            return new Outcome(name, 0, List.of(), "supervisord refuses it");
        }
        Map<String, String> services = services(conversion.result().get().files());
        Set<String> expected = started(conversion.result().get().files(), services);
        if (expected.isEmpty()) {
            return new Outcome(name, 0, List.of(), services.isEmpty() ? "there is no program in it" : NOTHING_STARTS);
        }
        Pair.Seen seen = pair.run(
                List.of("supervisord", "-n", "-c", "/etc/supervisord.conf", "-l", "/tmp/s.log", "-j", "/tmp/s.pid"),
                conversion,
                variables,
                expected,
                PATIENCE_SECONDS,
                SETTLING_MS);
        if (seen.before().records().isEmpty()) {
            return new Outcome(
                    name,
                    0,
                    List.of(),
                    "supervisord does not start: "
                            + seen.before().stderr().lines().limit(3).toList()
                            + seen.before().stdout().lines().limit(2).toList());
        }
        if (!seen.before().ended()) {
            return new Outcome(name, 0, List.of(), DOES_NOT_END);
        }
        Comparison comparison = new Comparison(seen.conversion().report());
        List<String> differences = new ArrayList<>();
        services.forEach((program, service) -> {
            List<ProbeRecord> before = seen.before().records().getOrDefault(program, List.of());
            List<ProbeRecord> after = seen.after().records().getOrDefault(program, List.of());
            if (before.isEmpty() != after.isEmpty()) {
                differences.add(program + ": starts were " + before.size() + " and are " + after.size() + " "
                        + seen.after()
                                .stderr()
                                .lines()
                                .filter(l -> l.contains(service))
                                .limit(3)
                                .toList()
                        + seen.before()
                                .stdout()
                                .lines()
                                .filter(l -> l.contains("spawn"))
                                .limit(3)
                                .toList());
            } else if (!before.isEmpty()) {
                comparison.records(service, before.get(0), after.get(0));
            }
        });
        differences.addAll(comparison.unannounced());
        if (!seen.after().ended()) {
            differences.add("init does not end at SIGTERM");
        }
        return new Outcome(name, services.size(), differences, "");
    }

    /** Writes the configuration, and what its container has besides: users, directories, variables. */
    private static Map<String, String> prepare(Path root, String text) throws IOException {
        Machine.write(root, "etc/supervisord.conf", text, false);
        Map<String, String> variables = new TreeMap<>();
        VARIABLE.matcher(text).results().forEach(found -> variables.put(found.group(1), "1"));
        Set<String> there = new java.util.HashSet<>();
        Files.readAllLines(Path.of("/etc/passwd")).forEach(line -> there.add(line.substring(0, line.indexOf(':'))));
        List<String> users = ACCOUNT.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .filter(user -> !there.contains(user))
                .toList();
        Accounts.write(root, users);
        PLACE.matcher(text).results().forEach(found -> {
            boolean isDirectory =
                    found.group(1).toLowerCase(java.util.Locale.ROOT).startsWith("directory")
                            || found.group(1).equalsIgnoreCase("childlogdir");
            Path path = root.resolve(found.group(2).replaceFirst("^/", ""));
            Path made = isDirectory ? path : path.getParent();
            if (made != null
                    && !found.group(2).startsWith("/dev")
                    && !found.group(2).startsWith("/proc")) {
                makeDirectories(made);
            }
        });
        return variables;
    }

    private static void makeDirectories(Path path) {
        try {
            Files.createDirectories(path);
            path.toFile().setWritable(true, false);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The services, by the names that the probe has in their commands. */
    private static Map<String, String> services(Map<String, OutputFile> files) {
        Map<String, String> services = new LinkedHashMap<>();
        Pattern name = Pattern.compile("/equivalence/records (\\S+) wait");
        files.forEach((path, file) -> {
            Matcher matcher = name.matcher(file.text());
            if (matcher.find()) {
                services.put(matcher.group(1), path.split("/", -1)[3]);
            }
        });
        return services;
    }

    private static Set<String> started(Map<String, OutputFile> files, Map<String, String> services) {
        Set<String> started = new java.util.HashSet<>(services.keySet());
        started.removeIf(program -> {
            OutputFile file = files.get("etc/pintle/services/" + services.get(program) + "/service.conf");
            return file != null && file.text().contains("\nautostart = no");
        });
        return started;
    }
}
