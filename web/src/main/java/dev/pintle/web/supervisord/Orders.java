package dev.pintle.web.supervisord;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client.NoReplyException;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.text.Signals;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts, stops and signals. */
final class Orders {
    /** What is to become of a process. */
    interface Order {
        /** Gives the order; null where it is done, else what tells whether it is. */
        @Nullable
        Test give(Supervised process, String name) throws FaultException, NoReplyException;
    }

    /** Whether what was ordered has come. */
    interface Test {
        /** Looks at the process; null stands for one that has gone. */
        boolean isDone(@Nullable Supervised process) throws FaultException;
    }

    /** Whether a process is one that an order to several is for. */
    interface Condition {
        boolean holds(ProcessState state);
    }

    private final Supervisord supervisord;
    private final Backend backend;

    Orders(Supervisord supervisord, Backend backend) {
        this.supervisord = supervisord;
        this.backend = backend;
    }

    Object start(ProcessName name, boolean wait) throws FaultException, NoReplyException {
        return name.isGroup() ? startGroup(name.group(), wait) : one(name, starting(wait));
    }

    Object startGroup(String group, boolean wait) throws FaultException, NoReplyException {
        return several(supervisord.processes().group(group), state -> !state.isRunning(), starting(wait));
    }

    Object startAll(boolean wait) throws FaultException, NoReplyException {
        return several(supervisord.processes().all(), state -> !state.isRunning(), starting(wait));
    }

    Object stop(ProcessName name, boolean wait) throws FaultException, NoReplyException {
        return name.isGroup() ? stopGroup(name.group(), wait) : one(name, stopping(wait));
    }

    Object stopGroup(String group, boolean wait) throws FaultException, NoReplyException {
        return several(supervisord.processes().group(group), ProcessState::isRunning, stopping(wait));
    }

    Object stopAll(boolean wait) throws FaultException, NoReplyException {
        return several(supervisord.processes().all(), ProcessState::isRunning, stopping(wait));
    }

    Object signal(ProcessName name, String signal) throws FaultException, NoReplyException {
        return name.isGroup() ? signalGroup(name.group(), signal) : one(name, signalling(signal));
    }

    Object signalGroup(String group, String signal) throws FaultException, NoReplyException {
        return several(supervisord.processes().group(group), ProcessState::isSignallable, signalling(signal));
    }

    Object signalAll(String signal) throws FaultException, NoReplyException {
        return several(supervisord.processes().all(), ProcessState::isSignallable, signalling(signal));
    }

    private Order starting(boolean wait) {
        return (process, name) -> {
            ServiceDefinition definition = process.definition();
            Backend.Refusal refusal = definition == null ? null : backend.refusal(definition);
            if (refusal != null) {
                throw refusal.fault().exception(refusal.why());
            }
            if (process.state().isRunning()) {
                throw Fault.ALREADY_STARTED.exception(name);
            }
            tell(request("start", process));
            boolean upAtOnce = definition != null && definition.restart().minUptime() == 0;
            return wait && !upAtOnce ? now -> isUp(now, name) : null;
        };
    }

    private static boolean isUp(@Nullable Supervised process, String name) throws FaultException {
        ProcessState state = process == null ? ProcessState.STOPPED : process.state();
        return switch (state) {
            case RUNNING -> true;
            case STARTING -> false;
            case BACKOFF, FATAL -> throw Fault.SPAWN_ERROR.exception(name);
            case STOPPED, STOPPING, EXITED -> throw Fault.ABNORMAL_TERMINATION.exception(name);
        };
    }

    private Order stopping(boolean wait) {
        return (process, name) -> {
            if (!process.state().isRunning()) {
                throw Fault.NOT_RUNNING.exception(name);
            }
            // supervisord knows of no dependencies: what depends on it stays.
            tell(request("stop", process).with("only", true));
            return wait ? now -> now == null || now.state().isStopped() : null;
        };
    }

    private Order signalling(String signal) {
        return (process, name) -> {
            int number = Signals.number(signal);
            if (number < 0) {
                throw Fault.BAD_SIGNAL.exception(signal);
            }
            if (!process.state().isSignallable()) {
                throw Fault.NOT_RUNNING.exception(name);
            }
            tell(request("signal", process).with("signal", (long) number));
            return null;
        };
    }

    private static Message request(String what, Supervised process) {
        List<@Nullable Object> names = new ArrayList<>(List.of(process.service()));
        return Message.request(what).with("names", names);
    }

    private void tell(Message request) throws FaultException, NoReplyException {
        Message reply = backend.ask(request);
        if (!reply.ok()) {
            throw Fault.FAILED.exception(reply.text("message"));
        }
    }

    private Object one(ProcessName name, Order order) throws FaultException, NoReplyException {
        Supervised process = supervisord.processes().find(name);
        Test test = order.give(process, name.text());
        if (test == null) {
            return true;
        }
        Later later = () -> test.isDone(supervisord.processes().ofService(process.service())) ? true : null;
        Object answer = later.answer();
        return answer == null ? later : answer;
    }

    private Object several(List<Supervised> processes, Condition condition, Order order)
            throws FaultException, NoReplyException {
        Several several = new Several(supervisord);
        for (Supervised process : processes) {
            if (condition.holds(process.state())) {
                several.give(process, order);
            }
        }
        Object answer = several.answer();
        return answer == null ? several : answer;
    }
}
