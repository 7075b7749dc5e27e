package dev.pintle.archive.boot;

import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.Invocation;
import dev.pintle.s6.LayoutFiles;

/** {@code pintle-s6 boot --dry-run}: the layout that the trees are, printed. */
public final class DryRun {
    private DryRun() {}

    /** Prints it. */
    public static int run(Invocation call) {
        Reading reading = Reading.of(call.sys, call.environment());
        if (reading.sayProblems(call.output)) {
            return ExitCode.FAILED;
        }
        reading.sayLosses(call.output, true);
        for (LayoutFiles.File file : LayoutFiles.of(reading.translation())) {
            call.output.printRaw("==> " + file.path() + (file.executable() ? " (executable)" : ""));
            call.output.printRaw(file.text());
        }
        return ExitCode.OK;
    }
}
