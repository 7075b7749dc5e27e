package dev.pintle.init;

import dev.pintle.init.sys.Sys;
import dev.pintle.init.sys.teavm.TeaVmSys;
import dev.pintle.init.tool.MultiCall;

/** Where the native binary begins. */
public final class NativeMain {
    private NativeMain() {}

    /** Runs the program whose name the binary was called by. The parameter is always empty: {@link Sys#arguments}. */
    public static void main(String[] unused) {
        Sys sys = new TeaVmSys();
        sys.exit(MultiCall.run(sys));
    }
}
