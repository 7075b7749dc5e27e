package dev.pintle.init.sim;

import dev.pintle.init.core.Event;
import dev.pintle.init.core.Role;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ServiceDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is decided before a simulation begins; the seed alone makes it.
 *
 * @param seed     what it was made from
 * @param machine  the machine
 * @param layout   the services
 * @param faults   what goes wrong, in words
 * @param requests what users do
 * @param visits   who else connects to the control socket
 */
record World(
        long seed,
        SimMachine machine,
        Layout layout,
        List<FaultRate> faults,
        List<Request> requests,
        List<Visit> visits) {

    /**
     * A client of the control socket.
     *
     * @param pause between two readings of a subscriber, in milliseconds; 0 to read all the time
     */
    record Visit(long time, Visitor.Manner manner, long pause) {}

    /** A fault that strikes in so many of a thousand cases. */
    record FaultRate(Faults.Kind kind, int perMille) {}

    /**
     * What a user does.
     *
     * @param time   milliseconds after the start
     * @param event  a request over the control socket, or null
     * @param signal else a signal to the init
     */
    record Request(long time, @Nullable Event event, int signal) {
        @Override
        public String toString() {
            return time + " ms: " + (event == null ? Signal.name(signal) : event.toString());
        }
    }

    /** Whose process, and what for. */
    record Part(String service, Role role) {}

    /** The name that the process of a part is started under. */
    static String program(String service, Role role) {
        return "/svc/" + service + "/" + role.name();
    }

    /** Whether a program is that of a logger which nobody has asked for. */
    static boolean isLogger(String program) {
        return program.equals("pintle-log");
    }

    /** The part that a program plays. */
    static Part part(String program) {
        int slash = program.lastIndexOf('/');
        return new Part(program.substring(5, slash), Role.valueOf(program.substring(slash + 1)));
    }

    Faults makeFaults() {
        Faults made = new Faults(seed);
        for (FaultRate fault : faults) {
            made.rate(fault.kind, fault.perMille);
        }
        return made;
    }

    /** The whole of it in words, for who has to find out why a seed fails. */
    String describe() {
        StringBuilder text = new StringBuilder("world of seed " + seed + ": init is pid " + machine.pid + ", uid "
                + machine.userId + ", pids below " + machine.pidLimit + ", descriptors below "
                + machine.descriptorLimit + (machine.adoptionRefused ? ", adoption is refused" : "")
                + ", standard error holds "
                + machine.outputCapacity + ", " + machine.strangers + " strangers\n");
        text.append("  ").append(layout.container()).append('\n');
        for (ServiceDefinition s : layout.services()) {
            text.append("  ").append(s.name()).append(": ").append(s.type());
            text.append(s.autostart() ? "" : ", no autostart");
            text.append("\n    depends on ")
                    .append(s.dependsOn())
                    .append(" after ")
                    .append(s.after());
            text.append("\n    ").append(s.readiness()).append("\n    ").append(s.restart());
            text.append("\n    ").append(s.stop());
            text.append(s.finish() == null ? "" : "\n    finish");
            text.append(s.healthcheck() == null ? "" : "\n    " + s.healthcheck())
                    .append('\n');
        }
        text.append("  faults ").append(faults).append("\n  requests ").append(requests);
        text.append("\n  visits ").append(visits);
        return text.toString();
    }
}
