package dev.pintle.web.supervisorctl;

/** What {@code help} says. */
final class Help {
    /** Printed by {@code supervisorctl --help}. */
    static final String USAGE = """
            Usage: supervisorctl [OPTION…] [ACTION [ARGUMENT…]]

            Does what supervisord's own supervisorctl does, with the services of the init of this container. Without an
            ACTION, reads actions from its standard input.

              -c, --configuration FILE   a supervisord.conf, whose [supervisorctl] says prompt, user and a server elsewhere
              -s, --serverurl URL        whom to call by XML-RPC: http://HOST:PORT or unix:///PATH
              -u, --username NAME        who is calling
              -p, --password PASSWORD    that user's password
              -i, --interactive          ask before what ends all
              -r, --history_file FILE    ignored
              -h, --help                 this

            """;

    private static final String[][] ACTIONS = {
        {"add", "add GROUP…", "take over a group of the layout"},
        {"avail", "avail", "show what the layout has"},
        {"clear", "clear NAME…|all", "empty log files"},
        {"exit", "exit", "leave"},
        {"fg", "fg NAME", "write to a process, and see what it writes"},
        {"help", "help [ACTION]", "show actions, or one"},
        {"maintail", "maintail [-f|-BYTES]", "show the supervisor's own log: there is none"},
        {"open", "open URL", "call another server"},
        {"pid", "pid [NAME…|all]", "show pids; without a name the init's"},
        {"quit", "quit", "leave"},
        {"reload", "reload", "take over the layout, and restart all"},
        {"remove", "remove GROUP…", "give up groups that are stopped"},
        {"reread", "reread", "show what has changed in the layout"},
        {"restart", "restart NAME…|GROUP:*|all", "stop and start"},
        {"shutdown", "shutdown", "stop all, and end the container"},
        {"signal", "signal SIGNAL NAME…|GROUP:*|all", "send a signal"},
        {"start", "start NAME…|GROUP:*|all", "start, and wait until it is up"},
        {"status", "status [NAME…|GROUP:*|all]", "show states"},
        {"stop", "stop NAME…|GROUP:*|all", "stop, and wait until it is down"},
        {"tail", "tail [-f|-BYTES] NAME [stdout|stderr]", "show the end of a log file, or what comes"},
        {"update", "update [GROUP…|all]", "take over what has changed in the layout"},
        {"version", "version", "show the version of supervisor that this speaks"}
    };

    private static final int WIDTH = 40;

    private Help() {}

    /** What is said of an action. */
    static String of(String action) {
        for (String[] line : ACTIONS) {
            if (line[0].equals(action)) {
                return line(line);
            }
        }
        return "*** No help on " + action;
    }

    /** What is said of all. */
    static String all() {
        StringBuilder text = new StringBuilder();
        for (String[] line : ACTIONS) {
            text.append(line(line)).append('\n');
        }
        return text.substring(0, text.length() - 1);
    }

    private static String line(String[] action) {
        return ProcessActions.padded(action[1], WIDTH) + " " + action[2];
    }
}
