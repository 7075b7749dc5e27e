package dev.pintle.archive;

import dev.pintle.archive.boot.Boot;
import dev.pintle.archive.boot.DryRun;
import dev.pintle.archive.boot.ServicesAgain;
import dev.pintle.archive.program.Halt;
import dev.pintle.archive.program.S6Rc;
import dev.pintle.archive.program.S6RcDb;
import dev.pintle.archive.program.S6Svc;
import dev.pintle.archive.program.S6Svok;
import dev.pintle.archive.program.S6Svscanctl;
import dev.pintle.archive.program.S6Svstat;
import dev.pintle.archive.program.S6Svwait;
import dev.pintle.archive.program.WithContenv;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.ToolSys;
import java.util.List;

/** Chooses the program by the name that the binary was called by. */
final class MultiCall {
    private static final String OWN_NAME = "pintle-s6";

    private static final String HELP = """
            Usage: pintle-s6 boot [--dry-run] [COMMAND…]
                   pintle-s6 services
                   pintle-s6 exit-code

            Has an image of s6-overlay run under Pintle. As /init it is the entry point of the container, and
            means boot: reads the trees (s6-rc.d, services.d, cont-init.d, cont-finish.d), writes a layout to
            /run/pintle-s6, says what it leaves out, and becomes the init.

              boot --dry-run   writes nothing and starts nothing: prints the layout, and on standard error what
                               became of each file that is not the same. Exit code 1: it could not start.
              services         reads the trees again, as the container's layout does by itself once all is up
                               that may write to services.d.
              exit-code        has a code count that a script has stored, unless the container has a CMD: that
                               one's code counts. The layout does it when it stops.""";

    private MultiCall() {}

    /** Runs the program of this process's arguments; its exit code. */
    static int run(ToolSys sys) {
        List<String> arguments = sys.arguments();
        String called = arguments.isEmpty() ? OWN_NAME : arguments.get(0);
        String name = called.substring(called.lastIndexOf('/') + 1);
        Invocation call =
                new Invocation(sys, name, arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size()));
        try {
            return run(call);
        } catch (OutOfMemoryError e) {
            call.output.complain("cannot go on: this takes more memory than there is");
            return ExitCode.OUT_OF_MEMORY;
        } catch (UsageException e) {
            call.output.complain(e.getMessage() + "; see " + OWN_NAME + " --help");
            return e.code;
        } catch (FailureException e) {
            return call.output.report(e);
        }
    }

    private static int run(Invocation call) throws FailureException {
        return switch (call.name) {
            case "init" -> Boot.run(new Invocation(call.sys, OWN_NAME, call.words));
            case "with-contenv" -> WithContenv.run(call);
            case "printcontenv" -> WithContenv.print(call);
            case "halt", "poweroff", "reboot" -> Halt.run(call);
            case "s6-svscanctl" -> S6Svscanctl.run(call);
            case "s6-svc" -> S6Svc.run(call);
            case "s6-svok" -> S6Svok.run(call);
            case "s6-svstat" -> S6Svstat.run(call);
            case "s6-svwait" -> S6Svwait.run(call);
            case "s6-rc" -> S6Rc.run(call);
            case "s6-rc-db" -> S6RcDb.run(call);
            default -> own(new Invocation(call.sys, OWN_NAME, call.words));
        };
    }

    private static int own(Invocation call) throws FailureException {
        String word = call.words.isEmpty() ? "--help" : call.words.get(0);
        List<String> rest = call.words.isEmpty() ? call.words : call.words.subList(1, call.words.size());
        Invocation command = new Invocation(call.sys, call.name, rest);
        return switch (word) {
            case "boot" -> !rest.isEmpty() && rest.get(0).equals("--dry-run") ? DryRun.run(command) : Boot.run(command);
            case "services" -> ServicesAgain.run(command);
            case "exit-code" -> Halt.storedCode(command);
            case "--help" -> {
                call.output.printRaw(HELP);
                yield call.words.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
            }
            default -> throw new UsageException("there is no command " + word);
        };
    }
}
