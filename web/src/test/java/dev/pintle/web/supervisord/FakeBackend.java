package dev.pintle.web.supervisord;

import dev.pintle.init.control.Message;
import dev.pintle.layout.Layout;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.parse.LayoutParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An init that says what a test has it say, and keeps what it is told. */
final class FakeBackend implements Backend {
    static final long NOW = 1_700_000_000_000L;
    private static final String ROOT = "/etc/pintle";

    /** The layout on the disk: service.conf by the names of services. */
    final Map<String, String> confs = new TreeMap<>();
    /** What the init says of each service. */
    final Map<String, Map<String, @Nullable Object>> services = new TreeMap<>();
    /** What happens each time when the init is asked for states. */
    final ArrayDeque<Runnable> turns = new ArrayDeque<>();
    /** What the init was asked for, except for states. */
    final List<String> asked = new ArrayList<>();

    final Map<String, String> logs = new TreeMap<>();
    final Map<String, Refusal> refusals = new TreeMap<>();
    /** What a reload changes, and refuses. */
    Message reload = Message.done();

    final List<String> sent = new ArrayList<>();
    boolean stopping;

    /** Adds a service to the layout and to the init. */
    void add(String name, String conf, String state, Object... members) {
        confs.put(name, conf);
        set(name, state, members);
    }

    /** Says what the init says of a service from now on. */
    void set(String name, String state, Object... members) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("name", name);
        status.put("state", state);
        for (ServiceDefinition definition : definitions()) {
            if (definition.name().equals(name) && !definition.groups().isEmpty()) {
                status.put("groups", new ArrayList<@Nullable Object>(definition.groups()));
            }
        }
        for (int i = 0; i < members.length; i += 2) {
            status.put((String) members[i], members[i + 1]);
        }
        services.put(name, status);
    }

    @Override
    public Message ask(Message request) {
        String what = request.text("do");
        if (what.equals("status")) {
            if (!turns.isEmpty()) {
                turns.remove().run();
            }
            return Message.done()
                    .with("stopping", stopping)
                    .with("services", new ArrayList<@Nullable Object>(services.values()));
        }
        for (String name : request.texts("names")) {
            if (what.equals("start") || what.equals("stop")) {
                set(name, what.equals("start") ? "starting" : "stopping");
            }
        }
        long signal = request.number("signal", 0);
        asked.add(what
                + (request.flag("dry_run") ? " dry" : "")
                + (request.texts("names").isEmpty() ? "" : " " + String.join(",", request.texts("names")))
                + (signal == 0 ? "" : " " + signal)
                + (request.flag("only") ? " only" : ""));
        return what.equals("reload") ? reload : Message.done().with("pid", 1L);
    }

    @Override
    public List<ServiceDefinition> definitions() {
        ParseResult read = LayoutParser.parse(new Source(), ROOT, Map.of());
        Layout layout =
                Objects.requireNonNull(read.layout(), () -> read.diagnostics().toString());
        return layout.services();
    }

    @Override
    public long now() {
        return NOW;
    }

    @Override
    public @Nullable Refusal refusal(ServiceDefinition definition) {
        return refusals.get(definition.name());
    }

    @Override
    public int userId(ServiceDefinition definition) {
        return -1;
    }

    @Override
    public long size(String path) {
        String text = logs.get(path);
        return text == null ? -1 : text.length();
    }

    @Override
    public String read(String path, long from, int length) {
        String text = logs.getOrDefault(path, "");
        int begin = (int) Math.min(from, text.length());
        return text.substring(begin, Math.min(text.length(), begin + length));
    }

    @Override
    public boolean truncate(String path) {
        return logs.replace(path, "") != null;
    }

    @Override
    public boolean send(long pid, String text) {
        sent.add(pid + " " + text);
        return true;
    }

    /** The layout as files. */
    private final class Source implements LayoutSource {
        @Override
        public List<String> directories(String path) {
            return path.equals(ROOT)
                    ? List.of("services")
                    : path.equals(ROOT + "/services") ? List.copyOf(confs.keySet()) : List.of();
        }

        @Override
        public List<String> files(String path) {
            return path.startsWith(ROOT + "/services/") ? List.of("service.conf") : List.of();
        }

        @Override
        public @Nullable String read(String path, int limit) {
            String end = "/service.conf";
            return path.endsWith(end)
                    ? confs.get(path.substring((ROOT + "/services/").length(), path.length() - end.length()))
                    : null;
        }

        @Override
        public boolean isExecutable(String path) {
            return true;
        }
    }
}
