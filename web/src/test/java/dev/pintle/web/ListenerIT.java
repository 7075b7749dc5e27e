package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event listeners that were written for supervisord, as services. */
class ListenerIT {
    /** Writes each header and its payload as a line to the file that it is given; rejects the first event. */
    private static final String LISTENER = """
            #!/bin/sh
            echo begun >>"$1"
            result=4:FAIL
            while printf 'READY\\n' && read -r header; do
              payload=$(dd bs=1 count="${header##*len:}" 2>/dev/null)
              printf '%s|%s\\n' "$header" "$payload" >>"$1"
              printf 'RESULT %s\\n%s' "${result%%:*}" "${result##*:}"
              result=2:OK
            done
            """;

    private static final Pattern PIDS = Pattern.compile("pid:[1-9][0-9]*");
    private static final Pattern LENGTHS = Pattern.compile("len:[1-9][0-9]*");

    @TempDir
    private Path layout = Path.of("/nonexistent");

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(layout.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A listener as a service, told of a service that is stopped and started. */
    @Test
    void itIsToldOfStatesAndOfOneAgainThatItRejects() throws IOException, InterruptedException {
        Path seen = layout.resolve("seen");
        program("listen", LISTENER);
        PageLayout.service(layout, "app", "command = sleep 1000\nautostart = no\nmin_uptime = 0s\n");
        // It does not count as up before the test has ended: nothing is told of itself.
        PageLayout.service(
                layout,
                "memory",
                "min_uptime = 1h\ncommand = pintle-web listener --events process_group,PROCESS_STATE_STOPPED,PROCESS_STATE_RUNNING "
                        + layout + "/listen " + seen + "\n");
        try (Running running = new Running(layout)) {
            await(seen, "begun");
            running.does(0, "start app");
            running.does(0, "stop app");
            PageLayout.service(layout, "new", "command = sleep 1000\nmin_uptime = 0s\n");
            running.does(0, "reload");
            await(seen, "processname:new");
            Files.delete(layout.resolve("services/new/service.conf"));
            Files.delete(layout.resolve("services/new"));
            running.does(0, "reload");
            List<String> lines = await(seen, "REMOVED");
            assertEquals(
                    List.of(
                            "begun",
                            told(0, "RUNNING", "app groupname:app from_state:STARTING"),
                            told(0, "RUNNING", "app groupname:app from_state:STARTING"),
                            told(1, "STOPPED", "app groupname:app from_state:STOPPING"),
                            header(2, "GROUP_ADDED") + "groupname:new",
                            told(3, "RUNNING", "new groupname:new from_state:STARTING"),
                            told(4, "STOPPED", "new groupname:new from_state:STOPPING"),
                            header(5, "GROUP_REMOVED") + "groupname:new"),
                    lines);
            // Nothing but what qemu-user cannot do.
            assertEquals(
                    List.of(),
                    Files.readAllLines(running.log()).stream()
                            .filter(line -> !line.contains("cannot hand orphans"))
                            .toList());
        }
    }

    private static String told(int serial, String state, String payload) {
        return header(serial, "STATE_" + state) + "processname:" + payload + " pid:P";
    }

    private static String header(int serial, String event) {
        return "ver:3.0 server:supervisor serial:" + serial + " pool:memory poolserial:" + serial
                + " eventname:PROCESS_" + event + " len:N|";
    }

    /** The lines of a file, without what differs, once one has a text. */
    private static List<String> await(Path file, String text) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400 && lines.stream().noneMatch(line -> line.contains(text)); i++) {
            Thread.sleep(50);
            lines.clear();
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                lines.add(
                        LENGTHS.matcher(PIDS.matcher(line).replaceAll("pid:P")).replaceAll("len:N"));
            }
        }
        assertTrue(lines.stream().anyMatch(line -> line.contains(text)), lines.toString());
        return lines;
    }

    /** It gets the signals, ticks come by the clock, and its exit code is the listener's. */
    @Test
    void itEndsAsTheListenerDoes() throws IOException, InterruptedException {
        Path seen = layout.resolve("seen");
        program("ends", "#!/bin/sh\nprintf 'READY\\n'\nread -r header\necho \"$header\" >" + seen + "\nexit 7\n");
        program("stops", "#!/bin/sh\ntrap 'exit 9' TERM\nkill -TERM $PPID\nwhile :; do sleep 0.1; done\n");
        PageLayout.service(layout, "app", "command = sleep 1000\n");
        try (Running running = new Running(layout)) {
            running.does(0, "wait app --timeout 20s");
            assertEquals(
                    9, running.web("listener -e TICK_60 " + layout + "/stops").code());
            assertEquals(
                    7,
                    running.web("listener -n pool -b 1 -e TICK " + layout + "/ends")
                            .code());
            // At a full minute and hour there are several at once, and with room for one the last is kept.
            String header = Files.readString(seen);
            assertTrue(
                    header.matches("(?s).* pool:pool poolserial:[0-2] eventname:TICK_(5|60|3600) len:15\\s*"), header);
        }
    }

    @Test
    void wordsThatMakeNoSenseAreNamed() throws IOException, InterruptedException {
        Installed installed = Installed.in(layout);
        Installed.Said said = installed.web("listener true");
        assertEquals(2, said.code());
        assertTrue(said.output().contains("name events and a command"), said.output());
        said = installed.web("listener -e EVENT -b 0 true");
        assertEquals(2, said.code());
        assertTrue(said.output().contains("--buffer-size takes a number of events"), said.output());
        said = installed.web("listener -e EVENT true");
        assertEquals(5, said.code(), said.output());
    }

    /** An init with a layout, and its log. */
    private static final class Running implements AutoCloseable {
        private final Installed installed;
        private final Process init;
        private final Path log;

        Running(Path layout) throws IOException, InterruptedException {
            log = layout.resolve("log");
            Files.writeString(layout.resolve("pintle.conf"), "");
            installed = Installed.in(layout);
            init = installed.start(log);
        }

        Path log() {
            return log;
        }

        void does(int code, String words) throws IOException, InterruptedException {
            Installed.Said said = installed.pintle(words);
            assertEquals(code, said.code(), said.output());
        }

        Installed.Said web(String words) throws IOException, InterruptedException {
            return installed.web(words);
        }

        @Override
        public void close() {
            init.destroy();
            init.onExit().join();
        }
    }
}
