package dev.pintle.init.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pintle.init.launch.Accounts;
import dev.pintle.init.launch.LaunchException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Users are found in passwd(5) by name and by number, however the number is written. */
final class AccountsTest {
    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            long:x:7:100:100:/100:
            torn:x:100
            app:x:0100:0200::/home/app:/bin/false
            late:x:100:300::/home/late:/bin/false
            100:x:00000000042:5::/home/number:/bin/false
            zero:x:10:1::/home/ten:
            """;

    private final Accounts accounts = accounts();

    private static Accounts accounts() {
        SimSys sys = new SimSys(new Simulation(new Faults(1), false), new SimMachine(), child -> null);
        sys.files.put("/etc/passwd", PASSWD, 0644, 0);
        sys.files.put("/etc/group", "wheel:x:010:app,zero\nx:x:11:application\n", 0644, 0);
        return new Accounts(sys);
    }

    private void is(String spec, String name, int userId, int groupId, String home) throws LaunchException {
        Accounts.Identity identity = accounts.identify(spec, null);
        assertEquals(name, identity.name());
        assertEquals(userId, identity.userId());
        assertEquals(groupId, identity.groupId());
        assertEquals(home, identity.home());
    }

    @Test
    void aNumberMayHaveZerosBeforeIt() throws LaunchException {
        is("app", "app", 100, 200, "/home/app");
        is("0100", "app", 100, 200, "/home/app");
        is("00000000000100", "app", 100, 200, "/home/app");
        is("42", "100", 42, 5, "/home/number");
        is("010", "zero", 10, 1, "/home/ten");
        is("app:007", "app", 100, 7, "/home/app");
        assertEquals(List.of(200, 10), accounts.identify("app", null).groups());
    }

    @Test
    void userZeroMayBeWrittenInZerosAlone() throws LaunchException {
        SimSys sys = new SimSys(new Simulation(new Faults(1), false), new SimMachine(), child -> null);
        sys.files.put("/etc/passwd", "app:x:00:5::/home/app:\nroot:x:000:00::/root:\n", 0644, 0);
        Accounts.Identity identity = new Accounts(sys).identify("0", null);
        assertEquals("app", identity.name());
        assertEquals(0, identity.userId());
        assertEquals("root", new Accounts(sys).identify("root", null).name());
    }

    @Test
    void aNameComesBeforeANumber() throws LaunchException {
        is("100", "100", 42, 5, "/home/number");
        is("7", "long", 7, 100, "/100");
    }

    @Test
    void aNumberThatNobodyHasIsOneOfItsOwn() throws LaunchException {
        is("1", "1", 1, 0, "/");
        is("200", "200", 200, 0, "/");
        is("4294967294", "4294967294", -2, 0, "/");
        assertThrows(LaunchException.class, () -> accounts.identify("4294967295", null));
        assertThrows(LaunchException.class, () -> accounts.identify("18446744073709551617", null));
        assertThrows(LaunchException.class, () -> accounts.identify("ap", null));
    }
}
