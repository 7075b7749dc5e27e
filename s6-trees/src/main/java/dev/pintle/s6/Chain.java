package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import dev.pintle.s6.RunPlan.NotKeysException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chain loading: programs that change something and become the next. Each that has a key is one; the first that has none is
 * the command.
 */
final class Chain {

    /** Programs of execline and s6 whose meaning no key has, where they stand before a command. */
    private static final String UNKNOWN =
            " backtick define multisubstitute elgetopt elglob forbacktickx forx forstdin getpid"
                    + " heredoc homeof if ifelse ifte ifthenelse loopwhilex multidefine pipeline posix-cd piperw runblock shift tryexec"
                    + " unexport wait withstdinas emptyenv envfile export-array exlsn exlsp dollarat getcwd importas-multi trap"
                    + " foreground background s6-softlimit s6-setlock s6-envuidgid s6-applyuidgid s6-setsid s6-fghack s6-log ";

    private final RunPlan plan;
    private final Place place;
    /** Names that importas has set, with the templates that stand for them. */
    private final Map<String, String> substitutions = new HashMap<>();

    /**
     * Where a chain stands.
     *
     * @param directory      the service's, in the container
     * @param notificationFd what its file says, or -1
     * @param hasCheck       whether it has data/check
     * @param files          of the image
     */
    record Place(String directory, int notificationFd, boolean hasCheck, ImageFiles files) {}

    /**
     * A word of a chain.
     *
     * @param template as {@link LayoutText} takes it
     * @param literal  the same without variables; null where it has some
     * @param line     that it stands in
     */
    record Item(String template, @Nullable String literal, int line) {
        static Item of(String literal, int line) {
            return new Item(LayoutText.escape(literal), literal, line);
        }
    }

    Chain(RunPlan plan, Place place) {
        this.plan = plan;
        this.place = place;
    }

    /** Reads execline's words; a block that is no importas' is more than keys say. */
    void execline(List<Execline.Word> words) throws NotKeysException {
        List<Item> items = new ArrayList<>();
        for (Execline.Word word : words) {
            if (word.isBlock()) {
                throw new NotKeysException(word.line(), "it has a block in braces");
            }
            items.add(Item.of(word.text(), word.line()));
        }
        read(items, true);
    }

    /** Reads the words of a shell's exec. */
    void shell(List<Item> words) throws NotKeysException {
        if (optionAt(words, 0)) {
            throw new NotKeysException(words.get(0).line(), "exec has options");
        }
        read(words, false);
    }

    private void read(List<Item> items, boolean execline) throws NotKeysException {
        int at = 0;
        while (at < items.size()) {
            Item item = items.get(at);
            String program = item.literal() == null ? "" : Text.name(item.literal());
            int next = step(program, items, at, execline);
            if (next < 0) {
                break;
            }
            at = next;
        }
        List<String> words = new ArrayList<>();
        for (Item item : items.subList(Math.min(at, items.size()), items.size())) {
            words.add(execline ? substituted(item) : item.template());
        }
        plan.setWords(words);
    }

    /** Takes what a program of the chain says; the index of the next program, or -1 where this is the command. */
    private int step(String program, List<Item> items, int at, boolean execline) throws NotKeysException {
        int line = items.get(at).line();
        switch (program) {
            case "with-contenv" -> {
                plan.takeContainerEnvironment();
                return at + 1;
            }
            case "exec" -> {
                if (optionAt(items, at + 1)) {
                    throw new NotKeysException(line, "exec has options");
                }
                return at + 1;
            }
            case "s6-setuidgid" -> {
                Item user = argument(items, at + 1);
                plan.set(Key.USER, plain(execline ? substituted(user) : user.template(), line));
                plan.set(Key.LOGIN_ENVIRONMENT, "no");
                plan.say(
                        line,
                        RunPlan.SETUIDGID,
                        Fate.changed(
                                "user, login_environment = no: HOME, USER and LOGNAME stay as they are, as under s6"));
                return at + 2;
            }
            case "cd", "execline-cd" -> {
                Item directory = argument(items, at + 1);
                if (directory.literal() == null || !directory.literal().startsWith("/")) {
                    throw new NotKeysException(line, "cd to what is no absolute path");
                }
                plan.set(Key.WORKING_DIR, plain(directory.template(), line));
                plan.say(line, "cd", Fate.changed("working_dir"));
                return at + 2;
            }
            case "umask", "execline-umask" -> {
                if (!execline) {
                    return -1;
                }
                plan.set(Key.UMASK, plain(argument(items, at + 1).template(), line));
                plan.say(line, "umask", Fate.kept("umask"));
                return at + 2;
            }
            case "export" -> {
                Item name = argument(items, at + 1);
                Item value = argument(items, at + 2);
                if (name.literal() == null || !Text.isVariable(name.literal())) {
                    throw new NotKeysException(line, "export of what is no variable's name");
                }
                plan.environment().put(name.literal(), execline ? substituted(value) : value.template());
                plan.say(line, "export", Fate.changed("[environment] " + name.literal()));
                return at + 3;
            }
            case "fdmove" -> {
                return fdmove(items, at);
            }
            case "redirfd" -> {
                return redirfd(items, at);
            }
            case "importas" -> {
                if (!execline) {
                    throw new NotKeysException(line, "importas stands in a shell's script");
                }
                return importas(items, at);
            }
            case "s6-envdir" -> {
                return envdir(items, at);
            }
            case "s6-notifyoncheck" -> {
                return NotifyOnCheck.read(items, at, plan, place);
            }
            default -> {
                if (execline && UNKNOWN.indexOf(" " + program + " ") >= 0 && !program.isEmpty()) {
                    throw new NotKeysException(line, "no key says what " + program + " does");
                }
                return -1;
            }
        }
    }

    static boolean optionAt(List<Item> items, int at) {
        return at < items.size() && items.get(at).template().startsWith("-");
    }

    static Item argument(List<Item> items, int at) throws NotKeysException {
        if (at >= items.size()) {
            throw new NotKeysException(items.get(items.size() - 1).line(), "a word is missing at the end");
        }
        return items.get(at);
    }

    private static String plain(String template, int line) throws NotKeysException {
        if (!LayoutText.isPlain(template)) {
            throw new NotKeysException(line, "'" + template + "' cannot be written as a value");
        }
        return template;
    }

    /** {@code fdmove -c 2 1}: standard error goes where standard output does. */
    private int fdmove(List<Item> items, int at) throws NotKeysException {
        int line = items.get(at).line();
        boolean both = "-c".equals(argument(items, at + 1).literal())
                && "2".equals(argument(items, at + 2).literal())
                && "1".equals(argument(items, at + 3).literal());
        if (!both) {
            throw new NotKeysException(line, "fdmove moves other descriptors than 1 to 2");
        }
        mergeErrors(line);
        return at + 4;
    }

    void mergeErrors(int line) {
        plan.set(Key.STDERR_TO, "stdout");
        plan.say(line, "stderr", Fate.kept("[stderr] to = stdout"));
    }

    /** {@code redirfd -w 1 /dev/null}. */
    private int redirfd(List<Item> items, int at) throws NotKeysException {
        int line = items.get(at).line();
        String mode = argument(items, at + 1).literal();
        String fd = argument(items, at + 2).literal();
        if (!"/dev/null".equals(argument(items, at + 3).literal())) {
            throw new NotKeysException(line, "redirfd opens a file");
        }
        if (("-w".equals(mode) || "-a".equals(mode)) && "1".equals(fd)) {
            plan.set(Key.STDOUT_TO, "null");
        } else if (("-w".equals(mode) || "-a".equals(mode)) && "2".equals(fd)) {
            plan.set(Key.STDERR_TO, "null");
        } else if (!("-r".equals(mode) && "0".equals(fd))) {
            throw new NotKeysException(line, "redirfd opens another descriptor");
        }
        plan.say(line, "redirfd", Fate.kept("/dev/null there too"));
        return at + 4;
    }

    /** {@code importas [-i | -D default] NAME VARIABLE}. */
    private int importas(List<Item> items, int at) throws NotKeysException {
        int line = items.get(at).line();
        String ifUnset = "-";
        int next = at + 1;
        while (optionAt(items, next)) {
            String option = items.get(next).template();
            if (option.equals("-D")) {
                String value = argument(items, next + 1).literal();
                if (value == null || value.indexOf('}') >= 0 || value.indexOf('$') >= 0) {
                    throw new NotKeysException(line, "the default of importas has braces or variables");
                }
                ifUnset = "-" + value;
                next++;
            } else if (option.equals("-i")) {
                ifUnset = "?";
            } else if (!option.equals("-u")) {
                throw new NotKeysException(line, "importas has the option " + option);
            }
            next++;
        }
        String name = argument(items, next).literal();
        String variable = argument(items, next + 1).literal();
        if (name == null || variable == null || !Text.isVariable(variable)) {
            throw new NotKeysException(line, "importas of what is no variable's name");
        }
        substitutions.put(name, "${" + variable + ifUnset + "}");
        plan.say(line, "importas", Fate.changed("${" + variable + ifUnset + "} in the words"));
        return next + 2;
    }

    /**
     * The word with what importas has set. Where nothing has set it, {@code ${NAME}} stayed as it was; nobody means that, so
     * it becomes the variable, and the plan says so.
     */
    private String substituted(Item item) {
        String text = item.literal();
        if (text == null) {
            return item.template();
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int dollar = text.indexOf("${"); dollar >= 0; dollar = text.indexOf("${", at)) {
            int end = text.indexOf('}', dollar);
            String name = end < 0 ? "" : text.substring(dollar + 2, end);
            if (!Text.isVariable(name)) {
                out.append(LayoutText.escape(text.substring(at, dollar + 2)));
                at = dollar + 2;
                continue;
            }
            out.append(LayoutText.escape(text.substring(at, dollar)));
            String template = substitutions.get(name);
            if (template == null) {
                template = "${" + name + ":-}";
                plan.mend(Fate.approximated(
                        "${" + name
                                + "} is the variable here; under s6-overlay the word stayed as it is, since only importas"
                                + " puts variables into words",
                        null));
            }
            out.append(template);
            at = end + 1;
        }
        return out.append(LayoutText.escape(text.substring(at))).toString();
    }

    /** A directory that is filled when the image is built; one that is filled at boot is not there, or empty. */
    private int envdir(List<Item> items, int at) throws NotKeysException {
        int line = items.get(at).line();
        if (optionAt(items, at + 1)) {
            throw new NotKeysException(line, "s6-envdir has options");
        }
        String given = argument(items, at + 1).literal();
        if (given == null) {
            throw new NotKeysException(line, "the directory of s6-envdir depends on variables");
        }
        String directory = given.startsWith("./") ? given.substring(2) : given;
        String path = directory.startsWith("/") ? directory : place.directory() + "/" + directory;
        List<String> names = place.files().names(path);
        if (names.isEmpty()) {
            throw new NotKeysException(line, "the directory of s6-envdir is filled when the container starts");
        }
        for (String name : names) {
            TreeFile file = place.files().file(path + "/" + name);
            if (file == null
                    || !file.isText()
                    || !Text.isVariable(name)
                    || file.text().isEmpty()) {
                throw new NotKeysException(line, "s6-envdir reads or unsets " + name);
            }
            String text = file.text();
            int end = text.indexOf('\n');
            plan.environment().put(name, LayoutText.escape(Text.trim(end < 0 ? text : text.substring(0, end))));
        }
        plan.say(line, "s6-envdir", Fate.changed("[environment]: as the files are now"));
        return at + 2;
    }
}
