package dev.pintle.init.program;

import dev.pintle.init.launch.Environment;
import dev.pintle.init.sys.ToolSys;
import java.util.List;
import java.util.Map;

/** One call of a program. */
public final class Invocation {
    /** The kernel. */
    public final ToolSys sys;

    /** The name that it was called by, without directories. */
    public final String name;

    /** Its arguments. */
    public final List<String> words;

    /** Where it says things. */
    public final Output output;

    /** Calls it. */
    public Invocation(ToolSys sys, String name, List<String> words) {
        this.sys = sys;
        this.name = name;
        this.words = words;
        this.output = new Output(sys, name);
    }

    /** The variables that it was given, each name once. */
    public Map<String, String> environment() {
        return Environment.asMap(sys.environment());
    }
}
