package dev.pintle.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.PintleConvert;
import dev.pintle.convert.corpus.Corpus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code --strict} never says "fine" of what means something else afterwards. What that is, is told by this list, by hand
 * and from the originals' manuals: it looks at the text of the input, and knows nothing of the converter.
 */
final class StrictTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    private Path temporary = Path.of("/nonexistent");

    /** What a supervisord.conf has in it that init does not do, or does otherwise. */
    private static final Map<String, Pattern> SUPERVISORD = patterns(
            "XML-RPC", "^\\[(?:unix|inet)_http_server\\]",
            "an event listener", "^\\[eventlistener:",
            "a plug-in", "^\\[(?:ctlplugin|rpcinterface:(?!supervisor\\]))",
            "a placeholder", "^[^;#\\n]*(?:\\{\\{ ?\\w|\\{%|\\b__[A-Z_]+__\\b|@[A-Z_]+@)",
            "a call of supervisorctl", "^command\\s*=[^\\n]*supervisorctl",
            "pidproxy", "^command\\s*=\\s*\\S*pidproxy\\b",
            "a format of a variable", "%\\(ENV_\\w+\\)[-+ #0-9.]+s",
            "syslog", "^std(?:out|err)_(?:syslog\\s*=\\s*(?:true|yes|on|1)|logfile\\s*=\\s*syslog)\\s*$",
            "colours taken out", "^strip_ansi\\s*=\\s*(?:true|yes|on|1)\\s*$",
            "output in supervisord's log", "^loglevel\\s*=\\s*(?:debug|trace|blather)\\s*$",
            "a whole group that is killed", "^(?:kill|stop)asgroup\\s*=\\s*(?:true|yes|on|1)\\s*$",
            "a queue of a socket", "^socket_backlog\\s*=",
            "an order by a variable", "^priority\\s*=\\s*%\\(ENV",
            "a variable of supervisord's", "^command\\s*=[^\\n]*SUPERVISOR_(?:PROCESS|GROUP)_NAME",
            "a relative directory", "^directory\\s*=\\s*[^/%\\s;]",
            "a spinning restart", "^startsecs\\s*=\\s*0\\s*\\n(?:[^\\[]*\\n)?autorestart\\s*=\\s*true");

    /** A program's output goes to a file that nobody told of. */
    private static final Pattern PROGRAM =
            Pattern.compile("^\\[(?:program|fcgi-program):[^\\]]*\\]", Pattern.MULTILINE);

    private static final Pattern LOG_FILE =
            Pattern.compile("^stdout_logfile\\s*[=:]\\s*(?!AUTO)", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    /** What a script of runit or my_init has in it that nobody answers any more. */
    private static final Map<String, Pattern> RUNIT = patterns(
            "a program of runit's", "^[^#\\n]*\\b(?:runsv|runsvdir|runsvchdir|utmpset|update-service|my_init)\\b",
            "my_init's variables", "^[^#\\n]*/etc/container_environment",
            "runit's directories",
                    "^[^#\\n]*(?:/etc/service(?!/\\w+/env\\b)|/var/service|/etc/sv|supervise/|/etc/runit)\\b",
            "an end that means off", "^[^#\\n]*(?:\\|\\||&&|then|;)\\s*exit 0\\b[^\\n]*\\n(?:.*\\n)*exec ",
            "a placeholder", "^[^#\\n]*(?:\\{\\{ ?\\w|@[A-Z_]+@)");

    /** What is left in a build that was moved, and speaks of a supervisor that is gone. */
    private static final Pattern LEFT = Pattern.compile(
            "^[^#\\n]*\\b(?:supervisorctl|supervisord|pidproxy|runsvdir|my_init|chpst|svlogd)\\b", Pattern.MULTILINE);

    private static Map<String, Pattern> patterns(String... pairs) {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            patterns.put(pairs[i], Pattern.compile(pairs[i + 1], Pattern.MULTILINE | Pattern.CASE_INSENSITIVE));
        }
        return patterns;
    }

    private static int run(String... arguments) {
        return PintleConvert.run(
                new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false, arguments);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Path> folders(String kind) throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN.resolve(kind))) {
            return folders.sorted().toList();
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void look(Path file, Map<String, Pattern> list, List<String> wrong) {
        String text = text(file);
        list.forEach((what, pattern) -> {
            if (pattern.matcher(text).find()) {
                wrong.add(file + " has " + what);
            }
        });
    }

    private static void lookAtPrograms(Path file, List<String> wrong) {
        for (String section : text(file).split("(?m)(?=^\\[)", -1)) {
            if (PROGRAM.matcher(section).find() && !LOG_FILE.matcher(section).find()) {
                wrong.add(file + " has output without a file: "
                        + section.lines().findFirst().orElse(""));
            }
        }
    }

    @Test
    void supervisordsConfigurationsOfTheCorpus() {
        List<String> wrong = new ArrayList<>();
        int fine = 0;
        for (Path file : Corpus.supervisord()) {
            if (run("supervisord", file.toString(), "--strict", "--dry-run") == 0) {
                fine++;
                look(file, SUPERVISORD, wrong);
                lookAtPrograms(file, wrong);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(fine > 0, "nothing is fine, so that nothing was looked at");
    }

    /** Layouts of several files; one that is refused is not called fine either. */
    @Test
    void treesOfTheCorpus() throws IOException {
        List<String> wrong = new ArrayList<>();
        int mains = 0;
        for (Path file : files(Corpus.directory().resolve("supervisord-trees"))) {
            if (!file.endsWith("supervisord.conf")) {
                continue;
            }
            mains++;
            Path tree = file;
            while (tree.getParent() != null && !tree.getParent().endsWith("supervisord-trees")) {
                tree = tree.getParent();
            }
            if (run("supervisord", file.toString(), "--root", tree.toString(), "--strict", "--dry-run") == 0) {
                for (Path each : files(tree)) {
                    look(each, SUPERVISORD, wrong);
                    lookAtPrograms(each, wrong);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(mains > 5, "only " + mains + " trees were looked at");
    }

    @Test
    void goldenConfigurations() throws IOException {
        List<String> wrong = new ArrayList<>();
        int fine = 0;
        for (Path folder : folders("supervisord")) {
            String root = folder + "/input";
            if (run("supervisord", root + "/etc/supervisord.conf", "--root", root, "--strict", "--dry-run") == 0) {
                fine++;
                for (Path file : files(folder.resolve("input"))) {
                    look(file, SUPERVISORD, wrong);
                }
            }
        }
        for (Path folder : folders("runit")) {
            String root = folder + "/input";
            if (run("runit", root + "/etc/service", "--root", root, "--strict", "--dry-run") == 0) {
                fine++;
                for (Path file : files(folder.resolve("input"))) {
                    look(file, RUNIT, wrong);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(fine > 0, "nothing is fine, so that nothing was looked at");
    }

    @Test
    void goldenBuilds() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path folder : folders("dockerfile")) {
            Path context = temporary.resolve(String.valueOf(folder.getFileName()));
            Trees.write(context, Trees.read(folder.resolve("input")));
            String command = Trees.text(folder.resolve("command")).strip();
            String out = context.resolve("out").toString();
            int code = run(
                    command.isEmpty() ? "supervisord" : command,
                    "--dockerfile",
                    context.resolve("Dockerfile").toString(),
                    "-o",
                    out,
                    "--strict",
                    "--write");
            for (Path file : code == 0 ? files(context) : List.<Path>of()) {
                boolean source = file.toString().matches(".*(?:\\.conf|\\.ini|/run|/finish|\\.dockerignore)");
                if (!file.startsWith(out) && !source && LEFT.matcher(text(file)).find()) {
                    wrong.add(file + " still speaks of the old supervisor");
                }
            }
        }
        assertEquals(List.of(), wrong);
    }
}
