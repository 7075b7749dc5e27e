package dev.pintle.init.core;

import dev.pintle.init.sys.ExitStatus;
import dev.pintle.layout.ServiceDefinition.Healthcheck;
import org.jspecify.annotations.Nullable;

/**
 * The health check of one service: when to test, and what the results say.
 *
 * <p>Until a first test passes, tests are at most a second apart, so that readiness is seen soon; but failures count only
 * as often as the interval would have had them, so that a slow start is not taken for illness.
 */
final class Health {
    private static final long FIRST_PAUSE = 1_000;
    private static final ExitStatus PASSED = ExitStatus.ofCode(0);

    private final Service service;
    private HealthState state = HealthState.NONE;
    private int failures;
    private long startedAt;

    /** The running test, or 0. */
    int pid;
    /** Whether a test has been asked for or runs. */
    boolean testing;
    /** The last test of this run, or of the last one; null where there was none. */
    @Nullable
    TestResult last;
    /** The end of what the running test has printed so far. */
    String printed = "";
    /** How the process of the running test has ended; null where it has not, or could not be executed. */
    @Nullable
    ExitStatus end;
    /** Why the running test cannot be executed; empty where it can. */
    String broken = "";
    /** What was said last of a test that cannot be run; empty where one could. */
    String said = "";
    /** Whether the kernel refused the running test what it takes to be set up. */
    boolean refused;
    /** When the next test is due, or the running one is out of time. */
    long deadline = Service.NEVER;

    Health(Service service) {
        this.service = service;
    }

    HealthState state() {
        return state;
    }

    /** How the last test failed, with the last line that it printed; empty where it passed, or there was none. */
    String lastFailure() {
        return last == null || PASSED.equals(last.end()) ? "" : last.inOneLine();
    }

    /** Begins with a run. */
    void begin(long now) {
        if (service.definition().healthcheck() != null) {
            state = HealthState.STARTING;
            failures = 0;
            last = null;
            startedAt = now;
            deadline = now;
        }
    }

    /** Ends with a run; a test that still runs is killed by who calls. */
    void end() {
        state = HealthState.NONE;
        testing = false;
        refused = false;
        pid = 0;
        deadline = Service.NEVER;
    }

    /** A test has been asked for. */
    void testBegun(Healthcheck check, long now) {
        testing = true;
        broken = "";
        printed = "";
        end = null;
        deadline = now + check.timeout();
    }

    /** A test could not be run for want of means; the next one is due as after any other. */
    void testUndecided(Healthcheck check, long now) {
        testing = false;
        refused = false;
        pid = 0;
        deadline = now + pause(check, state == HealthState.STARTING);
    }

    /**
     * A test is over.
     *
     * @param failure how it failed; empty where it passed
     * @return whether the service has become unhealthy by it
     */
    boolean testEnded(Healthcheck check, String failure, long now) {
        boolean passed = failure.isEmpty();
        last = new TestResult(now, passed ? PASSED.describe() : failure, passed ? PASSED : end, printed);
        printed = "";
        testing = false;
        pid = 0;
        boolean first = state == HealthState.STARTING;
        if (passed) {
            failures = 0;
            said = "";
            state = HealthState.HEALTHY;
        } else if (counts(check, now)) {
            failures++;
        }
        boolean sickened = failures >= check.retries() && state != HealthState.UNHEALTHY;
        if (sickened) {
            state = HealthState.UNHEALTHY;
        }
        deadline = now + pause(check, first && state == HealthState.STARTING);
        return sickened;
    }

    private static long pause(Healthcheck check, boolean first) {
        return first ? Math.min(FIRST_PAUSE, check.interval()) : check.interval();
    }

    private boolean counts(Healthcheck check, long now) {
        long due = startedAt + check.startPeriod() + check.interval() * (failures + 1L);
        return state != HealthState.STARTING || now >= due;
    }
}
