package dev.pintle.init.tool;

import dev.pintle.init.boot.Init;
import dev.pintle.init.sys.Sys;
import java.util.List;

/** Chooses the program by the name that the binary was called by. */
public final class MultiCall {

    private MultiCall() {}

    /**
     * Runs the program of this process's arguments.
     *
     * @return its exit code
     */
    public static int run(Sys sys) {
        List<String> arguments = sys.arguments();
        String called = arguments.isEmpty() ? "init" : arguments.get(0);
        String name = called.substring(called.lastIndexOf('/') + 1);
        List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        if (name.equals("init")) {
            return Init.run(sys, rest);
        }
        return new PintleCommand(sys).run(rest);
    }
}
