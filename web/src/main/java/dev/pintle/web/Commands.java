package dev.pintle.web;

import dev.pintle.init.program.Client;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.Output;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.PintleVersion;
import dev.pintle.web.listener.ListenerProgram;
import dev.pintle.web.supervisorctl.Shell;
import java.util.List;

/** {@code pintle-web COMMAND}: chooses what to do by the first word. */
final class Commands {
    static final String NAME = "pintle-web";
    /** The program that this one is, too, where it is called by that name. */
    static final String SUPERVISORCTL = "supervisorctl";

    private static final int STDOUT = 1;

    static final String HELP = """
            Usage: pintle-web serve --listen [HOST:]PORT|unix:PATH… [--users FILE] [--user NAME --password-file FILE]
                                    [--allowed-host NAME]… [--socket-mode MODE] [--socket-group GROUP]
                   pintle-web passwd [--random] NAME LEVEL
                   pintle-web metrics [--openmetrics]
                   pintle-web supervisorctl [OPTION…] [ACTION [ARGUMENT…]]
                   pintle-web listener --events NAME[,NAME…] [--buffer-size N] [--pool NAME] COMMAND [ARGUMENT…]

            Serves what pintle status shows as a page (/), the API (/api/v1/), metrics for Prometheus (/metrics), and a
            probe (/health: 200 or 503). The init starts it where pintle.conf asks for it:

              [web]
              listen = 127.0.0.1:9001, unix:/run/pintle/web.sock
              users = /etc/pintle/web.users
              allowed_hosts = status.example.com

            Without users, who connects to the loopback may read, and nobody may change anything.

              -l, --listen          a numeric address of this machine and a port; without an address, 127.0.0.1
              -m, --socket-mode     permissions of Unix sockets: who can connect may do everything; 0600, with a group 0660
              -g, --socket-group    the group of Unix sockets
              -U, --users           a file with lines NAME LEVEL HASH, as passwd prints them
              -u, --user            a user who may do everything
              -p, --password-file   that user's password is its first line
              -a, --allowed-host    a name that the page is served under, besides addresses and localhost; * is any
              -r, --ready           a descriptor that gets a line once it listens

            passwd reads a password and prints the user's line for the file. The level is metrics, read or operate.

              -R, --random          make the password up, and print it on standard error: a token

            metrics prints what /metrics serves: by default Prometheus' text, for its textfile collector.

              -o, --openmetrics     OpenMetrics 1.0

            supervisorctl does what supervisord's own program of that name does; it is that program where it is called so.

            listener runs an event listener of supervisord's: it gets the init's events on its standard input.

              -e, --events          such as PROCESS_STATE or TICK_60
              -b, --buffer-size     how many events wait for it; 10 by default
              -n, --pool            what its events are told to be for; the service's name by default""";

    private Commands() {}

    /** Runs what this process's arguments say; its exit code. */
    static int run(ToolSys sys) {
        List<String> arguments = sys.arguments();
        List<String> words = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        boolean isSupervisorctl = !arguments.isEmpty() && arguments.get(0).endsWith(SUPERVISORCTL);
        Invocation call = new Invocation(sys, isSupervisorctl ? SUPERVISORCTL : NAME, words);
        try {
            return isSupervisorctl ? Shell.run(call) : run(call);
        } catch (OutOfMemoryError e) {
            call.output.complain("cannot continue: out of memory");
            return ExitCode.OUT_OF_MEMORY;
        } catch (UsageException e) {
            call.output.complain(e.getMessage() + "; see " + call.name + " --help");
            return e.code;
        } catch (FailureException e) {
            return call.output.report(e);
        }
    }

    private static int run(Invocation call) throws FailureException {
        String word = call.words.isEmpty() ? "" : call.words.get(0);
        List<String> rest = word.isEmpty() ? call.words : call.words.subList(1, call.words.size());
        return switch (word) {
            case "serve" -> Web.run(new Invocation(call.sys, NAME, rest));
            case "passwd" -> PasswordCommand.run(new Invocation(call.sys, NAME, rest));
            case SUPERVISORCTL -> Shell.run(new Invocation(call.sys, SUPERVISORCTL, rest));
            case "listener" -> ListenerProgram.run(new Invocation(call.sys, NAME, rest));
            case "metrics" -> metrics(new Invocation(call.sys, NAME, rest));
            case "--help" -> print(call, HELP);
            case "--version" -> print(call, NAME + " " + PintleVersion.text());
            case "" -> throw new UsageException("a command is missing");
            default -> throw new UsageException("there is no command " + word);
        };
    }

    private static int metrics(Invocation call) throws FailureException {
        Options options = new Options(call.words, "o", "openmetrics=o");
        boolean openMetrics = false;
        while (options.next() != Options.END) {
            openMetrics = true;
        }
        if (options.hasOperand()) {
            throw new UsageException("metrics takes no words, such as " + options.operand());
        }
        try {
            for (byte[] piece :
                    new Metrics().of(Scrape.now(call.sys), openMetrics).text().all()) {
                int result = Output.write(call.sys, STDOUT, piece, piece.length);
                if (result < 0) {
                    throw new FailureException(ExitCode.FAILED, "cannot print metrics: " + Errno.describe(-result));
                }
            }
            return ExitCode.OK;
        } catch (Client.NoReplyException e) {
            throw new FailureException(e.code, String.valueOf(e.getMessage()));
        } catch (Scrape.RefusedException e) {
            throw new FailureException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static int print(Invocation call, String text) {
        call.output.printRaw(text);
        return ExitCode.OK;
    }
}
