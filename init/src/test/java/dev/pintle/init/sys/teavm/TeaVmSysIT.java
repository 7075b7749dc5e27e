package dev.pintle.init.sys.teavm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.init.sys.RealSysContract;
import dev.pintle.init.sys.Sys;
import dev.pintle.init.sys.remote.RemoteSys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The native kernel keeps the contract. One server for each test, so that none finds another's children. */
final class TeaVmSysIT extends RealSysContract {
    private static final String SERVER = System.getProperty("pintle.sysServer", "");

    @AutoClose
    private @Nullable RemoteSys server;

    @Override
    protected Sys open() {
        RemoteSys open = server;
        if (open == null) {
            open = start(new ProcessBuilder(SERVER));
            server = open;
        }
        return open;
    }

    private static RemoteSys start(ProcessBuilder builder) {
        try {
            return new RemoteSys(builder.redirectError(Redirect.DISCARD).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** TeaVM's own reading of the last argument here would not end. */
    @Test
    void argumentsAndEnvironmentAreRead() {
        String script = "exec env -i \"X=$(printf 'a\\377')\" \"$0\" one '' \"$(printf '\\377\\303')\"";
        try (RemoteSys sys = start(new ProcessBuilder("/bin/sh", "-c", script, SERVER))) {
            assertEquals(List.of(SERVER, "one", "", "\uDCFF\uDCC3"), sys.arguments());
            assertEquals(List.of("X=a\uDCFF"), sys.environment());
        }
    }

    @Test
    void closedStandardDescriptorsAreOpenedSoThatNoPipeTakesTheirPlace() {
        try (RemoteSys sys = start(new ProcessBuilder("/bin/sh", "-c", "exec \"$0\" 2>&-", SERVER))) {
            int[] ends = new int[2];
            assertEquals(0, sys.pipe(ends));
            assertEquals(3, ends[0]);
            assertEquals(4, ends[1]);
        }
    }

    @Test
    void aClientIsNotKilledWhenTheOtherEndIsGone() {
        try (RemoteSys sys = start(new ProcessBuilder(SERVER))) {
            String name = "@pintle-it-" + sys.pid();
            int listener = sys.listenLocal(name, 0600);
            int client = sys.connectLocal(name);
            sys.close(sys.accept(listener));
            assertEquals(-32, sys.write(client, new byte[1], 0, 1));
            assertEquals(-32, sys.write(client, new byte[1], 0, 1), "and it is still there to be asked");
        }
    }
}
