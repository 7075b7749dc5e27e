package dev.pintle.init.sys.remote;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Peer;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ToolSys;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The test's end of the pipe. */
public final class RemoteSys implements ToolSys, AutoCloseable {
    private static final int FOUND = 0x1;

    private final Process process;
    private final DataOutputStream requests;
    private final DataInputStream replies;

    /** Speaks to a started {@link SysServer}. */
    public RemoteSys(Process process) {
        this.process = process;
        requests = new DataOutputStream(process.getOutputStream());
        replies = new DataInputStream(process.getInputStream());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @SuppressWarnings("EnumOrdinal")
    private static Message request(Call call) {
        return new Message().put(call.ordinal());
    }

    private Message send(Message request) {
        try {
            byte[] bytes = request.bytes();
            requests.writeInt(bytes.length);
            requests.write(bytes);
            requests.flush();
            return new Message(replies.readNBytes(replies.readInt()));
        } catch (IOException e) {
            throw new UncheckedIOException("the native server is gone", e);
        }
    }

    private int number(Message request) {
        return send(request).get();
    }

    @Override
    public long monotonicMillis() {
        return send(request(Call.MONOTONIC_MILLIS)).getLong();
    }

    @Override
    public long wallClockMillis() {
        return send(request(Call.WALL_CLOCK_MILLIS)).getLong();
    }

    @Override
    public int pid() {
        return number(request(Call.PID));
    }

    @Override
    public int userId() {
        return number(request(Call.USER_ID));
    }

    @Override
    public List<String> arguments() {
        return send(request(Call.ARGUMENTS)).texts();
    }

    @Override
    public List<String> environment() {
        return send(request(Call.ENVIRONMENT)).texts();
    }

    @Override
    public int spawn(ChildSpec child) {
        Message request = request(Call.SPAWN);
        ChildMessage.put(request, child);
        Message reply = send(request);
        int pid = reply.get();
        child.statusDescriptor = reply.get();
        return pid;
    }

    @Override
    public int adoptOrphans() {
        return number(request(Call.ADOPT_ORPHANS));
    }

    @Override
    public int peekEnded(EndedChild ended) {
        Message reply = send(request(Call.PEEK_ENDED));
        int result = reply.get();
        if (result == 1) {
            ended.pid = reply.get();
            ended.status = new ExitStatus(reply.get(), reply.get());
        }
        return result;
    }

    @Override
    public int release(int pid) {
        return number(request(Call.RELEASE).put(pid));
    }

    @Override
    public int kill(int pid, int signal) {
        return number(request(Call.KILL).put(pid).put(signal));
    }

    @Override
    public List<Integer> children() {
        Message reply = send(request(Call.CHILDREN));
        List<Integer> children = new ArrayList<>();
        int count = reply.get();
        for (int i = 0; i < count; i++) {
            children.add(reply.get());
        }
        return children;
    }

    @Override
    public int openSignals() {
        return number(request(Call.OPEN_SIGNALS));
    }

    @Override
    public int nextSignal(int descriptor) {
        return number(request(Call.NEXT_SIGNAL).put(descriptor));
    }

    @Override
    public boolean signalIsTheKernels() {
        return number(request(Call.SIGNAL_IS_THE_KERNELS)) == 1;
    }

    @Override
    public int poll(PollSet set, long timeoutMillis) {
        Message request = request(Call.POLL).put(set.size());
        for (int i = 0; i < set.size(); i++) {
            request.put(set.descriptor(i)).put(set.asked(i));
        }
        Message reply = send(request.putLong(timeoutMillis));
        int result = reply.get();
        for (int i = 0; i < set.size(); i++) {
            set.note(i, reply.get() == 1 ? FOUND : 0);
        }
        return result;
    }

    @Override
    public int pipe(int[] ends) {
        Message reply = send(request(Call.PIPE));
        int result = reply.get();
        ends[0] = reply.get();
        ends[1] = reply.get();
        return result;
    }

    @Override
    public int read(int descriptor, byte[] buffer, int offset, int length) {
        Message reply = send(request(Call.READ)
                .put(descriptor)
                .put(buffer.length)
                .put(offset)
                .put(length));
        int count = reply.get();
        if (count > 0) {
            System.arraycopy(reply.getBytes(), 0, buffer, offset, count);
        }
        return count;
    }

    @Override
    public int write(int descriptor, byte[] buffer, int offset, int length) {
        return number(request(Call.WRITE)
                .put(descriptor)
                .putBytes(buffer, 0, buffer.length)
                .put(offset)
                .put(length));
    }

    @Override
    public int close(int descriptor) {
        return number(request(Call.CLOSE).put(descriptor));
    }

    @Override
    public int openAgain(int descriptor) {
        return number(request(Call.OPEN_AGAIN).put(descriptor));
    }

    @Override
    public int letOthersWrite(int pipe) {
        return number(request(Call.LET_OTHERS_WRITE).put(pipe));
    }

    @Override
    public boolean isTerminal(int descriptor) {
        return number(request(Call.IS_TERMINAL).put(descriptor)) == 1;
    }

    @Override
    public int openForReading(String path) {
        return number(request(Call.OPEN_FOR_READING).putText(path));
    }

    @Override
    public int openTrusted(String path) {
        return number(request(Call.OPEN_TRUSTED).putText(path));
    }

    @Override
    public int stat(String path, FileFacts facts) {
        Message reply = send(request(Call.STAT).putText(path));
        int result = reply.get();
        if (result == 0) {
            getFacts(reply, facts);
        }
        return result;
    }

    private static void getFacts(Message reply, FileFacts facts) {
        facts.mode = reply.get();
        facts.userId = reply.get();
        facts.groupId = reply.get();
        facts.size = reply.getLong();
        facts.device = reply.getLong();
        facts.inode = reply.getLong();
        facts.modified = reply.getLong();
        facts.regular = reply.get() == 1;
        facts.directory = reply.get() == 1;
        facts.link = reply.get() == 1;
        facts.links = reply.getLong();
    }

    @Override
    public @Nullable List<String> list(String path, int most) {
        return send(request(Call.LIST).putText(path).put(most)).getTexts();
    }

    @Override
    public int mayExecute(String path) {
        return number(request(Call.MAY_EXECUTE).putText(path));
    }

    @Override
    public int changeOwner(String path, int userId, int groupId) {
        return number(request(Call.CHANGE_OWNER).putText(path).put(userId).put(groupId));
    }

    @Override
    public int makeDirectory(String path, int mode) {
        return number(request(Call.MAKE_DIRECTORY).putText(path).put(mode));
    }

    @Override
    public int makeMemoryFile(String name) {
        return number(request(Call.MAKE_MEMORY_FILE).putText(name));
    }

    @Override
    public int remove(String path) {
        return number(request(Call.REMOVE).putText(path));
    }

    @Override
    public int listenLocal(String path, int mode, int userId, int groupId) {
        return number(
                request(Call.LISTEN_LOCAL).putText(path).put(mode).put(userId).put(groupId));
    }

    @Override
    public int stopListening(int listener) {
        return number(request(Call.STOP_LISTENING).put(listener));
    }

    @Override
    public int connectLocal(String path) {
        return number(request(Call.CONNECT_LOCAL).putText(path));
    }

    @Override
    public int accept(int listener) {
        return number(request(Call.ACCEPT).put(listener));
    }

    @Override
    public int peer(int connection, Peer peer) {
        Message reply = send(request(Call.PEER).put(connection));
        int result = reply.get();
        peer.pid = reply.get();
        peer.userId = reply.get();
        return result;
    }

    @Override
    public int receive(int socket, byte[] buffer, int offset, int length, Peer sender) {
        Message reply = send(
                request(Call.RECEIVE).put(socket).put(buffer.length).put(offset).put(length));
        int count = reply.get();
        sender.pid = reply.get();
        sender.userId = reply.get();
        if (count > 0) {
            System.arraycopy(reply.getBytes(), 0, buffer, offset, count);
        }
        return count;
    }

    @Override
    public int random(byte[] bytes) {
        Message reply = send(request(Call.RANDOM).put(bytes.length));
        int result = reply.get();
        System.arraycopy(reply.getBytes(), 0, bytes, 0, bytes.length);
        return result;
    }

    @Override
    public int sessionOf(int pid) {
        return number(request(Call.SESSION_OF).put(pid));
    }

    @Override
    public int receiveDatagrams(String name) {
        return number(request(Call.RECEIVE_DATAGRAMS).putText(name));
    }

    @Override
    public int listenTcp(byte[] address, int port) {
        return number(
                request(Call.LISTEN_TCP).putBytes(address, 0, address.length).put(port));
    }

    @Override
    public int tryTcp(byte[] address, int port) {
        return number(request(Call.TRY_TCP).putBytes(address, 0, address.length).put(port));
    }

    @Override
    public long wallClockNanos() {
        return send(request(Call.WALL_CLOCK_NANOS)).getLong();
    }

    @Override
    public int execute(ChildSpec described) {
        Message request = request(Call.EXECUTE);
        ChildMessage.put(request, described);
        return number(request);
    }

    @Override
    public int fork() {
        return -Errno.ENOSYS;
    }

    @Override
    public int newSession() {
        return number(request(Call.NEW_SESSION));
    }

    @Override
    public int changeDirectory(String path) {
        return number(request(Call.CHANGE_DIRECTORY).putText(path));
    }

    @Override
    public int enterDirectory(int descriptor) {
        return number(request(Call.ENTER_DIRECTORY).put(descriptor));
    }

    @Override
    public int changeRoot(String path) {
        return number(request(Call.CHANGE_ROOT).putText(path));
    }

    @Override
    public int addNice(int increment) {
        return number(request(Call.ADD_NICE).put(increment));
    }

    @Override
    public int setGroups(int[] groups) {
        return number(request(Call.SET_GROUPS).putInts(groups));
    }

    @Override
    public int setGroup(int groupId) {
        return number(request(Call.SET_GROUP).put(groupId));
    }

    @Override
    public int setUser(int userId) {
        return number(request(Call.SET_USER).put(userId));
    }

    @Override
    public int limit(int resource, long[] softAndHard) {
        Message reply = send(request(Call.LIMIT).put(resource));
        int result = reply.get();
        softAndHard[0] = reply.getLong();
        softAndHard[1] = reply.getLong();
        return result;
    }

    @Override
    public int setLimit(int resource, long soft, long hard) {
        return number(request(Call.SET_LIMIT).put(resource).putLong(soft).putLong(hard));
    }

    @Override
    public int open(String path, int flags, int mode) {
        return number(request(Call.OPEN).putText(path).put(flags).put(mode));
    }

    @Override
    public int lock(int descriptor, boolean wait) {
        return number(request(Call.LOCK).put(descriptor).put(wait ? 1 : 0));
    }

    @Override
    public int keepOpen(int descriptor) {
        return number(request(Call.KEEP_OPEN).put(descriptor));
    }

    @Override
    public int sync(int descriptor) {
        return number(request(Call.SYNC).put(descriptor));
    }

    @Override
    public int seek(int descriptor, long offset) {
        return number(request(Call.SEEK).put(descriptor).putLong(offset));
    }

    @Override
    public int truncate(int descriptor, long size) {
        return number(request(Call.TRUNCATE).put(descriptor).putLong(size));
    }

    @Override
    public int rename(String from, String to) {
        return number(request(Call.RENAME).putText(from).putText(to));
    }

    @Override
    public int statLink(String path, FileFacts facts) {
        Message reply = send(request(Call.STAT_LINK).putText(path));
        int result = reply.get();
        if (result == 0) {
            getFacts(reply, facts);
        }
        return result;
    }

    @Override
    public int changeLinkOwner(String path, int userId, int groupId) {
        return number(request(Call.CHANGE_LINK_OWNER).putText(path).put(userId).put(groupId));
    }

    @Override
    public int changeMode(String path, int mode) {
        return number(request(Call.CHANGE_MODE).putText(path).put(mode));
    }

    @Override
    public int changeModeOf(int descriptor, int mode) {
        return number(request(Call.CHANGE_MODE_OF).put(descriptor).put(mode));
    }

    @Override
    public int statOpen(int descriptor, FileFacts facts) {
        Message reply = send(request(Call.STAT_OPEN).put(descriptor));
        int result = reply.get();
        if (result == 0) {
            getFacts(reply, facts);
        }
        return result;
    }

    @Override
    public int changeOwnerOf(int descriptor, int userId, int groupId) {
        return number(request(Call.CHANGE_OWNER_OF).put(descriptor).put(userId).put(groupId));
    }

    @Override
    public long sizeOf(int descriptor) {
        return send(request(Call.SIZE_OF).put(descriptor)).getLong();
    }

    @Override
    public long offset(int descriptor) {
        return send(request(Call.OFFSET).put(descriptor)).getLong();
    }

    @Override
    public int find(byte value, byte[] bytes, int from, int to) {
        return number(request(Call.FIND)
                .put(value)
                .putBytes(bytes, 0, bytes.length)
                .put(from)
                .put(to));
    }

    @Override
    public int readAt(int descriptor, long from, byte[] buffer, int offset, int length) {
        Message reply = send(request(Call.READ_AT).put(descriptor).putLong(from).put(length));
        int count = reply.get();
        if (count > 0) {
            System.arraycopy(reply.getBytes(), 0, buffer, offset, count);
        }
        return count;
    }

    @Override
    public int release(int descriptor, long from, long length) {
        return number(request(Call.RELEASE_PART).put(descriptor).putLong(from).putLong(length));
    }

    @Override
    public int move(int pipe, int file, long to, int length) {
        return number(request(Call.MOVE).put(pipe).put(file).putLong(to).put(length));
    }

    @Override
    public int connect(byte[] address, int port, boolean stream) {
        return number(request(Call.CONNECT)
                .putBytes(address, 0, address.length)
                .put(port)
                .put(stream ? 1 : 0));
    }

    @Override
    public int connectDatagrams(String path) {
        return number(request(Call.CONNECT_DATAGRAMS).putText(path));
    }

    @Override
    public void exit(int code) {
        try {
            byte[] bytes = request(Call.EXIT).put(code).bytes();
            requests.writeInt(bytes.length);
            requests.write(bytes);
            requests.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the native server is gone", e);
        }
    }
}
