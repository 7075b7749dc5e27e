package dev.pintle.init.sys.teavm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.init.sys.Step;
import dev.pintle.init.sys.Sys;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.init.sys.ToolSysContract;
import dev.pintle.init.sys.remote.RemoteSys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The native kernel keeps the contract. One server for each test, so that none finds another's children. */
final class TeaVmSysIT extends ToolSysContract {
    private static final int NOFILE = 7;
    private static final boolean EMULATED = Boolean.getBoolean("pintle.emulated");
    private static final String SERVER = System.getProperty("pintle.sysServer", "");

    @AutoClose
    private @Nullable RemoteSys server;

    @Override
    protected ToolSys open() {
        RemoteSys open = server;
        if (open == null) {
            open = start(new ProcessBuilder(SERVER));
            server = open;
        }
        return open;
    }

    /** qemu-user refuses PR_SET_CHILD_SUBREAPER, at least up to 7.2. */
    @Override
    protected void adoptOrphans(Sys sys) {
        if (!EMULATED || sys.adoptOrphans() != -Errno.EINVAL) {
            super.adoptOrphans(sys);
        }
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
            int listener = sys.listenLocal(name, 0600, -1, -1);
            int client = sys.connectLocal(name);
            sys.close(sys.accept(listener));
            assertEquals(-Errno.EPIPE, sys.write(client, new byte[1], 0, 1));
            assertEquals(-Errno.EPIPE, sys.write(client, new byte[1], 0, 1), "and it is still there to be asked");
        }
    }

    /** The kernel is given an address, and would not notice where the array ends. */
    @Test
    void anArrayIsNeverOverrun() {
        int[] ends = new int[2];
        assertEquals(0, open().pipe(ends));
        byte[] bytes = new byte[4];
        assertEquals(-Errno.EINVAL, open().write(ends[1], bytes, 2, 3));
        assertEquals(-Errno.EINVAL, open().write(ends[1], bytes, -1, 3));
        assertEquals(-Errno.EINVAL, open().read(ends[0], bytes, 1, Integer.MAX_VALUE));
        open().close(ends[0]);
        open().close(ends[1]);
    }

    @Test
    void theKernelsRefusalOfAUserOrGroupIsReported() {
        ChildSpec group = shell("");
        group.groupId = 0xffff_ffffL;
        assertEquals(new SetUpReport(Step.GROUP, Errno.EINVAL), failureOf(group));
        ChildSpec user = shell("");
        user.userId = 0xffff_ffffL;
        assertEquals(new SetUpReport(Step.USER, Errno.EINVAL), failureOf(user));
    }

    @Test
    void aProcessChangesItself() throws IOException {
        assertEquals(0, open().newSession() < 0 ? -1 : 0);
        assertEquals(0, open().addNice(5));
        assertEquals(0, open().setLimit(NOFILE, 90, 100));
        long[] limit = new long[2];
        assertEquals(0, open().limit(NOFILE, limit));
        assertArrayEquals(new long[] {90, 100}, limit);
        assertEquals(0, open().changeDirectory("/proc"));
        assertEquals(-Errno.ENOENT, open().execute(missing()));
    }

    @Test
    void aPathWithANulNamesNothing() {
        assertEquals(-Errno.ENOENT, open().remove("/tmp\0/x"));
        assertEquals(-Errno.EINVAL, open().listenLocal("/tmp\0/x", 0600, -1, -1));
    }
}
