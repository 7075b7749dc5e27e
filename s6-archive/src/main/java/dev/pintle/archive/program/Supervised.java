package dev.pintle.archive.program;

import dev.pintle.archive.boot.LayoutStore;
import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.ToolSys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service as programs of s6 are given it, by a directory: the init knows it by a name. */
final class Supervised {
    private static final long PATIENCE = 10_000;

    private final ToolSys sys;
    private final Client client;
    /** As it was written. */
    final String word;
    /** As the init has it; null where none of the trees' services is meant. */
    private final @Nullable String name;

    private final String directory;

    private Supervised(Invocation call, String word, @Nullable String name, String directory) {
        this.sys = call.sys;
        this.client = new Client(call.sys);
        this.word = word;
        this.name = name;
        this.directory = directory;
    }

    /** The service of a directory: by the last part of its path, or for {@code .} and the like by what it is. */
    static Supervised of(Invocation call, String word) {
        int end = word.length();
        while (end > 1 && word.charAt(end - 1) == '/') {
            end--;
        }
        String last = word.substring(word.lastIndexOf('/', end - 1) + 1, end);
        FileFacts wanted = new FileFacts();
        boolean place = last.startsWith(".") && call.sys.stat(word, wanted) == 0;
        FileFacts facts = new FileFacts();
        for (String line : lines(LayoutStore.find(call).names())) {
            int tab = line.indexOf('\t');
            String directory = line.substring(tab + 1);
            boolean same = place
                    ? call.sys.stat(directory, facts) == 0
                            && facts.inode == wanted.inode
                            && facts.device == wanted.device
                    : directory.substring(directory.lastIndexOf('/') + 1).equals(last);
            if (same) {
                return new Supervised(call, word, line.substring(0, tab), directory);
            }
        }
        return new Supervised(call, word, null, word);
    }

    /** Every service of the trees, by its directory. */
    static List<Supervised> all(Invocation call) {
        List<Supervised> all = new ArrayList<>();
        for (String line : lines(LayoutStore.find(call).names())) {
            int tab = line.indexOf('\t');
            String directory = line.substring(tab + 1);
            String word = directory.substring(directory.lastIndexOf('/') + 1);
            if (directory.startsWith("/")) {
                all.add(new Supervised(call, word, line.substring(0, tab), directory));
            }
        }
        return all;
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            if (text.substring(start, end).indexOf('\t') > 0) {
                lines.add(text.substring(start, end));
            }
            start = end + 1;
        }
        return lines;
    }

    /** As the init has it; the word where it has none. */
    String name() {
        return name == null ? word : name;
    }

    /** Whether its program says by itself when it is ready. */
    boolean notifies() {
        return hasFile("notification-fd");
    }

    private boolean hasFile(String file) {
        return sys.stat(directory + "/" + file, new FileFacts()) == 0;
    }

    /** Whether s6-rc would supervise it, and not s6-overlay by a list of scripts or of directories. */
    boolean isOfS6Rc() {
        int last = directory.lastIndexOf('/');
        String place = last < 0 ? "" : directory.substring(0, last);
        return !place.endsWith("/services.d") && !place.endsWith("/cont-init.d") && !place.endsWith("/cont-finish.d");
    }

    /** What the init says of it; null where it does not supervise it. */
    @Nullable
    Status status() {
        Message reply = ask(request("status"));
        List<Message> services = reply == null ? List.of() : reply.objects("services");
        return services.isEmpty() ? null : new Status(sys, services.get(0), notifies(), hasFile("down"));
    }

    /** A request about it. */
    Message request(String what) {
        return Message.request(what).with("names", new ArrayList<@Nullable Object>(List.of(name())));
    }

    /** Asks the init; null where it could not be asked, or does not do it. */
    @Nullable
    Message ask(Message request) {
        if (name == null) {
            return null;
        }
        try {
            Message reply = client.ask(request, PATIENCE);
            return reply.ok() ? reply : null;
        } catch (Client.NoReplyException e) {
            return null;
        }
    }
}
