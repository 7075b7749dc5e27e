package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.GroupConfig;
import dev.pintle.convert.parse.supervisord.GroupConfig.FcgiSocket;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.convert.parse.supervisord.Text;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.IpAddress;
import java.util.Optional;

/**
 * Makes the socket of an {@code [fcgi-program:x]}: one for all of its processes, as descriptor 0. So these are instances
 * of one service, where the processes of other programs are services of their own.
 */
final class SocketLowering {

    private static final String UNIX = "unix://";
    private static final String TCP = "tcp://";

    private final GroupConfig group;
    private final FcgiSocket socket;
    private final Ledger ledger;
    private final Draft draft;

    SocketLowering(GroupConfig group, FcgiSocket socket, Ledger ledger, Draft draft) {
        this.group = group;
        this.socket = socket;
        this.ledger = ledger;
        this.draft = draft;
    }

    private void fate(String key, Fate fate) {
        ledger.key(group.section(), key, fate);
    }

    /** Sets the keys of the socket, and of the number of processes that share it. */
    void lower() {
        Optional<String> listen = listen();
        if (listen.isEmpty()) {
            fate(
                    "socket",
                    Fate.notCarried(
                            "the address is not known to be one of this machine",
                            "write listen = tcp:PORT or unix:PATH, and stdin = socket"));
        } else {
            draft.set(Key.LISTEN, listen.get());
            draft.set(Key.STDIN, "socket");
            fate("socket", Fate.kept("listen = " + listen.get() + ", stdin = socket"));
            permissions();
        }
        ledger.replace(group.section(), "process_name", Fate.changed("service " + draft.name()));
        fate(
                "socket_backlog",
                Fate.approximated("the queue is as long as the kernel allows (net.core.somaxconn)", null));
        instances();
    }

    private Optional<String> listen() {
        Text url = socket.url();
        if (url.startsWith(UNIX + "/")) {
            return Templates.plain(url.part(UNIX.length(), url.length())).map(path -> "unix:" + path);
        }
        Optional<String> address = url.literal().filter(text -> text.startsWith(TCP));
        return address.map(text -> text.substring(TCP.length()))
                .filter(text -> isOfThisMachine(text.substring(0, text.lastIndexOf(':'))))
                .map(text -> "tcp:" + text);
    }

    private static boolean isOfThisMachine(String host) {
        return IpAddress.parse(host) != null;
    }

    private void permissions() {
        if (!socket.url().startsWith(UNIX)) {
            return;
        }
        String mode = socket.mode()
                .map(value -> Templates.value(value, m -> Long.toString(m & 0777, 8)))
                .orElse("700");
        draft.set(Key.LISTEN_MODE, "0" + mode);
        fate("socket_mode", Fate.kept("listen_mode = 0" + mode));
        socket.owner().flatMap(Templates::plain).ifPresent(owner -> {
            draft.set(Key.LISTEN_OWNER, owner);
            fate("socket_owner", Fate.kept("listen_owner = " + owner));
        });
    }

    private void instances() {
        int count = group.processes().size();
        if (count < 2) {
            return;
        }
        draft.set(Key.INSTANCES, String.valueOf(count));
        ProcessConfig first = group.processes().get(0);
        boolean alike = group.processes().stream()
                .allMatch(process -> process.argv().equals(first.argv())
                        && process.environment().equals(first.environment())
                        && process.directory().equals(first.directory()));
        String named = "instances = " + count + ", called " + draft.name() + "-1 …, which share the socket";
        ledger.replace(
                group.section(),
                "numprocs",
                alike
                        ? Fate.changed(named)
                        : Fate.approximated(
                                named + "; values with %(process_num) are those of the first process for all",
                                "use PINTLE_INSTANCE, which counts from 1, in the program"));
    }
}
