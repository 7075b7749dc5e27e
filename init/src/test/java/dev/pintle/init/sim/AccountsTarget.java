package dev.pintle.init.sim;

import dev.pintle.init.fuzz.Target;
import dev.pintle.init.launch.Accounts;
import dev.pintle.init.launch.LaunchException;
import dev.pintle.init.sys.RawText;
import java.util.List;

/** The files passwd and group, one behind the other, with a line of {@code ==} between them. */
public final class AccountsTarget implements Target {
    private static final String[] USERS = {
        "app", "0", "root:wheel", "1000650000", "app:100", ":", "4294967295", "nobody"
    };

    @Override
    public void take(byte[] input) {
        String text = RawText.decode(input, 0, input.length);
        int between = text.indexOf("==\n");
        SimSys sys = new SimSys(new Simulation(new Faults(1), false), new SimMachine(), child -> null);
        sys.files.put("/etc/passwd", between < 0 ? text : text.substring(0, between), 0644, 0);
        sys.files.put("/etc/group", between < 0 ? "" : text.substring(between + 3), 0644, 0);
        Accounts accounts = new Accounts(sys);
        for (String user : USERS) {
            try {
                accounts.identify(user, null);
                accounts.groupIds(List.of("wheel", "5"));
            } catch (LaunchException e) {
                if (String.valueOf(e.getMessage()).isEmpty()) {
                    throw new IllegalStateException("it is refused without a word", e);
                }
            }
        }
    }
}
