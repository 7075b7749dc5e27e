package dev.pintle.web;

import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.init.tool.CheckCommand;

/** What {@code pintle check} finds, in a child: a layout may be large, and reading it slow. */
final class Findings {
    private Findings() {}

    /** Writes an object with all that is wrong. */
    static void write(ToolSys sys, PipeOutput pipe) {
        pipe.write(RawText.encode("{\"diagnostics\":" + CheckCommand.findings(sys) + "}\n"));
    }
}
