package dev.pintle.init.tool;

import dev.pintle.init.boot.Init;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.ToolSys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the program by the name that the binary was called by. */
public final class MultiCall {
    /** A link there is the init script of the service that it is named after (sv(8)). */
    private static final String INIT_SCRIPTS = "/init.d/";

    private MultiCall() {}

    /**
     * Runs the program of this process's arguments.
     *
     * @return its exit code
     */
    public static int run(ToolSys sys) {
        List<String> arguments = sys.arguments();
        String called = arguments.isEmpty() ? "init" : arguments.get(0);
        String name = called.substring(called.lastIndexOf('/') + 1);
        List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        if (name.equals("init")) {
            return Init.run(sys, rest);
        }
        Program program = called.indexOf(INIT_SCRIPTS) >= 0 ? Program.SV : Program.find(name);
        if (program != null) {
            return run(program, new Invocation(sys, name, rest));
        }
        program = rest.isEmpty() ? null : named(rest.get(0));
        if (program != null) {
            return run(program, new Invocation(sys, program.command(), rest.subList(1, rest.size())));
        }
        return new PintleCommand(sys).run(rest);
    }

    /** {@code pintle pintle-wait}, {@code pintle chpst}; {@code pintle setuser} where no command has that word. */
    private static @Nullable Program named(String word) {
        for (Command command : Command.values()) {
            if (command.word().equals(word)) {
                return null;
            }
        }
        for (Program program : Program.values()) {
            if (program.command().equals(word) || program.word().equals(word)) {
                return program;
            }
        }
        return null;
    }

    private static int run(Program program, Invocation call) {
        boolean asksForHelp = !call.words.isEmpty() && call.words.get(0).equals("--help");
        if (asksForHelp && program.origin() == Program.Origin.PINTLE) {
            call.output.print("Usage: " + program.command() + " " + program.synopsis());
            call.output.print("");
            call.output.print(program.help());
            return ExitCode.OK;
        }
        try {
            return program.run(call);
        } catch (UsageException e) {
            call.output.complain(e.getMessage() + "; see " + program.command() + " --help");
            return e.code;
        } catch (FailureException e) {
            String message = String.valueOf(e.getMessage());
            if (e.verbatim) {
                call.output.printError(message);
            } else {
                call.output.complain(message);
            }
            return e.code;
        }
    }
}
