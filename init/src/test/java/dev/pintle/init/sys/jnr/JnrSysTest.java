package dev.pintle.init.sys.jnr;

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
}
