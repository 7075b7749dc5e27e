package dev.pintle.web.supervisord;

import dev.pintle.init.boot.KernelLayoutSource;
import dev.pintle.init.boot.LayoutReader;
import dev.pintle.init.control.Message;
import dev.pintle.init.launch.Accounts;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.Client.NoReplyException;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ServiceDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The init of this container, and this machine. */
public final class KernelBackend implements Backend {
    /** Milliseconds for an answer of the init. */
    private static final long PATIENCE = 5_000;
    /** Bytes that a pipe takes as a whole or not at all, where it says that it takes some (POSIX, PIPE_BUF). */
    private static final int AT_ONCE = 512;

    private final ToolSys sys;

    private KernelBackend(ToolSys sys) {
        this.sys = sys;
    }

    /** The interface to the init of this container. */
    public static Supervisord connect(ToolSys sys) {
        return new Supervisord(new KernelBackend(sys));
    }

    @Override
    public Message ask(Message request) throws NoReplyException {
        return new Client(sys).ask(request, PATIENCE);
    }

    @Override
    public List<ServiceDefinition> definitions() {
        Layout layout = LayoutReader.read(sys).layout();
        return layout == null ? List.of() : layout.services();
    }

    @Override
    public long now() {
        return sys.wallClockMillis();
    }

    @Override
    public @Nullable Refusal refusal(ServiceDefinition definition) {
        String program =
                definition.command().isEmpty() ? "" : definition.command().get(0);
        Map<String, String> own = definition.process().environment().variables();
        String path = own.getOrDefault(
                "PATH", Environment.asMap(sys.environment()).getOrDefault("PATH", Environment.DEFAULT_PATH));
        KernelLayoutSource source = new KernelLayoutSource(sys);
        FileFacts facts = new FileFacts();
        String found = "";
        for (String place : Environment.placesOf(program, path)) {
            // Where a program is relative to is the service's own affair.
            if (!place.startsWith("/") || source.isExecutable(place)) {
                return null;
            }
            found = found.isEmpty() && sys.stat(place, facts) >= 0 ? place : found;
        }
        return found.isEmpty()
                ? new Refusal(Fault.NO_FILE, "can't find command '" + program + "'")
                : new Refusal(Fault.NOT_EXECUTABLE, "command at '" + found + "' is not executable");
    }

    @Override
    public int userId(ServiceDefinition definition) {
        String user = definition.process().credentials().user();
        if (user == null) {
            return -1;
        }
        Accounts.Ids ids = new Accounts(sys).namedWithGroups(user);
        return ids == null ? -1 : ids.userId();
    }

    @Override
    public long size(String path) {
        int file = open(path, ToolSys.READ);
        if (file < 0) {
            return -1;
        }
        long size = sys.sizeOf(file);
        sys.close(file);
        return size;
    }

    /** Nothing but a regular file: to open a FIFO would wait, and to read a device may do more. */
    private int open(String path, int flags) {
        FileFacts facts = new FileFacts();
        if (sys.stat(path, facts) < 0 || !facts.regular) {
            return -1;
        }
        int file = sys.open(path, flags | ToolSys.TRUSTED | ToolSys.WITHOUT_WAITING, 0);
        if (file >= 0 && (sys.statOpen(file, facts) < 0 || !facts.regular)) {
            sys.close(file);
            return -1;
        }
        return file;
    }

    @Override
    public String read(String path, long from, int length) {
        int file = open(path, ToolSys.READ);
        if (file < 0) {
            return "";
        }
        byte[] bytes = new byte[(int) Math.max(0, Math.min(length, sys.sizeOf(file) - from))];
        int got = 0;
        int result = 1;
        while (result > 0 && got < bytes.length) {
            result = sys.readAt(file, from + got, bytes, got, bytes.length - got);
            got += Math.max(0, result);
        }
        sys.close(file);
        return RawText.decode(bytes, 0, got);
    }

    @Override
    public boolean truncate(String path) {
        int file = open(path, ToolSys.WRITE);
        int result = file < 0 ? file : sys.truncate(file, 0);
        if (file >= 0) {
            sys.close(file);
        }
        return result >= 0;
    }

    /**
     * The pipe of {@code stdin = open}, whose writing end the init keeps. A process may have put anything in its place, so that
     * nothing but a pipe without a name is written to.
     */
    @Override
    public boolean send(long pid, String text) {
        int[] ends = new int[2];
        if (sys.pipe(ends) < 0) {
            return false;
        }
        FileFacts own = new FileFacts();
        FileFacts its = new FileFacts();
        boolean known = sys.statOpen(ends[0], own) >= 0;
        sys.close(ends[0]);
        sys.close(ends[1]);
        int pipe = sys.open("/proc/" + pid + "/fd/0", ToolSys.WRITE | ToolSys.WITHOUT_WAITING, 0);
        if (pipe < 0) {
            return false;
        }
        byte[] bytes = RawText.encode(text);
        boolean sent = known && sys.statOpen(pipe, its) >= 0 && its.device == own.device && fits(pipe, bytes);
        sys.close(pipe);
        return sent;
    }

    /** Writes all, where it fits in: nobody waits for a process that does not read. */
    private boolean fits(int pipe, byte[] bytes) {
        PollSet set = new PollSet();
        set.add(pipe, PollSet.WRITABLE);
        int at = 0;
        while (at < bytes.length && sys.poll(set, 0) > 0) {
            int written = sys.writeAtOnce(pipe, bytes, at, Math.min(AT_ONCE, bytes.length - at));
            if (written <= 0) {
                return false;
            }
            at += written;
        }
        return at == bytes.length;
    }
}
