package dev.pintle.init.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.layout.ProcessSettings.CapabilityChange;
import dev.pintle.layout.ProcessSettings.Limit;
import dev.pintle.layout.ProcessSettings.Resource;
import dev.pintle.layout.ProcessSettings.ResourceSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What an adapter to the real kernel owes beyond the contract: children are exactly what they are described to be. */
public abstract class RealSysContract extends SysContract {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final long NET_BIND_SERVICE = 1L << 10;
    private static final long KILL = 1L << 5;
    private static final int NOBODY = 65534;
    private static final int E2BIG = 7;
    private static final int ENOEXEC = 8;
    private static final int EBADF = 9;
    private static final int ENAMETOOLONG = 36;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private Sys sys() {
        return open();
    }

    /** A child that runs a script. */
    protected static ChildSpec shell(String script) {
        ChildSpec child = new ChildSpec();
        child.programs.add("/nonexistent/sh");
        child.programs.add("/bin/sh");
        child.arguments.addAll(List.of("sh", "-c", script));
        child.environment.add("PATH=/usr/bin:/bin");
        child.stdout = 2;
        return child;
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
        assertEquals(0, sys().kill(sys().pid(), signal));
    }

    private @Nullable SetUpReport reportOf(ChildSpec child) {
        byte[] bytes = new byte[SetUpReport.SIZE];
        int count = -Errno.EAGAIN;
        while (count == -Errno.EAGAIN) {
            PollSet set = new PollSet();
            set.add(child.statusDescriptor, PollSet.READABLE);
            assertTrue(sys().poll(set, 10_000) >= 0);
            count = sys().read(child.statusDescriptor, bytes, 0, bytes.length);
        }
        assertEquals(0, sys().close(child.statusDescriptor));
        assertTrue(count == 0 || count == SetUpReport.SIZE);
        return count == 0 ? null : SetUpReport.decode(bytes);
    }

    private ExitStatus endOf(int pid) {
        assertEquals(0, sys().kill(pid, 0), "it is there");
        EndedChild ended = new EndedChild();
        long deadline = sys().monotonicMillis() + 10_000;
        while (sys().peekEnded(ended) == 0) {
            assertTrue(sys().monotonicMillis() < deadline);
        }
        assertEquals(pid, ended.pid);
        assertEquals(0, sys().release(pid) < 0 ? -1 : 0);
        return ended.status;
    }

    /** Runs a child to its end with its outputs in a file; what it has written. */
    private String outputOf(ChildSpec child) throws IOException {
        Path output = scratch.resolve("output");
        Files.deleteIfExists(output);
        child.stdoutFile = output.toString();
        child.stderrToStdout = true;
        run(child);
        return Files.readString(output);
    }

    private void run(ChildSpec child) {
        int pid = sys().spawn(child);
        assertTrue(pid > 0, () -> "spawn gave " + pid);
        assertEquals(null, reportOf(child), "it executes");
        endOf(pid);
    }

    /** Runs a child whose set-up fails, and gives why. */
    protected final SetUpReport failureOf(ChildSpec child) {
        int pid = sys().spawn(child);
        assertTrue(pid > 0, () -> "spawn gave " + pid);
        SetUpReport report = reportOf(child);
        assertNotNull(report, "a step fails");
        assertEquals(endAfter(report), endOf(pid));
        return report;
    }

    /** How a child ends that has reported this. */
    protected ExitStatus endAfter(SetUpReport report) {
        return report.end();
    }

    @Test
    void aChildIsWhereAndWhatItIsToBe() throws IOException {
        ChildSpec child = shell("pwd; umask; echo $0 $FOO; ulimit -n; ulimit -Sc; nice; cat self/oom_score_adj");
        child.arguments.set(0, "named");
        child.arguments.add("zero");
        child.directory = "/proc";
        child.umask = 027;
        child.environment.add("FOO=a b");
        child.resources = new ResourceSettings(
                3, 700, List.of(new Limit(Resource.NOFILE, 100, 100), new Limit(Resource.CORE, 0, 0)));
        assertEquals("/proc\n0027\nzero a b\n100\n0\n3\n700\n", outputOf(child));
    }

    @Test
    @DisabledIfSystemProperty(
            named = "pintle.emulated",
            matches = "true",
            disabledReason = "qemu-user keeps signal 32 to itself, and children have it ignored")
    void aChildHasNoSignalBlockedAndLeadsItsSession() throws IOException {
        ChildSpec child = shell("grep -E 'Sig(Blk|Ign)|NoNewPrivs' /proc/self/status; cut -d' ' -f1,5,6 /proc/$$/stat");
        child.noNewPrivileges = true;
        List<String> lines = outputOf(child).lines().toList();
        assertEquals("SigBlk:\t0000000000000000", lines.get(0));
        assertEquals("SigIgn:\t0000000000000000", lines.get(1));
        assertEquals("NoNewPrivs:\t1", lines.get(2));
        String pid = lines.get(3).substring(0, lines.get(3).indexOf(' '));
        assertEquals(pid + " " + pid + " " + pid, lines.get(3), "group and session are its own");
    }

    @Test
    void aSignalForAChildThatBlocksThemWaits() throws IOException {
        ChildSpec child = shell("kill -TERM $$; echo goes on");
        child.blocksSignals = true;
        assertEquals("goes on\n", outputOf(child));
    }

    @Test
    void withoutATerminalThereIsNoForegroundToTake() throws IOException {
        ChildSpec child = shell("cut -d' ' -f1,5 /proc/$$/stat");
        child.foreground = true;
        String[] numbers = outputOf(child).trim().split(" ", -1);
        assertEquals(numbers[0], numbers[1], "it leads a group");
    }

    @Test
    void aChildHasNoDescriptorButItsOwn() throws IOException {
        int[] ends = new int[2];
        assertEquals(0, sys().pipe(ends));
        assertEquals("0\n1\n2\n3\n", outputOf(shell("ls /proc/self/fd")), "3 is the list's own");
        sys().close(ends[0]);
        sys().close(ends[1]);
    }

    @Test
    void withoutAnInputReadingEndsAtOnce() throws IOException {
        assertEquals("ended\n", outputOf(shell("read line || echo ended")));
    }

    @Test
    void aPipeBlocksForAChildThoughNotForInit() throws IOException {
        int[] ends = new int[2];
        assertEquals(0, sys().pipe(ends));
        ChildSpec child = shell("read line; echo got $line");
        child.stdin = ends[0];
        Path output = scratch.resolve("output");
        child.stdoutFile = output.toString();
        int pid = sys().spawn(child);
        assertEquals(null, reportOf(child));
        assertEquals(2, sys().write(ends[1], new byte[] {'x', '\n'}, 0, 2));
        assertEquals(ExitStatus.ofCode(0), endOf(pid));
        assertEquals("got x\n", Files.readString(output));
        sys().close(ends[0]);
        sys().close(ends[1]);
    }

    @Test
    void descriptorsMayChangePlacesWithoutLosingOne() throws IOException {
        int[] first = new int[2];
        int[] second = new int[2];
        assertEquals(0, sys().pipe(first));
        assertEquals(0, sys().pipe(second));
        ChildSpec child = shell("echo out; echo err >&2; echo extra >/proc/self/fd/" + first[1]);
        child.stdout = second[1];
        child.stderr = first[1];
        child.extraTarget = first[1];
        child.extraSource = second[1];
        run(child);
        assertEquals("out\nextra\n", read(second[0]));
        assertEquals("err\n", read(first[0]));
        for (int end : new int[] {first[0], first[1], second[0], second[1]}) {
            sys().close(end);
        }
    }

    private String read(int descriptor) {
        byte[] bytes = new byte[100];
        int count = sys().read(descriptor, bytes, 0, bytes.length);
        assertTrue(count > 0, () -> "read gave " + count);
        return RawText.decode(bytes, 0, count);
    }

    @Test
    void theReportSurvivesATargetThatIsItsPipe() {
        ChildSpec probe = shell("exit 0");
        int pid = sys().spawn(probe);
        int next = probe.statusDescriptor;
        assertEquals(null, reportOf(probe));
        endOf(pid);
        for (int target = next; target < next + 3; target++) {
            ChildSpec child = missing();
            child.extraTarget = target;
            child.extraSource = 2;
            assertEquals(new SetUpReport(Step.EXECUTE, Errno.ENOENT), failureOf(child));
        }
    }

    @Test
    void outputIsAppendedAndErrorsMayGoElsewhere() throws IOException {
        Path output = scratch.resolve("out");
        Path errors = scratch.resolve("err");
        for (int i = 0; i < 2; i++) {
            ChildSpec child = shell("echo one; echo two >&2");
            child.stdoutFile = output.toString();
            child.stderrFile = errors.toString();
            run(child);
        }
        assertEquals("one\none\n", Files.readString(output));
        assertEquals("two\ntwo\n", Files.readString(errors));
    }

    @Test
    void bytesThatAreNoTextPassThrough() throws IOException {
        ChildSpec child = shell("printf %s \"$1$X\" | od -An -tx1");
        child.arguments.addAll(List.of("sh", "\uDCFF\uDC80x\u00e9"));
        child.environment.add("X=\uDCC3");
        assertEquals(" ff 80 78 c3 a9 c3\n", outputOf(child));
    }

    @Test
    void anInheritedEnvironmentIsInitsOwnButForWhatDiffers() throws IOException {
        List<String> own = sys().environment();
        String gone = own.stream()
                .filter(word -> !word.startsWith("PATH="))
                .map(word -> word.substring(0, word.indexOf('=')))
                .findFirst()
                .orElseThrow();
        ChildSpec child = shell("");
        child.programs = List.of("/usr/bin/env");
        child.arguments = List.of("env", "-0");
        child.environment.addAll(List.of("XY=new", gone, "X"));
        child.inheritsEnvironment = true;
        List<String> expected = new ArrayList<>(own);
        expected.removeIf(word -> word.startsWith("PATH=") || word.startsWith(gone + "=") || word.startsWith("XY="));
        expected.addAll(List.of("PATH=/usr/bin:/bin", "XY=new"));
        List<String> given = new ArrayList<>(List.of(outputOf(child).split("\0", -1)));
        given.remove("");
        Collections.sort(expected);
        Collections.sort(given);
        assertEquals(expected, given);
    }

    @Test
    void aLargeEnvironmentPassesAndOneTooLargeIsRefused() throws IOException {
        ChildSpec child = shell("echo ${#A} ${#B}");
        child.environment.add("A=" + "a".repeat(100_000));
        child.environment.add("B=" + "b".repeat(10_000));
        assertEquals("100000 10000\n", outputOf(child));
        ChildSpec tooLarge = shell("");
        tooLarge.environment.add("A=" + "a".repeat(200_000));
        assertEquals(new SetUpReport(Step.EXECUTE, E2BIG), failureOf(tooLarge));
    }

    @Test
    void everyStepThatFailsIsReported() throws IOException {
        ChildSpec output = shell("");
        output.stdoutFile = directory() + "/nowhere/file";
        assertEquals(new SetUpReport(Step.STDOUT, Errno.ENOENT), failureOf(output));
        ChildSpec errors = shell("");
        errors.stderrFile = "/";
        assertEquals(new SetUpReport(Step.STDERR, 21), failureOf(errors));
        ChildSpec descriptor = shell("");
        descriptor.stdin = 999;
        assertEquals(new SetUpReport(Step.DESCRIPTORS, EBADF), failureOf(descriptor));
        ChildSpec limits = shell("");
        limits.resources = new ResourceSettings(
                ChildSpec.INHERITED, ChildSpec.INHERITED, List.of(new Limit(Resource.NOFILE, 100, 50)));
        assertEquals(new SetUpReport(Step.LIMITS, Errno.EINVAL), failureOf(limits));
        ChildSpec score = shell("");
        score.resources = new ResourceSettings(ChildSpec.INHERITED, 5000, List.of());
        assertEquals(new SetUpReport(Step.OOM_SCORE, Errno.EINVAL), failureOf(score));
        ChildSpec nowhere = shell("");
        nowhere.directory = directory() + "/nowhere";
        assertEquals(new SetUpReport(Step.DIRECTORY, Errno.ENOENT), failureOf(nowhere));
        ChildSpec file = shell("");
        file.directory = "/etc/passwd";
        assertEquals(new SetUpReport(Step.DIRECTORY, Errno.ENOTDIR), failureOf(file));
    }

    @Test
    void whyNoProgramCouldBeExecutedIsReportedAsExecvpDoes() throws IOException {
        Path text = scratch.resolve("text");
        Files.writeString(text, "no magic\n");
        ChildSpec child = new ChildSpec();
        child.arguments.add("program");
        child.programs.addAll(List.of(text.toString(), directory() + "/nowhere", "/etc/passwd/program"));
        assertEquals(new SetUpReport(Step.EXECUTE, Errno.EACCES), failureOf(child));
        Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertEquals(new SetUpReport(Step.EXECUTE, ENOEXEC), failureOf(child));
        child.programs.remove(0);
        assertEquals(new SetUpReport(Step.EXECUTE, Errno.ENOENT), failureOf(child));
        child.programs.add("/" + "x".repeat(5000));
        assertEquals(new SetUpReport(Step.EXECUTE, ENAMETOOLONG), failureOf(child));
    }

    @Test
    void rootMakesAChildAnotherUser() throws IOException {
        ChildSpec child = shell("id -u; id -g; id -G");
        child.userId = NOBODY;
        child.groupId = NOBODY;
        child.groups = new int[] {NOBODY, 7};
        if (sys().userId() == 0) {
            assertEquals(NOBODY + "\n" + NOBODY + "\n" + NOBODY + " 7\n", outputOf(child));
            assertEquals("0\n", outputOf(shell("id -u")), "the next child is root again");
        } else {
            assertEquals(new SetUpReport(Step.GROUPS, Errno.EPERM), failureOf(child));
        }
    }

    @Test
    void capabilitiesAreTakenFromRootAndKeptForAnother() throws IOException {
        if (sys().userId() != 0) {
            ChildSpec child = shell("");
            child.capabilities = new CapabilityChange(0, NET_BIND_SERVICE);
            assertEquals(Step.CAPABILITIES, failureOf(child).step());
            return;
        }
        ChildSpec root = shell("grep -E 'Cap(Prm|Bnd)' /proc/self/status");
        root.capabilities = new CapabilityChange(~(NET_BIND_SERVICE | KILL), NET_BIND_SERVICE | KILL);
        assertEquals("CapPrm:\t0000000000000420\nCapBnd:\t0000000000000420\n", outputOf(root));
        ChildSpec other = shell("grep -E 'Cap(Inh|Prm|Eff|Amb)' /proc/self/status");
        other.userId = NOBODY;
        other.capabilities = new CapabilityChange(0, NET_BIND_SERVICE);
        String only = "\t0000000000000400\n";
        assertEquals("CapInh:" + only + "CapPrm:" + only + "CapEff:" + only + "CapAmb:" + only, outputOf(other));
        ChildSpec unknown = shell("");
        unknown.capabilities = new CapabilityChange(0, 1L << 62);
        assertEquals(new SetUpReport(Step.CAPABILITIES, Errno.EPERM), failureOf(unknown));
    }

    @Test
    void listeningSocketsFollowTheDescriptorsThatAllHave() throws IOException {
        int[] listeners = {sys().listenTcp(LOOPBACK, 0), sys().listenLocal(directory() + "/listener", 0600, -1, -1)};
        ChildSpec child =
                shell("readlink /proc/self/fd/3 /proc/self/fd/4 | cut -d: -f1; [ $LISTEN_PID = $$ ] && echo $0 mine");
        child.arguments.add("named");
        child.sockets = listeners;
        assertEquals("socket\nsocket\nnamed mine\n", outputOf(child));
        for (int listener : listeners) {
            assertEquals(0, sys().close(listener));
        }
    }

    @Test
    void whoListensAtEveryAddressIsFoundAtEach() throws IOException {
        int port = freePort();
        int listener = sys().listenTcp(new byte[0], port);
        assertTrue(listener >= 0, () -> "listenTcp gave " + listener);
        assertEquals(0, sys().tryTcp(LOOPBACK, port));
        assertEquals(-Errno.EADDRINUSE, sys().listenTcp(LOOPBACK, port));
        ChildSpec child = shell("sleep 100");
        child.sockets = new int[] {listener};
        int holder = sys().spawn(child);
        assertEquals(null, reportOf(child));
        assertEquals(0, sys().stopListening(listener), "though a child holds it too");
        assertEquals(-Errno.ECONNREFUSED, sys().tryTcp(LOOPBACK, port));
        int again = sys().listenTcp(LOOPBACK, port);
        assertTrue(again >= 0, () -> "listenTcp gave " + again);
        sys().stopListening(again);
        sys().kill(holder, Signal.KILL);
        endOf(holder);
        assertEquals(-Errno.EADDRNOTAVAIL, sys().listenTcp(new byte[] {(byte) 192, 0, 2, 1}, port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A shared pipe that others fill must not hold up who has looked whether it had room. */
    @Test
    void whatIsOpenedAgainIsWrittenToWithoutWaiting() throws IOException {
        int[] pipe = new int[2];
        assertEquals(0, sys().pipe(pipe));
        int again = sys().openAgain(pipe[1]);
        assertTrue(again >= 0, () -> "openAgain gave " + again);
        byte[] much = new byte[4096];
        int count = sys().write(again, much, 0, much.length);
        while (count > 0) {
            count = sys().write(again, much, 0, much.length);
        }
        assertEquals(-Errno.EAGAIN, count);
        sys().close(again);
        sys().close(pipe[0]);
        sys().close(pipe[1]);
        Path file = Files.writeString(scratch.resolve("file"), "x");
        int plain = sys().openForReading(file.toString());
        assertEquals(-Errno.EINVAL, sys().openAgain(plain));
        sys().close(plain);
    }

    /** As {@code /dev/stdout} of a service that runs as another user. */
    @Test
    void othersMayBeLetOpenAPipeAndNothingElse() throws IOException {
        int[] pipe = new int[2];
        assertEquals(0, sys().pipe(pipe));
        assertEquals(0, sys().letOthersWrite(pipe[1]));
        FileFacts facts = new FileFacts();
        assertEquals(0, sys().stat("/proc/self/fd/" + pipe[1], facts));
        assertEquals(0622, facts.mode);
        sys().close(pipe[0]);
        sys().close(pipe[1]);
        Path file = Files.writeString(scratch.resolve("mine"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        int plain = sys().openForReading(file.toString());
        assertEquals(-Errno.EINVAL, sys().letOthersWrite(plain));
        sys().close(plain);
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aSocketsFileHasItsModeWhateverTheUmask() {
        String path = directory() + "/socket";
        int listener = sys().listenLocal(path, 0666, -1, -1);
        FileFacts facts = new FileFacts();
        assertEquals(0, sys().stat(path, facts));
        assertEquals(0666, facts.mode);
        sys().close(listener);
        int again = sys().listenLocal(path, 0600, -1, -1);
        assertTrue(again >= 0, "what a dead init left behind is replaced");
        assertEquals(0, sys().stat(path, facts));
        assertEquals(0600, facts.mode);
        sys().close(again);
    }

    @Test
    void aFileThatIsNoSocketIsNotReplaced() throws IOException {
        Path file = scratch.resolve("file");
        Files.writeString(file, "precious");
        assertEquals(-Errno.EADDRINUSE, sys().listenLocal(file.toString(), 0600, -1, -1));
        assertEquals("precious", Files.readString(file));
        assertEquals(-ENAMETOOLONG, sys().listenLocal("/" + "x".repeat(200), 0600, -1, -1));
        assertEquals(-ENAMETOOLONG, sys().connectLocal("@" + "x".repeat(200)));
    }

    @Test
    void filesAreWhatTheyAre() throws IOException {
        Path file = scratch.resolve("f\u00e9");
        Files.writeString(file, "x");
        assertEquals(-Errno.EACCES, sys().mayExecute(file.toString()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        assertEquals(0, sys().mayExecute(file.toString()));
        FileFacts facts = new FileFacts();
        assertEquals(0, sys().stat(file.toString(), facts));
        assertEquals(0751, facts.mode);
        assertTrue(facts.regular);
        assertFalse(facts.directory);
        assertEquals(List.of("f\u00e9"), sys().list(directory()));
        int descriptor = sys().openForReading(file.toString());
        assertFalse(sys().isTerminal(descriptor));
        assertEquals("x", read(descriptor));
        sys().close(descriptor);
        assertEquals(-ENAMETOOLONG, sys().stat("/" + "x/".repeat(5000), facts));
    }
}
