package dev.pintle.init;

import dev.pintle.init.sys.ToolSys;
import dev.pintle.init.sys.jnr.JnrToolSys;
import dev.pintle.init.tool.MultiCall;
import java.util.List;

/** The same program on a JVM, for an IDE with a debugger; jnr-posix must be on the class path. */
public final class JvmMain {
    private JvmMain() {}

    /** Runs the program whose name the first argument is: {@code init}, {@code pintle}… */
    public static void main(String[] arguments) {
        ToolSys sys = new JnrToolSys(arguments.length == 0 ? List.of("init") : List.of(arguments));
        sys.exit(MultiCall.run(sys));
    }
}
