package dev.pintle.overlay;

import java.util.List;

/** The tarball that has an image of s6-overlay run under Pintle as it is. It goes over the overlay, and over s6-overlay. */
class S6TarballIT extends TarballContract {

    /** What is downloaded for one architecture, beside the overlay. */
    private static final long MOST_BYTES = 220_000;

    private static final List<String> EXPECTED = List.of(
            "dir  0755 0:0 root:root usr/lib/pintle/",
            "dir  0755 0:0 root:root usr/lib/pintle/s6/",
            "dir  0755 0:0 root:root usr/lib/pintle/s6/bin/",
            "file 0755 0:0 root:root usr/lib/pintle/pintle-s6",
            "file 0644 0:0 root:root usr/lib/pintle/LICENSE",
            "file 0644 0:0 root:root usr/lib/pintle/NOTICE",
            "link 0755 0:0 root:root init -> usr/lib/pintle/pintle-s6",
            "link 0755 0:0 root:root usr/bin/pintle-s6 -> ../lib/pintle/pintle-s6",
            "link 0755 0:0 root:root usr/lib/pintle/s6/bin/halt -> ../../pintle-s6",
            "link 0755 0:0 root:root usr/lib/pintle/s6/bin/poweroff -> ../../pintle-s6",
            "link 0755 0:0 root:root usr/lib/pintle/s6/bin/reboot -> ../../pintle-s6",
            "link 0755 0:0 root:root command/with-contenv -> ../usr/lib/pintle/pintle-s6",
            "link 0755 0:0 root:root command/printcontenv -> ../usr/lib/pintle/pintle-s6",
            "link 0755 0:0 root:root command/s6-svc -> ../usr/lib/pintle/pintle-s6",
            "link 0755 0:0 root:root command/s6-svok -> ../usr/lib/pintle/pintle-s6",
            "link 0755 0:0 root:root command/s6-svstat -> ../usr/lib/pintle/pintle-s6",
            "link 0755 0:0 root:root command/s6-svwait -> ../usr/lib/pintle/pintle-s6",
            "link 0755 0:0 root:root command/s6-svscanctl -> ../usr/lib/pintle/pintle-s6",
            "link 0755 0:0 root:root command/s6-rc -> ../usr/lib/pintle/pintle-s6",
            "link 0755 0:0 root:root command/s6-rc-db -> ../usr/lib/pintle/pintle-s6",
            "link 0755 0:0 root:root command/s6-notifyoncheck -> ../usr/lib/pintle/init");

    S6TarballIT() {
        super("s6", "usr/lib/pintle/pintle-s6", EXPECTED, MOST_BYTES);
    }
}
