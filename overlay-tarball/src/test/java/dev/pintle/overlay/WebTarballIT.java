package dev.pintle.overlay;

import java.util.List;

/** The tarball of the status page's program. */
class WebTarballIT extends TarballContract {
    private static final long MOST_BYTES = 180_000;

    private static final List<String> EXPECTED = List.of(
            "file 0755 0:0 root:root usr/bin/pintle-web",
            "file 0644 0:0 root:root usr/lib/pintle/LICENSE",
            "file 0644 0:0 root:root usr/lib/pintle/NOTICE",
            "dir  0755 0:0 root:root usr/lib/pintle/");

    WebTarballIT() {
        super("web", "usr/bin/pintle-web", EXPECTED, MOST_BYTES);
    }
}
