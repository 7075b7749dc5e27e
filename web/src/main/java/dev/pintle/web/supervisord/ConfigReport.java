package dev.pintle.web.supervisord;

import dev.pintle.init.launch.LogPipes;
import dev.pintle.layout.Output;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.Stream;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the layout says of a service, in the words of supervisord's configuration. */
final class ConfigReport {
    /** supervisord's default priority: what came of the others is an order of services, and no number. */
    private static final long PRIORITY = 999;

    private static final String NONE = "none";

    private ConfigReport() {}

    /**
     * The structure that {@code getAllConfigInfo} has for a service.
     *
     * @param inUse  whether the init has the service, too
     * @param userId -1 for none
     */
    static Map<String, Object> of(ServiceDefinition definition, boolean inUse, int userId) {
        Map<String, Object> entry = new LinkedHashMap<>();
        String name = definition.name();
        String directory = definition.process().files().workingDir();
        entry.put("autostart", definition.autostart());
        entry.put("directory", directory == null ? NONE : directory);
        entry.put("uid", userId < 0 ? NONE : (Object) (long) userId);
        entry.put("command", LayoutText.words(definition.command()));
        entry.put("exitcodes", longs(definition.restart().success().codes()));
        entry.put("group", Supervised.groupOf(name, definition.groups(), definition));
        entry.put("group_prio", PRIORITY);
        entry.put("inuse", inUse);
        entry.put("killasgroup", definition.stop().killGroup());
        entry.put("name", Supervised.nameOf(name, definition));
        entry.put("process_prio", PRIORITY);
        entry.put("redirect_stderr", definition.process().streams().of(Stream.ERROR) == Output.Fixed.OTHER_STREAM);
        int retries = definition.restart().startRetries();
        entry.put("startretries", retries < 0 ? Integer.MAX_VALUE : (long) retries);
        entry.put("startsecs", definition.restart().minUptime() / 1000);
        entry.put("stopsignal", (long) definition.stop().signal());
        entry.put("stopwaitsecs", definition.stop().gracePeriod() / 1000);
        entry.put("serverurl", "auto");
        for (Stream stream : Stream.values()) {
            addStream(entry, stream, definition.process().streams().of(stream));
        }
        return entry;
    }

    private static void addStream(Map<String, Object> entry, Stream stream, Output output) {
        String path = Supervised.logFile(output);
        String prefix = stream.text();
        entry.put(prefix + "_capture_maxbytes", 0L);
        entry.put(prefix + "_events_enabled", false);
        entry.put(prefix + "_logfile", path.isEmpty() ? NONE : path);
        entry.put(prefix + "_logfile_backups", option(output, "--max-files="));
        entry.put(prefix + "_logfile_maxbytes", option(output, "--max-size="));
        entry.put(prefix + "_syslog", false);
    }

    private static long option(Output output, String name) {
        String value = LogPipes.option(output, name);
        return Ascii.isNumber(value) && value.length() < 18 ? Long.parseLong(value) : 0;
    }

    private static List<Object> longs(List<Integer> numbers) {
        List<Object> longs = new ArrayList<>();
        for (int number : numbers) {
            longs.add((long) number);
        }
        return longs;
    }
}
