package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.runit.ServiceDirectory;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of chpst(8), or of softlimit(8), in front of a command.
 *
 * @param options letters, with what follows those that take an argument
 * @param length  words up to the command
 */
record Chpst(Map<Character, String> options, int length) {

    private static final String WITH_ARGUMENT = "uUbemdopfcrtnCl/L";
    private static final String WITHOUT = "vP012";

    /** What has no key: another argv[0], a root, a lock, numbers of a user in variables. */
    private static final Set<Character> WITHOUT_KEY = Set.of('U', 'b', '/', 'l', 'L');

    private static final Map<Character, List<Key>> LIMITS = Map.of(
            'm', List.of(Key.ULIMIT_DATA, Key.ULIMIT_STACK, Key.ULIMIT_MEMLOCK, Key.ULIMIT_AS),
            'd', List.of(Key.ULIMIT_DATA),
            'o', List.of(Key.ULIMIT_NOFILE),
            'p', List.of(Key.ULIMIT_NPROC),
            'f', List.of(Key.ULIMIT_FSIZE),
            'c', List.of(Key.ULIMIT_CORE),
            'r', List.of(Key.ULIMIT_RSS),
            't', List.of(Key.ULIMIT_CPU));

    private static final Map<Character, List<Key>> SOFT_LIMITS = Map.of(
            'a', List.of(Key.ULIMIT_AS),
            'l', List.of(Key.ULIMIT_MEMLOCK),
            's', List.of(Key.ULIMIT_STACK));

    /** The options of a command that begins with chpst; empty where getopt would refuse them, or a variable is in them. */
    static Optional<Chpst> parse(List<Value> words) {
        return parse(words, WITH_ARGUMENT, WITHOUT);
    }

    /** The same for softlimit, whose {@code -l} is the limit of locked memory. */
    static Optional<Chpst> parseSoftLimit(List<Value> words) {
        return parse(words, "acdflmoprst", "")
                .filter(s -> s.options.values().stream().allMatch(Limits::isNumber));
    }

    private static Optional<Chpst> parse(List<Value> words, String withArgument, String without) {
        Map<Character, String> options = new LinkedHashMap<>();
        int at = 1;
        while (at < words.size() && words.get(at).template().startsWith("-")) {
            String word = words.get(at).literal().orElse("-");
            at++;
            if (word.equals("--")) {
                break;
            }
            for (int i = 1; i <= word.length(); i++) {
                char option = i < word.length() ? word.charAt(i) : 0;
                if (option == 0 && i > 1) {
                    break;
                }
                if (withArgument.indexOf(option) >= 0 && option != 0) {
                    boolean inWord = i + 1 < word.length();
                    Optional<String> argument = inWord
                            ? Optional.of(word.substring(i + 1))
                            : at < words.size() ? words.get(at++).literal() : Optional.empty();
                    if (argument.isEmpty()) {
                        return Optional.empty();
                    }
                    options.put(option, argument.get());
                    break;
                }
                if (without.indexOf(option) < 0 || option == 0) {
                    return Optional.empty();
                }
                options.put(option, "");
            }
        }
        return at < words.size() ? Optional.of(new Chpst(options, at)) : Optional.empty();
    }

    /** A name or a number that the layout takes for a user or a group. */
    static boolean isAccount(String text) {
        return !text.isEmpty()
                && !text.startsWith("-")
                && text.length() <= 32
                && text.chars().allMatch(c -> c > ' ' && ":,/$".indexOf(c) < 0)
                && !(Limits.isNumber(text) && text.length() > 9);
    }

    /** Whether a path is the directory env/ of the service, which the layout reads by itself. */
    static boolean isOwnEnv(String path, ServiceDirectory service, Optional<String> directory) {
        boolean relative =
                directory.isEmpty() && Set.of("env", "./env", "env/", "./env/").contains(path);
        boolean absolute = path.startsWith("/")
                && service.paths().stream().anyMatch(own -> Paths.normal(path).equals(own + "/env"));
        return service.hasDirectory("env") && (relative || absolute);
    }

    /** Whether every option has a key; else chpst stays a part of the command. */
    boolean fits(RunPlan plan, ServiceDirectory service, Optional<String> directory) {
        if (options.keySet().stream().anyMatch(WITHOUT_KEY::contains)) {
            // A pause has no argv[0] that anybody would see.
            return options.keySet().equals(Set.of('b'));
        }
        boolean user = !options.containsKey('u') || (isUser(options.getOrDefault('u', "")) && !plan.isSet(Key.USER));
        boolean env = !options.containsKey('e') || isOwnEnv(options.getOrDefault('e', ""), service, directory);
        boolean limits = options.entrySet().stream()
                .filter(option -> LIMITS.containsKey(option.getKey()))
                .allMatch(option -> Limits.isNumber(option.getValue()));
        return user && env && limits && isNice() && isDirectory();
    }

    private static boolean isUser(String user) {
        List<String> parts = accounts(user);
        boolean numbers = user.startsWith(":");
        return !parts.isEmpty()
                && parts.stream().allMatch(Chpst::isAccount)
                && (!numbers || (parts.size() > 1 && parts.stream().allMatch(Limits::isNumber)))
                && (numbers || !Limits.isNumber(parts.get(0)));
    }

    private static List<String> accounts(String user) {
        return Arrays.asList((user.startsWith(":") ? user.substring(1) : user).split(":", -1));
    }

    private boolean isNice() {
        String nice = options.getOrDefault('n', "0");
        String number = nice.startsWith("-") || nice.startsWith("+") ? nice.substring(1) : nice;
        return Limits.isNumber(number) && Long.parseLong(number) <= 19;
    }

    private boolean isDirectory() {
        String path = options.get('C');
        return path == null || (path.startsWith("/") && LayoutText.isPlain(LayoutText.escape(path)));
    }

    /** Writes the keys. */
    Fate lower(RunPlan plan, ServiceDirectory service, Optional<String> directory, int offset) throws Refusal {
        Fate fate = Fate.kept("");
        for (Map.Entry<Character, String> option : options.entrySet()) {
            fate = fate.and(lower(option.getKey(), option.getValue(), plan, offset));
        }
        return fate;
    }

    private Fate lower(char option, String argument, RunPlan plan, int offset) throws Refusal {
        return switch (option) {
            case 'u' -> user(argument, plan);
            case 'e' -> {
                plan.useEnvDirectory();
                yield Fate.kept("env/");
            }
            case 'n' -> {
                plan.set(Key.NICE, argument.startsWith("+") ? argument.substring(1) : argument);
                yield Fate.kept("nice = " + plan.keys().get(Key.NICE));
            }
            case 'C' -> {
                plan.set(Key.WORKING_DIR, LayoutText.escape(argument));
                yield Fate.kept("working_dir = " + argument);
            }
            case 'P' -> Fate.changed("-P: not needed, each service has a session of its own");
            case '0' -> closed(plan, Key.STDIN, "standard input");
            case '1' -> closed(plan, Key.STDOUT_TO, "standard output");
            case '2' -> closed(plan, Key.STDERR_TO, "standard error");
            case 'v', 'b' -> Fate.changed("-" + option + ": no effect");
            default -> limit(option, argument, plan, offset);
        };
    }

    private static Fate limit(char option, String argument, RunPlan plan, int offset) throws Refusal {
        List<Key> keys = LIMITS.containsKey(option) ? LIMITS.get(option) : SOFT_LIMITS.get(option);
        if (keys == null) {
            throw new Refusal("it gives chpst an option that there is not", offset);
        }
        return new Limits(plan, false).soft(keys, argument, offset);
    }

    private static Fate closed(RunPlan plan, Key key, String name) {
        plan.set(key, "null");
        return Fate.approximated(name + " is /dev/null, not closed", null);
    }

    /** chpst sets exactly the groups that it is told, and touches no variable. */
    private static Fate user(String user, RunPlan plan) {
        List<String> parts = new ArrayList<>(accounts(user));
        boolean named = parts.size() > 1;
        plan.set(Key.USER, named ? parts.get(0) + ":" + parts.get(1) : parts.get(0));
        plan.set(Key.GROUPS, named ? LayoutText.list(parts.subList(1, parts.size())) : "none");
        plan.set(Key.LOGIN_ENVIRONMENT, "no");
        return Fate.kept("user = " + plan.keys().get(Key.USER) + (named ? "" : " without supplementary groups")
                + ", login_environment = no: HOME stays as it is");
    }
}
