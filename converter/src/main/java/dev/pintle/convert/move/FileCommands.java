package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * What the commands of a build do to files that are copied, as far as their words tell.
 *
 * @param executable patterns of the paths that they give execute bits to; those of whole trees end with a slash
 * @param links      the symbolic links that they make, with what these lead to
 * @param switches   the {@code down} files that they make, or remove: whether each is there in the end
 * @param touched    the files that they make where they are not there
 * @param removed    what they remove, with the offset of the instruction that does; patterns among them
 */
public record FileCommands(
        List<String> executable,
        Map<String, String> links,
        Map<String, Boolean> switches,
        Set<String> touched,
        Map<String, Integer> removed) {

    static FileCommands of(Build build) {
        FileCommands found = new FileCommands(
                new ArrayList<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashSet<>(),
                new LinkedHashMap<>());
        for (Instruction instruction : build.stages().instructions()) {
            if (instruction.keyword().equals("RUN") && instruction.exec().isEmpty()) {
                int at = instruction.start();
                found.commands(ShellScript.commands(instruction.arguments()), at);
                instruction.heredocs().forEach(heredoc -> found.commands(ShellScript.commands(heredoc.body()), at));
            }
            boolean mode =
                    instruction.flag("chmod").filter(m -> addsExecution(m)).isPresent();
            if (mode) {
                build.context().copies().stream()
                        .filter(copy -> copy.instruction().equals(instruction))
                        .forEach(copy -> {
                            found.executable().addAll(List.of(copy.destination(), copy.destination() + "/"));
                            copy.files().forEach(file -> found.executable().addAll(copy.places(file)));
                        });
            }
        }
        return found;
    }

    /** Those of a loop over plain words are done for each of them. */
    private void commands(List<ShellCommand> commands, int at) {
        String variable = "";
        List<String> values = List.of("");
        for (ShellCommand command : commands) {
            List<String> words = command.words().stream().map(ShellWord::value).toList();
            if (words.size() > 3 && words.get(0).equals("for") && words.get(2).equals("in")) {
                variable = words.get(1);
                values = words.subList(3, words.size());
            } else if (words.get(0).equals("done")) {
                variable = "";
                values = List.of("");
            }
            for (String value : values) {
                command(command, variable, value, at);
            }
        }
    }

    private void command(ShellCommand command, String variable, String value, int at) {
        Invocation invocation = Invocation.of(command.arguments());
        List<String> words = invocation.arguments().stream()
                .map(ShellWord::value)
                .map(word -> variable.isEmpty()
                        ? word
                        : word.replace("${" + variable + "}", value)
                                .replaceAll("\\$" + variable + "(?!\\w)", Matcher.quoteReplacement(value)))
                .toList();
        List<String> paths = words.stream().filter(word -> word.startsWith("/")).toList();
        switch (invocation.program()) {
            case "chmod" -> {
                boolean tree = words.stream().anyMatch(w -> w.equals("-R") || w.equals("--recursive"));
                if (words.stream().anyMatch(FileCommands::addsExecution)) {
                    paths.forEach(path -> executable.add(tree ? path + "/" : path));
                }
            }
            case "find" -> {
                if (words.contains("chmod") && words.stream().anyMatch(FileCommands::addsExecution)) {
                    paths.forEach(path -> executable.add(path + "/"));
                }
            }
            case "touch", "rm" -> {
                boolean makes = invocation.program().equals("touch");
                paths.stream()
                        .filter(path -> path.endsWith("/down") && !GlobPattern.isPattern(path) && !path.contains("$"))
                        .forEach(path -> switches.put(path, makes));
                words.stream().filter(FileCommands::isPlain).forEach(path -> makeOrRemove(path, makes, at));
            }
            case "ln" -> {
                if (words.stream().anyMatch(w -> w.matches("-\\w*s\\w*")) && paths.size() == 2) {
                    link(paths.get(0), paths.get(1));
                }
            }
            default -> {
                // Others change neither.
            }
        }
    }

    /** Whether a word of a command on files is known to name what it names. */
    static boolean isPlain(String word) {
        return word.startsWith("/") && word.indexOf('$') < 0 && word.indexOf('{') < 0 && word.indexOf('`') < 0;
    }

    private void makeOrRemove(String path, boolean makes, int at) {
        String plain = path.replaceFirst("(?<=.)/+$", "");
        if (!makes) {
            touched.removeIf(each -> each.equals(plain) || each.startsWith(plain + "/"));
            removed.put(plain, at);
        } else if (!GlobPattern.isPattern(plain)) {
            touched.add(plain);
        }
    }

    private void link(String target, String path) {
        String name = target.substring(target.lastIndexOf('/') + 1);
        boolean into = path.endsWith("/") || path.equals("/etc/service") || path.equals("/var/service");
        if (target.contains("$") || path.contains("$")) {
            return;
        }
        links.put(into ? path.replaceFirst("/+$", "") + "/" + name : path, target);
    }

    private static boolean addsExecution(String mode) {
        return mode.matches("[ugoa]*\\+[rwX]*x[rwX]*") || mode.matches("0?[0-7]*[1357][0-7]?[0-7]?");
    }

    /** Whether a path of the image is made executable. */
    public boolean makesExecutable(String path) {
        return executable.stream()
                .map(pattern -> pattern.replaceAll("//+", "/"))
                .anyMatch(pattern ->
                        pattern.endsWith("/") ? path.startsWith(pattern) : GlobPattern.matches(pattern, path));
    }
}
