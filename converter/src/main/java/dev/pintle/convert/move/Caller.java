package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellWord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who runs a command: init hears root and its own user, and supervisord's socket may have been anybody's. */
final class Caller {

    /** Whose first operand is the user. */
    private static final Set<String> OPERAND = Set.of("gosu", "su-exec", "setuser", "pintle-setuser");

    /** Who has the user behind an option, and whose user is root where there is none. */
    private static final Set<String> OPTION = Set.of("sudo", "doas", "chpst", "setpriv", "runuser");

    /** Who has it behind an option, and else runs the command as the image's user. */
    private static final Set<String> CLIENTS = Set.of("docker", "docker-compose", "podman", "nerdctl");

    /** Right before a call, in words that another shell gets. */
    private static final Pattern AS_ROOT = Pattern.compile("\\b(?:sudo|doas)\\s+(?:-[a-zA-Z-]\\s+)*\\z");

    private static final Pattern USER_OPTION = Pattern.compile("-u|--user|--reuid|(?:-u|--user=|--reuid=)(?<user>.+)");

    private static final Set<String> SU_VALUES =
            Set.of("-c", "--command", "-s", "--shell", "-g", "--group", "-G", "--supp-group", "-w");

    /** The times and the user of a line of {@code /etc/cron.d}, of which the command is the next word. */
    private static final Pattern CRON =
            Pattern.compile("(?:^|[\\n\"'])[ \\t]*(?:@\\w+|(?:[\\d*][\\w*,/-]*[ \\t]+){4}[\\d*][\\w*,/-]*)[ \\t]+"
                    + "(?<user>[a-z_][\\w-]*)[ \\t]+\\z");

    /** What is no user there. */
    private static final Set<String> PROGRAMS =
            Set.of("sudo", "exec", "nice", "ionice", "env", "command", "nohup", "setsid", "time", "then", "do");

    private Caller() {}

    /** The user that a command changes to before a place in it; absent where it does not. */
    static Optional<String> of(List<ShellWord> words, int place) {
        for (int at = 0; at < words.size() && words.get(at).start() < place; at++) {
            String program = Invocation.baseName(words.get(at).value());
            List<ShellWord> behind = words.subList(at + 1, words.size());
            if (program.equals("su") || program.equals("runuser")) {
                return Optional.of(behindSu(behind));
            }
            if (OPTION.contains(program)) {
                return option(behind).or(() -> program.equals("chpst") ? Optional.empty() : Optional.of("root"));
            }
            if (CLIENTS.contains(program)) {
                return behind.stream()
                        .filter(word -> word.value().startsWith("-") && word.start() < place)
                        .flatMap(word -> option(behind.subList(behind.indexOf(word), behind.size())).stream())
                        .findFirst();
            }
            if (OPERAND.contains(program) && !behind.isEmpty()) {
                return Optional.of(name(behind.get(0).value()));
            }
        }
        return Optional.empty();
    }

    /** Whether a call is run by root whoever runs what stands before it. */
    static boolean isRoot(String before) {
        return AS_ROOT.matcher(before).find();
    }

    /** The user that cron runs a call as, by what stands before the call. */
    static Optional<String> ofCron(String before) {
        int line = before.lastIndexOf('\n') + 1;
        Matcher cron = CRON.matcher(before.substring(line));
        return cron.find() && !PROGRAMS.contains(cron.group("user"))
                ? Optional.of(cron.group("user"))
                : Optional.empty();
    }

    /** The users that init hears in an image, by what it runs as and by what its start changes to. */
    static Set<String> heard(String user, List<Start> starts) {
        Set<String> heard = new HashSet<>(List.of("root", "0", name(user)));
        for (Start start : starts) {
            start.entrypoint().ifPresent(line -> line.exec().ifPresent(words -> add(heard, words)));
            start.command().ifPresent(line -> line.exec().ifPresent(words -> add(heard, words)));
            start.scripts()
                    .forEach(script -> script.launch().starts().forEach(command -> add(heard, command.arguments())));
        }
        return heard;
    }

    private static void add(Set<String> heard, List<ShellWord> words) {
        of(words, Integer.MAX_VALUE).ifPresent(heard::add);
    }

    /** What is said of a call by a user that init does not hear. */
    static Fate deaf(String user) {
        return Fate.notCarried(
                "it is called by " + user + ", and init answers root and its own user only, whatever mode the socket of"
                        + " supervisord had",
                "call pintle as root there (sudo); or set group under [control] in pintle.conf to a group of " + user
                        + "'s, and write pintle");
    }

    private static String behindSu(List<ShellWord> words) {
        Optional<String> option = option(words);
        if (option.isPresent()) {
            return option.get();
        }
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at).value();
            if (SU_VALUES.contains(word)) {
                at++;
            } else if (!word.startsWith("-")) {
                return name(word);
            }
        }
        return "root";
    }

    /** The user of {@code -u app}, {@code -uapp}, {@code --user=app}; only options before the program are looked at. */
    private static Optional<String> option(List<ShellWord> words) {
        for (int at = 0; at < words.size() && words.get(at).value().startsWith("-"); at++) {
            Matcher option = USER_OPTION.matcher(words.get(at).value());
            if (option.matches() && option.group("user") != null) {
                return Optional.of(name(option.group("user")));
            }
            if (option.matches() && at + 1 < words.size()) {
                return Optional.of(name(words.get(at + 1).value()));
            }
        }
        return Optional.empty();
    }

    /** Without the group. */
    private static String name(String user) {
        int colon = user.indexOf(':');
        return colon < 0 ? user : user.substring(0, colon);
    }
}
