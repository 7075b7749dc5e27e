package dev.pintle.web;

import dev.pintle.init.sys.ToolSys;
import dev.pintle.init.sys.teavm.TeaVmToolSys;

/** Where the native binary begins. */
public final class NativeMain {
    private NativeMain() {}

    /** Runs the program. The parameter is always empty: {@link ToolSys#arguments}. */
    public static void main(String[] unused) {
        ToolSys sys = new TeaVmToolSys();
        sys.exit(Commands.run(sys));
    }
}
