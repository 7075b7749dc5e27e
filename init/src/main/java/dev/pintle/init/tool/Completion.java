package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What may stand next on a command line of {@code pintle}, and the scripts by which shells ask for it. */
final class Completion {
    private static final String BASH = """
            _pintle() {
              local line=${COMP_LINE:0:COMP_POINT} words typed
              read -ra words <<<"$line"
              [[ $line != *[[:space:]] ]] || words+=("")
              typed=${words[-1]}
              local IFS=$'\\n'
              COMPREPLY=($(pintle completion words -- "${words[@]:1}" 2>/dev/null))
              # Readline takes what follows one of these for a word of its own.
              COMPREPLY=("${COMPREPLY[@]#"${typed%"${typed##*[@:=]}"}"}")
              [[ ${words[1]} != check ]] || compopt -o dirnames
            }
            complete -F _pintle pintle""";

    private static final String ZSH = """
            #compdef pintle
            _pintle() {
              local -a found
              found=("${(@f)$(pintle completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
              compadd -a found
              [[ $words[2] != check ]] || _files -/
            }
            compdef _pintle pintle""";

    private static final String FISH = """
            function __pintle_words
              set -l words (commandline -opc) (commandline -ct)
              set -e words[1]
              pintle completion words -- $words 2>/dev/null
            end
            complete -c pintle -f -a '(__pintle_words)'
            complete -c pintle -n '__fish_seen_subcommand_from check' -a '(__fish_complete_directories)'""";

    private static final String STATES = "started ready healthy completed finished down";
    private static final String SIGNALS = "HUP INT QUIT KILL USR1 USR2 TERM CONT STOP WINCH";
    private static final String SHELLS = "bash zsh fish";

    private final List<String> found = new ArrayList<>();
    private final String typed;

    private Completion(String typed) {
        this.typed = typed;
    }

    /** The script for a shell; empty for one that has none. */
    static String script(String shell) {
        return switch (shell) {
            case "bash" -> BASH;
            case "zsh" -> ZSH;
            case "fish" -> FISH;
            default -> "";
        };
    }

    /**
     * What may stand in the place of the last word.
     *
     * @param words    those after {@code pintle}; the last one is being typed
     * @param services asked for what {@code pintle status --json} has of each, where names may stand
     */
    static List<String> of(List<String> words, Supplier<List<Message>> services) {
        int last = words.size() - 1;
        Completion completion = new Completion(last < 0 ? "" : words.get(last));
        if (last <= 0) {
            completion.addCommands();
            return completion.found;
        }
        Command command = Command.of(words.get(0));
        if (command != null) {
            completion.addArguments(command, words.get(last - 1), last, services);
        }
        return completion.found;
    }

    private void addCommands() {
        for (Command command : Command.values()) {
            add(command.word());
        }
        addWords("--help --version");
    }

    private void addArguments(Command command, String before, int place, Supplier<List<Message>> services) {
        if (typed.startsWith("-")) {
            addOptions(command.usage());
        } else if (before.equals("--for")) {
            addWords(STATES);
        } else if (before.equals("--format")) {
            addWords("text json");
        } else if (command == Command.COMPLETION) {
            addWords(place == 1 ? SHELLS : "");
        } else if (!takesValue(command.usage(), before) && command.usage().contains("NAME")) {
            addNames(services.get());
            addWords(command == Command.SIGNAL && place > 1 ? SIGNALS : "");
        }
    }

    /** Whether an option stands in a usage before a value, as in {@code [-n|--tail 100]}. */
    private static boolean takesValue(String usage, String option) {
        int at = option.startsWith("-") ? usage.indexOf(option) : -1;
        return at >= 0 && usage.substring(at, usage.indexOf(']', at)).indexOf(' ') >= 0;
    }

    private void addOptions(String usage) {
        for (int at = usage.indexOf("--"); at >= 0; at = usage.indexOf("--", at + 1)) {
            int end = at;
            while (end < usage.length() && "]| ".indexOf(usage.charAt(end)) < 0) {
                end++;
            }
            add(usage.substring(at, end));
        }
        add("--help");
    }

    private void addNames(List<Message> services) {
        for (Message service : services) {
            if (typed.indexOf('/') >= 0 || !StatusTable.isHidden(service)) {
                add(service.text("name"));
            }
            for (String group : service.texts("groups")) {
                add("@" + group);
            }
        }
        add("all");
    }

    private void addWords(String words) {
        int start = 0;
        for (int blank = words.indexOf(' '); blank >= 0; blank = words.indexOf(' ', start)) {
            add(words.substring(start, blank));
            start = blank + 1;
        }
        add(words.substring(start));
    }

    private void add(String word) {
        if (!word.isEmpty() && word.startsWith(typed) && !found.contains(word)) {
            found.add(word);
        }
    }
}
