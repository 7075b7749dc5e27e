package dev.pintle.init.sys.jnr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.init.sys.Step;
import dev.pintle.init.sys.Sys;
import dev.pintle.init.sys.SysContract;
import dev.pintle.layout.ProcessSettings.Limit;
import dev.pintle.layout.ProcessSettings.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The real kernel from the JVM keeps the contract, and gives a child what its description says. */
@Isolated("it waits for every child of this JVM")
final class JnrSysTest extends SysContract {
    private static final int NOBODY = 65534;

    private final JnrSys sys = new JnrSys(List.of("init"));

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private static ChildSpec shell(String script) {
        ChildSpec child = new ChildSpec();
        child.programs.add("/nonexistent/sh");
        child.programs.add("/bin/sh");
        child.arguments.addAll(List.of("sh", "-c", script));
        child.environment.add("PATH=/usr/bin:/bin");
        return child;
    }

    @Override
    protected Sys open() {
        return sys;
    }

    @Override
    protected ChildSpec exits(int code) {
        return shell("exit " + code);
    }

    @Override
    protected ChildSpec stays() {
        return shell("exec sleep 1000");
    }

    @Override
    protected ChildSpec missing() {
        ChildSpec child = new ChildSpec();
        child.programs.add("/nonexistent/program");
        child.arguments.add("program");
        return child;
    }

    @Override
    protected ChildSpec saysReadyOn(int descriptor) {
        return shell("echo >&" + descriptor + "; exec sleep 1000 " + descriptor + ">&-");
    }

    @Override
    protected ChildSpec leavesOneBehind() {
        return shell("sleep 1000 & exit 0");
    }

    @Override
    protected String directory() {
        return scratch.toString();
    }

    @Override
    protected void signalSelf(int signal) {
        assertEquals(0, sys.kill(sys.pid(), signal));
    }

    /** Runs a child to its end; what it has written. */
    private String outputOf(ChildSpec child) throws IOException {
        Path output = scratch.resolve("output");
        child.stdoutFile = output.toString();
        child.stderrToStdout = true;
        int pid = sys.spawn(child);
        assertTrue(pid > 0);
        // The kernel lets the parent go on before it closes what exec closes.
        int read = -Errno.EAGAIN;
        while (read == -Errno.EAGAIN) {
            read = sys.read(child.statusDescriptor, new byte[4], 0, 4);
        }
        assertEquals(0, read, "it has executed");
        sys.close(child.statusDescriptor);
        EndedChild ended = new EndedChild();
        while (sys.peekEnded(ended) == 0) {
            Thread.onSpinWait();
        }
        assertEquals(pid, ended.pid);
        sys.release(pid);
        return Files.readString(output);
    }

    private SetUpReport failureOf(ChildSpec child) {
        int pid = sys.spawn(child);
        byte[] report = new byte[SetUpReport.SIZE];
        assertEquals(SetUpReport.SIZE, sys.read(child.statusDescriptor, report, 0, report.length));
        sys.close(child.statusDescriptor);
        sys.release(pid);
        return SetUpReport.decode(report);
    }

    @Test
    void aChildIsWhereAndWhatItIsToBe() throws IOException {
        ChildSpec child = shell("pwd; umask; echo $0 $FOO; ulimit -n; ulimit -Sc; nice; cat self/oom_score_adj");
        child.arguments.set(0, "named");
        child.arguments.add("zero");
        child.directory = "/proc";
        child.umask = 027;
        child.environment.add("FOO=a b");
        child.limits = List.of(new Limit(Resource.NOFILE, 100, 100), new Limit(Resource.CORE, 0, 0));
        child.nice = 3;
        child.oomScoreAdj = 700;
        assertEquals("/proc\n0027\nzero a b\n100\n0\n3\n700\n", outputOf(child));
    }

    @Test
    void aChildHasNoSignalBlockedAndLeadsItsSession() throws IOException {
        ChildSpec child = shell("grep -E 'Sig(Blk|Ign)|NoNewPrivs' /proc/self/status; cut -d' ' -f1,5,6 /proc/$$/stat");
        child.noNewPrivileges = true;
        String[] lines = outputOf(child).lines().toArray(String[]::new);
        assertEquals("SigBlk:\t0000000000000000", lines[0]);
        assertEquals("SigIgn:\t0000000000000000", lines[1]);
        assertEquals("NoNewPrivs:\t1", lines[2]);
        String[] numbers = lines[3].split(" ", -1);
        assertEquals(numbers[0], numbers[1], "its group is its own");
        assertEquals(numbers[0], numbers[2], "its session is its own");
    }

    @Test
    void aChildHasNoDescriptorButItsOwn() throws IOException {
        assertEquals("0\n1\n2\n3\n", outputOf(shell("ls /proc/self/fd")), "3 is the list's own");
    }

    @Test
    void outputIsAppended() throws IOException {
        outputOf(shell("echo one"));
        assertEquals("one\ntwo\n", outputOf(shell("echo two >&2")));
    }

    @Test
    void bytesThatAreNoTextPassThrough() throws IOException {
        ChildSpec child = shell("printf %s \"$1\" | od -An -tx1");
        child.arguments.addAll(List.of("sh", "\uDCFF\uDC80x"));
        assertEquals(" ff 80 78\n", outputOf(child));
    }

    @Test
    void aStepThatFailsIsReported() {
        ChildSpec nowhere = shell("");
        nowhere.directory = "/nonexistent";
        assertEquals(new SetUpReport(Step.DIRECTORY, Errno.ENOENT), failureOf(nowhere));
        ChildSpec output = shell("");
        output.stdoutFile = "/nonexistent/file";
        assertEquals(new SetUpReport(Step.STDOUT, Errno.ENOENT), failureOf(output));
        ChildSpec limits = shell("");
        limits.limits = List.of(new Limit(Resource.NOFILE, 100, 50));
        assertEquals(new SetUpReport(Step.LIMITS, Errno.EINVAL), failureOf(limits));
        ChildSpec noProgram = new ChildSpec();
        noProgram.programs.add("/etc/passwd");
        noProgram.arguments.add("passwd");
        assertEquals(new SetUpReport(Step.EXECUTE, Errno.EACCES), failureOf(noProgram));
    }

    @Test
    void onlyRootMakesAChildAnotherUserAndStaysRoot() throws IOException {
        ChildSpec child = shell("id -u; id -g; id -G");
        child.userId = NOBODY;
        child.groupId = NOBODY;
        child.groups = new int[] {NOBODY, 7};
        if (sys.userId() != 0) {
            assertEquals(new SetUpReport(Step.GROUPS, Errno.EPERM), failureOf(child));
            return;
        }
        assertEquals(NOBODY + "\n" + NOBODY + "\n" + NOBODY + " 7\n", outputOf(child));
        assertEquals(0, sys.userId());
        ChildSpec other = shell("id -u");
        assertEquals(NOBODY + "\n" + NOBODY + "\n" + NOBODY + " 7\n0\n", outputOf(other), "and so is the next child");
    }
}
