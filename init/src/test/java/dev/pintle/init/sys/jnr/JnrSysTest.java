package dev.pintle.init.sys.jnr;

import dev.pintle.init.sys.RealSysContract;
import dev.pintle.init.sys.Sys;
import java.util.List;
import org.junit.jupiter.api.parallel.Isolated;

/** The real kernel from the JVM keeps the contract. */
@Isolated("it waits for every child of this JVM")
final class JnrSysTest extends RealSysContract {
    private final JnrSys sys = new JnrSys(List.of("init"));

    @Override
    protected Sys open() {
        return sys;
    }
}
