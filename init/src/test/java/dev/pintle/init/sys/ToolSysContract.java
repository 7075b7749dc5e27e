package dev.pintle.init.sys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What helper programs rely on in a kernel, as far as it leaves the process that asks as it was. */
public abstract class ToolSysContract extends RealSysContract {
    private static final long PATIENCE = 10_000;
    private static final int ENOTDIR = 20;
    private static final int ELOOP = 40;

    private final byte[] buffer = new byte[100];

    @Override
    protected abstract ToolSys open();

    private Path path(String name) {
        return Path.of(directory(), name);
    }

    @Test
    void theWallClockHasNanoseconds() {
        long nanos = open().wallClockNanos();
        assertTrue(Math.abs(nanos / 1_000_000 - System.currentTimeMillis()) < PATIENCE);
    }

    @Test
    void filesAreOpenedAsAsked() throws IOException {
        String file = path("file").toString();
        int written = open().open(file, ToolSys.WRITE | ToolSys.CREATE | ToolSys.APPEND, 0640);
        assertTrue(written >= 0);
        assertEquals(2, open().write(written, new byte[] {'a', 'b'}, 0, 2));
        assertEquals(0, open().sync(written));
        FileFacts facts = new FileFacts();
        assertEquals(0, open().statLink(file, facts));
        assertEquals(2, facts.size);
        assertEquals(0, open().truncate(written, 1));
        assertEquals(1, open().write(written, new byte[] {'c'}, 0, 1));
        assertEquals(0, open().changeModeOf(written, 0604));
        assertEquals(0, open().statLink(file, facts));
        assertEquals(0604, facts.mode);
        open().close(written);
        assertEquals("ac", Files.readString(Path.of(file)));
        int read = open().open(file, ToolSys.READ, 0);
        assertEquals(0, open().seek(read, 1));
        assertEquals(1, open().read(read, buffer, 0, 100));
        assertEquals('c', buffer[0]);
        open().close(read);
        assertEquals(-Errno.ENOENT, open().open(path("none").toString(), ToolSys.READ, 0));
    }

    @Test
    void aLinkIsSeenAndChangedItself() throws IOException {
        Files.createDirectory(path("directory"));
        Files.createSymbolicLink(path("link"), path("directory"));
        FileFacts facts = new FileFacts();
        FileFacts target = new FileFacts();
        assertEquals(0, open().statLink(path("link").toString(), facts));
        assertEquals(0, open().stat(path("link").toString(), target));
        assertFalse(facts.directory);
        assertTrue(target.directory);
        assertFalse(facts.inode == target.inode);
        int refused = open().open(path("link").toString(), ToolSys.READ | ToolSys.DIRECTORY_ITSELF, 0);
        assertTrue(refused == -ENOTDIR || refused == -ELOOP, () -> "open gave " + refused);
        int opened = open().open(path("directory").toString(), ToolSys.READ | ToolSys.DIRECTORY_ITSELF, 0);
        assertTrue(opened >= 0);
        open().close(opened);
        if (open().userId() == 0) {
            assertEquals(0, open().changeLinkOwner(path("link").toString(), 12, 34));
            assertEquals(0, open().statLink(path("link").toString(), facts));
            assertEquals(0, open().stat(path("link").toString(), target));
            assertEquals(12, facts.userId);
            assertEquals(34, facts.groupId);
            assertEquals(0, target.userId);
        }
    }

    /** Each of these is a way for who owns a directory to have root open, make or give away a file elsewhere. */
    @Test
    void noLinkOfAnotherUserIsFollowed() throws IOException {
        if (open().userId() != 0) {
            return;
        }
        Files.createDirectories(path("user/below"));
        Files.writeString(path("secret"), "root's");
        Files.createSymbolicLink(path("user/link"), path("secret"));
        Files.createSymbolicLink(path("user/directory"), path("."));
        Files.createLink(path("user/hard"), path("secret"));
        for (String mine : new String[] {"user", "user/below", "user/link", "user/directory"}) {
            assertEquals(0, open().changeLinkOwner(path(mine).toString(), 1000, 1000));
        }
        int append = ToolSys.WRITE | ToolSys.APPEND | ToolSys.CREATE | ToolSys.TRUSTED;
        assertEquals(-Errno.ELOOP, open().open(path("user/link").toString(), append, 0600));
        assertEquals(-Errno.ELOOP, open().openTrusted(path("user/link").toString()));
        assertEquals(-Errno.EMLINK, open().openTrusted(path("user/hard").toString()));
        String through = path("user/directory") + "/made";
        assertEquals(-Errno.ELOOP, open().open(through, append, 0600));
        assertEquals(-Errno.ELOOP, open().makeDirectory(through, 0700));
        assertEquals(-Errno.ELOOP, open().remove(path("user/directory") + "/secret"));
        assertEquals(-Errno.ELOOP, open().rename(path("user/directory") + "/secret", through));
        assertEquals(-Errno.ELOOP, open().changeOwner(path("user/directory") + "/secret", 1000, 1000));
        assertEquals(-Errno.ELOOP, open().listenLocal(path("user/directory") + "/socket", 0600, 1000, 1000));
        assertEquals(-Errno.EADDRINUSE, open().listenLocal(path("user/link").toString(), 0600, 1000, 1000));
        assertEquals(0, open().changeOwner(path("user/link").toString(), 1000, 1000), "the link itself");
        FileFacts facts = new FileFacts();
        assertEquals(0, open().stat(path("secret").toString(), facts));
        assertEquals(0, facts.userId);
        assertEquals("root's", Files.readString(path("secret")));
        assertFalse(Files.exists(path("made")));
        int listener = open().listenLocal(path("user/below/socket").toString(), 0640, 1000, 1001);
        assertTrue(listener >= 0);
        assertEquals(0, open().statLink(path("user/below/socket").toString(), facts));
        assertEquals(1000, facts.userId);
        assertEquals(1001, facts.groupId);
        assertEquals(0640, facts.mode);
        int client = open().connectLocal(path("user/below/socket").toString());
        assertTrue(client >= 0);
        open().close(client);
        open().close(listener);
    }

    /** As images have them: {@code /var/run}, or {@code /var/log/nginx/access.log -> /dev/stdout}. */
    @Test
    void ownLinksAreFollowed() throws IOException {
        Files.createDirectories(path("real/deep"));
        Files.createSymbolicLink(path("direct"), Path.of("real/deep/../deep"));
        Files.createSymbolicLink(path("real/deep/log"), path("target"));
        Files.createSymbolicLink(path("loop"), path("loop"));
        int append = ToolSys.WRITE | ToolSys.APPEND | ToolSys.CREATE | ToolSys.TRUSTED;
        int written = open().open(path("direct") + "//./log", append, 0600);
        assertTrue(written >= 0, () -> "open gave " + written);
        assertEquals(1, open().write(written, new byte[] {'a'}, 0, 1));
        open().close(written);
        assertEquals("a", Files.readString(path("target")));
        assertEquals(-Errno.ELOOP, open().openTrusted(path("loop").toString()));
        assertEquals(-Errno.ENOENT, open().openTrusted(path("direct/none").toString()));
        assertEquals(-Errno.ENOTDIR, open().openTrusted(path("target") + "/x"));
        assertEquals(-Errno.EISDIR, open().openTrusted(path("direct") + "/"));
        assertEquals(-Errno.ENAMETOOLONG, open().openTrusted("/" + "x/".repeat(5000)));
        int proc = open().openTrusted(
                        "/proc/self/fd/" + open().openForReading(path("target").toString()));
        assertTrue(proc >= 0, () -> "a link of /proc gave " + proc);
        assertEquals(1, open().read(proc, buffer, 0, 100));
        open().close(proc);
        assertEquals(
                0,
                open().rename(
                                path("direct/log").toString(),
                                path("direct/log.1").toString()));
        assertTrue(Files.isSymbolicLink(path("real/deep/log.1")));
        int made = open().open(path("new").toString(), ToolSys.WRITE | ToolSys.NEW | ToolSys.TRUSTED, 0600);
        assertTrue(made >= 0);
        open().close(made);
        assertEquals(
                -Errno.EEXIST,
                open().open(path("new").toString(), ToolSys.WRITE | ToolSys.NEW | ToolSys.TRUSTED, 0600));
    }

    @Test
    void aFifoThatNobodyReadsIsNotWaitedFor() throws IOException, InterruptedException {
        String fifo = path("fifo").toString();
        assertEquals(0, new ProcessBuilder("mkfifo", fifo).start().waitFor());
        int flags = ToolSys.WRITE | ToolSys.APPEND | ToolSys.CREATE | ToolSys.TRUSTED | ToolSys.WITHOUT_WAITING;
        assertEquals(-6, open().open(fifo, flags, 0600));
        int reader = open().openForReading(fifo);
        int writer = open().open(fifo, flags, 0600);
        assertTrue(writer >= 0);
        FileFacts facts = new FileFacts();
        assertEquals(0, open().statOpen(writer, facts));
        assertFalse(facts.regular);
        open().close(writer);
        open().close(reader);
    }

    @Test
    void aRenamedFileReplacesAnother() throws IOException {
        Files.writeString(path("old"), "old");
        Files.writeString(path("new"), "new");
        assertEquals(0, open().changeMode(path("new").toString(), 0600));
        assertEquals(0, open().rename(path("new").toString(), path("old").toString()));
        assertEquals("new", Files.readString(path("old")));
        assertEquals(
                -Errno.ENOENT, open().rename(path("new").toString(), path("old").toString()));
    }

    @Test
    void aLockIsHeldByOne() {
        String file = path("lock").toString();
        int first = open().open(file, ToolSys.WRITE | ToolSys.CREATE, 0600);
        int second = open().open(file, ToolSys.WRITE, 0);
        assertEquals(0, open().lock(first, true));
        assertEquals(-Errno.EAGAIN, open().lock(second, false));
        open().close(first);
        assertEquals(0, open().lock(second, false));
        open().close(second);
    }

    @Test
    void aByteIsFoundWhereItIsFirst() {
        byte[] bytes = {1, -2, 3, -2, 0};
        assertEquals(1, open().find((byte) -2, bytes, 0, 5));
        assertEquals(3, open().find((byte) -2, bytes, 2, 5));
        assertEquals(-1, open().find((byte) -2, bytes, 2, 3), "what is behind does not count");
        assertEquals(-1, open().find((byte) 3, bytes, 5, 5));
        assertEquals(4, open().find((byte) 0, bytes, 0, 5));
    }

    @Test
    void bytesMoveFromAPipeToAFileAndTheOffsetStays() {
        int[] pipe = new int[2];
        assertEquals(0, open().pipe(pipe));
        String path = path("hold").toString();
        int file = open().open(path, ToolSys.READ_WRITE | ToolSys.CREATE, 0600);
        assertEquals(-Errno.EAGAIN, open().move(pipe[0], file, 0, 10));
        assertEquals(3, open().write(pipe[1], new byte[] {1, 2, 3}, 0, 3));
        assertEquals(2, open().move(pipe[0], file, 0, 2));
        assertEquals(1, open().move(pipe[0], file, 2, 10));
        assertEquals(3, open().sizeOf(file));
        assertEquals(0, open().offset(file));
        assertEquals(2, open().readAt(file, 1, buffer, 5, 90));
        assertArrayEquals(new byte[] {2, 3}, Arrays.copyOfRange(buffer, 5, 7));
        assertEquals(0, open().seek(file, 2));
        assertEquals(2, open().offset(file));
        assertEquals(0, open().close(pipe[1]));
        assertEquals(0, open().move(pipe[0], file, 3, 10));
        open().close(pipe[0]);
        open().close(file);
    }

    @Test
    void aStreamIsConnectedOnceItIsWritable() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = server.getLocalPort();
            int socket = open().connect(new byte[] {127, 0, 0, 1}, port, true);
            assertTrue(socket >= 0);
            assertTrue(writable(socket));
            assertEquals(-Errno.EAGAIN, open().read(socket, buffer, 0, 1));
            open().close(socket);
        }
        int nobody = open().connect(new byte[] {127, 0, 0, 1}, 1, true);
        int result = nobody;
        if (nobody >= 0) {
            assertTrue(writable(nobody));
            result = open().read(nobody, buffer, 0, 1);
            open().close(nobody);
        }
        assertEquals(-Errno.ECONNREFUSED, result);
    }

    private boolean writable(int socket) {
        PollSet set = new PollSet();
        set.add(socket, PollSet.WRITABLE);
        return open().poll(set, PATIENCE) == 1;
    }

    @Test
    void datagramsArrive() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout((int) PATIENCE);
            int sender = open().connect(new byte[] {127, 0, 0, 1}, socket.getLocalPort(), false);
            assertEquals(2, open().write(sender, new byte[] {'h', 'i'}, 0, 2));
            DatagramPacket packet = new DatagramPacket(new byte[10], 10);
            socket.receive(packet);
            assertEquals("hi", new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII));
            open().close(sender);
        }
        String name = "@pintle-tool-contract-" + open().pid();
        int receiver = open().receiveDatagrams(name);
        int sender = open().connectDatagrams(name);
        assertEquals(2, open().write(sender, new byte[] {'h', 'i'}, 0, 2));
        Peer from = new Peer();
        assertEquals(2, open().receive(receiver, buffer, 0, 100, from));
        assertEquals(List.of(open().pid(), open().userId()), List.of(from.pid, from.userId));
        assertEquals(-Errno.EAGAIN, open().receive(receiver, buffer, 0, 100, from));
        assertEquals(0, open().write(sender, new byte[0], 0, 0));
        assertEquals(0, open().receive(receiver, buffer, 0, 100, from), "a datagram may have no bytes");
        assertEquals(2, open().write(sender, new byte[] {'o', 'k'}, 0, 2));
        assertEquals(2, open().read(receiver, buffer, 0, 100));
        open().close(sender);
        open().close(receiver);
        assertEquals(-Errno.ECONNREFUSED, open().connectDatagrams(name));
    }
}
