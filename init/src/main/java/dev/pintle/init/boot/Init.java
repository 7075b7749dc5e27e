package dev.pintle.init.boot;

import dev.pintle.init.control.Identity;
import dev.pintle.init.control.Server;
import dev.pintle.init.control.SocketPath;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.launch.Accounts;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.launch.LaunchException;
import dev.pintle.init.launch.Launcher;
import dev.pintle.init.loop.Console;
import dev.pintle.init.loop.LayoutLoader;
import dev.pintle.init.loop.Loop;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ContainerSettings.Control;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ContainerSettings.Messages;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /init [CMD…]}: reads the layout, and supervises it until the container is over. */
public final class Init {
    /** The exit code for a layout that cannot be used. */
    public static final int BAD_LAYOUT = 100;
    /** The exit code for a kernel that refuses what cannot be done without. */
    public static final int SYSTEM_ERROR = 111;

    /** The exit code where an init serves this container already. */
    public static final int ALREADY_RUNNING = 112;

    private static final int GROUP_MAY_CONNECT = 0060;

    /**
     * How far a boot has come.
     *
     * @param loop what supervises the container from here on; null where it cannot be started
     * @param code the exit code in that case
     */
    public record Boot(@Nullable Loop loop, int code) {}

    private Init() {}

    /**
     * Runs the container.
     *
     * @param command the CMD; empty for none
     * @return the container's exit code
     */
    public static int run(Sys sys, List<String> command) {
        Boot boot = bootWithinMemory(sys, command);
        return boot.loop == null ? boot.code : boot.loop.run();
    }

    /** What is left of memory is for running: reloads and the container's own work. */
    private static Boot bootWithinMemory(Sys sys, List<String> command) {
        boolean limited = sys.limitMemory(true);
        try {
            return boot(sys, command);
        } catch (OutOfMemoryError e) {
            sys.limitMemory(limited);
            new Console(sys, Messages.DEFAULT).say(LayoutLoader.TOO_LARGE);
            return new Boot(null, SYSTEM_ERROR);
        } finally {
            sys.limitMemory(limited);
        }
    }

    /** The first half of {@link #run}: reads the layout, and makes ready to start it. */
    public static Boot boot(Sys sys, List<String> command) {
        Console console = new Console(sys, Messages.DEFAULT);
        ParseResult result = WebService.checked(sys, LayoutReader.read(sys));
        Layout layout = result.layout();
        if (layout != null) {
            console.set(layout.container().messages());
        }
        for (Diagnostic diagnostic : result.diagnostics()) {
            console.say(diagnostic);
        }
        for (String message : OwnVariables.withoutEffect(sys, Environment.asMap(sys.environment()))) {
            console.say(LogLevel.WARN, message);
        }
        if (layout == null) {
            console.say(LogLevel.ERROR, "cannot start the container: its layout has errors");
            return new Boot(null, BAD_LAYOUT);
        }
        if (layout.services().isEmpty() && command.isEmpty()) {
            console.say(
                    LogLevel.ERROR,
                    "cannot start the container: there is no service in "
                            + LayoutReader.directory(Environment.asMap(sys.environment()))
                            + "/services, and no command was given");
            return new Boot(null, BAD_LAYOUT);
        }
        long first = Identity.claim(sys, layout.container().control().path());
        if (first != 0) {
            console.say(
                    LogLevel.ERROR,
                    "cannot start a second init: the one with pid " + first
                            + " runs this layout; its user and root talk to it with the pintle command");
            return new Boot(null, ALREADY_RUNNING);
        }
        return prepare(sys, layout, command, console);
    }

    private static Boot prepare(Sys sys, Layout layout, List<String> command, Console console) {
        int signals = sys.openSignals();
        if (signals < 0) {
            console.say(LogLevel.ERROR, "cannot receive signals: " + Errno.describe(-signals));
            return new Boot(null, SYSTEM_ERROR);
        }
        if (sys.pid() != 1 && sys.adoptOrphans() < 0) {
            console.say(
                    LogLevel.WARN,
                    "this kernel cannot hand orphans to an init that is not pid 1: they will not be reaped");
        }
        Supervisor supervisor = new Supervisor(complete(sys, layout, command));
        Launcher launcher = new Launcher(sys, Environment.asMap(sys.environment()));
        NextLayout next = new NextLayout(sys, command, !layout.services().isEmpty());
        Loop loop = new Loop(sys, supervisor, launcher, next, console, signals);
        listen(sys, layout.container().control(), supervisor, loop, launcher, console);
        return new Boot(loop, 0);
    }

    /** The layout and what is no directory of it: the container's command, the status page. */
    static Layout complete(Sys sys, Layout layout, List<String> command) {
        return WebService.addTo(sys, command.isEmpty() ? layout : MainService.addTo(layout, command));
    }

    private static void listen(
            Sys sys, Control control, Supervisor supervisor, Loop loop, Launcher launcher, Console console) {
        String group = control.group();
        try {
            int groupId = group == null ? SocketPath.NO_GROUP : new Accounts(sys).groupId(group);
            int mode = group == null ? control.mode() : control.mode() | GROUP_MAY_CONNECT;
            SocketPath.Listening listening = SocketPath.listen(sys, control.path(), mode, groupId);
            if (listening.descriptor() < 0) {
                sayDeaf(console, Errno.describe(-listening.descriptor()));
                return;
            }
            if (!listening.trouble().isEmpty()) {
                console.say(LogLevel.WARN, listening.trouble() + "; listening at " + listening.place());
            }
            launcher.tellWhereControlIs(listening.place());
            Server.attach(sys, supervisor, loop, listening.descriptor(), group != null);
        } catch (LaunchException e) {
            sayDeaf(console, String.valueOf(e.getMessage()));
        }
    }

    private static void sayDeaf(Console console, String why) {
        console.say(LogLevel.WARN, "cannot listen for the pintle command: " + why + "; services run anyway");
    }
}
