package dev.pintle.init.sim;

import dev.pintle.init.core.State;
import dev.pintle.init.core.Verdict;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.text.Ascii;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that waits for a service. Rule: it is answered when, and only when, what it waits for has come or will not come
 * by itself.
 */
final class Waiter extends Visitor {
    /** What it waits for, as the protocol has it. */
    enum Condition {
        /** Executed. */
        STARTED,
        /** Ready, or a oneshot that has completed. */
        READY,
        /** Ended with success. */
        COMPLETED,
        /** Ended for good. */
        FINISHED,
        /** Nothing of it runs. */
        DOWN
    }

    /** How long it waits. */
    private static final long LONGEST = 60_000;

    private final Ledgers ledgers;
    private final String service;
    private final Condition condition;
    /** What would have been true to say since the last look. */
    private final Set<Verdict> truths = EnumSet.noneOf(Verdict.class);

    private @Nullable SimClient connected;
    private long since;

    Waiter(SimSys sys, Ledgers ledgers, String service, Condition condition) {
        super(sys, Manner.WAITS);
        this.ledgers = ledgers;
        this.service = service;
        this.condition = condition;
    }

    @Override
    void begin(SimClient client) {
        connected = client;
        since = sys.simulation.now();
        String state = Ascii.lower(condition.name());
        client.send("{\"pintle\":1,\"do\":\"wait\",\"names\":[\"" + service + "\"],\"for\":\"" + state + "\"}\n");
        note(ledgers.find(service));
        sys.simulation.after(LONGEST, () -> {
            if (connected != null) {
                giveUp(client);
            }
        });
    }

    @Override
    void changes(Ledger ledger) {
        changed(ledger);
    }

    @Override
    void changed(Ledger ledger) {
        if (connected != null && ledger.name().equals(service)) {
            note(ledger);
        }
    }

    private void note(@Nullable Ledger ledger) {
        truths.add(ledger == null ? Verdict.MET : verdict(ledger));
    }

    private Verdict verdict(Ledger ledger) {
        State state = ledger.state;
        boolean failed = state == State.FAILED;
        boolean done = state == State.DONE;
        boolean rests =
                state == State.BACKOFF && RunRules.isPeriodic(ledger) && ledger.ends == 0 && ledger.refusals == 0;
        return switch (condition) {
            case STARTED -> verdict(state == State.UP || state == State.READY || rests || done, failed);
            case READY -> {
                boolean hopeless = state == State.BACKOFF && ledger.failures >= 2;
                yield verdict(isProved(ledger) || rests || (done && ledger.oneshot()), failed || done || hopeless);
            }
            case COMPLETED -> verdict(done && ledger.succeeded(), failed || done);
            case FINISHED -> verdict(failed || done, false);
            case DOWN -> verdict(state == State.DOWN || failed || done, false);
        };
    }

    /** Where execution is all that readiness takes, a run is believed once it has lasted min_uptime. */
    private boolean isProved(Ledger ledger) {
        boolean byTime = ledger.definition.readiness().kind() == Readiness.Kind.STARTED;
        long lasted = sys.simulation.now() - ledger.startedAt;
        return ledger.state == State.READY
                && (!byTime || lasted >= ledger.definition.restart().minUptime());
    }

    private static Verdict verdict(boolean met, boolean lost) {
        return met ? Verdict.MET : lost ? Verdict.LOST : Verdict.PENDING;
    }

    @Override
    void lookOn() {
        SimClient client = connected;
        if (client == null) {
            return;
        }
        Ledger ledger = ledgers.find(service);
        note(ledger);
        String answer = client.take();
        if (answer.isEmpty()) {
            Verdict verdict = ledger == null ? Verdict.PENDING : verdict(ledger);
            boolean due = verdict != Verdict.PENDING;
            if (due && sys.simulation.now() - since > PATIENCE && !client.ended() && !hindered()) {
                violation("is not told that " + service + " is " + verdict + " for " + condition);
                giveUp(client);
            }
        } else {
            judge(answer, ledger);
            giveUp(client);
        }
        truths.clear();
        note(ledger);
    }

    private void judge(String answer, @Nullable Ledger ledger) {
        boolean met = answer.contains("\"ok\":true");
        boolean lost = answer.contains("\"error\":\"failed\"");
        boolean wrong = (met && !truths.contains(Verdict.MET))
                || (lost && !truths.contains(Verdict.LOST))
                || (!met && !lost && !mayBeTurnedAway(answer) && ledger != null && !ledger.leaving);
        if (wrong) {
            violation("for " + condition + " of " + service + " is answered " + answer + " where it is " + truths);
        }
    }

    private void giveUp(SimClient client) {
        connected = null;
        leave(client);
    }
}
