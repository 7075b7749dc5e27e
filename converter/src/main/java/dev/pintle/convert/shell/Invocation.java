package dev.pintle.convert.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a simple command really runs: the program behind {@code exec}, {@code sudo}, {@code env}, {@code gosu},
 * {@code tini}, {@code wait-for-it.sh}, {@code poetry run} and the like.
 *
 * @param program   the last part of its path; empty where there is none
 * @param first     of the words that is carried out: no reserved word and no assignment
 * @param index     of the program among the words, redirections left out
 * @param words     the words, redirections left out
 * @param wrappers  the programs before it, in order
 */
public record Invocation(String program, int first, int index, List<ShellWord> words, List<String> wrappers) {

    private static final Set<String> RESERVED =
            Set.of("then", "do", "else", "elif", "if", "while", "until", "!", "{", "time");

    /** Programs that run another one, with how many operands of their own stand before it. */
    private static final Map<String, Integer> WRAPPERS = Map.ofEntries(
            Map.entry("exec", 0),
            Map.entry("command", 0),
            Map.entry("sudo", 0),
            Map.entry("env", 0),
            Map.entry("nohup", 0),
            Map.entry("eatmydata", 0),
            Map.entry("nice", 0),
            Map.entry("ionice", 0),
            Map.entry("stdbuf", 0),
            Map.entry("setpriv", 0),
            Map.entry("setsid", 0),
            Map.entry("wait-for-it.sh", 0),
            Map.entry("wait-for-it", 0),
            Map.entry("wait-for.sh", 0),
            Map.entry("wait-for", 0),
            Map.entry("dockerize", 0),
            Map.entry("xvfb-run", 0),
            Map.entry("timeout", 1),
            Map.entry("gosu", 1),
            Map.entry("su-exec", 1),
            Map.entry("setuser", 1),
            Map.entry("chroot", 1),
            Map.entry("tini", 0),
            Map.entry("tini-static", 0),
            Map.entry("docker-init", 0),
            Map.entry("dumb-init", 0),
            Map.entry("catatonit", 0));

    /** As a module of Python: {@code python -m supervisor.supervisord}. */
    private static final String SUPERVISORD = "supervisor.supervisord";

    /** Any interpreter of it. */
    private static final String PYTHON = "python";

    /** Options whose value is a word of its own, by the wrapper; of others, what most have. */
    private static final Map<String, Set<String>> WITH_VALUE = Map.ofEntries(
            Map.entry(PYTHON, Set.of("-W", "-X")),
            Map.entry("exec", Set.of("-a")),
            Map.entry("env", Set.of("-u", "--unset", "-C", "--chdir")),
            Map.entry("nice", Set.of("-n", "--adjustment")),
            Map.entry("ionice", Set.of("-c", "--class", "-n", "--classdata")),
            Map.entry("stdbuf", Set.of("-i", "-o", "-e", "--input", "--output", "--error")),
            Map.entry(
                    "setpriv",
                    Set.of(
                            "--reuid",
                            "--regid",
                            "--ruid",
                            "--rgid",
                            "--euid",
                            "--egid",
                            "--groups",
                            "--inh-caps",
                            "--ambient-caps",
                            "--bounding-set",
                            "--securebits",
                            "--pdeathsig")),
            Map.entry("tini", Set.of("-p", "-e")),
            Map.entry("tini-static", Set.of("-p", "-e")),
            Map.entry("docker-init", Set.of("-p", "-e")),
            Map.entry("dumb-init", Set.of("-r", "--rewrite")),
            Map.entry("catatonit", Set.of()),
            Map.entry(
                    "dockerize",
                    Set.of(
                            "-wait",
                            "-timeout",
                            "-template",
                            "-stdout",
                            "-stderr",
                            "-env",
                            "-env-section",
                            "-wait-http-header",
                            "-wait-retry-interval",
                            "-delims")),
            Map.entry(
                    "xvfb-run",
                    Set.of("-n", "--server-num", "-s", "--server-args", "-e", "--error-file", "-f", "-p", "-w")),
            Map.entry("timeout", Set.of("-s", "--signal", "-k", "--kill-after")),
            Map.entry(
                    "uv",
                    Set.of(
                            "-p",
                            "--python",
                            "-w",
                            "--with",
                            "--with-editable",
                            "--with-requirements",
                            "--extra",
                            "--no-extra",
                            "--group",
                            "--no-group",
                            "--only-group",
                            "--package",
                            "--env-file",
                            "--directory",
                            "--project",
                            "--index",
                            "--default-index",
                            "-i",
                            "--index-url",
                            "--extra-index-url",
                            "--config-file",
                            "--cache-dir",
                            "--color")),
            Map.entry("poetry", Set.of("-C", "--directory", "-P", "--project")),
            Map.entry("pipenv", Set.of("--python")),
            Map.entry("pdm", Set.of("-p", "--project", "-c", "--config")),
            Map.entry("rye", Set.of("--pyproject")),
            Map.entry("hatch", Set.of("-e", "--env", "-p", "--project")),
            Map.entry("conda", Set.of("-n", "--name", "-p", "--prefix", "--cwd")),
            Map.entry("mamba", Set.of("-n", "--name", "-p", "--prefix", "--cwd")),
            Map.entry("micromamba", Set.of("-n", "--name", "-p", "--prefix", "--cwd", "-r", "--root-prefix", "-e")));

    /** Those that run a program in an environment of theirs behind the word {@code run}. */
    private static final Set<String> RUNNERS =
            Set.of("uv", "poetry", "pipenv", "pdm", "rye", "hatch", "conda", "mamba", "micromamba");

    private static final Set<String> USUAL_WITH_VALUE =
            Set.of("-u", "-g", "-n", "-p", "-e", "-C", "-a", "--user", "--group");

    /** Scripts whose own words end with {@code --}. */
    private static final Set<String> WAITING = Set.of("wait-for-it.sh", "wait-for-it", "wait-for.sh", "wait-for");

    /** What runs a program beside itself, and stays the process that it was. */
    private static final Set<String> STAYING =
            Set.of("sudo", "dockerize", "xvfb-run", "timeout", "uv", "pdm", "hatch", "conda", "mamba", "micromamba");

    /** Inits that do nothing but pass signals on and reap. */
    private static final Set<String> SMALL_INITS =
            Set.of("tini", "tini-static", "docker-init", "dumb-init", "catatonit");

    /** Of a command's words. */
    public static Invocation of(List<ShellWord> words) {
        List<String> wrappers = new ArrayList<>();
        int at = 0;
        int first = 0;
        while (at < words.size()) {
            String word = words.get(at).value();
            String program = baseName(word);
            if (isReserved(word) || isAssignment(word) || opensFunction(words, at)) {
                at++;
                first += wrappers.isEmpty() ? 1 : 0;
            } else if (isInterpreter(program) && runsScript(words, at + 1)) {
                wrappers.add(program);
                at = behindOptions(PYTHON, words, at + 1);
            } else if (WRAPPERS.containsKey(program)) {
                wrappers.add(program);
                at = behindOwnWords(program, words, at + 1);
            } else if (behindRun(program, words, at + 1) > 0) {
                wrappers.add(program);
                at = behindRun(program, words, at + 1);
            } else {
                return new Invocation(program, first, at, words, wrappers);
            }
        }
        return new Invocation("", first, words.size(), words, wrappers);
    }

    /** Whether a word such as {@code then} leads a command, and is none. */
    public static boolean isReserved(String word) {
        return RESERVED.contains(word);
    }

    /** {@code start()} before a brace, or the name or the keyword of {@code function start}. */
    private static boolean opensFunction(List<ShellWord> words, int at) {
        String word = words.get(at).value();
        boolean brace = at + 1 < words.size() && words.get(at + 1).value().equals("{");
        boolean keyword = word.equals("function");
        boolean named = at > 0 && words.get(at - 1).value().equals("function");
        return keyword || (brace && (named || word.endsWith("()")));
    }

    /** {@code python3 /usr/bin/program}. */
    private static boolean isInterpreter(String program) {
        return program.startsWith("python")
                && program.substring("python".length()).chars().allMatch(c -> c == '.' || Character.isDigit(c));
    }

    private static boolean runsScript(List<ShellWord> words, int from) {
        int script = behindOptions(PYTHON, words, from);
        if (script > from
                && script < words.size()
                && words.get(script - 1).value().equals("-m")
                && words.get(script).value().equals(SUPERVISORD)) {
            return true;
        }
        boolean module = words.subList(from, Math.min(script, words.size())).stream()
                .anyMatch(word -> word.value().startsWith("-m") || word.value().startsWith("-c"));
        return !module
                && script < words.size()
                && words.get(script).value().contains("bin/")
                && !words.get(script).value().endsWith(".py");
    }

    /** Behind what a wrapper takes for itself. */
    private static int behindOwnWords(String program, List<ShellWord> words, int from) {
        if (WAITING.contains(program)) {
            int at = from;
            while (at < words.size() && !words.get(at).value().equals("--")) {
                at++;
            }
            return Math.min(words.size(), at + 1);
        }
        return behindOptions(program, words, from) + WRAPPERS.getOrDefault(program, 0);
    }

    /** Behind {@code run} and its options; 0 where the program is none that has this word, or it is another, or runs a module. */
    private static int behindRun(String program, List<ShellWord> words, int from) {
        int run = RUNNERS.contains(program) ? behindOptions(program, words, from) : words.size();
        if (run >= words.size() || !words.get(run).value().equals("run")) {
            return 0;
        }
        int behind = behindOptions(program, words, run + 1);
        boolean module = words.subList(run, Math.min(behind, words.size())).stream()
                .anyMatch(word -> List.of("-m", "--module").contains(word.value()));
        return module ? 0 : behind;
    }

    private static int behindOptions(String program, List<ShellWord> words, int from) {
        Set<String> withValue = WITH_VALUE.getOrDefault(program, USUAL_WITH_VALUE);
        int at = from;
        while (at < words.size() && words.get(at).value().startsWith("-")) {
            String option = words.get(at++).value();
            if (option.equals("--")) {
                return at;
            }
            at += withValue.contains(option) ? 1 : 0;
        }
        return at;
    }

    private static boolean isAssignment(String word) {
        int equals = word.indexOf('=');
        return equals > 0
                && word.chars().limit(equals).allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }

    /** The last part of a path. */
    public static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The program as it is written; empty where there is none. */
    public String word() {
        return index < words.size() ? words.get(index).value() : "";
    }

    /** The words behind the program. */
    public List<ShellWord> arguments() {
        return words.subList(Math.min(words.size(), index + 1), words.size());
    }

    /** Whether the program takes the place of the shell. */
    public boolean isExec() {
        return wrappers.contains("exec");
    }

    /** The wrapper that stays beside the program, where one does. */
    public Optional<String> stayingWrapper() {
        return wrappers.stream().filter(STAYING::contains).findFirst();
    }

    /** Whether a small init stands before the program. */
    public boolean hasSmallInit() {
        return wrappers.stream().anyMatch(SMALL_INITS::contains);
    }

    /** The words before the program, without small inits, interpreters and their options. */
    public List<ShellWord> prefix() {
        List<ShellWord> prefix = new ArrayList<>();
        int at = 0;
        while (at < index) {
            ShellWord word = words.get(at++);
            if (SMALL_INITS.contains(baseName(word.value())) || isInterpreter(baseName(word.value()))) {
                String name = baseName(word.value());
                at = Math.min(index, behindOptions(isInterpreter(name) ? PYTHON : name, words, at));
            } else {
                prefix.add(word);
            }
        }
        return prefix;
    }
}
