package dev.pintle.init.tool;

import dev.pintle.init.boot.Init;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Output;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.PintleVersion;
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
        try {
            return runCalled(sys);
        } catch (OutOfMemoryError e) {
            new Invocation(sys, "pintle", List.of()).output.complain("cannot continue: out of memory");
            return ExitCode.OUT_OF_MEMORY;
        }
    }

    private static int runCalled(ToolSys sys) {
        List<String> arguments = sys.arguments();
        String called = arguments.isEmpty() ? "init" : arguments.get(0);
        String name = called.substring(called.lastIndexOf('/') + 1);
        List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        if (name.equals("init")) {
            return rest.size() == 1 && asksForUs(rest.get(0)) ? explainInit(sys, rest.get(0)) : Init.run(sys, rest);
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

    /** No program is called so. */
    private static boolean asksForUs(String word) {
        return word.equals("--help") || word.equals("--version");
    }

    private static int explainInit(ToolSys sys, String word) {
        Output output = new Output(sys, "init");
        if (word.equals("--version")) {
            output.print("pintle " + PintleVersion.text());
            return ExitCode.OK;
        }
        output.print("Usage: /init [COMMAND [ARGUMENT…]]");
        output.print("");
        output.print("The entry point of a container: starts the services of /etc/pintle, then COMMAND (the CMD),");
        output.print("and stops all in order. There is one in a container; the pintle command talks to it.");
        output.print("");
        output.print("  ENTRYPOINT [\"/init\"]");
        output.print("  CMD [\"gunicorn\", \"app:app\"]");
        return ExitCode.OK;
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
            call.output.printRaw(program.help());
            return ExitCode.OK;
        }
        try {
            return program.run(call);
        } catch (UsageException e) {
            call.output.complain(e.getMessage() + "; see " + program.command() + " --help");
            return e.code;
        } catch (FailureException e) {
            return call.output.report(e);
        }
    }
}
