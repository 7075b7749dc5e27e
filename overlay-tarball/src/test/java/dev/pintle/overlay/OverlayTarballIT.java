package dev.pintle.overlay;

import java.util.List;

/** The tarball that a Dockerfile ADDs. */
class OverlayTarballIT extends TarballContract {

    /** What is downloaded for one architecture; docs/adr/0005 says why. */
    private static final long MOST_BYTES = 345_400;

    private static final List<String> EXPECTED = List.of(
            "file 0755 0:0 root:root usr/lib/pintle/init",
            "link 0755 0:0 root:root init -> usr/lib/pintle/init",
            "file 0644 0:0 root:root usr/lib/pintle/LICENSE",
            "file 0644 0:0 root:root usr/lib/pintle/NOTICE",
            "link 0755 0:0 root:root usr/bin/pintle -> ../lib/pintle/init",
            "link 0755 0:0 root:root usr/bin/pintle-check-http -> ../lib/pintle/init",
            "link 0755 0:0 root:root usr/bin/pintle-check-tcp -> ../lib/pintle/init",
            "link 0755 0:0 root:root usr/bin/pintle-chown -> ../lib/pintle/init",
            "link 0755 0:0 root:root usr/bin/pintle-env -> ../lib/pintle/init",
            "link 0755 0:0 root:root usr/bin/pintle-limit -> ../lib/pintle/init",
            "link 0755 0:0 root:root usr/bin/pintle-log -> ../lib/pintle/init",
            "link 0755 0:0 root:root usr/bin/pintle-notify -> ../lib/pintle/init",
            "link 0755 0:0 root:root usr/bin/pintle-pidproxy -> ../lib/pintle/init",
            "link 0755 0:0 root:root usr/bin/pintle-setuser -> ../lib/pintle/init",
            "link 0755 0:0 root:root usr/bin/pintle-wait -> ../lib/pintle/init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/chpst -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/envdir -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/envuidgid -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/pgrphack -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/setlock -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/setuidgid -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/softlimit -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/sv -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/runit/svlogd -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/s6/printcontenv -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/s6/s6-envdir -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/s6/s6-notifyoncheck -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/s6/s6-setuidgid -> ../../init",
            "link 0755 0:0 root:root usr/lib/pintle/compat/s6/with-contenv -> ../../init",
            "dir  0755 0:0 root:root etc/pintle/",
            "dir  0755 0:0 root:root etc/pintle/services/",
            "dir  0755 0:0 root:root usr/lib/pintle/");

    OverlayTarballIT() {
        super("overlay", "usr/lib/pintle/init", EXPECTED, MOST_BYTES);
    }
}
