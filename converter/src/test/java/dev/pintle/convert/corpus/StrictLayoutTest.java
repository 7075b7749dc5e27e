package dev.pintle.convert.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.Conversion;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.read.FileTree;
import dev.pintle.layout.Layout;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.Output;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.parse.LayoutParser;
import dev.pintle.layout.text.Signals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where {@code --strict} says "fine", what init reads in the layout is what supervisord's own parser read in the
 * configuration, program by program and key by key. Neither side of the comparison is the converter's word.
 */
class StrictLayoutTest {

    /** What a container that is stopped gives all of it, when nothing asks for more. */
    private static final long WHOLE_STOP_MS = 9000;

    @TempDir
    private Path root = Path.of("");

    /** The files of a layout in memory, as the init would find them. */
    private record Written(Map<String, OutputFile> files) implements LayoutSource {

        private Stream<String> below(String path) {
            String prefix = path.substring(1) + "/";
            return files.keySet().stream().filter(f -> f.startsWith(prefix)).map(f -> f.substring(prefix.length()));
        }

        @Override
        public List<String> directories(String path) {
            return below(path)
                    .filter(rest -> rest.contains("/"))
                    .map(rest -> rest.substring(0, rest.indexOf('/')))
                    .distinct()
                    .toList();
        }

        @Override
        public List<String> files(String path) {
            return below(path).filter(rest -> !rest.contains("/")).toList();
        }

        @Override
        public @Nullable String read(String path, int limit) {
            OutputFile file = files.get(path.substring(1));
            return file == null ? null : new String(file.bytes(), StandardCharsets.UTF_8);
        }

        @Override
        public boolean isExecutable(String path) {
            OutputFile file = files.get(path.substring(1));
            return file != null && file.executable();
        }
    }

    @Test
    void whatIsFineIsWhatSupervisordRead() {
        List<String> wrong = new ArrayList<>();
        int programs = 0;
        for (Path file : Corpus.supervisord()) {
            Expected expected = Corpus.expected(file);
            if (expected.rejected()) {
                continue;
            }
            Path main = Corpus.lay(file, expected, root);
            Optional<Conversion.Result> result = Conversion.supervisord(
                            new FileTree(main, root), expected.environment())
                    .result();
            if (result.filter(each -> isFine(each.report())).isEmpty()) {
                continue;
            }
            Layout layout = LayoutParser.parse(
                            new Written(result.get().files()), "/etc/pintle", Map.of("HOME", "/root"))
                    .draft();
            List<Map<String, Object>> processes = processes(expected);
            if (processes.size() != layout.services().size()) {
                wrong.add(file + ": " + processes.size() + " processes are "
                        + layout.services().size() + " services");
            }
            for (Map<String, Object> process : processes) {
                programs++;
                compare(file + " ", process, layout, wrong);
            }
        }
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
        assertTrue(programs > 30, "only " + programs + " programs were compared");
    }

    private static boolean isFine(Report report) {
        return report.sections().stream()
                .flatMap(section -> Stream.concat(
                        Stream.of(section.fate()), section.keys().stream().map(Report.Key::fate)))
                .map(Fate::kind)
                .noneMatch(kind -> kind == Fate.Kind.APPROXIMATED || kind == Fate.Kind.NOT_CARRIED);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> processes(Expected expected) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Object group : (List<Object>) expected.json().getOrDefault("groups", List.of())) {
            all.addAll((List<Map<String, Object>>) ((Map<String, Object>) group).getOrDefault("processes", List.of()));
        }
        return all;
    }

    private static void compare(String where, Map<String, Object> process, Layout layout, List<String> wrong) {
        String name = String.valueOf(process.get("name"));
        Optional<ServiceDefinition> found = layout.services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst();
        if (found.isEmpty()) {
            wrong.add(where + "has no service " + name);
            return;
        }
        ServiceDefinition service = found.get();
        List<Object[]> pairs = new ArrayList<>();
        pairs.add(new Object[] {"argv", process.get("argv"), service.command()});
        pairs.add(new Object[] {"autostart", process.get("autostart"), service.autostart()});
        pairs.add(new Object[] {
            "directory", process.get("directory"), service.process().files().workingDir()
        });
        pairs.add(new Object[] {
            "uid", process.get("uid"), service.process().credentials().user()
        });
        pairs.add(new Object[] {"environment", process.get("environment"), environment(service)});
        pairs.add(new Object[] {
            "umask",
            process.get("umask") == null ? (long) ProcessSettings.INHERITED : number(process, "umask"),
            (long) service.process().files().umask()
        });
        pairs.add(new Object[] {
            "startsecs", number(process, "startsecs") * 1000, service.restart().minUptime()
        });
        pairs.add(new Object[] {
            "startretries",
            number(process, "startretries"),
            (long) service.restart().startRetries()
        });
        pairs.add(new Object[] {
            "autorestart", restarts(process), service.restart().policy()
        });
        pairs.add(new Object[] {
            "stopsignal",
            String.valueOf(process.get("stopsignal")).replace("SIG", ""),
            Signals.name(service.stop().signal()).replace("SIG", "")
        });
        long seconds = number(process, "stopwaitsecs") * 1000;
        pairs.add(new Object[] {
            "stopwaitsecs",
            seconds == 10_000 ? WHOLE_STOP_MS : seconds,
            service.stop().gracePeriod()
        });
        pairs.add(new Object[] {
            "stopasgroup", process.get("stopasgroup"), service.stop().stopGroup()
        });
        pairs.add(new Object[] {
            "killasgroup", process.get("killasgroup"), service.stop().killGroup()
        });
        pairs.add(new Object[] {
            "stdout",
            stream(process, "stdout"),
            stream(service.process().streams().output())
        });
        boolean joined = Boolean.TRUE.equals(process.get("redirect_stderr"));
        pairs.add(new Object[] {
            "stderr",
            joined ? Output.Fixed.OTHER_STREAM.toString() : stream(process, "stderr"),
            stream(service.process().streams().error())
        });
        for (Object[] pair : pairs) {
            if (!Objects.equals(pair[1], pair[2])) {
                wrong.add(where + name + " " + pair[0] + ": " + pair[1] + " became " + pair[2]);
            }
        }
    }

    /** Without what init tells every service of itself. */
    private static Map<String, String> environment(ServiceDefinition service) {
        Map<String, String> own = new TreeMap<>(service.process().environment().variables());
        own.keySet().removeIf(name -> name.startsWith("PINTLE_"));
        return own;
    }

    private static long number(Map<String, Object> process, String key) {
        return process.get(key) instanceof Number number ? number.longValue() : -2;
    }

    private static RestartPolicy.Policy restarts(Map<String, Object> process) {
        Object policy = process.get("autorestart");
        return "unexpected".equals(policy)
                ? RestartPolicy.Policy.ON_FAILURE
                : Boolean.TRUE.equals(policy) ? RestartPolicy.Policy.ALWAYS : RestartPolicy.Policy.NO;
    }

    private static String stream(Map<String, Object> process, String which) {
        Object file = process.get(which + "_logfile");
        return file == null || file.equals("/dev/null")
                ? "NULL"
                : file.equals("/dev/" + which) ? "INHERIT" : String.valueOf(file);
    }

    private static String stream(Output output) {
        if (output instanceof Output.ToFile file) {
            return file.path();
        }
        if (output instanceof Output.ToLogger logger) {
            return logger.options().stream()
                    .filter(word -> word.contains("/"))
                    .map(word -> word.substring(word.indexOf('/')))
                    .findFirst()
                    .orElse("");
        }
        return output.toString();
    }
}
