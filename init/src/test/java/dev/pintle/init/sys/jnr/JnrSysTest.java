package dev.pintle.init.sys.jnr;

import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Step;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.init.sys.ToolSysContract;
import java.util.List;
import org.junit.jupiter.api.parallel.Isolated;

/** The real kernel from the JVM keeps the contract. */
@Isolated("it waits for every child of this JVM")
final class JnrSysTest extends ToolSysContract {
    private final JnrToolSys sys = new JnrToolSys(List.of("init"));

    @Override
    protected ToolSys open() {
        return sys;
    }

    /** What can only be set from outside is set once there is a child, which is killed where that fails. */
    @Override
    protected ExitStatus endAfter(SetUpReport report) {
        return report.step() == Step.LIMITS || report.step() == Step.OOM_SCORE
                ? ExitStatus.ofSignal(Signal.KILL)
                : report.end();
    }
}
