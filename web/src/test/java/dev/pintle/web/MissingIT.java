package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layout that asks for the page, in an image that does not have its program. */
class MissingIT {
    private static final String MESSAGE = "cannot serve the status page: pintle-web is not in PATH"
            + " (ADD pintle-web-VERSION-ARCH.tar.gz to the image, beside the overlay)";

    @TempDir
    private Path layout = Path.of("/nonexistent");

    private void write() throws IOException {
        Files.writeString(layout.resolve("pintle.conf"), "\n[web]\nlisten = 127.0.0.1:9\n");
        Path service = layout.resolve("services/app/service.conf");
        Files.createDirectories(service.getParent());
        Files.writeString(service, "command = sleep 1000\n");
    }

    @Test
    void metricsSayWhereTheyComeFrom() throws IOException, InterruptedException {
        Installed.Said said = Installed.without(layout).pintle("metrics");
        assertEquals(127, said.code());
        assertEquals(
                "pintle: cannot print metrics: cannot execute pintle-web: ENOENT: no such file or directory;"
                        + " ADD pintle-web-VERSION-ARCH.tar.gz to the image\n",
                said.output());
    }

    @Test
    void checkFailsAndNamesTheArchive() throws IOException, InterruptedException {
        write();
        Installed installed = Installed.without(layout);
        Installed.Said said = installed.pintle("check");
        assertTrue(said.output().contains(layout + "/pintle.conf:3:10: error: " + MESSAGE + "\n"), said.output());
        assertEquals(1, said.code());
        Installed.Said structure = installed.pintle("check --layout-only");
        assertEquals(0, structure.code(), structure.output());
        installed.addWeb();
        assertTrue(!installed.pintle("check").output().contains("status page"), "it is there");
    }

    @Test
    void theContainerRunsWithoutItAndAReloadFindsIt() throws IOException, InterruptedException {
        write();
        Installed installed = Installed.without(layout);
        Path log = layout.resolve("log");
        Process init = installed.start(log);
        try {
            assertEquals(0, installed.pintle("wait app").code());
            assertTrue(
                    Files.readString(log).contains(layout + "/pintle.conf: " + MESSAGE + "\n"), Files.readString(log));
            assertEquals(0, installed.pintle("health").code());
            assertEquals(4, installed.pintle("status pintle-web").code(), "there is no such service");
            String again = installed.pintle("reload").output();
            assertTrue(again.contains(MESSAGE), again);
            installed.addWeb();
            String reload = installed.pintle("reload").output();
            assertTrue(reload.contains("pintle-web"), reload);
            assertTrue(!reload.contains(MESSAGE), reload);
        } finally {
            init.destroy();
            assertTrue(init.waitFor(20, TimeUnit.SECONDS), "it ends");
        }
        assertEquals(0, init.exitValue());
    }
}
