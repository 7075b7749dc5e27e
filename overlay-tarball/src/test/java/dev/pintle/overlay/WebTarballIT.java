package dev.pintle.overlay;

import java.util.List;

/** The tarball of the status page's program. */
class WebTarballIT extends TarballContract {
    /** What is downloaded: compression leaves 41% of the program, which may have 700,000 bytes (its FootprintIT). */
    private static final long MOST_BYTES = 290_000;

    private static final List<String> EXPECTED = List.of(
            "file 0755 0:0 root:root usr/bin/pintle-web",
            "file 0644 0:0 root:root usr/lib/pintle/LICENSE",
            "file 0644 0:0 root:root usr/lib/pintle/NOTICE",
            "link 0755 0:0 root:root usr/lib/pintle/compat/supervisor/supervisorctl -> ../../../../bin/pintle-web",
            "dir  0755 0:0 root:root usr/lib/pintle/",
            "dir  0755 0:0 root:root usr/lib/pintle/compat/",
            "dir  0755 0:0 root:root usr/lib/pintle/compat/supervisor/");

    WebTarballIT() {
        super("web", "usr/bin/pintle-web", EXPECTED, MOST_BYTES);
    }
}
