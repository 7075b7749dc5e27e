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
import java.util.List;

/** {@code pintle-web COMMAND}: chooses what to do by the first word. */
final class Commands {
    static final String NAME = "pintle-web";
    private static final int STDOUT = 1;

    static final String HELP = """
            Usage: pintle-web serve --listen [HOST:]PORT [--user NAME --password-file FILE] [--allowed-host NAME]…
                   pintle-web metrics [--openmetrics]

            Serves what pintle status shows as a page (/), as JSON (/status), as metrics for Prometheus (/metrics),
            and as a probe (/health: 200 or 503). The init starts it where pintle.conf asks for it:

              [web]
              listen = 127.0.0.1:9001
              username = admin
              password_file = /run/secrets/web
              allowed_hosts = status.example.com

            With a password the page has buttons to start, stop and restart; without, none.

              -l, --listen          a numeric address of this machine and a port; without an address, 127.0.0.1
              -u, --user            who may see the page
              -p, --password-file   the password is its first line
              -a, --allowed-host    a name that the page is served under, besides addresses and localhost; * is any
              -r, --ready           a descriptor that gets a line once it listens

            metrics prints what /metrics serves: by default Prometheus' text, for its textfile collector.

              -o, --openmetrics     OpenMetrics 1.0""";

    private Commands() {}

    /** Runs what this process's arguments say; its exit code. */
    static int run(ToolSys sys) {
        List<String> arguments = sys.arguments();
        List<String> words = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        Invocation call = new Invocation(sys, NAME, words);
        try {
            return run(call);
        } catch (OutOfMemoryError e) {
            call.output.complain("cannot continue: out of memory");
            return ExitCode.OUT_OF_MEMORY;
        } catch (UsageException e) {
            call.output.complain(e.getMessage() + "; see " + NAME + " --help");
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
                    new Metrics().of(Scrape.of(call.sys), openMetrics).text().all()) {
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
