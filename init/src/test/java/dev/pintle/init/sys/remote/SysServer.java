package dev.pintle.init.sys.remote;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Peer;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.init.sys.teavm.TeaVmToolSys;
import java.util.List;

/** Compiled natively: does what comes on standard input and answers on standard output, until the input ends. */
public final class SysServer {
    private final ToolSys sys;

    private SysServer(ToolSys sys) {
        this.sys = sys;
    }

    /** Serves; the parameter is not used. */
    public static void main(String[] unused) {
        ToolSys sys = new TeaVmToolSys();
        new SysServer(sys).serve();
        sys.exit(0);
    }

    private void serve() {
        byte[] size = new byte[4];
        while (readFully(size)) {
            byte[] request = new byte[new Message(size).get()];
            if (!readFully(request)) {
                return;
            }
            Message reply = new Message();
            answer(new Message(request), reply);
            byte[] bytes = reply.bytes();
            writeFully(new Message().put(bytes.length).bytes());
            writeFully(bytes);
        }
    }

    private boolean readFully(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int count = sys.read(0, bytes, at, bytes.length - at);
            if (count <= 0) {
                return false;
            }
            at += count;
        }
        return true;
    }

    private void writeFully(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int count = sys.write(1, bytes, at, bytes.length - at);
            if (count < 0) {
                sys.exit(1);
            }
            at += count;
        }
    }

    private void answer(Message in, Message out) {
        Call call = Call.ALL[in.get()];
        switch (call) {
            case MONOTONIC_MILLIS -> out.putLong(sys.monotonicMillis());
            case WALL_CLOCK_MILLIS -> out.putLong(sys.wallClockMillis());
            case PID -> out.put(sys.pid());
            case USER_ID -> out.put(sys.userId());
            case ARGUMENTS -> out.putTexts(sys.arguments());
            case ENVIRONMENT -> out.putTexts(sys.environment());
            case SPAWN -> spawn(in, out);
            case ADOPT_ORPHANS -> out.put(sys.adoptOrphans());
            case PEEK_ENDED -> peekEnded(out);
            case RELEASE -> out.put(sys.release(in.get()));
            case KILL -> out.put(sys.kill(in.get(), in.get()));
            case CHILDREN -> children(out);
            case OPEN_SIGNALS -> out.put(sys.openSignals());
            case SIGNAL_IS_THE_KERNELS -> out.put(sys.signalIsTheKernels() ? 1 : 0);
            case NEXT_SIGNAL -> out.put(sys.nextSignal(in.get()));
            case POLL -> poll(in, out);
            case PIPE -> pipe(out);
            case READ -> read(in, out);
            case WRITE -> write(in, out);
            case CLOSE -> out.put(sys.close(in.get()));
            case OPEN_AGAIN -> out.put(sys.openAgain(in.get()));
            case LET_OTHERS_WRITE -> out.put(sys.letOthersWrite(in.get()));
            case IS_TERMINAL -> out.put(sys.isTerminal(in.get()) ? 1 : 0);
            case OPEN_FOR_READING -> out.put(sys.openForReading(in.text()));
            case OPEN_TRUSTED -> out.put(sys.openTrusted(in.text()));
            case STAT -> stat(in, out);
            case LIST -> out.putTexts(sys.list(in.text(), in.get()));
            case MAY_EXECUTE -> out.put(sys.mayExecute(in.text()));
            case CHANGE_OWNER -> out.put(sys.changeOwner(in.text(), in.get(), in.get()));
            case MAKE_DIRECTORY -> out.put(sys.makeDirectory(in.text(), in.get()));
            case MAKE_MEMORY_FILE -> out.put(sys.makeMemoryFile(in.text()));
            case REMOVE -> out.put(sys.remove(in.text()));
            case LISTEN_LOCAL -> out.put(sys.listenLocal(in.text(), in.get(), in.get(), in.get()));
            case STOP_LISTENING -> out.put(sys.stopListening(in.get()));
            case CONNECT_LOCAL -> out.put(sys.connectLocal(in.text()));
            case ACCEPT -> out.put(sys.accept(in.get()));
            case PEER -> peer(in, out);
            case RECEIVE_DATAGRAMS -> out.put(sys.receiveDatagrams(in.text()));
            case RECEIVE -> receive(in, out);
            case RANDOM -> random(in, out);
            case SESSION_OF -> out.put(sys.sessionOf(in.get()));
            case STAT_LINK -> statLink(in, out);
            case LISTEN_TCP -> out.put(sys.listenTcp(in.getBytes(), in.get()));
            case TRY_TCP -> out.put(sys.tryTcp(in.getBytes(), in.get()));
            case EXIT -> sys.exit(in.get());
            default -> answerTool(call, in, out);
        }
    }

    private void answerTool(Call call, Message in, Message out) {
        switch (call) {
            case WALL_CLOCK_NANOS -> out.putLong(sys.wallClockNanos());
            case EXECUTE -> out.put(sys.execute(ChildMessage.get(in)));
            case NEW_SESSION -> out.put(sys.newSession());
            case CHANGE_DIRECTORY -> out.put(sys.changeDirectory(in.text()));
            case ENTER_DIRECTORY -> out.put(sys.enterDirectory(in.get()));
            case CHANGE_ROOT -> out.put(sys.changeRoot(in.text()));
            case ADD_NICE -> out.put(sys.addNice(in.get()));
            case SET_GROUPS -> out.put(sys.setGroups(ints(in)));
            case SET_GROUP -> out.put(sys.setGroup(in.get()));
            case SET_USER -> out.put(sys.setUser(in.get()));
            case LIMIT -> limit(in, out);
            case SET_LIMIT -> out.put(sys.setLimit(in.get(), in.getLong(), in.getLong()));
            case OPEN -> out.put(sys.open(in.text(), in.get(), in.get()));
            case LOCK -> out.put(sys.lock(in.get(), in.get() == 1));
            case KEEP_OPEN -> out.put(sys.keepOpen(in.get()));
            case SYNC -> out.put(sys.sync(in.get()));
            case SEEK -> out.put(sys.seek(in.get(), in.getLong()));
            case TRUNCATE -> out.put(sys.truncate(in.get(), in.getLong()));
            case RENAME -> out.put(sys.rename(in.text(), in.text()));
            case CHANGE_LINK_OWNER -> out.put(sys.changeLinkOwner(in.text(), in.get(), in.get()));
            case CHANGE_MODE -> out.put(sys.changeMode(in.text(), in.get()));
            case CHANGE_MODE_OF -> out.put(sys.changeModeOf(in.get(), in.get()));
            case STAT_OPEN -> statOpen(in, out);
            case CHANGE_OWNER_OF -> out.put(sys.changeOwnerOf(in.get(), in.get(), in.get()));
            case SIZE_OF -> out.putLong(sys.sizeOf(in.get()));
            case OFFSET -> out.putLong(sys.offset(in.get()));
            case READ_AT -> readAt(in, out);
            case FIND -> out.put(sys.find((byte) in.get(), in.getBytes(), in.get(), in.get()));
            case RELEASE_PART -> out.put(sys.release(in.get(), in.getLong(), in.getLong()));
            case MOVE -> out.put(sys.move(in.get(), in.get(), in.getLong(), in.get()));
            case CONNECT -> out.put(sys.connect(in.getBytes(), in.get(), in.get() == 1));
            case CONNECT_DATAGRAMS -> out.put(sys.connectDatagrams(in.text()));
            default -> sys.exit(1);
        }
    }

    private static int[] ints(Message in) {
        int[] values = in.getInts();
        return values == null ? new int[0] : values;
    }

    private void limit(Message in, Message out) {
        long[] softAndHard = new long[2];
        out.put(sys.limit(in.get(), softAndHard));
        out.putLong(softAndHard[0]).putLong(softAndHard[1]);
    }

    private void peer(Message in, Message out) {
        Peer peer = new Peer();
        out.put(sys.peer(in.get(), peer)).put(peer.pid).put(peer.userId);
    }

    private void receive(Message in, Message out) {
        Peer sender = new Peer();
        int descriptor = in.get();
        byte[] buffer = new byte[in.get()];
        int offset = in.get();
        int count = sys.receive(descriptor, buffer, offset, in.get(), sender);
        out.put(count).put(sender.pid).put(sender.userId);
        if (count > 0) {
            out.putBytes(buffer, offset, count);
        }
    }

    private void random(Message in, Message out) {
        byte[] bytes = new byte[in.get()];
        out.put(sys.random(bytes)).putBytes(bytes, 0, bytes.length);
    }

    private void statLink(Message in, Message out) {
        FileFacts facts = new FileFacts();
        out.put(sys.statLink(in.text(), facts));
        putFacts(out, facts);
    }

    private void statOpen(Message in, Message out) {
        FileFacts facts = new FileFacts();
        out.put(sys.statOpen(in.get(), facts));
        putFacts(out, facts);
    }

    private static void putFacts(Message out, FileFacts facts) {
        out.put(facts.mode).put(facts.userId).put(facts.groupId);
        out.putLong(facts.size).putLong(facts.device).putLong(facts.inode).putLong(facts.modified);
        out.put(facts.regular ? 1 : 0).put(facts.directory ? 1 : 0).put(facts.link ? 1 : 0);
        out.putLong(facts.links);
    }

    private void spawn(Message in, Message out) {
        ChildSpec child = ChildMessage.get(in);
        out.put(sys.spawn(child)).put(child.statusDescriptor);
    }

    private void peekEnded(Message out) {
        EndedChild ended = new EndedChild();
        out.put(sys.peekEnded(ended));
        out.put(ended.pid).put(ended.status.signal()).put(ended.status.code());
    }

    private void children(Message out) {
        List<Integer> children = sys.children();
        out.put(children.size());
        for (int pid : children) {
            out.put(pid);
        }
    }

    private void poll(Message in, Message out) {
        PollSet set = new PollSet();
        int size = in.get();
        for (int i = 0; i < size; i++) {
            set.add(in.get(), in.get());
        }
        out.put(sys.poll(set, in.getLong()));
        for (int i = 0; i < size; i++) {
            out.put(set.found(i) ? 1 : 0);
        }
    }

    private void pipe(Message out) {
        int[] ends = new int[2];
        out.put(sys.pipe(ends)).put(ends[0]).put(ends[1]);
    }

    private void read(Message in, Message out) {
        int descriptor = in.get();
        byte[] buffer = new byte[in.get()];
        int offset = in.get();
        int count = sys.read(descriptor, buffer, offset, in.get());
        out.put(count);
        if (count > 0) {
            out.putBytes(buffer, offset, count);
        }
    }

    private void readAt(Message in, Message out) {
        int descriptor = in.get();
        long from = in.getLong();
        byte[] buffer = new byte[in.get()];
        int count = sys.readAt(descriptor, from, buffer, 0, buffer.length);
        out.put(count);
        if (count > 0) {
            out.putBytes(buffer, 0, count);
        }
    }

    private void write(Message in, Message out) {
        int descriptor = in.get();
        byte[] buffer = in.getBytes();
        int offset = in.get();
        out.put(sys.write(descriptor, buffer, offset, in.get()));
    }

    private void stat(Message in, Message out) {
        FileFacts facts = new FileFacts();
        out.put(sys.stat(in.text(), facts));
        putFacts(out, facts);
    }
}
